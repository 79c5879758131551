"""httpcore's HTTP/1.1 connection, with what it reads and does not pass on: informational answers and trailers."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import h11

from firstlight.transport.quiet_httpx import httpcore
from firstlight.transport.wire import current_wire


class Http1Connection(httpcore.AsyncHTTP11Connection):
    """Tells the wire about 1xx answers (RFC 9110 §15.2) and about fields behind the body (§6.5)."""

    async def _receive_event(self, timeout: float | None = None) -> Any:
        event: Any = await super()._receive_event(timeout)
        kind = type(event)
        if kind is h11.InformationalResponse:
            current_wire.get().informed(event.status_code, event.reason, event.headers.raw_items())
        elif kind is h11.EndOfMessage and event.headers:
            current_wire.get().trailed(event.headers.raw_items())
        return event


def install(proxy: str) -> None:
    """Let httpcore make these connections, also through `proxy`: it offers no setting for that."""
    names = ["connection", "http_proxy"]
    if proxy.startswith("socks"):  # whose module loads 2 MB
        names.append("socks_proxy")
    for name in names:
        setattr(import_module(f"httpcore._async.{name}"), "AsyncHTTP11Connection", Http1Connection)  # noqa: B010 - mypy
