"""Sends the request of a tab: one exchange per tab at a time, any number of tabs at once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, Signal

from firstlight.model.events import Cancelled, Event, Failed
from firstlight.model.exchange import Emit, Exchange, Scope, Transport
from firstlight.model.failure import ExchangeError
from firstlight.model.prepared import PreparedRequest
from firstlight.model.protocols import is_websocket
from firstlight.model.request import Request, with_inherited
from firstlight.model.response import REDIRECTS
from firstlight.model.route import as_plain
from firstlight.model.sink import Sink
from firstlight.texts import Phrase, tr
from firstlight.ui.dialogs import choose_save_path, tell
from firstlight.ui.folders import show_in_folder
from firstlight.ui.tabs_request import RequestTab
from firstlight.ui.talk.talking import TURNS, Talking
from firstlight.ui.window import MainWindow
from firstlight.ui.window_session import Session

if TYPE_CHECKING:
    from firstlight.ui.console import ConsoleView


class Sender(QObject):
    """Knows which tab is sending what."""

    changed = Signal()
    """A tab began or ended sending."""

    def __init__(
        self,
        window: MainWindow,
        session: Session,
        console: Callable[[], ConsoleView],
        keep_cookies: Callable[[], Coroutine[Any, Any, None]],
    ) -> None:
        """Every exchange is told to the Console as well, which `console` builds the first time."""
        super().__init__(window)
        self._console = console
        self._keep_cookies = keep_cookies
        self._window = window
        self._session = session
        self._sending: dict[RequestTab, tuple[int, asyncio.Task[Any]]] = {}
        self._number = 0
        self._pointing: WeakKeyDictionary[RequestTab, tuple[PreparedRequest, int, str]] = WeakKeyDictionary()
        """What was sent, and where the answer points, of tabs that show a redirect."""
        self.talking = Talking(window.tasks, self.scope)
        session.tokens.listener = self.heard_apart

    def attach(self, tab: RequestTab) -> None:
        """Send and cancel when the tab says so."""
        tab.send_requested.connect(partial(self.send, tab))
        tab.send_to_file_requested.connect(partial(self.send_to_file, tab))
        tab.pane.show_requested.connect(show_in_folder)
        tab.pane.saved.connect(self._window.footer.show_message)
        tab.pane.keep_from_view(self._session.shown_nowhere)
        tab.cancel_requested.connect(partial(self.cancel, tab))
        self.talking.attach(tab)
        tab.pane.follow_requested.connect(partial(self.follow, tab))

    def send(self, tab: RequestTab, request: Request) -> None:
        """Start the exchange of `request`; the tab's earlier one is cancelled."""
        self._start(tab, request.name or tr("New request"), lambda emit: self._run(tab, request, emit))

    def send_to_file(self, tab: RequestTab, request: Request) -> None:
        """Ask for a file, then send; the body goes there while it arrives."""
        if not self.is_sending(tab):
            self._window.tasks.start(self._send_to_file(tab, request), name="send to a file")

    async def _send_to_file(self, tab: RequestTab, request: Request) -> None:
        from firstlight.store.part_file import PartFile, check_place

        suggested = PurePosixPath(urlsplit(request.url).path).name or "response"
        path = await choose_save_path(self._window, tr("Send and save to file"), suggested=suggested)
        if path is None:
            return
        try:
            await self._session.disk(check_place, path)
        except ExchangeError as error:
            await tell(self._window, tr("Send and save to file"), tr(error.failure.message))
            return
        sink = PartFile(path)
        self._start(tab, request.name or tr("New request"), lambda emit: self._run(tab, request, emit, sink))

    def follow(self, tab: RequestTab) -> None:
        """Go where the last answer of `tab` points, though its request does not follow redirects."""
        if (pointing := self._pointing.get(tab)) is not None:
            self._start(tab, tr("Redirect"), lambda emit: self._follow(tab, pointing, emit))

    def _start(self, tab: RequestTab, name: str, work_of: Callable[[Emit], Coroutine[Any, Any, None]]) -> None:
        if tab in self._sending:
            self.detach(tab)
            tab.pane.clear()
        self._number += 1
        tab.editor.set_sending(True)
        self._pointing.pop(tab, None)
        task = self._window.tasks.start(work_of(self._emit(tab, self._number, name)), name=f"send {name}")
        self._sending[tab] = (self._number, task)
        # Not a `finally` in the coroutine: one that is cancelled before its first step runs no line of it.
        task.add_done_callback(partial(self._on_ended, tab))
        self.changed.emit()

    def is_sending(self, tab: object) -> bool:
        """Tell whether an exchange of `tab` runs."""
        return tab in self._sending

    def cancel(self, tab: RequestTab) -> None:
        """Stop the exchange of `tab`; its end is still shown. An open WebSocket is closed with a goodbye."""
        if tab in self._sending and not self.talking.say_goodbye(tab):
            self._sending[tab][1].cancel()

    def detach(self, tab: RequestTab) -> None:
        """Stop the exchange of `tab` and show nothing more of it there: the tab closes or sends anew."""
        if tab in self._sending:
            self.talking.forget(tab)
            self._sending.pop(tab)[1].cancel()

    def _emit(self, tab: RequestTab, number: int, name: str) -> Emit:
        def emit(event: Event) -> None:
            self._console().feed(number, name, event)
            if tab in self._sending and self._sending[tab][0] == number:
                tab.pane.feed(event)
                if type(event) in TURNS:
                    self.talking.hear(tab, event)

        return emit

    async def _run(self, tab: RequestTab, request: Request, emit: Emit, sink: Sink | None = None) -> None:
        ready = await self._prepare(tab, request, emit)
        if ready is not None:
            from firstlight.runner.exchange import exchange  # the pane has loaded it in a thread

            with self.talking.over(tab, emit) as conversation:
                await self._told(tab, exchange(request, *ready, emit, conversation, sink=sink))

    async def _told(self, tab: RequestTab, running: Coroutine[Any, Any, Exchange]) -> None:
        """Run an exchange; its cookies are kept afterwards, and where it points is remembered."""
        try:
            outcome = await running
        finally:
            self._window.tasks.start(self._keep_cookies(), name="keep cookies")
        answer = outcome.response
        if outcome.sent is not None and answer is not None and answer.status in REDIRECTS:
            self._pointing[tab] = (outcome.sent, answer.status, answer.header("location"))

    async def _follow(self, tab: RequestTab, pointing: tuple[PreparedRequest, int, str], emit: Emit) -> None:
        from firstlight.runner.sending import send_prepared
        from firstlight.transport.cookies import follow_once

        sent = pointing[0]
        try:
            step = follow_once(*pointing)
        except ExchangeError as error:
            emit(Failed(at_ns=time.perf_counter_ns(), failure=error.failure))
            return
        if step is not None:
            note = Phrase("Follows the redirect of {url}.", url=sent.url)
            lost = Phrase("Not sent there: {names}", names=", ".join(step.dropped))
            following = replace(step.request, notes=(note, lost) if step.dropped else (note,))
            await self._told(tab, send_prepared(following, await self._session.transport(), emit))

    def _on_ended(self, tab: RequestTab, task: asyncio.Task[Any]) -> None:
        if tab in self._sending and self._sending[tab][1] is task:
            del self._sending[tab]
            tab.editor.set_sending(False)
            self.changed.emit()

    async def _prepare(self, tab: RequestTab, request: Request, emit: Emit) -> tuple[Scope, Transport] | None:
        """Return what the exchange needs; None when that failed, which has been told then."""
        try:
            await tab.pane.get_ready()
            self._console()
            if is_websocket(request):
                await asyncio.to_thread(_load_websocket)
            return await self.scope(tab.path, request), await self._session.transport()
        except ExchangeError as error:
            emit(Failed(at_ns=time.perf_counter_ns(), failure=error.failure))
            return None
        except asyncio.CancelledError:
            emit(Cancelled(at_ns=time.perf_counter_ns()))
            raise

    async def scope(self, path: str, request: Request) -> Scope:
        """Return what a request at `path` may refer to now.

        Raises:
            ExchangeError: a page or a secret cannot be read.
        """
        session = self._session
        if session.is_demo:
            await session.demo.settled()
        around = await session.surroundings(path)
        service = await session.service_of(request)
        signed = as_plain(with_inherited(request, around.authorization), service)
        secret = await session.secret_look_up(signed, around.variables)
        folder = str(session.workspace.folder) if session.workspace is not None else ""
        return Scope(
            variables=around.variables,
            secret=secret,
            folder=folder,
            authorization=around.authorization,
            service=service,
            tokens=session.tokens,
            learn=session.used_secrets.update,
            jar=await session.cookies_in_memory(),
        )

    def heard_apart(self, name: Phrase) -> Emit:
        """Return who hears an exchange of no tab, such as the call for a token: the Console, under this name."""
        self._number += 1
        return partial(self._console().feed, self._number, tr(name))


def _load_websocket() -> None:
    from firstlight.transport import warm_up_websocket

    warm_up_websocket()
