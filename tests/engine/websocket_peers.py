"""WebSocket servers on loopback: the real one of `websockets`, and one on a bare socket that sends what it is told."""

from __future__ import annotations

import base64
import hashlib
import logging
import ssl
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from servers import Handler, Peer, scope, serving
from websockets.asyncio.server import ServerConnection, serve

from firstlight.model.events import Event, WebSocketMessage, WebSocketOpened
from firstlight.model.exchange import Exchange, Scope
from firstlight.model.request import Request
from firstlight.runner.conversation import Conversation
from firstlight.runner.exchange import exchange
from firstlight.transport import HttpTransport

_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
TEXT, BINARY, CLOSE, PING, PONG, CONT = 1, 2, 8, 9, 10, 0


async def echo(connection: ServerConnection) -> None:
    """Send every message back."""
    async for message in connection:
        await connection.send(message)


@asynccontextmanager
async def real_server(
    handler: Callable[[ServerConnection], Awaitable[None]] = echo,
    context: ssl.SSLContext | None = None,
    **options: Any,
) -> AsyncIterator[int]:
    """Run the server of `websockets`; give its port."""
    quiet = logging.getLogger("quiet websockets")
    quiet.disabled = True
    async with serve(handler, "127.0.0.1", 0, ssl=context, logger=quiet, **options) as server:
        yield next(iter(server.sockets)).getsockname()[1]


def frame(opcode: int, data: bytes = b"", *, fin: bool = True, reserved: int = 0, mask: bool = False) -> bytes:
    """Write a frame, right or wrong."""
    head = bytes([fin << 7 | reserved << 4 | opcode])
    bit = 0x80 if mask else 0
    if len(data) < 126:
        head += bytes([bit | len(data)])
    elif len(data) < 65536:
        head += bytes([bit | 126]) + struct.pack("!H", len(data))
    else:
        head += bytes([bit | 127]) + struct.pack("!Q", len(data))
    return head + (b"\0\0\0\0" + data if mask else data)


def goodbye(code: int = 1000, reason: str = "") -> bytes:
    """Write a close frame."""
    return frame(CLOSE, struct.pack("!H", code) + reason.encode())


def accepting(key: str, *lines: str) -> bytes:
    """Write the head of a 101 for `key`."""
    accept = base64.b64encode(hashlib.sha1((key + _GUID).encode()).digest()).decode()
    head = ("HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade",
            f"Sec-WebSocket-Accept: {accept}", *lines)  # fmt: skip
    return "".join(f"{line}\r\n" for line in head).encode() + b"\r\n"


def says(*frames: bytes, hang_up: bool = True, lines: tuple[str, ...] = ()) -> Handler:
    """Accept the handshake and send these bytes, the first of them with the head in one piece."""

    async def handler(peer: Peer) -> None:
        asked = await peer.head()
        key = asked.header("sec-websocket-key")
        assert key is not None
        await peer.send(accepting(key, *lines) + b"".join(frames))
        if not hang_up:
            await peer.gone()

    return handler


async def talk(
    request: Request, conversation: Conversation, where: Scope | None = None
) -> tuple[Exchange, list[Event]]:
    """Run a conversation and return its outcome with its events."""
    events: list[Event] = []
    transport = HttpTransport()
    try:
        outcome = await exchange(request, where or scope(), transport, events.append, conversation)
    finally:
        await transport.aclose()
    return outcome, events


async def hear(handler: Handler, request: Request | None = None) -> tuple[Exchange, list[Event]]:
    """Connect to a bare server, send nothing, and wait for the end."""
    async with serving(handler) as server:
        asked = request or Request()
        url = f"ws://127.0.0.1:{server.port}/"
        given = {name: getattr(asked, name) for name in asked.__dataclass_fields__}
        return await talk(Request(**{**given, "url": url}), Conversation())


def incoming(events: list[Event]) -> list[WebSocketMessage]:
    return [event for event in events if isinstance(event, WebSocketMessage) and event.direction == "in"]


def outgoing(events: list[Event]) -> list[WebSocketMessage]:
    return [event for event in events if isinstance(event, WebSocketMessage) and event.direction == "out"]


def opened(events: list[Event]) -> WebSocketOpened:
    found = [event for event in events if isinstance(event, WebSocketOpened)]
    assert len(found) == 1
    return found[0]
