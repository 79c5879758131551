"""Keeps the Code panel in step with the request in front. Nothing runs while it is closed."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from firstlight.model.exchange import Scope
from firstlight.model.failure import ExchangeError
from firstlight.model.request import with_inherited
from firstlight.model.route import as_plain
from firstlight.store.client_certificates import read_unlocked
from firstlight.texts import Phrase
from firstlight.ui.lazy_page import LazyPage
from firstlight.ui.tabs_page import is_request

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from firstlight.formats.snippets import Outgoing
    from firstlight.model.client_certificate import ClientCertificate
    from firstlight.model.request import Request
    from firstlight.model.service import Service
    from firstlight.model.surroundings import Surroundings
    from firstlight.ui.code.panel import CodePanel
    from firstlight.ui.tabs_request import RequestTab
    from firstlight.ui.window import MainWindow
    from firstlight.ui.window_session import Session

_PAUSE_MS = 150  # typing is over: a snippet for every key would only flicker
_LONGEST_BODY = 500_000


class CodeWork(QObject):
    """The controller of the Code panel."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._shown: RequestTab | None = None
        self._writing: asyncio.Task[None] | None = None
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._start)
        self._action = window.action("code")
        self._page = LazyPage(self._make_panel, window, follows=window.footer.console)
        window.add_code_panel(self._page)
        self._action.toggled.connect(self.refresh)
        window.tabs.current_changed.connect(self.refresh)

    def attach(self, tab: RequestTab) -> None:
        """Follow what is typed in `tab`, and open when it asks for it."""
        tab.editor.changed.connect(partial(self._on_changed, tab))
        tab.editor.route_picked.connect(partial(self._on_changed, tab))
        tab.editor.code_requested.connect(self._action.trigger)

    def _make_panel(self, parent: QWidget) -> CodePanel:
        from firstlight.ui.code.panel import CodePanel

        panel = CodePanel(parent)
        panel.changed.connect(self._start)
        panel.close_requested.connect(self._action.trigger)
        return panel

    def _on_changed(self, tab: RequestTab) -> None:
        if tab is self._shown and self._action.isChecked():
            self._pause.start()

    @Slot()
    def refresh(self) -> None:
        """Show the request in front; secrets that were asked for with another one are left out again."""
        if not self._action.isChecked():
            return
        tab = self._window.tabs.current()
        front = tab if is_request(tab) else None
        if front is not self._shown:
            self._shown = front
            self._page.page().hide_secrets()
        self._start()

    @Slot()
    def _start(self) -> None:
        if self._writing is not None:
            self._writing.cancel()
        self._writing = self._window.tasks.start(self._write(), name="write the code")

    async def _write(self) -> None:
        panel, tab = self._page.page(), self._shown
        if tab is None:
            panel.show_problem(Phrase("Open a request to see its code here."))
            return
        request, hide, keep = tab.sent(), not panel.includes_secrets(), panel.keeps_variables()
        if len(request.body.text) > _LONGEST_BODY:
            panel.show_problem(Phrase("The body is too long for a snippet: save it to a file and choose “binary”."))
            return
        try:
            around = await self._around(tab.path)
            request = with_inherited(request, around.authorization)
            service = await self._session.service_of(request)
            scope = await self._scope(around, request, service, hide=hide)
            certificates = read_unlocked(self._session.settings.client_certificates)
            made = await asyncio.to_thread(_outgoing, request, scope, certificates, hide=hide, keep=keep)
        except ExchangeError as error:
            message, hint = error.failure.message, error.failure.hint
            panel.show_problem(Phrase("{message} {hint}", message=message, hint=hint))
            return
        panel.show_protocol(made.protocol)
        names = sorted({look_up.name for look_up in made.lookups.values()})
        panel.show_snippet(panel.snippet().written(made, panel.repeat()), tuple(names))

    async def _around(self, path: str) -> Surroundings:
        if self._session.is_demo:
            await self._session.demo.settled()
        return await self._session.surroundings(path)

    async def _scope(self, around: Surroundings, request: Request, service: Service | None, *, hide: bool) -> Scope:
        """Return what the request refers to; the secret store is asked only for what will be shown."""
        session, variables = self._session, around.variables
        folder = str(session.workspace.folder) if session.workspace is not None else ""
        jar = await session.cookies_in_memory()
        scope = Scope(variables=variables, secret=lambda _name: None, folder=folder, service=service, jar=jar)
        if hide:
            return scope
        return replace(scope, secret=await session.secret_look_up(as_plain(request, service), variables))


def _outgoing(
    request: Request, scope: Scope, certificates: tuple[ClientCertificate, ...], *, hide: bool, keep: bool
) -> Outgoing:
    from firstlight.runner.outgoing import outgoing
    from firstlight.store.secret_fields import Scratch, stash, stash_service, stash_values

    if hide:
        scratch = Scratch(as_plain(request, scope.service))
        request = stash(request, request.name or "request", scratch)
        service = scope.service and stash_service(scope.service, scope.service.name, scratch)
        scope = replace(scope, variables=stash_values(scope.variables, scratch), service=service)
    return outgoing(request, scope, hide=hide, keep_variables=keep, certificates=certificates)
