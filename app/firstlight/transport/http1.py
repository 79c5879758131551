"""httpcore's HTTP/1.1 connection, with what it keeps for itself: the head it writes, 1xx answers, trailers."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import h11

from firstlight.model.response import SWITCHED
from firstlight.transport.failures import limits
from firstlight.transport.failures.breaking import MOST_HEAD_BYTES
from firstlight.transport.quiet_httpx import httpcore
from firstlight.transport.wire import Wire, current_wire

_MOST_HEADER_LINES = 1000
_MOST_INFORMATIONAL = 100
"""Far more than any answer has: what goes beyond is a flood, and no time limit would ever end it."""


class Http1Connection(httpcore.AsyncHTTP11Connection):
    """Tells the wire about the head as sent, 1xx answers (RFC 9110 §15.2) and about fields behind the body (§6.5).

    Connections of other clients in this process are of this class as well and have no wire.
    """

    MAX_INCOMPLETE_EVENT_SIZE = MOST_HEAD_BYTES
    _asks_for_tunnel = False
    _informed = 0
    """How many 1xx answers came before the final one."""

    async def _send_event(self, event: Any, timeout: float | None = None) -> None:
        wire = current_wire.get(None)
        if type(event) is not h11.Request or wire is None:
            await super()._send_event(event, timeout)
            return
        self._informed = 0
        self._asks_for_tunnel = event.method == b"CONNECT"
        head = self._h11_state.send(event) or b""
        await self._network_stream.write(head, timeout)
        line, *lines = head.removesuffix(b"\r\n\r\n").split(b"\r\n")
        pairs = [(name, value) for name, _, value in (line.partition(b": ") for line in lines)]
        wire.asked("HTTP/1.1", line.decode("ascii"), pairs)

    async def _receive_event(self, timeout: float | None = None) -> Any:
        """Return the next event. A stream may have 60,000 chunks a second: what has arrived goes the shortest way."""
        try:
            event = self._h11_state.next_event()
        except h11.RemoteProtocolError as error:
            raise httpcore.RemoteProtocolError(error) from error  # as httpcore tells it
        if event is h11.NEED_DATA:
            event = await super()._receive_event(timeout)
        if type(event) is not h11.Data and (wire := current_wire.get(None)) is not None:
            self._tell(event, wire)
        return event

    def _tell(self, event: Any, wire: Wire) -> None:
        """Tell the wire what only this connection knows."""
        kind = type(event)
        if kind is h11.Response and self._asks_for_tunnel:
            wire.tunnelled(event.status_code, event.reason, event.headers.raw_items())
        if kind is h11.Response and len(event.headers) > _MOST_HEADER_LINES:
            raise limits.too_many_header_lines(wire, len(event.headers), _MOST_HEADER_LINES)
        if kind is h11.InformationalResponse and event.status_code != SWITCHED:
            self._informed += 1
            if self._informed > _MOST_INFORMATIONAL:
                raise limits.too_many_informational(wire, _MOST_INFORMATIONAL)
            wire.informed(
                f"HTTP/{event.http_version.decode()}", event.status_code, event.reason, event.headers.raw_items()
            )
        elif kind is h11.EndOfMessage and event.headers:
            wire.trailed(event.headers.raw_items())


def install(proxy: str) -> None:
    """Let httpcore make these connections, also through `proxy`: it offers no setting for that."""
    names = ["connection", "http_proxy"]
    if proxy.startswith("socks"):  # whose module loads 2 MB
        from firstlight.transport import socks5

        names.append("socks_proxy")
        socks5.install()
    for name in names:
        setattr(import_module(f"httpcore._async.{name}"), "AsyncHTTP11Connection", Http1Connection)  # noqa: B010 - mypy
