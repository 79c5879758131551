"""Tries the ways to a service for its page: one after the other, with what is on the page, told to the Console."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from firstlight.model.failure import ExchangeError
from firstlight.model.request import Request
from firstlight.model.route import Choice, as_plain
from firstlight.model.service import NO_CREDENTIAL, Service
from firstlight.model.ways import Way
from firstlight.runner.trial import Verdict, tried
from firstlight.store.services import requests_of
from firstlight.texts import Phrase
from firstlight.ui.tabs_page import is_request
from firstlight.ui.window_new_service import remember_secrets

if TYPE_CHECKING:
    from firstlight.ui.services.service_page import ServicePage
    from firstlight.ui.window import MainWindow
    from firstlight.ui.window_library import Library
    from firstlight.ui.window_sending import Sender
    from firstlight.ui.window_session import Session


_MOST_CALLS = 50
"""Requests of a service whose paths are looked at for its page."""


class Trying(QObject):
    """One piece of work per page; it ends with the page."""

    def __init__(self, window: MainWindow, session: Session, library: Library, sending: Sender) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._library = library
        self._sending = sending
        self._running: dict[ServicePage, asyncio.Task[None]] = {}
        self._pages: list[ServicePage] = []
        library.refreshed.connect(self._show_requests)

    def attach(self, page: ServicePage) -> None:
        """Answer the wishes of `page`."""
        self._pages.append(page)
        page.try_requested.connect(partial(self._start, page))
        page.stop_requested.connect(partial(self._stop, page))
        page.open_way_requested.connect(lambda way, path: self._library.start("open", self._open, way, path))
        page.destroyed.connect(partial(self._forget, page))
        page.header_changed.connect(self._show_requests)

    def _forget(self, page: ServicePage, _gone: object = None) -> None:
        self._pages.remove(page)
        self._stop(page)

    def _show_requests(self) -> None:
        for page in self._pages:
            if page.loaded is not None:
                nodes = tuple(requests_of(self._library.nodes, page.loaded.name))
                page.show_requests(tuple((node.path, node.name) for node in nodes))
                self._library.start("read the requests", self._show_calls, page, tuple(node.path for node in nodes))

    async def _show_calls(self, page: ServicePage, paths: tuple[str, ...]) -> None:
        calls = []
        for path in paths[:_MOST_CALLS]:
            with suppress(ExchangeError):  # the tree says what is wrong with a file
                calls.append(await self._request(path))
        if page in self._pages:
            page.show_calls(tuple(calls))

    def _stop(self, page: ServicePage) -> None:
        if (task := self._running.pop(page, None)) is not None:
            task.cancel()

    def _start(self, page: ServicePage, ways: tuple[Way, ...], path: str) -> None:
        self._stop(page)
        task = self._window.tasks.start(self._try(page, ways, path), name=f"try {page.title()}")
        self._running[page] = task
        task.add_done_callback(partial(self._on_ended, page))

    def _on_ended(self, page: ServicePage, task: asyncio.Task[None]) -> None:
        if self._running.get(page) is task:
            del self._running[page]
        if page in self._pages and page not in self._running:
            page.show_running(None)

    async def _try(self, page: ServicePage, ways: tuple[Way, ...], path: str) -> None:
        service: Service = page.value()
        remember_secrets(self._session, service)
        request = await self._request(path)
        for way in ways:
            page.show_running(way)
            page.show_verdict(way, await self._verdict(way, service, request, path))

    async def _request(self, path: str) -> Request:
        """Return a request as it stands in its tab, or in its file."""
        tab = self._library.tab_of(path)
        if is_request(tab):
            return tab.request()
        return await self._session.disk(self._library.workspace.load_request, path)

    async def _verdict(self, way: Way, service: Service, request: Request, path: str) -> Verdict:
        try:
            scope = await self._sending.scope(path, as_plain(way.of(request), service))
            transport = await self._session.transport()
        except ExchangeError as error:
            return Verdict(failure=error.failure)
        name = Phrase("{request} over {channel}", request=request.name, channel=way.channel.name)
        emit = self._sending.heard_apart(name)
        return await tried(request, way, replace(scope, service=service), transport, emit)

    async def _open(self, way: Way, path: str) -> None:
        await self._library.open(path)
        tab = self._library.tab_of(path)
        if is_request(tab):
            credential = way.credential.name if way.credential else NO_CREDENTIAL
            tab.editor.routing.pick(Choice(channel=way.channel.name, credential=credential))
