"""An open WebSocket (RFC 6455 §5–7): what arrives becomes events, orders become frames.

The framing is the library's, without its I/O: our sockets stamp the arrival, and nothing is sent, repeated or limited
that nobody asked for (the library's own client would use the system's proxies, ping, follow redirects, stop at 1 MiB).
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from time import perf_counter_ns
from typing import TypeAlias, cast

from websockets.client import ClientProtocol
from websockets.exceptions import PayloadTooBig
from websockets.frames import Frame, Opcode
from websockets.protocol import CLOSING, OPEN

from firstlight.model.conversation import Order, Orders, SendClose, SendMessage, SendPing
from firstlight.model.events import (
    WebSocketClosed,
    WebSocketMessage,
    WebSocketOpened,
    WebSocketPing,
    WebSocketPong,
)
from firstlight.model.exchange import Emit
from firstlight.model.failure import ExchangeError
from firstlight.model.prepared import PreparedMessage
from firstlight.model.request import RequestSettings
from firstlight.transport.failures import upgrading
from firstlight.transport.hop import Answer
from firstlight.transport.sockets import SLICE_NS, SocketStream
from firstlight.transport.uploading import OpenFile
from firstlight.transport.wire import Wire

_SLICE_BYTES = 16 * 1024
"""So much is parsed before the clock is looked at: 4 ms of the smallest messages."""
_FRAME_BYTES = 256 * 1024
"""A longer message travels in frames of this size, so that packing one never holds the loop up for long."""
_GOODBYE_S = 1.0
"""How long a server may take to hang up once both sides have said goodbye."""
_TEXT, _BINARY, _CONT, _PING, _PONG = Opcode.TEXT, Opcode.BINARY, Opcode.CONT, Opcode.PING, Opcode.PONG
_PONG_FRAME = 0x80 | _PONG
Bytes: TypeAlias = bytes | bytearray | memoryview


async def converse(protocol: ClientProtocol, answer: Answer, wire: Wire, orders: Orders, emit: Emit) -> None:
    """Carry messages both ways until the WebSocket is closed.

    Raises:
        ExchangeError: layer `read`, `send`, `protocol` or `file`; WebSocketClosed was emitted before.
    """
    extensions = ", ".join(value for name, value in answer.headers if name.lower() == "sec-websocket-extensions")
    # When the handshake's answer came: a first message in the same packet is not older than the opening.
    subprotocol = protocol.subprotocol or ""
    emit(WebSocketOpened(at_ns=wire.arrived_ns, subprotocol=subprotocol, extensions=extensions))
    session = _Session(protocol, wire, emit)
    async with asyncio.TaskGroup() as group:
        others = [group.create_task(session.obey(orders))]
        if wire.settings.ping_every_s:
            others.append(group.create_task(session.keep_alive(wire.settings.ping_every_s)))
        fault = await session.listen(answer.connection)
        for task in others:
            task.cancel()
    if fault is not None:
        raise fault


class _Session:
    def __init__(self, protocol: ClientProtocol, wire: Wire, emit: Emit) -> None:
        assert wire.stream is not None  # noqa: S101 - its head has been read from there
        self._protocol = protocol
        self._wire = wire
        self._settings: RequestSettings = wire.settings
        self._stream: SocketStream = wire.stream
        self._emit = emit
        self._parts: list[Bytes] = []
        """The frames of a message that is not whole yet."""
        self._is_text = False
        self._fault: ExchangeError | None = None
        self._told_end = False
        self._hang_up: asyncio.TimerHandle | None = None
        self._pings: dict[bytes, int] = {}
        self._sending = asyncio.Lock()
        """A message of several frames is not to be mixed with another."""

    # --- what arrives ---

    async def listen(self, connection: SocketStream) -> ExchangeError | None:
        """Take what arrives until the end; return what was wrong with it."""
        resumed_ns = perf_counter_ns()
        try:
            while data := await self._next(connection):
                for start in range(0, len(data), _SLICE_BYTES):
                    self._protocol.receive_data(data[start : start + _SLICE_BYTES])
                    self._hear()
                    if self._fault:
                        return self._fault
                    if perf_counter_ns() - resumed_ns > SLICE_NS:
                        await asyncio.sleep(0)
                        resumed_ns = perf_counter_ns()
            return self._fault or self._ended(reset=False)
        except ExchangeError:
            return self._fault or self._ended(reset=True)
        finally:
            if self._hang_up:
                self._hang_up.cancel()

    async def _next(self, connection: SocketStream) -> bytes:
        limit_s = _GOODBYE_S if self._protocol.close_rcvd else None
        if limit_s is None:
            return await connection.read(_FRAME_BYTES)
        try:
            async with asyncio.timeout(limit_s):
                return await connection.read(_FRAME_BYTES)
        except TimeoutError:
            return b""

    def _hear(self) -> None:
        """Tell the frames that are complete, answer pings. Hot: runs for every arrival."""
        protocol, at_ns, emit = self._protocol, self._wire.arrived_ns, self._emit
        for frame in cast(list[Frame], protocol.events_received()):  # once it is open there are no others
            opcode, data = frame.opcode, frame.data
            if opcode is _TEXT and frame.fin:
                try:
                    text = str(data, "utf-8")
                except UnicodeDecodeError as error:
                    self._fail_text(error)
                    break
                emit(WebSocketMessage(at_ns=at_ns, direction="in", text=text, size_bytes=len(data)))
            elif opcode is _BINARY and frame.fin:
                emit(WebSocketMessage(at_ns=at_ns, direction="in", data=bytes(data), size_bytes=len(data)))
            elif opcode is _TEXT or opcode is _BINARY or opcode is _CONT:
                self._add_part(frame, at_ns)
            else:
                self._take_control(frame, at_ns)
        self._flush()
        if protocol.parser_exc is not None and self._fault is None:
            self._fail_frame(protocol.parser_exc)

    def _add_part(self, frame: Frame, at_ns: int) -> None:
        if frame.opcode is not _CONT:
            self._is_text = frame.opcode is _TEXT
        self._parts.append(frame.data)
        if not frame.fin:
            return
        parts, self._parts = self._parts, []
        data = b"".join(parts)
        text = None
        if self._is_text:
            try:
                text = data.decode()
            except UnicodeDecodeError as error:
                self._fail_text(error)
                return
        self._emit(
            WebSocketMessage(
                at_ns=at_ns,
                direction="in",
                text=text,
                data=None if self._is_text else data,
                size_bytes=len(data),
                frames=len(parts),
            )
        )

    def _take_control(self, frame: Frame, at_ns: int) -> None:
        data = bytes(frame.data)
        if frame.opcode is _PING:
            self._emit(WebSocketPing(at_ns=at_ns, direction="in", data=data))
        elif frame.opcode is _PONG:
            sent_ns = self._pings.pop(data, None)
            spent_ms = None if sent_ns is None else (at_ns - sent_ns) / 1e6
            self._emit(WebSocketPong(at_ns=at_ns, data=data, round_trip_ms=spent_ms))
        elif (said := self._protocol.close_rcvd) is not None:
            by = "peer" if self._protocol.close_rcvd_then_sent else "us"
            self._tell_end(int(said.code), said.reason, by=by, at_ns=at_ns)

    # --- how it ends ---

    def _tell_end(self, code: int, reason: str = "", *, by: str, clean: bool = True, at_ns: int = 0) -> None:
        if not self._told_end:
            self._told_end = True
            at_ns = at_ns or perf_counter_ns()
            self._emit(WebSocketClosed(at_ns=at_ns, code=code, reason=reason, by=by, clean=clean))

    def _fail(self, fault: ExchangeError) -> None:
        """End it because of something that cannot go on; the peer was told why, if it could be."""
        self._fault = fault
        said = self._protocol.close_sent
        self._tell_end(int(said.code) if said else 1006, said.reason if said else "", by="us", clean=False)

    def _fail_text(self, error: UnicodeDecodeError) -> None:
        self._protocol.fail(1007, "invalid UTF-8")
        self._flush()
        self._fail(upgrading.bad_text(self._wire, error.start))

    def _fail_frame(self, error: Exception) -> None:
        if isinstance(error, PayloadTooBig):
            fault = upgrading.too_big(self._wire, self._settings.largest_message_mb)
        elif isinstance(error, UnicodeDecodeError):
            fault = upgrading.bad_text(self._wire, error.start)
        else:
            fault = upgrading.bad_frame(self._wire, str(error))
        fault.__cause__ = error
        self._fail(fault)

    def _ended(self, *, reset: bool) -> ExchangeError | None:
        """The connection is gone; return what is wrong with that."""
        said = self._protocol.close_sent
        if self._told_end:
            return None
        if said is not None:  # we said goodbye, and the peer did not answer
            self._tell_end(int(said.code), said.reason, by="us", clean=False)
            return None
        self._tell_end(1006, by="peer", clean=False)
        return upgrading.no_goodbye(self._wire, reset=reset)

    # --- what is sent ---

    async def obey(self, orders: Orders) -> None:
        """Do what is asked until the connection ends."""
        try:
            while not self._told_end:
                await self._do(await orders.next())
        except ExchangeError as error:
            if self._protocol.state is OPEN:
                self._protocol.send_close(1001, "")  # half a message cannot be taken back
                self._flush()
            self._fail(error)
            self._stream.cut()

    async def _do(self, order: Order) -> None:
        match order:
            case SendClose():
                self._close(order)
            case SendPing():
                self.ping()
            case SendMessage() if self._protocol.state is OPEN:
                await self._send(order.message)

    def _close(self, order: SendClose) -> None:
        if self._protocol.state is not OPEN:
            self._stream.cut()  # asked a second time: enough waited
            return
        self._protocol.send_close(order.code, order.reason)
        self._flush()
        self._hang_up = asyncio.get_running_loop().call_later(order.patience_s, self._stream.cut)

    def ping(self) -> None:
        """Send a ping."""
        if self._protocol.state not in (OPEN, CLOSING):
            return
        at_ns = perf_counter_ns()
        data = b"%d" % at_ns
        self._pings[data] = at_ns
        self._protocol.send_ping(data)
        self._flush()
        self._emit(WebSocketPing(at_ns=at_ns, direction="out", data=data))

    async def keep_alive(self, every_s: float) -> None:
        """Ping now and then."""
        while True:
            await asyncio.sleep(every_s)
            self.ping()

    async def _send(self, message: PreparedMessage) -> None:
        frames = sent_bytes = 0
        async for data, last in _frames(message):
            if self._protocol.state is not OPEN:
                return
            if not last:
                self._wire.uploading(sent_bytes, message.size_bytes)
                sent_bytes += len(data)
            if frames:
                self._protocol.send_continuation(data, last)
            elif message.is_text:
                self._protocol.send_text(data, last)
            else:
                self._protocol.send_binary(data, last)
            self._flush()
            frames += 1
            if not await self._stream.drained(self._settings.idle_timeout_s):
                raise upgrading.stuck(self._wire, self._settings.idle_timeout_s)
        self._emit(_sent(message, frames))

    def _flush(self) -> None:
        """Hand what is to be sent to the socket; pongs that nobody takes are left out."""
        for data in self._protocol.data_to_send():
            if data and not (self._stream.is_full and data[0] == _PONG_FRAME):
                self._stream.put(data)


async def _frames(message: PreparedMessage) -> AsyncIterator[tuple[Bytes, bool]]:
    """Yield the payload of each frame of a message, and whether it is the last."""
    if isinstance(message.content, bytes):
        content = memoryview(message.content)
        for start in range(0, max(len(content), 1), _FRAME_BYTES):
            yield content[start : start + _FRAME_BYTES], start + _FRAME_BYTES >= len(content)
        return
    file = await OpenFile.open(message.content)
    try:
        data = await file.read()
        while data:
            following = await file.read()
            yield data, not following
            data = following
        if not message.content.size_bytes:
            yield b"", True
    finally:
        file.close()


def _sent(message: PreparedMessage, frames: int) -> WebSocketMessage:
    content = message.content
    in_memory = content if isinstance(content, bytes) else None
    return WebSocketMessage(
        at_ns=perf_counter_ns(),
        direction="out",
        text=in_memory.decode() if message.is_text and in_memory is not None else None,
        data=None if message.is_text else in_memory,
        path="" if isinstance(content, bytes) else content.path,
        size_bytes=message.size_bytes,
        frames=frames,
    )
