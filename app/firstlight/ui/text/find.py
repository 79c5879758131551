"""Finding in a TextView: the bar, the search in slices, the walk from match to match."""

from __future__ import annotations

from time import perf_counter_ns
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence

from firstlight.texts import tr
from firstlight.ui.text.find_bar import FindBar
from firstlight.ui.text.find_scan import MOST, FindScan
from firstlight.ui.theme.tokens import SPACE

if TYPE_CHECKING:
    from firstlight.ui.text.text_view import TextView

_SLICE_NS = 4_000_000
"""Search for this long, then let the window breathe."""
_LONGEST_PICK = 200  # characters of a selection that are taken over as what to find


class Find(QObject):
    """Owns the bar of one view; made when first asked for."""

    def __init__(self, view: TextView) -> None:
        super().__init__(view)
        self._view = view
        self._bar: FindBar | None = None
        self._scan: FindScan | None = None
        self._jump_from: int | None = None
        self._current = -1
        self._slices = QTimer(self, interval=0)
        self._slices.timeout.connect(self._on_slice)

    @Slot()
    def open(self) -> None:
        """Show the bar; a short selection becomes the text to find."""
        if self._bar is None:
            self._bar = FindBar(self._view)
            self._bar.changed.connect(self.restart)
            self._bar.next_requested.connect(self.next)
            self._bar.previous_requested.connect(self.previous)
            self._bar.closed.connect(self._on_closed)
        start, end = self._view.selection.span()
        picked = self._view.selection.text() if end - start <= _LONGEST_PICK else ""
        self._bar.open_with("" if "\n" in picked else picked)
        self.place()
        self.restart()

    def place(self) -> None:
        """Put the bar into the top right corner."""
        if self._bar is not None:
            self._bar.adjustSize()
            right = self._view.viewport().geometry().right() - SPACE
            self._bar.move(max(0, right - self._bar.width()), SPACE // 2)

    def between(self, start: int, end: int) -> list[tuple[int, int, bool]]:
        """Return the matches that touch a stretch of the text: start, end, is the current one."""
        if self._scan is None:
            return []
        now = self._scan.match(self._current)[0] if 0 <= self._current < self._scan.count else -1
        return [(a, b, a == now) for a, b in self._scan.between(start, end)]

    def key(self, event: QKeyEvent) -> bool:
        """Act on a key of the view; False when it is none of ours."""
        if event.matches(QKeySequence.StandardKey.Find):
            self.open()
        elif event.key() == Qt.Key.Key_F3 and self._scan is not None:
            (self.previous if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else self.next)()
        elif event.key() == Qt.Key.Key_Escape and self._bar is not None and self._bar.isVisible():
            self._bar.hide()
            self._on_closed()
        else:
            return False
        return True

    @Slot()
    def restart(self) -> None:
        """Search again from the top: the text, the wanted text or the case rule changed."""
        self._scan, self._current = None, -1
        if self._bar is not None and self._bar.isVisible() and self._bar.wanted():
            self._scan = FindScan(self._view.source, self._bar.wanted(), match_case=self._bar.match_case())
            self._jump_from = self._view.selection.span()[0]
            self._slices.start()
        self._show_count()
        self._view.viewport().update()

    def grew(self) -> None:
        """Search on: the text has more at its end."""
        if self._scan is not None and not self._slices.isActive():
            self._slices.start()

    @Slot()
    def next(self) -> None:
        """Select the next match; after the last comes the first."""
        self._go(self._view.selection.span()[1] if self._current >= 0 else self._view.selection.span()[0], 1)

    @Slot()
    def previous(self) -> None:
        """Select the match before; before the first comes the last."""
        self._go(self._view.selection.span()[0], -1)

    def _go(self, place: int, by: int) -> None:
        if self._scan is None or not self._scan.count:
            return
        number = self._scan.number_at(place) if by > 0 else self._scan.number_at(place) - 1
        self._select(number % self._scan.count)

    def _select(self, number: int) -> None:
        if self._scan is None:
            return
        self._current = number
        start, end = self._scan.match(number)
        self._view.selection.select(start, end)
        self._view.scroll_state.reveal(start)
        self._show_count()

    @Slot()
    def _on_slice(self) -> None:
        if self._scan is None:
            self._slices.stop()
            return
        until = perf_counter_ns() + _SLICE_NS
        while not self._scan.complete and perf_counter_ns() < until:
            self._scan.read_on()
        if self._scan.complete:
            self._slices.stop()
        self._jump_when_known()
        self._show_count()

    def _jump_when_known(self) -> None:
        if self._jump_from is None or self._scan is None:
            return
        number = self._scan.number_at(self._jump_from)
        if number < self._scan.count:
            self._jump_from = None
            self._select(number)
        elif self._scan.complete:
            self._jump_from = None
            if self._scan.count:
                self._select(0)

    def _show_count(self) -> None:
        if self._bar is None:
            return
        if self._scan is None:
            self._bar.show_count("")
        elif not self._scan.count:
            self._bar.show_count(tr("No matches") if self._scan.complete else tr("Searching…"))
        else:
            most = f"{MOST:,}+" if self._scan.count >= MOST else f"{self._scan.count:,}"
            count = most if self._scan.complete else f"{self._scan.count:,}…"
            place = f"{self._current + 1:,}" if self._current >= 0 else "–"
            self._bar.show_count(tr("{place} of {count}", place=place, count=count))
        self.place()

    @Slot()
    def _on_closed(self) -> None:
        self._scan, self._current = None, -1
        self._slices.stop()
        self._view.viewport().update()
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)
