"""One way in which an exchange fails, produced for real: what to send, what stands around it, what must be said."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from servers import Authority, Handler, Server, serving

from firstlight.model.request import Request


class Stage:
    """Servers on a loop in a thread of their own, an authority and a folder: the same for engine, window and CLI."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.kept: list[socket.socket] = []
        """Open as long as the stage is."""
        self.authority = Authority(folder)
        self._loop = asyncio.new_event_loop()
        self._servers = AsyncExitStack()
        self._thread = threading.Thread(target=self._loop.run_forever, name="servers of the causes")
        self._thread.start()

    def server(self, handler: Handler, context: ssl.SSLContext | None = None) -> Server:
        """Serve with `handler` until the stage is closed."""
        entering = self._servers.enter_async_context(serving(handler, context))
        return asyncio.run_coroutine_threadsafe(entering, self._loop).result(10)

    def url(self, handler: Handler, context: ssl.SSLContext | None = None) -> str:
        """The same; return where it listens."""
        return self.server(handler, context).url

    def close(self) -> None:
        asyncio.run_coroutine_threadsafe(self._servers.aclose(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        for each in self.kept:
            each.close()


@contextmanager
def open_stage(folder: Path) -> Iterator[Stage]:
    """Give a stage and close it afterwards."""
    made = Stage(folder)
    try:
        yield made
    finally:
        made.close()


Surroundings = Callable[[Stage, pytest.MonkeyPatch], None]


@dataclass(frozen=True, kw_only=True)
class Cause:
    """One row of the matrix."""

    name: str
    layer: str
    kind: str
    request: Callable[[Stage], Request]
    """Opens what the request needs and returns it."""
    english: str
    """A part of the message."""
    chinese: str
    """The same part in Chinese."""
    never_sent: bool = False
    """It fails before any socket."""
    status: int | None = None
    """What came before the failure: its status, when a head came…"""
    arrived: bytes | None = None
    """… and a part of its body; None: nothing of it came."""
    variables: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, object] = field(default_factory=dict)
    """Fields of the user's settings."""
    around: Surroundings = lambda _stage, _patch: None
    """Changes the machine: its environment, its resolver."""


def served(handler: Handler, request: Request | None = None, path: str = "/") -> Callable[[Stage], Request]:
    """Send `request` to a server that behaves like `handler`."""
    return lambda on: replace(request or Request(), url=on.url(handler) + path)


def plain(request: Request) -> Callable[[Stage], Request]:
    """Send `request` as it is: nothing has to be opened for it."""
    return lambda _on: request
