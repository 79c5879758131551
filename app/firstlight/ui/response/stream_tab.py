"""The Stream tab: figures on top, the joined text beside the list of messages, the picked message below it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from firstlight.model.events import ServerEvent
from firstlight.texts import tr
from firstlight.ui.response.answer_view import AnswerView
from firstlight.ui.response.figure_strip import FigureStrip
from firstlight.ui.response.gap_strip import GapStrip
from firstlight.ui.response.message_bar import MessageBar
from firstlight.ui.response.message_lines import message_lines
from firstlight.ui.response.message_rows import MessageRows, Rows
from firstlight.ui.response.message_table import MessageTable
from firstlight.ui.response.message_text import message_text
from firstlight.ui.response.record import ExchangeRecord
from firstlight.ui.response.saving import save_as
from firstlight.ui.response.stream_figures import stream_figures
from firstlight.ui.response.tool_calls_view import ToolCallsView
from firstlight.ui.talk.timeline import Entry
from firstlight.ui.talk.timeline_rows import TimelineRows
from firstlight.ui.talk.timeline_words import detail
from firstlight.ui.tasks import Tasks
from firstlight.ui.text.text_view import TextView

_NARROW_PX = 720
"""Below this width the text stands over the list, not beside it."""
_LOW_PX = 130
"""Below this height the room goes to the text and the list alone."""
_LOW_GAPS_PX = 240
"""Below this height there is no room for the gaps either."""
_FIGURES_EVERY = 4  # ticks of the pane: figures that change 30 times a second cannot be read


class StreamTab(QWidget):
    """Grows with the record while it is visible, and catches up when it becomes so."""

    saved = Signal(object)
    """A file was written where the user asked for it: what to say of that, as a Phrase."""

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("streamView")
        self._tasks = tasks
        self._record: ExchangeRecord | None = None
        self._shown = (0, False)
        """The number of the exchange, and whether it is a WebSocket."""
        self._ticks = 0
        self._filter = ""
        self._figures = FigureStrip(self)
        self._gaps = GapStrip(self)
        self._answer = AnswerView(self)
        self._tools = ToolCallsView(self)
        self._bar = MessageBar(self)
        self._table = MessageTable(self)
        self._detail = TextView(self)
        self._detail.setObjectName("messageDetail")
        self._detail.hide()
        self._said = _splitter(Qt.Orientation.Vertical, self._answer, self._tools, shares=(1, 1))
        self._messages = QWidget(self)
        listed = _splitter(Qt.Orientation.Vertical, self._table, self._detail, shares=(3, 2))
        _fill(self._messages, self._bar, listed)
        self._split = _splitter(Qt.Orientation.Horizontal, self._said, self._messages, shares=(1, 1))
        _fill(self, self._figures, self._gaps, self._split)
        self._table.message_picked.connect(self._on_picked)
        self._table.filtered.connect(self._on_filtered)
        self._bar.filter_changed.connect(self._on_filter)
        self._bar.pause_toggled.connect(self._on_pause)
        self._bar.export_requested.connect(self._on_export)
        self._retranslate()

    def show_record(self, record: ExchangeRecord, *, crowded: bool = False) -> None:
        """Show what has come since, or the whole of another exchange; when crowded, half of it at a time."""
        if self._shown != (record.number, record.talks):
            self._begin(record)
        elif not self._bar.paused:
            turn = self._ticks % 2 if crowded and record.running else None
            if turn != 1:
                self._table.grow()
            if turn != 0:
                self._grow_text(record)
        self._messages.setVisible(record.streamed)
        if self._ticks % _FIGURES_EVERY == 0 or not record.running:
            self._show_figures(record)
        self._ticks += 1

    def _begin(self, record: ExchangeRecord) -> None:
        """Show another exchange from its start."""
        self._record, self._shown, self._ticks = record, (record.number, record.talks), 0
        self._bar.go_on()
        self._table.restart(_rows_of(record))
        self._answer.restart(record)
        self._gaps.restart()
        self._grow_text(record)
        self._on_picked(None)

    def _grow_text(self, record: ExchangeRecord) -> None:
        self._answer.grow()
        self._gaps.grow(record)
        calls = record.end.stream.tool_calls if record.end and record.end.stream else ()
        self._tools.show_calls(calls)
        self._answer.setVisible(bool(record.answers) or not (record.streamed or calls))
        self._said.setVisible(bool(record.answers or calls) or not record.streamed)

    def _show_figures(self, record: ExchangeRecord) -> None:
        self._figures.show_figures(stream_figures(record))
        self._gaps.tell()
        self._show_gaps(self.height())
        self._bar.allow_export(bool(record.messages) or record.talks)
        self._bar.show_note(self._note(record))

    def _show_gaps(self, height: int) -> None:
        self._gaps.setVisible(self._gaps.worth_showing and height >= _LOW_GAPS_PX)

    def _note(self, record: ExchangeRecord) -> str:
        """Say what the list does not show."""
        total = len(record.timeline.entries if record.talks else record.messages)
        if self._bar.paused:
            return tr("paused")
        if self._filter:
            return tr("{shown} of {total}", shown=f"{self._table.count:,}", total=f"{total:,}")
        dropped = record.timeline.dropped
        return tr("the oldest {count} are no longer kept", count=f"{dropped:,}") if dropped else ""

    @Slot(str)
    def _on_filter(self, wanted: str) -> None:
        self._filter = wanted
        self._table.filter(wanted)
        self._on_filtered()

    @Slot()
    def _on_filtered(self) -> None:
        if self._record is not None:
            self._bar.show_note(self._note(self._record))

    @Slot(bool)
    def _on_pause(self, paused: bool) -> None:
        if self._record is None:
            return
        if not paused:
            self._table.grow()
            self._grow_text(self._record)
        self._show_figures(self._record)

    @Slot()
    def _on_export(self) -> None:
        if self._record is not None:
            self._tasks.start(self._export(self._record), name="export messages")

    async def _export(self, record: ExchangeRecord) -> None:
        lines = partial(message_lines, self._table.shown(), _started_ns(record))
        if said := await save_as(self, tr("Export messages"), "stream.jsonl", lines):
            self.saved.emit(said)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._figures.setVisible(event.size().height() >= _LOW_PX)
        self._show_gaps(event.size().height())
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
    def _on_picked(self, message: ServerEvent | Entry | None) -> None:
        self._detail.setVisible(message is not None)
        if message is not None:
            self._detail.set_text(*(message_text(message) if isinstance(message, ServerEvent) else detail(message)))

    def _retranslate(self) -> None:
        self._table.setAccessibleName(tr("Messages of the stream"))
        self._table.viewport().update()
        self._detail.setAccessibleName(tr("The picked message"))
        if self._record is not None:
            self._show_figures(self._record)


def _rows_of(record: ExchangeRecord) -> Callable[[str], Rows]:
    """Return what makes the rows of the list for a filter."""
    if record.talks:
        return partial(TimelineRows, record.timeline, _started_ns(record), late=record.late)
    messages, started_ns, late = record.messages, _started_ns(record), record.late
    return lambda wanted: MessageRows(messages, started_ns, late, wanted=wanted)


def _started_ns(record: ExchangeRecord) -> int:
    return record.started.at_ns if record.started else 0


def _fill(widget: QWidget, *parts: QWidget) -> None:
    """Put the parts under each other; the last one takes the room."""
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for part in parts:
        column.addWidget(part)
    column.setStretchFactor(parts[-1], 1)


def _splitter(orientation: Qt.Orientation, first: QWidget, second: QWidget, *, shares: tuple[int, int]) -> QSplitter:
    splitter = QSplitter(orientation)
    splitter.setChildrenCollapsible(False)
    for number, (widget, share) in enumerate(zip((first, second), shares, strict=True)):
        splitter.addWidget(widget)
        splitter.setStretchFactor(number, share)
    return splitter
