"""What a face asks of an open WebSocket, in order: filled in and encoded when its turn comes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from time import perf_counter_ns
from typing import TypeAlias

from firstlight.model.conversation import Order, SendClose, SendMessage, SendPing
from firstlight.model.events import WebSocketNotSent
from firstlight.model.exchange import Emit, Scope
from firstlight.model.failure import ExchangeError
from firstlight.model.prepared import PreparedMessage
from firstlight.model.request import Message, Request
from firstlight.runner.messages import prepare_message

_Wish: TypeAlias = tuple[Message, Scope] | SendMessage | SendPing | SendClose


class Conversation:
    """Wishes in, orders out. Belongs to the loop that runs the exchange; may be filled before it begins."""

    def __init__(self, *, close_after_s: float | None = None) -> None:
        """With `close_after_s` the WebSocket is closed when nothing has come or gone for so long."""
        self._wishes: asyncio.Queue[_Wish] = asyncio.Queue()
        self._close_after_s = close_after_s
        self._emit: Emit | None = None
        self.secrets: set[str] = set()
        """Every secret that went into a message so far."""
        self.heard_ns = 0
        """When the last message arrived."""

    @classmethod
    def of(cls, request: Request, scope: Scope, messages: Iterable[Message] | None = None) -> Conversation:
        """Return one that sends `messages`, else those saved with `request`, and ends with the silence after them."""
        conversation = cls(close_after_s=request.settings.idle_timeout_s)
        for message in request.messages if messages is None else messages:
            conversation.send(message, scope)
        return conversation

    # --- wishes ---

    def send(self, message: Message, scope: Scope) -> None:
        """Send a message."""
        self._wishes.put_nowait((message, scope))

    def ping(self) -> None:
        """Send a ping."""
        self._wishes.put_nowait(SendPing())

    def close(self, code: int = 1000, reason: str = "", patience_s: float = 10.0) -> None:
        """Say goodbye; asked again, hang up at once."""
        self._wishes.put_nowait(SendClose(code=code, reason=reason, patience_s=patience_s))

    # --- the exchange ---

    async def prepare(self) -> None:
        """Prepare what is to be sent already, so that a mistake in it is found before anything is sent.

        Raises:
            ExchangeError: layer `variable`, `file` or `protocol`.
        """
        waiting = [self._wishes.get_nowait() for _ in range(self._wishes.qsize())]
        for wish in waiting:
            ready = SendMessage(message=await self._prepared(*wish)) if isinstance(wish, tuple) else wish
            self._wishes.put_nowait(ready)

    def begin(self, emit: Emit) -> None:
        """Tell `emit` what cannot be sent from now on."""
        self._emit = emit

    async def next(self) -> Order:
        """Wait for the next order (model.conversation.Orders)."""
        while True:
            wish = await self._next_wish()
            if not isinstance(wish, tuple):
                return wish
            try:
                return SendMessage(message=await self._prepared(*wish))
            except ExchangeError as error:
                assert self._emit is not None  # noqa: S101 - `begin` comes first
                self._emit(WebSocketNotSent(at_ns=perf_counter_ns(), failure=error.failure))

    async def _next_wish(self) -> _Wish:
        if self._close_after_s is None or not self._wishes.empty():
            return await self._wishes.get()
        since_ns = perf_counter_ns()
        while True:
            quiet_s = (perf_counter_ns() - max(since_ns, self.heard_ns)) / 1e9
            if quiet_s >= self._close_after_s:
                self._close_after_s = None
                return SendClose()
            try:
                async with asyncio.timeout(self._close_after_s - quiet_s):
                    return await self._wishes.get()
            except TimeoutError:
                continue

    async def _prepared(self, message: Message, scope: Scope) -> PreparedMessage:
        if message.kind == "file":
            prepared = await asyncio.to_thread(prepare_message, message, scope)  # a network drive may take seconds
        else:
            prepared = prepare_message(message, scope)
        self.secrets |= prepared.secrets
        scope.learn(prepared.secrets)
        return prepared
