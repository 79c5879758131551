"""The request editor: what is on screen and a frozen Request are two shapes of one thing."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from firstlight.model.request import Request
from firstlight.model.urls import full_url, with_typed_url
from firstlight.ui.request.description_line import DescriptionLine
from firstlight.ui.request.request_bar import RequestBar
from firstlight.ui.request.request_tabs import RequestTabs
from firstlight.ui.tasks import Tasks


class RequestEditor(QWidget):
    """Shows and edits one Request. Signals out, show_request in."""

    send_requested = Signal(object)
    """The Request to send."""
    cancel_requested = Signal()
    save_requested = Signal()
    changed = Signal()
    """The user changed something (never emitted by show_request)."""

    def __init__(self, parent: QWidget | None = None, tasks: Tasks | None = None) -> None:
        """Build an empty editor; `tasks` runs its file dialogs, its own if none is given."""
        super().__init__(parent)
        self.tasks = tasks or Tasks(self)
        self._request = Request()
        self._shown = False
        self._bar = RequestBar(self)
        self._description = DescriptionLine(self)
        self._tabs = RequestTabs(self.tasks, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._bar)
        layout.addWidget(self._description)
        layout.addWidget(self._tabs, 1)
        self.setFocusProxy(self._bar.url)
        self._connect()

    def show_request(self, request: Request) -> None:
        """Show another request; what already stands there keeps its cursor and its undo history."""
        known = self._shown and request == self.request()
        self._request = request
        if known:
            return
        self._bar.method.show_method(request.method)
        self._description.show_description(request.description)
        if self._bar.url.text() != full_url(request):
            self._bar.url.setText(full_url(request))
            self._bar.url.setCursorPosition(0)
        self._tabs.show_request(request)
        if not self._shown and request.body.kind != "none":
            self._tabs.open_body()
        self._shown = True

    def request(self) -> Request:
        """Return what is on screen; equal to what was shown while nobody has edited it."""
        return self._tabs.filled_in(self._request)

    def send(self) -> None:
        """Ask for sending what is on screen, unless a request is on its way."""
        self._bar.send()

    def beautify(self) -> None:
        """Lay out a raw JSON body."""
        self._tabs.beautify()

    def set_sending(self, sending: bool) -> None:
        """Turn Send into Cancel while an exchange runs."""
        self._bar.set_sending(sending)

    def set_folder(self, folder: str) -> None:
        """Say where the workspace is; relative file paths start there."""
        self._tabs.set_folder(folder)

    def focus_url(self) -> None:
        """Put the cursor into the URL with all of it selected."""
        self._bar.url.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._bar.url.selectAll()

    def _connect(self) -> None:
        self._bar.send_clicked.connect(lambda: self.send_requested.emit(self.request()))
        self._bar.cancel_clicked.connect(self.cancel_requested)
        self._bar.save_clicked.connect(self.save_requested)
        self._bar.method.chosen.connect(self._on_method_chosen)
        self._bar.url.typed.connect(self._on_url_typed)
        self._tabs.params.edited.connect(self._on_params_edited)
        self._tabs.edited.connect(self._on_part_edited)

    def _on_method_chosen(self, method: str) -> None:
        self._request = replace(self._request, method=method)
        self.changed.emit()

    def _on_url_typed(self, text: str) -> None:
        self._request = with_typed_url(self._request, text)
        self._tabs.params.show_rows(self._request.params)
        self._on_part_edited()

    def _on_params_edited(self) -> None:
        self._request = replace(self._request, params=self._tabs.params.rows())
        self._bar.url.setText(full_url(self._request))
        self._on_part_edited()

    def _on_part_edited(self) -> None:
        self._tabs.show_marks(self.request())
        self.changed.emit()
