"""The Body tab: the body through one of VIEWS; as it grows while it arrives, rendered when it is there."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from firstlight.model.response import Response
from firstlight.texts import Phrase, tr, trc
from firstlight.ui.child.rendering import Rendered, is_big, render_in_child
from firstlight.ui.figures import size
from firstlight.ui.response.body_bar import BodyBar
from firstlight.ui.response.record import ExchangeRecord
from firstlight.ui.response.saving import save_as, suggested_name
from firstlight.ui.tasks import Tasks
from firstlight.ui.text.copying import MOST_BYTES
from firstlight.ui.text.hex_text import HexText
from firstlight.ui.text.text_view import TextView
from firstlight.views import HexRows, Text, View, best_view, view_named
from firstlight.views.charset import read_as, reading

_TEXTUAL = ("text/", "json", "xml", "javascript", "yaml", "event-stream", "urlencoded")
"""Media types whose bytes may be shown while they arrive."""


class BodyTab(QWidget):
    """Shows the record it was given last."""

    saved = Signal(object)
    """A file was written where the user asked for it: what to say of that, as a Phrase."""

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._record: ExchangeRecord | None = None
        self._number, self._live_pieces, self._ended = -1, 0, False
        self._chosen: tuple[str, str] = ("", "")
        self._charset = ""
        """What this body is read as by choice."""
        self._rendering: asyncio.Task[None] | None = None
        self._state, self._placeholder = Phrase(), Phrase()
        self._bar = BodyBar(self)
        self._text = TextView(self, numbers=True)
        self._text.setObjectName("bodyView")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(self._text, 1)
        self._bar.view_chosen.connect(self._on_view_chosen)
        self._bar.charset_chosen.connect(self._on_charset_chosen)
        self._bar.show_reading(None)
        self._bar.wrap_toggled.connect(self._text.set_wrap)
        self._bar.find_requested.connect(self._text.open_find)
        self._bar.copy_requested.connect(self._text.copy_all)
        self._text.copying.refused.connect(self._on_copy_refused)
        self._bar.save_requested.connect(self._on_save)
        self._retranslate()

    def show_record(self, record: ExchangeRecord) -> None:
        """Show what has come since, or the whole of another exchange."""
        self._record = record
        if self._number != record.number:
            self._number, self._live_pieces, self._ended, self._charset = record.number, 0, False, ""
            self._bar.show_reading(None)
            self._stop_rendering()
            self._text.clear()
            self._bar.set_body_there(False)
            self._bar.show()
            self._bar.show_problem(None)
        if record.end is None:
            self._show_arriving(record)
        elif not self._ended:
            self._ended = True
            self._show_whole(record)

    def _show_arriving(self, record: ExchangeRecord) -> None:
        kind = record.media_type
        if record.head and (not kind or any(word in kind for word in _TEXTUAL)):
            data, self._live_pieces = record.body_after(self._live_pieces)
            if data:
                self._text.append(data)
        receiving = Phrase("Receiving…") if record.head else Phrase()
        self._say(receiving)
        waiting = receiving or Phrase("Waiting for the answer…")
        self._say_instead(waiting if record.started else Phrase())

    def _show_whole(self, record: ExchangeRecord) -> None:
        response = record.response()
        there = bool(response.body)
        self._bar.set_body_there(there)
        self._bar.setVisible(there)
        if not there:
            self._text.clear()
            self._say_instead(_no_body(record))
            self._say(Phrase())
            return
        media_type, chosen = self._chosen
        kept = chosen and media_type == response.media_type
        self._render(view_named(chosen) if kept else best_view(response), response)

    def _render(self, view: View, response: Response) -> None:
        self._stop_rendering()
        self._bar.check_view(view.name)
        response = read_as(response, self._charset)
        self._bar.show_reading(None if view.name == "hex" else reading(response))
        if is_big(view, response):
            self._text.set_text(response.body)
            self._say(Phrase("Formatting…"))
            work = self._render_big(view, response)
            self._rendering = self._tasks.start(work, name=f"render body as {view.name}")
        else:
            self._show_rendered(view.render(response))

    async def _render_big(self, view: View, response: Response) -> None:
        rendered = await render_in_child(view, response)
        self._rendering = None
        if rendered is None:
            self._say(Phrase("too big to format, shown as received"))
        else:
            self._show_rendered(rendered)

    def _show_rendered(self, shown: Text | HexRows | Rendered) -> None:
        if isinstance(shown, HexRows):
            self._text.show_source(HexText(shown))
        else:
            self._text.set_text(shown.data, shown.language)
        self._bar.show_problem(shown.problem)
        self._say(Phrase())

    def _stop_rendering(self) -> None:
        if self._rendering is not None:
            self._rendering.cancel()
            self._rendering = None

    def _say(self, state: Phrase) -> None:
        """Say in the bar what the body is and what is done with it."""
        self._state = state
        record = self._record
        parts = [record.media_type, size(record.body_bytes)] if record and record.head else []
        if record and record.is_partial:
            parts.append(tr("partial"))
        self._bar.show_note(" · ".join(part for part in [*parts, tr(state)] if part))

    def _say_instead(self, placeholder: Phrase) -> None:
        """Say in the middle why no body is seen."""
        self._placeholder = placeholder
        self._text.set_placeholder(tr(placeholder))

    @Slot(str)
    def _on_view_chosen(self, name: str) -> None:
        if self._record is None or self._record.end is None:
            return
        response = self._record.response()
        self._chosen = (response.media_type, name)
        self._render(view_named(name), response)

    @Slot(str)
    def _on_charset_chosen(self, charset: str) -> None:
        self._charset = charset
        if self._record is not None and self._record.end is not None:
            response = self._record.response()
            view = view_named(self._chosen[1]) if self._chosen[0] == response.media_type else None
            self._render(view or best_view(read_as(response, charset)), response)

    @Slot()
    def _on_copy_refused(self) -> None:
        self._say(Phrase("not copied: more than {size}; save it to a file", size=size(MOST_BYTES)))

    @Slot()
    def _on_save(self) -> None:
        if self._record is not None:
            self._tasks.start(self._save(self._record), name="save body")

    async def _save(self, record: ExchangeRecord) -> None:
        response, url = record.response(), record.started.url if record.started else ""
        suggested = suggested_name(response, url)
        if said := await save_as(self, tr("Save body"), suggested, lambda: response.body):
            self.saved.emit(said)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._text.setAccessibleName(trc("response", "Body"))
        self._say(self._state)
        self._say_instead(self._placeholder)


def _no_body(record: ExchangeRecord) -> Phrase:
    """Say why there is nothing to see."""
    if record.saved:
        return Phrase("The body is in the file {path}", path=record.saved.path)
    return Phrase("The answer has no body.") if record.head else Phrase("No answer arrived.")
