"""The Stream tab: figures on top, the joined text beside the list of messages, the picked message below it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from firstlight.model.events import ServerEvent
from firstlight.texts import tr
from firstlight.ui.response.answer_view import AnswerView
from firstlight.ui.response.figure_strip import FigureStrip
from firstlight.ui.response.message_table import MessageTable
from firstlight.ui.response.message_text import message_text
from firstlight.ui.response.record import ExchangeRecord
from firstlight.ui.response.stream_figures import stream_figures
from firstlight.ui.text.text_view import TextView

_NARROW_PX = 720
"""Below this width the text stands over the list, not beside it."""
_LOW_PX = 130
"""Below this height the room goes to the text and the list alone."""
_FIGURES_EVERY = 4  # ticks of the pane: figures that change 30 times a second cannot be read


class StreamTab(QWidget):
    """Grows with the record while it is visible, and catches up when it becomes so."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("streamView")
        self._record: ExchangeRecord | None = None
        self._number = 0
        self._ticks = 0
        self._figures = FigureStrip(self)
        self._answer = AnswerView(self)
        self._table = MessageTable(self)
        self._detail = TextView(self)
        self._detail.setObjectName("messageDetail")
        self._detail.hide()
        self._messages = _splitter(Qt.Orientation.Vertical, self._table, self._detail, shares=(3, 2))
        self._split = _splitter(Qt.Orientation.Horizontal, self._answer, self._messages, shares=(1, 1))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._figures)
        column.addWidget(self._split, 1)
        self._table.message_picked.connect(self._on_picked)
        self._retranslate()

    def show_record(self, record: ExchangeRecord, *, crowded: bool = False) -> None:
        """Show what has come since, or the whole of another exchange; when crowded, half of it at a time."""
        if self._number != record.number:
            self._record, self._number, self._ticks = record, record.number, 0
            self._table.restart(record.messages, record.started.at_ns if record.started else 0)
            self._answer.restart(record)
            self._on_picked(None)
        else:
            turn = self._ticks % 2 if crowded and record.running else None
            if turn != 1:
                self._table.grow()
            if turn != 0:
                self._answer.grow()
        self._answer.setVisible(bool(record.answers) or not record.streamed)
        self._messages.setVisible(record.streamed)
        if self._ticks % _FIGURES_EVERY == 0 or not record.running:
            self._figures.show_figures(stream_figures(record))
        self._ticks += 1

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._figures.setVisible(event.size().height() >= _LOW_PX)
        narrow = event.size().width() < _NARROW_PX
        orientation = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        if event.oldSize().width() <= 0 or self._split.orientation() != orientation:
            self._split.setOrientation(orientation)
            self._split.setSizes([1000, 1000])

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    @Slot(object)
    def _on_picked(self, message: ServerEvent | None) -> None:
        self._detail.setVisible(message is not None)
        if message is not None:
            self._detail.set_text(*message_text(message))

    def _retranslate(self) -> None:
        self._table.setAccessibleName(tr("Messages of the stream"))
        self._table.viewport().update()
        self._detail.setAccessibleName(tr("The picked message"))
        if self._record is not None:
            self._figures.show_figures(stream_figures(self._record))


def _splitter(orientation: Qt.Orientation, first: QWidget, second: QWidget, *, shares: tuple[int, int]) -> QSplitter:
    splitter = QSplitter(orientation)
    splitter.setChildrenCollapsible(False)
    for number, (widget, share) in enumerate(zip((first, second), shares, strict=True)):
        splitter.addWidget(widget)
        splitter.setStretchFactor(number, share)
    return splitter
