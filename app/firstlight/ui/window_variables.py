"""Tells the tabs what variables there are and what they inherit, whenever that may have changed. Reads no secret."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import partial

from PySide6.QtCore import QObject

from firstlight.model.exchange import Scope
from firstlight.model.failure import ExchangeError
from firstlight.ui.known_variables import KnownVariables
from firstlight.ui.tabs_page import Knowing, TabPage, is_request, knows_variables
from firstlight.ui.window import MainWindow
from firstlight.ui.window_library import Library
from firstlight.ui.window_secrets import SecretKeeper
from firstlight.ui.window_session import Session


class VariableKeeper(QObject):
    """The tab in front is told at once, another one when it comes to the front."""

    def __init__(self, window: MainWindow, session: Session, library: Library, secrets: SecretKeeper) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._told: set[TabPage] = set()
        """Pages that know what is known now."""
        window.tabs.current_changed.connect(self._on_tab_changed)
        library.refreshed.connect(self.refresh)
        library.workspace_opened.connect(self.refresh)
        session.demo.changed.connect(lambda _state: self.refresh())
        secrets.changed.connect(self._on_secrets_changed)

    def attach(self, page: Knowing) -> None:
        """Keep what `page` knows up to date."""
        page.known.secret_asked.connect(partial(self._on_secret_asked, page.known))
        page.header_changed.connect(partial(self._tell_again, page))  # its place may have changed
        self._tell_again(page)

    def refresh(self) -> None:
        """What is around the tabs may have changed."""
        self._told.clear()
        self._on_tab_changed(self._window.tabs.current())

    def _tell_again(self, page: TabPage) -> None:
        self._told.discard(page)
        if page is self._window.tabs.current():
            self._on_tab_changed(page)

    def _on_tab_changed(self, page: TabPage | None) -> None:
        self._told.intersection_update(self._window.tabs.tabs())
        closing = not self._window.isVisible()  # the demo that ends with the window changes what is around the tabs
        if page not in self._told and knows_variables(page) and not closing:
            self._told.add(page)
            self._window.tasks.start(self._tell(page), name="look variables up")

    async def _tell(self, page: Knowing) -> None:
        with suppress(ExchangeError):  # a file that cannot be read is told when the request is sent
            own = page.title() if page.kind == "environment" else None  # it knows itself, chosen or not
            around = await self._session.surroundings(page.lookup_path(), own)
            jar = await self._session.cookies()
            if page not in self._window.tabs.tabs():  # closed meanwhile
                return
            starting = self._session.is_demo and self._session.demo.state != "running"
            page.known.show_variables(around.variables, whole=not starting or self._session.demo.state == "failed")
            if is_request(page):
                scope = Scope(
                    variables=around.variables,
                    secret=lambda _name: None,
                    authorization=around.authorization,
                    jar=jar,
                )
                page.editor.set_scope(scope)
            if page.lookup_path() != page.path:  # a folder does not inherit from itself
                around = await self._session.surroundings(page.path)
            if page in self._window.tabs.tabs():
                page.show_inherited(around)

    def _on_secrets_changed(self) -> None:
        for page in self._window.tabs.tabs():
            if knows_variables(page):
                page.known.forget_secrets()

    def _on_secret_asked(self, known: KnownVariables, name: str) -> None:
        looking = self._window.tasks.start(self._look(known, name), name="look for a secret")
        known.destroyed.connect(lambda *_: looking.cancel())  # its tab closes while the store is asked

    async def _look(self, known: KnownVariables, name: str) -> None:
        store = self._session.secrets
        where = await asyncio.to_thread(store.where, name)
        if where is not None or not store.may_hide():  # else it may lie behind a lock
            known.learn_secret(name, where is not None)
