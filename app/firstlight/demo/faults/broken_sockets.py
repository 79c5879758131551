"""WebSocket servers that break the rules: what no library sends. Each gets the head of the handshake."""

from __future__ import annotations

import asyncio
import base64
import hashlib
from collections.abc import Awaitable, Callable
from typing import TypeAlias

BrokenSocket: TypeAlias = Callable[[bytes, asyncio.StreamWriter], Awaitable[None]]
_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
_HELLO = b"\x81\x05hello"


def _frames(*frames: bytes) -> BrokenSocket:
    """Accept the handshake, send these frames, and hang up."""

    async def play(head: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(_accepting(_key(head)) + b"".join(frames))

    return play


async def _wrong_key(_head: bytes, writer: asyncio.StreamWriter) -> None:
    writer.write(_accepting(b"the key of another request"))


def _key(head: bytes) -> bytes:
    lines = (line.partition(b":") for line in head.split(b"\r\n"))
    return next((value.strip() for name, _, value in lines if name.lower() == b"sec-websocket-key"), b"")


def _accepting(key: bytes) -> bytes:
    accept = base64.b64encode(hashlib.sha1(key + _GUID, usedforsecurity=False).digest())
    return (
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Accept: " + accept + b"\r\n\r\n"
    )


BROKEN_SOCKETS: tuple[tuple[str, BrokenSocket], ...] = (
    ("/websocket/no-goodbye", _frames(_HELLO)),
    ("/websocket/reserved-bits", _frames(_HELLO, b"\xf1\x01x")),
    ("/websocket/masked", _frames(_HELLO, b"\x81\x81\x00\x00\x00\x00x")),
    ("/websocket/bad-opcode", _frames(_HELLO, b"\x83\x01x")),
    ("/websocket/long-ping", _frames(_HELLO, b"\x89\x7e\x00\x80" + b"x" * 128)),
    ("/websocket/not-utf-8", _frames(_HELLO, b"\x81\x02\xff\xfe")),
    ("/websocket/wrong-key", _wrong_key),
)
"""(path, what is wrong there)."""
