"""One request and its answer: builds the lines, sends, and hands on what arrives."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterable, AsyncIterator
from contextlib import aclosing, asynccontextmanager, suppress
from functools import lru_cache
from time import perf_counter_ns
from typing import cast

from firstlight.model.events import BodyReceived, HeadersReceived, Saving
from firstlight.model.exchange import Emit
from firstlight.model.failure import ExchangeError
from firstlight.model.framing import framed
from firstlight.model.prepared import PreparedRequest
from firstlight.model.sink import Sink
from firstlight.model.wire_url import WireUrl
from firstlight.transport.decoding import Decoder, PackingError, decoder_for
from firstlight.transport.failures import answering, connecting, http2_stream, limits, proxying
from firstlight.transport.pool import Pool
from firstlight.transport.quiet_httpx import httpx
from firstlight.transport.sockets import SLICE_NS, SocketStream
from firstlight.transport.torn_head import torn_head
from firstlight.transport.uploading import Upload
from firstlight.transport.wire import Wire, as_text, current_wire

_WORTH_READING_BYTES = 64 * 1024
_WORTH_WAITING_S = 0.5  # a new connection takes less


class Answer:
    """A response whose head has arrived."""

    def __init__(self, response: httpx.Response, wire: Wire, emit: Emit) -> None:
        self.status = response.status_code
        self.headers = as_text(response.headers.raw)
        self.reason = response.extensions.get("reason_phrase", b"").decode("latin-1")
        self.http_version: str = response.extensions["http_version"].decode("ascii")
        self.connection = cast("SocketStream", response.extensions.get("network_stream"))
        """Reads what comes behind the head of a 101; other answers have a body instead."""
        self._body = cast("AsyncIterable[bytes]", response.stream)
        self._wire = wire
        self._emit = emit
        self._at_ns = wire.arrived_ns

    def header(self, name: str) -> str:
        """Return the values of a header as one."""
        return ", ".join(value for key, value in self.headers if key.lower() == name)

    def tell_head(self) -> None:
        """Emit the head."""
        self._emit(
            HeadersReceived(
                at_ns=self._at_ns,
                status=self.status,
                reason=self.reason,
                http_version=self.http_version,
                headers=self.headers,
            )
        )

    async def receive(self) -> None:
        """Emit the head and then the body as it arrives, content encoding undone.

        Raises:
            ExchangeError: layer `read` or `protocol`; everything that arrived before was emitted.
        """
        self.tell_head()
        encoding = self.header("content-encoding")
        decoder = decoder_for(encoding) if encoding else None
        if decoder is None:
            await self._receive_plain()
            return
        try:
            await self._receive_packed(decoder)
        except PackingError as error:
            raise answering.bad_encoding(self._wire, encoding, error.reason) from error

    async def receive_into(self, sink: Sink) -> None:
        """Emit the head, and give `sink` the body as it arrives, content encoding undone; there is no limit to it.

        Raises:
            ExchangeError: layer `read`, `protocol` or `file`.
        """
        self.tell_head()
        await sink.begin()
        encoding = self.header("content-encoding")
        decoder = decoder_for(encoding) if encoding else None
        body = aiter(self._body)
        received_bytes = told_bytes = 0

        def tell() -> None:
            nonlocal told_bytes
            if received_bytes != told_bytes:
                told_bytes = received_bytes
                self._emit(Saving(at_ns=self._wire.arrived_ns, received_bytes=received_bytes))

        self._wire.flush = tell
        try:
            async for piece in body:
                for data in decoder.feed(piece) if decoder else (piece,):
                    await sink.write(data)
                    received_bytes += len(data)
            if decoder:
                decoder.close()
        except PackingError as error:
            await self._break_off(body)
            raise answering.bad_encoding(self._wire, encoding, error.reason) from error
        except BaseException:
            await self._break_off(body)
            raise
        finally:
            tell()

    async def _receive_plain(self) -> None:
        """Emit one BodyReceived per arrival, however many HTTP chunks it held: the stamp is the same for all."""
        wire, emit = self._wire, self._emit
        pieces: list[bytes] = []

        def flush() -> None:
            if pieces:
                data = pieces[0] if len(pieces) == 1 else b"".join(pieces)
                pieces.clear()
                emit(BodyReceived(at_ns=wire.arrived_ns, data=data))

        wire.flush = flush
        take = pieces.append
        room_bytes = wire.largest_body_bytes or sys.maxsize
        arriving = aiter(self._body)
        try:
            async for piece in arriving:
                take(piece)
                room_bytes -= len(piece)
                if room_bytes < 0:
                    flush()
                    await self._break_off(arriving)
                    raise limits.too_large(wire, wire.largest_body_bytes or 0)
        finally:
            flush()

    async def _receive_packed(self, decoder: Decoder) -> None:
        packed = aiter(self._body)
        resumed_ns = perf_counter_ns()
        room_bytes = self._wire.largest_body_bytes or sys.maxsize
        try:
            async for piece in packed:
                for data in decoder.feed(piece):
                    self._emit(BodyReceived(at_ns=self._wire.arrived_ns, data=data[:room_bytes]))
                    room_bytes -= len(data)
                    if room_bytes < 0:
                        raise limits.too_large(self._wire, self._wire.largest_body_bytes or 0)
                    if perf_counter_ns() - resumed_ns > SLICE_NS:
                        await asyncio.sleep(0)
                        resumed_ns = perf_counter_ns()
        except BaseException:
            await self._break_off(packed)
            raise
        decoder.close()

    async def discard(self) -> None:
        """Read a short body to its end, so that the connection can be used again; break off a long or late one."""
        body = aiter(self._body)
        seen_bytes = 0
        with suppress(TimeoutError, httpx.TransportError, ExchangeError):  # nobody wants this body
            async with asyncio.timeout(_WORTH_WAITING_S):
                async for piece in body:
                    seen_bytes += len(piece)
                    if seen_bytes > _WORTH_READING_BYTES:
                        await self._break_off(body)
                        return

    async def _break_off(self, body: AsyncIterator[bytes]) -> None:
        """Close the connection and let httpx's generators run into that.

        Left alone half-way they would be cleaned up whenever memory is, by a task of their own.
        """
        if self._wire.stream:
            self._wire.stream.cut()
        with suppress(httpx.TransportError, ExchangeError):
            async for _ in body:
                pass


@asynccontextmanager
async def answered(pool: Pool, request: PreparedRequest, wire: Wire, emit: Emit) -> AsyncIterator[Answer]:
    """Send `request` and give its answer once the head is there; the connection is released or closed at the end.

    Raises:
        ExchangeError: whatever went wrong, named by layer.
    """
    token = current_wire.set(wire)
    try:
        response = await _head(pool, request, wire, emit)
        wire.phase = "read"
        try:
            yield Answer(response, wire, emit)
        finally:
            await response.aclose()
    except httpx.LocalProtocolError as error:
        if wire.speaks_http2:  # httpcore blames us for everything that h2 does not like
            raise http2_stream.broken_stream(wire, str(error)) from error
        raise answering.cannot_send(str(error)) from error
    except httpx.RemoteProtocolError as error:
        raise answering.broken_rules(wire, str(error)) from error
    except httpx.ProxyError as error:
        said = wire.proxy_said or str(error)
        raise (proxying.login(wire, said) if said.startswith("407") else connecting.proxy_refused(said)) from error
    except httpx.TransportError as error:
        raise answering.other(wire, str(error) or type(error).__name__) from error
    except asyncio.CancelledError:
        if wire.stream:
            await pool.close_connection(wire.stream)
        raise
    finally:
        current_wire.reset(token)


async def _head(pool: Pool, request: PreparedRequest, wire: Wire, emit: Emit) -> httpx.Response:
    """Send and wait for the head of the answer; emit as much of it as came when it does not become whole."""
    try:
        async with aclosing(Upload(request.body, wire)) as body:
            return await pool.handle_async_request(_outgoing(request, wire, body))
    except (httpx.TransportError, ExchangeError) as error:
        torn = None if isinstance(error, httpx.ProxyError) or wire.speaks_http2 else torn_head(wire)
        if torn:
            emit(torn)
        raise


def _outgoing(request: PreparedRequest, wire: Wire, body: Upload) -> httpx.Request:
    settings, url = request.settings, wire.url
    idle_s = settings.idle_timeout_s
    limits = {"connect": settings.connect_timeout_s, "read": idle_s, "write": idle_s, "pool": None}
    lines = _lines(request, url.authority)
    origin = _origin(url.scheme, url.host, url.port)
    outgoing = httpx.Request(request.method, origin, headers=lines, stream=body, extensions={"timeout": limits})
    outgoing.url = as_typed(url)
    outgoing.method = request.method  # httpx makes it upper case; `purge` and PURGE are two methods (RFC 9110 §9.1)
    return outgoing


def as_typed(url: WireUrl) -> httpx.URL:
    """Return a URL that httpx leaves as it is."""
    return _AsTyped(_origin(url.scheme, url.host, url.port), url.target)


class _AsTyped(httpx.URL):
    """A URL with path and query as they were typed; httpx would resolve `..` and encode anew."""

    def __init__(self, origin: httpx.URL, target: str) -> None:
        super().__init__(origin)
        self._target = target.encode("ascii")

    @property
    def raw_path(self) -> bytes:
        """What goes into the request line."""
        return self._target


@lru_cache(maxsize=64)
def _origin(scheme: str, host: str, port: int) -> httpx.URL:
    return httpx.URL(scheme=scheme, host=host.strip("[]"), port=port, path="/")


def _lines(request: PreparedRequest, authority: str) -> list[tuple[bytes, bytes]]:
    """Return the header lines as sent, values as UTF-8."""
    return [(name.encode("ascii"), value.encode("utf-8")) for name, value in framed(request, authority)]
