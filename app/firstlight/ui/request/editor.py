"""The request editor: what is on screen and a frozen Request are two shapes of one thing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from firstlight.model.path_variables import path_rows
from firstlight.model.protocols import HTTP, WEBSOCKET, has_websocket_url, http_url, is_websocket
from firstlight.model.request import Param, Request
from firstlight.model.route import as_plain
from firstlight.model.urls import full_url, with_typed_url
from firstlight.ui.known_variables import KnownVariables
from firstlight.ui.request.description_line import DescriptionLine
from firstlight.ui.request.guard_watching import GuardWatching
from firstlight.ui.request.header_previewing import HeaderPreviewing
from firstlight.ui.request.method_combo import WEBSOCKET_WORD
from firstlight.ui.request.request_bar import RequestBar
from firstlight.ui.request.request_tabs import RequestTabs
from firstlight.ui.request.routing import Routing
from firstlight.ui.tasks import Tasks

if TYPE_CHECKING:
    from firstlight.model.caution import Caution
    from firstlight.model.exchange import Scope
    from firstlight.model.service import Service
    from firstlight.model.surroundings import Surroundings
    from firstlight.texts import Phrase
    from firstlight.ui.importing.notice import ImportNotice
    from firstlight.ui.request.guard_strip import GuardStrip
    from firstlight.ui.request.settings_tab import SettingsTab


class RequestEditor(QWidget):
    """Shows and edits one Request. Signals out, show_request in."""

    send_requested = Signal(object)
    send_to_file_requested = Signal(object)
    """The Request to send."""
    cancel_requested = Signal()
    save_requested = Signal()
    code_requested = Signal()
    command_given = Signal(str, bool)
    """A cURL command was put into the URL; True: typed there, False: pasted over what stood there."""
    changed = Signal()
    """The user changed something (never emitted by show_request)."""
    parent_requested = Signal(str)
    """Show the collection or folder of this path."""
    message_requested = Signal(object)
    """Send this Message over the open WebSocket."""
    ping_requested = Signal()
    close_requested = Signal(int, str)
    """Close the WebSocket with this code and reason."""
    token_wished = Signal(object)
    """A TokenWish: something shall be done about the token of the Authorization."""
    service_requested = Signal(str, str)
    """Show the service of this name, and this part of its page."""
    new_service_requested = Signal()
    certificates_requested = Signal()
    """Show the client certificates of the app's settings."""
    route_picked = Signal()
    """Another channel or credential was picked; the request itself is as it was."""
    part_chosen = Signal()
    """Another of Params, Authorization, Headers… is in front."""

    def __init__(self, parent: QWidget | None = None, tasks: Tasks | None = None) -> None:
        """Build an empty editor; `tasks` runs its file dialogs, its own if none is given."""
        super().__init__(parent)
        self.tasks = tasks or Tasks(self)
        self.known = KnownVariables(self)
        self._request = Request()
        self._shown = False
        self._open = False
        """The WebSocket is."""
        self._notice: ImportNotice | None = None
        self._offer: QWidget | None = None
        self._before_import: Request | None = None
        self._bar = RequestBar(self)
        self._description = DescriptionLine(self)
        self._tabs = RequestTabs(self.tasks, self)
        self._previews = HeaderPreviewing(lambda: self._tabs.headers_page, self.sent, self)
        self._guards = GuardWatching(self.sent, self._show_cautions, self.tasks, self)
        self._guard_strip: GuardStrip | None = None
        self._scope: Scope | None = None
        self._once: dict[str, Param] = {}
        """Path variables that the URL named before: a name typed anew finds its value."""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._bar)
        self._routing = Routing(self._bar, self._column, self.request, self)
        self._column.addWidget(self._description)
        self._column.addWidget(self._tabs, 1)
        self.setFocusProxy(self._bar.url)
        self._connect()

    def show_request(self, request: Request) -> None:
        """Show another request; what already stands there keeps its cursor and its undo history."""
        known = self._shown and request == self.request()
        self._request = request
        if known:
            return
        self._forget_import()
        self._show_protocol()
        self._description.show_description(request.description)
        if self._bar.url.text() != full_url(request):
            self._bar.url.setText(full_url(request))
            self._bar.url.setCursorPosition(0)
        self._tabs.show_request(request)
        self._once.clear()
        self._routing.refresh()
        self._tell_service()
        self._previews.later()
        if self._guard_strip is not None:
            self._guard_strip.forget_waved()
        self._guards.later()
        if not self._shown and (request.body.kind != "none" or is_websocket(request)):
            self._tabs.open_body()
        self._shown = True

    def request(self) -> Request:
        """Return what is on screen; equal to what was shown while nobody has edited it."""
        return self._tabs.filled_in(self._request)

    def sent(self) -> Request:
        """Return what is on screen as it is sent: over the channel and with the credential that are picked."""
        return self._routing.sent()

    def full_url(self) -> str:
        """Return the URL as it is sent, variables not filled in."""
        return full_url(as_plain(self.sent(), self._routing.service()))

    def take_over(self, request: Request, notes: Sequence[Phrase]) -> None:
        """Show what an import made, as something the user did: it can be undone, and is not saved yet."""
        before = self.request()
        if self._bar.url.holds_command():  # typed: going back must not bring the command back
            before = with_typed_url(before, "")
        self.show_request(replace(request, description=before.description, unknown=before.unknown))
        if request.body.kind != "none":
            self._tabs.open_body()
        if self._notice is None:
            from firstlight.ui.importing.notice import ImportNotice

            self._notice = ImportNotice(self)
            self._notice.undo_clicked.connect(self._on_undo_import)
            self._column.insertWidget(1, self._notice)
        self._before_import = before
        self._notice.show_notes(notes)
        self.changed.emit()

    def give_command(self) -> bool:
        """Hand over a cURL command that stands in the URL; True: there was one."""
        return self._bar.url.give_command()

    def send(self) -> None:
        """Ask for sending what is on screen, unless a request is on its way; over an open WebSocket, its message."""
        if self._open:
            self._tabs.send_message()
        else:
            self._bar.send()

    def send_to_file(self) -> None:
        """Ask for sending what is on screen, its answer to a file."""
        self.send_to_file_requested.emit(self.sent())

    def beautify(self) -> None:
        """Lay out a raw JSON body."""
        self._tabs.beautify()

    def locate_file(self, place: str) -> None:
        """Ask where the file of the body is that was not found at `place`."""
        self._tabs.locate_file(place)

    def set_sending(self, sending: bool) -> None:
        """Turn Send into Cancel while an exchange runs."""
        self._bar.set_sending(sending)
        if not sending:
            self._tabs.look_at_token()

    def set_open(self, is_open: bool) -> None:
        """Say whether the WebSocket is open: Disconnect, and messages can be sent."""
        self._open = is_open
        self._bar.set_open(is_open)
        self._tabs.set_open(is_open)

    def set_folder(self, folder: str) -> None:
        """Say where the workspace is; relative file paths start there."""
        self._tabs.set_folder(folder)
        self._guards.set_folder(folder)

    def set_scope(self, scope: Scope) -> None:
        """Say what variables there are, for what is shown before sending."""
        self._scope = scope
        self._routing.set_scope(scope)
        self._tell_service()

    def preview_again(self) -> None:
        """Show anew what is shown before sending: something outside the request has changed."""
        self._previews.later()

    @property
    def settings_page(self) -> SettingsTab | None:
        """The Settings tab, if somebody has looked at it."""
        return self._tabs.settings_page

    def show_services(self, services: Mapping[str, Service]) -> None:
        """Say which services the workspace has."""
        self._routing.show_services(services)
        self._tell_service()

    @property
    def routing(self) -> Routing:
        """The service of the request, and how it goes."""
        return self._routing

    def _tell_service(self) -> None:
        """Say how the request goes, where that is shown."""
        service = self._routing.service()
        if self._scope is not None:
            scope = replace(self._scope, service=service)
            self._previews.set_scope(scope)
            self._guards.set_scope(scope)
        self._tabs.show_route(self.sent(), service)

    def show_inherited(self, around: Surroundings) -> None:
        """Say what is around the request, for what it may inherit."""
        self._tabs.show_inherited(around)

    def show_offer(self, offer: QWidget | None) -> None:
        """Show a line under the request bar in the place of the last one; None: none."""
        if self._offer is not None:
            self._offer.hide()
            self._offer.deleteLater()
        self._offer = offer
        if offer is not None:
            self._column.insertWidget(1, offer)
            offer.show()

    def show_notice(self, text: str) -> None:
        """Say something about the request above it until it is waved away; `text` is an N_() text."""
        from firstlight.ui.request.notice import Notice

        for old in self.findChildren(Notice):
            old.hide()
            old.deleteLater()
        self._column.insertWidget(0, Notice(text, self))

    def view(self) -> dict[str, Any]:
        """Return what is in front, and where the cursor and the scroll bar of the body are."""
        return {**self._tabs.view(), **self._routing.view()}

    def show_view(self, view: Mapping[str, Any]) -> None:
        """Bring back what `view` returned."""
        self._tabs.show_view(view)
        self._routing.show_view(view)

    def focus_url(self) -> None:
        """Put the cursor into the URL with all of it selected."""
        self._bar.url.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._bar.url.selectAll()

    def focus_send(self) -> None:
        """Put the cursor on Send: Enter sends."""
        self._bar.focus_send()

    def _show_cautions(self, cautions: Sequence[Caution]) -> None:
        if self._guard_strip is None and cautions:
            from firstlight.ui.request.guard_strip import GuardStrip

            self._guard_strip = GuardStrip(self)
            self._column.insertWidget(self._column.indexOf(self._description), self._guard_strip)
        if self._guard_strip is not None:
            self._guard_strip.show_cautions(cautions)

    def _on_headers_looked_at(self) -> None:
        self._previews.now()

    def _connect(self) -> None:
        self._bar.send_clicked.connect(lambda: self.send_requested.emit(self.sent()))
        self._bar.send_to_file_clicked.connect(self.send_to_file)
        self._description.clicked.connect(self._tabs.open_description)
        self._bar.cancel_clicked.connect(self.cancel_requested)
        self._bar.save_clicked.connect(self.save_requested)
        self._bar.code_clicked.connect(self.code_requested)
        self._bar.url.command_pasted.connect(lambda text: self.command_given.emit(text, False))
        self._bar.url.command_typed.connect(lambda text: self.command_given.emit(text, True))
        self._bar.url.undo_requested.connect(self._on_undo_import)
        self._routing.replaced.connect(self._on_replaced)
        self._routing.picked.connect(self._on_route_picked)
        self._routing.edit_requested.connect(self.service_requested)
        self._routing.new_requested.connect(self.new_service_requested)
        self._bar.method.chosen.connect(self._on_method_chosen)
        self._bar.url.typed.connect(self._on_url_typed)
        self._tabs.params.edited.connect(self._on_params_edited)
        self._tabs.edited.connect(self._on_part_edited)
        self._tabs.path_variables_edited.connect(self._on_path_variables_edited)
        self._tabs.parent_requested.connect(self.parent_requested)
        self._tabs.token_wished.connect(self.token_wished)
        self._tabs.message_requested.connect(self.message_requested)
        self._tabs.ping_requested.connect(self.ping_requested)
        self._tabs.close_requested.connect(self.close_requested)
        self._tabs.service_requested.connect(lambda name: self.service_requested.emit(name, "credentials"))
        self._tabs.certificates_requested.connect(self.certificates_requested)
        self._tabs.signing_requested.connect(self._on_signing_requested)
        self._tabs.headers_looked_at.connect(self._on_headers_looked_at)
        self._tabs.currentChanged.connect(self.part_chosen)
        self.changed.connect(self._guards.later)

    def _on_signing_requested(self) -> None:
        from firstlight.ui.signing.showing import show_preview

        work = show_preview(self, self.sent(), self._previews.scope())
        self.tasks.start(work, name="how it is signed")

    def _on_undo_import(self) -> None:
        if (before := self._before_import) is not None:
            self.show_request(before)
            self.changed.emit()

    def _forget_import(self) -> None:
        self._before_import = None
        if self._notice is not None:
            self._notice.hide()

    def _show_protocol(self) -> None:
        """Show the method, or that it is a WebSocket, and what follows from that."""
        websocket = is_websocket(self._request)
        self._bar.method.show_method(WEBSOCKET_WORD if websocket else self._request.method)
        self._bar.show_protocol(websocket=websocket)
        self._tabs.show_protocol(websocket=websocket)

    def _on_method_chosen(self, method: str) -> None:
        was_websocket = is_websocket(self._request)
        if method == WEBSOCKET_WORD:
            self._request = replace(self._request, protocol=WEBSOCKET)
        else:
            url = http_url(self._request.url)
            self._request = replace(self._request, protocol=HTTP, method=method, url=url)
        if was_websocket != is_websocket(self._request):
            self._bar.url.setText(full_url(self._request))
            self._show_protocol()
            self._on_part_edited()
        else:
            self.changed.emit()

    def _on_url_typed(self, text: str) -> None:
        before = self._request
        self._once |= {row.name: row for row in path_rows(before.url, before.path_variables) if _says_something(row)}
        typed = with_typed_url(before, text)
        if before.service and (moved := self._routing.typed(self._tabs.filled_in(typed))) is not None:
            self._on_replaced(moved)
            return
        rows = path_rows(typed.url, (*typed.path_variables, *self._once.values()))
        self._request = replace(typed, path_variables=tuple(filter(_says_something, rows)))
        if has_websocket_url(typed.url) and typed.protocol != WEBSOCKET:
            self._request = replace(self._request, protocol=WEBSOCKET)
            self._show_protocol()
        self._tabs.show_path_variables(rows)
        self._tabs.params.show_rows(self._request.params)
        self._on_part_edited()

    def _on_params_edited(self) -> None:
        self._request = replace(self._request, params=self._tabs.params.rows())
        self._bar.url.setText(full_url(self._request))
        self._on_part_edited()

    def _on_path_variables_edited(self, rows: tuple[Param, ...]) -> None:
        self._request = replace(self._request, path_variables=tuple(filter(_says_something, rows)))
        self._on_part_edited()

    def _on_replaced(self, request: Request) -> None:
        self.show_request(request)
        self._on_part_edited()

    def _on_route_picked(self) -> None:
        self._tell_service()
        self.route_picked.emit()

    def _on_part_edited(self) -> None:
        self._routing.refresh()
        if self._request.service:
            self._tell_service()
        self._description.show_description(self.request().description)
        self._previews.later()
        self._tabs.show_marks(self.request())
        self.changed.emit()


def _says_something(row: Param) -> bool:
    return bool(row.value or row.description)
