"""A connection as httpcore wants it, on asyncio's own transports.

Two reasons not to use httpcore's stream: every segment is stamped in the moment the loop hands it over, and
everything parsed so far is handed on before waiting. It is also quicker than the general one (docs/adr).
"""

from __future__ import annotations

import asyncio
import ssl
from collections import deque
from time import perf_counter_ns
from typing import Any

from firstlight.model.events import TlsEstablished
from firstlight.transport import http2
from firstlight.transport.failures import answering, client_certificates, connecting, limits
from firstlight.transport.gate import Gate
from firstlight.transport.handshake import agreed, secure
from firstlight.transport.quiet_httpx import httpcore
from firstlight.transport.stamped_socket import StampedSocket
from firstlight.transport.wire import Wire, current_wire

_MOST_BUFFERED_BYTES = 512 * 1024
_MOST_KEPT_HEAD_BYTES = 128 * 1024
_OFFERED = {"auto": ["h2", "http/1.1"], "1.1": ["http/1.1"], "2": ["h2"]}
SLICE_NS = 2_500_000
"""A flood of data hands the loop over after this long, so that a window on the same loop stays alive.

Measured with 95,000 events/s into a window: a 5 ms heartbeat is late by 8 ms (p99), by 16 ms without; no cost."""


class NoTls:
    """In the place of a TLS context: through this tunnel of a proxy the bytes travel as they are."""

    def set_alpn_protocols(self, protocols: list[str]) -> None:
        """There is nothing to agree on."""


class SocketStream(asyncio.Protocol, httpcore.AsyncNetworkStream):
    """One TCP connection, with TLS on top once `start_tls` was called."""

    def __init__(self, loop: asyncio.AbstractEventLoop, stamped: StampedSocket | None = None) -> None:
        self._stamped = stamped
        self.wire: Wire | None = None
        self.address = ""
        self.port = 0
        self.local = ("", 0)
        """Address and port of this end."""
        self.requests = 1
        """How many have used it, the running one included."""
        self.tls: TlsEstablished | None = None
        self.connect_by: float | None = None
        """Loop time at which the connect timeout runs out; TLS shares it with TCP."""
        self._loop = loop
        self._transport: asyncio.Transport
        self._segments: deque[tuple[int, int, bytes]] = deque()
        self._newest_ns = 0
        self._buffered_bytes = 0
        self._reading_paused = False
        self._writing_paused = False
        self._resumed_ns = 0
        self._ended = False
        self._lost_with: Exception | None = None
        self._arrival = Gate(loop)
        self._room = Gate(loop)
        self._closed: asyncio.Future[None] = loop.create_future()

    # What asyncio calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - a stream connection always is
        self._transport = transport
        peer = transport.get_extra_info("peername")
        if peer:
            self.address, self.port = str(peer[0]), peer[1]
            self.local = transport.get_extra_info("sockname")[:2]

    def data_received(self, data: bytes) -> None:
        at_ns = (self._stamped.arrived_ns if self._stamped else 0) or perf_counter_ns()
        at_ns = self._newest_ns = max(at_ns, self._newest_ns)
        self._segments.append((at_ns, self.wire.late_ns(at_ns) if self.wire else 0, data))
        self._buffered_bytes += len(data)
        if self._buffered_bytes > _MOST_BUFFERED_BYTES and not self._reading_paused:
            self._reading_paused = True
            self._transport.pause_reading()
        self._arrival.open()

    def eof_received(self) -> None:
        self._ended = True
        self._arrival.open()

    def pause_writing(self) -> None:
        self._writing_paused = True

    def resume_writing(self) -> None:
        self._writing_paused = False
        self._room.open()

    def connection_lost(self, exc: Exception | None) -> None:
        self._ended = True
        self._lost_with = exc
        self._arrival.open()
        self._room.open()
        if not self._closed.done():
            self._closed.set_result(None)

    # What httpcore calls

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return the next bytes, or none at the end of the stream. `timeout` limits the silence."""
        wire = self.wire
        assert wire is not None  # noqa: S101 - nothing is read before something was written
        wire.flush()
        if self._segments:
            if perf_counter_ns() - self._resumed_ns > SLICE_NS:
                await asyncio.sleep(0)
                self._resumed_ns = perf_counter_ns()
        elif not self._ended:
            limit_s = wire.patience_s(timeout)
            if not await self._arrival.wait(limit_s):
                raise limits.silent(wire, limit_s)
            self._resumed_ns = perf_counter_ns()
        return self._take(max_bytes, wire)

    def _take(self, max_bytes: int, wire: Wire) -> bytes:
        if not self._segments:
            if self._lost_with is not None:
                ours = client_certificates.named(wire, self._lost_with)  # TLS 1.3 says so after the handshake
                raise ours or answering.reset(wire, self._lost_with) from self._lost_with
            return b""
        wire.arrived_ns, late_ns, data = self._segments.popleft()
        if late_ns:
            wire.inexact(late_ns, end_is_exact=self._stamped is not None)
        if len(data) > max_bytes:
            self._segments.appendleft((wire.arrived_ns, 0, data[max_bytes:]))
            data = data[:max_bytes]
        self._buffered_bytes -= len(data)
        if self._reading_paused and self._buffered_bytes < _MOST_BUFFERED_BYTES // 2:
            self._reading_paused = False
            self._transport.resume_reading()
        if wire.phase != "read" and len(wire.first_bytes) < _MOST_KEPT_HEAD_BYTES:
            wire.first_bytes += data
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send `buffer`; return when there is room for more. `timeout` limits how long the peer takes nothing."""
        wire = current_wire.get()
        if wire.stream is not self:
            wire.adopt(self)
        if self._ended:
            raise httpcore.WriteError("the peer has closed the connection")  # httpcore then reads what it said
        wire.wrote_ns = perf_counter_ns()
        self.put(buffer)
        if self._transport.is_closing():
            await asyncio.sleep(0)  # what was written met a connection that is broken: hear how
        if self._ended:
            raise httpcore.WriteError("the peer has closed the connection")
        if self.is_full:
            limit_s = wire.patience_s(timeout)
            emptied = await self._room.wait(limit_s)
            if self._ended or (not emptied and self._segments):
                raise httpcore.WriteError("the peer takes no more")
            if not emptied:
                raise limits.silent(wire, limit_s)
            wire.wrote_ns = perf_counter_ns()

    # What an open WebSocket calls

    @property
    def is_full(self) -> bool:
        """The peer has to take something before more should be put."""
        return self._writing_paused and not self._ended

    def put(self, data: bytes) -> None:
        """Send `data` without waiting for room."""
        self._transport.write(data)

    async def drained(self, limit_s: float | None) -> bool:
        """Return True once there is room, False when the peer has taken nothing for `limit_s`."""
        return not self.is_full or await self._room.wait(limit_s)

    async def start_tls(
        self, ssl_context: ssl.SSLContext | NoTls, server_hostname: str | None = None, timeout: float | None = None
    ) -> SocketStream:
        """Make a TLS connection of it; `timeout` is what TCP left of the connect timeout."""
        wire = current_wire.get()
        if isinstance(ssl_context, NoTls):
            return self
        wire.phase = "tls"
        limit_s = wire.settings.tls_timeout_s or timeout
        if wire.settings.tls_timeout_s is None and self.connect_by is not None:
            limit_s = max(self.connect_by - self._loop.time(), 0.001)
        try:
            # Not httpcore's list: it offers HTTP/1.1 first, and also where HTTP/2 alone was wanted.
            ssl_context.set_alpn_protocols(_OFFERED[wire.settings.http_version])
            if self._segments:
                raise ssl.SSLError(1, "[SSL: WRONG_VERSION_NUMBER] the peer spoke first")
            self._transport = await secure(self._transport, self, ssl_context, server_hostname or "", limit_s)
        except BaseException:
            self._abandon()
            raise
        self.tls = agreed(self._transport, ssl_context, wire.client_certificate)
        wire.secured(self.tls)
        if self.tls.protocol == "h2":
            http2.install()
        elif wire.settings.http_version == "2":
            self._abandon()
            raise connecting.no_http2(wire.where, self.tls.protocol)
        return self

    async def aclose(self) -> None:
        """Close at once. Whatever was not sent or read is lost, which is what cancelling means."""
        self._arrival.close()
        self._room.close()
        if not self._closed.done():
            self._transport.abort()
            await self._closed

    def _abandon(self) -> None:
        """Close without waiting: after a failed handshake nobody tells this protocol about the end."""
        self._transport.abort()
        self._ended = True
        if not self._closed.done():
            self._closed.set_result(None)

    def cut(self) -> None:
        """Close without waiting; whoever still reads comes to the end at once."""
        self._transport.abort()
        self._ended = True
        self._segments.clear()

    def get_extra_info(self, info: str) -> Any:
        """Answer what httpcore asks: `is_readable` on an idle connection means the peer has closed it."""
        if info == "is_readable":
            return self._ended or bool(self._segments)
        return self._transport.get_extra_info(info)
