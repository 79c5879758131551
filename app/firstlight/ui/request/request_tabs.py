"""The tabs of a request, from Params to Description, each with a mark when it holds something."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QPlainTextEdit, QStackedWidget, QTabBar, QTabWidget, QWidget

from firstlight.model.path_variables import path_rows
from firstlight.model.protocols import is_websocket
from firstlight.model.request import Param, Request, RequestSettings
from firstlight.model.service import Service
from firstlight.model.surroundings import Surroundings
from firstlight.texts import N_, tr
from firstlight.ui.lazy_page import LazyPage
from firstlight.ui.request.headers_model import HeadersModel
from firstlight.ui.request.params_model import ParamsModel
from firstlight.ui.request.tab_badge import ALARM, TabBadge
from firstlight.ui.tasks import Tasks

if TYPE_CHECKING:
    from firstlight.ui.request.auth_tab import AuthTab
    from firstlight.ui.request.body_tab import BodyTab
    from firstlight.ui.request.headers_page import HeadersPage
    from firstlight.ui.request.params_page import ParamsPage
    from firstlight.ui.request.settings_tab import SettingsTab
    from firstlight.ui.talk.messages_page import MessagesPage
    from firstlight.ui.text.markdown_edit import MarkdownEdit

_TITLES = (N_("Params"), N_("Authorization"), N_("Headers"), N_("Body"), N_("Settings"), N_("Description"))
_BODY, _DESCRIPTION = 3, 5
_MESSAGES = N_("Messages")
"""Stands in the place of the Body of a WebSocket, which has none."""


def _content_mark(request: Request) -> str | None:
    if is_websocket(request):
        return str(len(request.messages)) if request.messages else None
    return "" if request.body.kind != "none" else None


def _settings_mark(settings: RequestSettings) -> str | None:
    if not settings.verify_tls:
        return ALARM
    return "" if settings != RequestSettings() else None


def _said(mark: str | None) -> str:
    """Return what a mark says to who cannot see it."""
    if mark == ALARM:
        return tr("TLS certificates are not verified")
    return mark or (tr("in use") if mark is not None else "")


class RequestTabs(QTabWidget):
    """Six pages, each built when it is first looked at. What no page shows is as it was in the request shown."""

    edited = Signal()
    """The user changed something but the parameters."""
    path_variables_edited = Signal(tuple)
    """The user changed the values of the URL's path variables: their rows."""
    parent_requested = Signal(str)
    """Show the collection or folder of this path."""
    token_wished = Signal(object)
    """A TokenWish: something shall be done about the token of the Authorization."""
    service_requested = Signal(str)
    """Show the credentials of the service of this name."""
    signing_requested = Signal()
    message_requested = Signal(object)
    """Send this Message over the open WebSocket."""
    ping_requested = Signal()
    close_requested = Signal(int, str)
    """Close the WebSocket with this code and reason."""
    certificates_requested = Signal()
    """Show the client certificates of the app's settings."""
    headers_looked_at = Signal()
    """The Headers tab comes to the front."""

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("requestTabs")
        self._tasks = tasks
        self._shown = Request()
        self._path_variables: tuple[Param, ...] = ()
        self._without: tuple[str, ...] = ()
        self._folder = ""
        self._around = Surroundings()
        self._route: tuple[Request, Service | None] = (Request(), None)
        self.params = ParamsModel(self)
        self.headers = HeadersModel(self)
        self.headers.edited.connect(self.edited)
        # Inside the tab widget's own stack: moving a finished page into it would style it all again.
        stack, bar = self.findChild(QStackedWidget), self.tabBar()
        self._params_page = LazyPage(self._make_params, stack, follows=bar)
        self._auth = LazyPage(self._make_auth, stack, follows=bar)
        self._headers_page = LazyPage(self._make_headers, stack, follows=bar)
        self._content = QStackedWidget(stack)
        """The Body, or the messages of a WebSocket."""
        self._body = LazyPage(self._make_body, self._content, follows=bar)
        self._messages = LazyPage(self._make_messages, self._content, follows=bar)
        self._content.addWidget(self._body)
        self._content.addWidget(self._messages)
        self._websocket = self._open = False
        self._settings = LazyPage(self._make_settings, stack, follows=bar)
        self._description = LazyPage(self._make_description, stack, follows=bar)
        self._badges: list[TabBadge] = []
        for page in (
            self._params_page,
            self._auth,
            self._headers_page,
            self._content,
            self._settings,
            self._description,
        ):
            tab = self.addTab(page, "")
            badge = TabBadge(self.tabBar())
            badge.hide()
            self._badges.append(badge)
            self.tabBar().setTabButton(tab, QTabBar.ButtonPosition.RightSide, badge)
        self._marks: tuple[str | None, ...] = (None,) * len(_TITLES)
        self._retranslate()

    # --- the pages ---

    def _make_params(self, parent: QWidget) -> ParamsPage:
        from firstlight.ui.request.params_page import ParamsPage

        page = ParamsPage(self.params, parent)
        page.show_path_variables(self._path_variables)
        page.path_variables_edited.connect(self.path_variables_edited)
        return page

    def _make_headers(self, parent: QWidget) -> HeadersPage:
        from firstlight.ui.request.headers_page import HeadersPage

        page = HeadersPage(self.headers, parent)
        page.ticked.connect(self._on_header_ticked)
        page.looked_at.connect(self.headers_looked_at)
        return page

    def look_at_token(self) -> None:
        """Look anew at the token that sending may have obtained."""
        if self._auth.made:
            self._auth.made.look_at_token()

    def _make_auth(self, parent: QWidget) -> AuthTab:
        from firstlight.ui.request.auth_tab import AuthTab

        page = AuthTab(parent)
        page.show_inherited(self._around)
        page.parent_requested.connect(self.parent_requested)
        page.token_wished.connect(self.token_wished)
        page.service_requested.connect(self.service_requested)
        page.show_route(*self._route)
        page.signing_requested.connect(self.signing_requested)
        page.show_authorization(self._shown.authorization)
        page.edited.connect(self.edited)
        return page

    def _make_body(self, parent: QWidget) -> BodyTab:
        from firstlight.ui.request.body_tab import BodyTab

        page = BodyTab(self._tasks, parent)
        page.set_folder(self._folder)
        page.show_body(self._shown.body)
        page.edited.connect(self.edited)
        return page

    def _make_messages(self, parent: QWidget) -> MessagesPage:
        from firstlight.ui.talk.messages_page import MessagesPage

        page = MessagesPage(self._tasks, parent)
        page.set_folder(self._folder)
        page.show_messages(self._shown.messages)
        page.set_open(self._open)
        page.edited.connect(self.edited)
        page.send_requested.connect(self.message_requested)
        page.ping_requested.connect(self.ping_requested)
        page.close_requested.connect(self.close_requested)
        return page

    def _make_settings(self, parent: QWidget) -> SettingsTab:
        from firstlight.ui.request.settings_tab import SettingsTab

        page = SettingsTab(parent)
        page.show_settings(self._shown.settings)
        page.show_protocol(websocket=self._websocket)
        page.edited.connect(self.edited)
        page.certificate.requested.connect(self.certificates_requested)
        return page

    def _make_description(self, parent: QWidget) -> MarkdownEdit:
        from firstlight.ui.text.markdown_edit import MarkdownEdit

        page = MarkdownEdit(parent)
        page.show_text(self._shown.description)
        page.edited.connect(self.edited)
        return page

    # --- in and out ---

    def show_request(self, request: Request) -> None:
        """Show another request."""
        self._shown = request
        self._without = request.without
        self.show_path_variables(path_rows(request.url, request.path_variables))
        self.params.show_rows(request.params)
        self.headers.show_rows(request.headers)
        if self._auth.made:
            self._auth.made.show_route(request, self._route[1])
            self._auth.made.show_authorization(request.authorization)
        if self._body.made:
            self._body.made.show_body(request.body)
        if self._messages.made:
            self._messages.made.show_messages(request.messages)
        if self._settings.made:
            self._settings.made.show_settings(request.settings)
        if self._description.made:
            self._description.made.show_text(request.description)
        self.show_marks(request)

    def filled_in(self, request: Request) -> Request:
        """Return `request` with what is on these pages, but for the parameters, which are part of the URL."""
        auth, body, settings = self._auth.made, self._body.made, self._settings.made
        description, messages = self._description.made, self._messages.made
        return replace(
            request,
            headers=self.headers.rows(),
            without=self._without,
            authorization=auth.authorization() if auth else self._shown.authorization,
            body=body.body() if body else self._shown.body,
            messages=messages.messages() if messages else self._shown.messages,
            settings=settings.settings if settings else self._shown.settings,
            description=description.text() if description else self._shown.description,
        )

    def show_inherited(self, around: Surroundings) -> None:
        """Say what is around the request."""
        self._around = around
        if self._auth.made:
            self._auth.made.show_inherited(around)

    def show_route(self, sent: Request, service: Service | None) -> None:
        """Say over which channel and with which credential the request goes, and what its service is."""
        self._route = sent, service
        if self._auth.made:
            self._auth.made.show_route(sent, service)

    def show_path_variables(self, rows: tuple[Param, ...]) -> None:
        """Show the path variables of the URL: one row for each."""
        self._path_variables = rows
        if self._params_page.made:
            self._params_page.made.show_path_variables(rows)

    @property
    def headers_page(self) -> HeadersPage | None:
        """The Headers tab, if somebody has looked at it."""
        return self._headers_page.made

    @property
    def settings_page(self) -> SettingsTab | None:
        """The Settings tab, if somebody has looked at it."""
        return self._settings.made

    def set_folder(self, folder: str) -> None:
        """Say where the workspace is; relative file paths start there."""
        self._folder = folder
        for page in (self._body.made, self._messages.made):
            if page is not None:
                page.set_folder(folder)

    def show_protocol(self, *, websocket: bool) -> None:
        """Show the messages of a WebSocket in the place of the body, or the body again."""
        if websocket != self._websocket:
            self._websocket = websocket
            self._content.setCurrentWidget(self._messages if websocket else self._body)
            self.setTabText(_BODY, tr(self._title(_BODY)))
            if self._settings.made:
                self._settings.made.show_protocol(websocket=websocket)
            self._show_marks()

    def set_open(self, is_open: bool) -> None:
        """Say whether the WebSocket is open."""
        self._open = is_open
        if self._messages.made:
            self._messages.made.set_open(is_open)

    def send_message(self) -> None:
        """Ask for sending the message in hand."""
        self._messages.page().send()

    def beautify(self) -> None:
        """Lay out a raw JSON body, or a JSON message."""
        (self._messages if self._websocket else self._body).page().beautify()

    def _title(self, tab: int) -> str:
        return _MESSAGES if self._websocket and tab == _BODY else _TITLES[tab]

    def open_description(self) -> None:
        """Bring the Description tab to the front."""
        self.setCurrentIndex(_DESCRIPTION)

    def locate_file(self, place: str) -> None:
        """Bring the Body tab to the front and ask where its file is that was not found at `place`."""
        self.open_body()
        self._body.page().locate(place)

    def open_body(self) -> None:
        """Bring the Body tab to the front."""
        self.setCurrentIndex(_BODY)

    def view(self) -> dict[str, Any]:
        """Return which part is in front, and where the cursor and the scroll bar of the body are."""
        view: dict[str, Any] = {"part": self.currentIndex()}
        if self.currentIndex() == _BODY and (editor := self._text_of_body()) is not None:
            view |= {"cursor": editor.textCursor().position(), "scroll": editor.verticalScrollBar().value()}
        return view

    def show_view(self, view: Mapping[str, Any]) -> None:
        """Bring back what `view` returned; what does not fit any more is left alone."""
        self.setCurrentIndex(min(max(0, view.get("part", self.currentIndex())), self.count() - 1))
        if "cursor" in view and self._shown.body.kind == "raw":
            self._body.page().build_page()
            if (editor := self._text_of_body()) is not None:
                cursor = editor.textCursor()
                cursor.setPosition(min(view["cursor"], editor.document().characterCount() - 1))
                editor.setTextCursor(cursor)
                editor.verticalScrollBar().setValue(view.get("scroll", 0))

    def _text_of_body(self) -> QPlainTextEdit | None:
        return self._body.findChild(QPlainTextEdit, "bodyEditor") if self._body.made else None

    def show_marks(self, request: Request) -> None:
        """Mark the tabs that hold something of `request`."""
        params = sum(row.enabled for row in request.params)
        headers = sum(row.enabled for row in request.headers)
        marks = (
            str(params) if params else None,
            "" if request.authorization.kind not in ("none", "inherit", "service") else None,
            str(headers) if headers else None,
            _content_mark(request),
            _settings_mark(request.settings),
            "" if request.description else None,
        )
        if marks != self._marks:
            self._marks = marks
            self._show_marks()

    def _on_header_ticked(self, name: str, wanted: bool) -> None:
        others = tuple(other for other in self._without if other.strip().lower() != name.lower())
        self._without = others if wanted else (*others, name)
        self.edited.emit()

    def _show_marks(self) -> None:
        for tab, (badge, mark) in enumerate(zip(self._badges, self._marks, strict=True)):
            title = tr(self._title(tab))
            badge.show_text(mark or "")
            shown = badge if mark is not None else None
            if self.tabBar().tabButton(tab, QTabBar.ButtonPosition.RightSide) is not shown:
                self.tabBar().setTabButton(tab, QTabBar.ButtonPosition.RightSide, shown)
            badge.setVisible(mark is not None)
            self.tabBar().setAccessibleTabName(tab, ", ".join(filter(None, (title, _said(mark)))))
            self.setTabToolTip(tab, _said(mark) if mark == ALARM else "")

    def _retranslate(self) -> None:
        for tab in range(len(_TITLES)):
            self.setTabText(tab, tr(self._title(tab)))
        self.tabBar().setAccessibleName(tr("Parts of the request"))
        self._show_marks()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
