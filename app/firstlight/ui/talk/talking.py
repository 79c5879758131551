"""The open WebSockets of the tabs: what a tab wants of its own is said there."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial

from firstlight.model.events import Event, WebSocketClosed, WebSocketNotSent, WebSocketOpened
from firstlight.model.exchange import Emit, Scope
from firstlight.model.failure import ExchangeError
from firstlight.model.request import Message, Request
from firstlight.runner.conversation import Conversation
from firstlight.ui.tabs_request import RequestTab
from firstlight.ui.tasks import Tasks

TURNS = frozenset({WebSocketOpened, WebSocketClosed})
"""Events after which a tab offers something else."""
_PATIENCE_S = 0.15
"""Disconnect answers within 200 ms: so long the service may take to say goodbye as well."""


@dataclass(slots=True)
class _Talk:
    conversation: Conversation
    emit: Emit
    is_open: bool = False
    in_order: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Messages leave in the order of the clicks, however long their secrets take."""


class Talking:
    """Knows which tab has a conversation."""

    def __init__(self, tasks: Tasks, scope: Callable[[str, Request], Awaitable[Scope]]) -> None:
        """`scope` tells what a request at a path may refer to now."""
        self._tasks = tasks
        self._scope = scope
        self._talks: dict[RequestTab, _Talk] = {}

    def attach(self, tab: RequestTab) -> None:
        """Say what the tab wants to say."""
        tab.editor.message_requested.connect(partial(self._send, tab))
        tab.editor.ping_requested.connect(partial(self._ping, tab))
        tab.editor.close_requested.connect(partial(self._close, tab))

    @contextmanager
    def over(self, tab: RequestTab, emit: Emit) -> Iterator[Conversation]:
        """Give the conversation of an exchange of `tab`, for as long as it runs."""
        talk = self._talks[tab] = _Talk(Conversation(), emit)
        try:
            yield talk.conversation
        finally:
            if self._talks.get(tab) is talk:
                del self._talks[tab]
                tab.editor.set_open(False)

    def hear(self, tab: RequestTab, event: Event) -> None:
        """Follow the opening and the end of the WebSocket of `tab`."""
        is_open = isinstance(event, WebSocketOpened)
        if tab in self._talks:
            self._talks[tab].is_open = is_open
        tab.editor.set_open(is_open)

    def forget(self, tab: RequestTab) -> None:
        """Show nothing more in `tab`: it closes, or connects anew."""
        if self._talks.pop(tab, None) is not None:
            tab.editor.set_open(False)

    def say_goodbye(self, tab: RequestTab) -> bool:
        """Close the WebSocket of `tab`, soon and politely; tell whether one is open."""
        talk = self._talks.get(tab)
        if talk is None or not talk.is_open:
            return False
        talk.conversation.close(patience_s=_PATIENCE_S)
        return True

    def _ping(self, tab: RequestTab) -> None:
        if tab in self._talks:
            self._talks[tab].conversation.ping()

    def _close(self, tab: RequestTab, code: int, reason: str) -> None:
        if tab in self._talks:
            self._talks[tab].conversation.close(code, reason)

    def _send(self, tab: RequestTab, message: Message) -> None:
        if (talk := self._talks.get(tab)) is not None:
            self._tasks.start(self._say(tab, talk, message), name="send a message")

    async def _say(self, tab: RequestTab, talk: _Talk, message: Message) -> None:
        async with talk.in_order:
            try:
                scope = await self._scope(tab.path, replace(tab.sent(), messages=(message,)))
            except ExchangeError as error:
                talk.emit(WebSocketNotSent(at_ns=time.perf_counter_ns(), failure=error.failure))
                return
            talk.conversation.send(message, scope)
