"""Answers that no web framework can produce, byte for byte: broken heads, broken framing, connections that break."""

from __future__ import annotations

import asyncio
import gzip
import socket
import struct
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TypeAlias

Script: TypeAlias = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
"""What happens on a connection once the head of the request has been read."""

_PATIENCE_S = 60.0
_CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n"
_TEXT = b'{"message": "' + b"first light " * 200 + b'"}'


def says(data: bytes) -> Script:
    """Return the script that sends `data` and hangs up."""

    async def script(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(data)

    return script


async def hang_up(_reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    """Close without a byte."""


async def reset(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Make close() send a reset: linger is on, for zero seconds."""
    connection: socket.socket = writer.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def silent(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    """Never answer: stay until the client goes away."""
    while await reader.read(65_536):
        pass


async def takes_nothing(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Read no more: a big request is stuck half-way. Nobody is told that the client has gone, so it ends by itself."""
    with suppress(TimeoutError):
        await asyncio.wait_for(writer.wait_closed(), _PATIENCE_S)


def then_reset(data: bytes) -> Script:
    """Return the script that sends `data`, waits until it must have been read, and tears the connection down."""

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(data)
        await writer.drain()
        await asyncio.sleep(0.4)  # a reset overtakes what its receiver has not read yet
        await reset(reader, writer)

    return script


def then_silent(data: bytes) -> Script:
    """Return the script that sends `data` and then nothing more."""

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(data)
        await silent(reader, writer)

    return script


def packed(encoding: str, data: bytes) -> Script:
    """Return the script that sends a body labelled `encoding`, whatever it is."""
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: {encoding}\r\n"
    return says(f"{head}Content-Length: {len(data)}\r\n\r\n".encode() + data)


HEADS: tuple[tuple[str, Script], ...] = (
    ("/not-http", says(b"SSH-2.0-OpenSSH_9.2\r\n\r\n")),
    ("/no-status-line", says(b"<html><body>It works, since 1991</body></html>")),
    ("/http2-only", says(b"\x00\x00\x00\x04\x00\x00\x00\x00\x00")),
    ("/bad-status-line", says(b"HTTP/1.1 OK 200\r\nContent-Length: 2\r\n\r\n{}")),
    ("/bad-header", says(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nthis line has no colon\r\n\r\n{}")),
    ("/two-lengths", says(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 20\r\n\r\n{}")),
    ("/cut-head", says(b"HTTP/1.1 200 OK\r\nServer: half\r\nContent-Type: applica")),
    ("/reset-in-head", then_reset(b"HTTP/1.1 200 OK\r\nServer: half\r\nContent-Type: applica")),
    ("/stops-in-head", then_silent(b"HTTP/1.1 200 OK\r\nServer: half\r\nContent-Type: applica")),
)
CONNECTIONS: tuple[tuple[str, Script], ...] = (
    ("/hang-up", hang_up),
    ("/reset", reset),
    ("/silent", silent),
    ("/takes-nothing", takes_nothing),
)
BODIES: tuple[tuple[str, Script], ...] = (
    ("/bad-chunk", says(_CHUNKED + b"5\r\nhello\r\nxyz\r\n")),
    ("/cut-chunks", says(_CHUNKED + b"5\r\nhello\r\n")),
    ("/reset-in-body", then_reset(_CHUNKED + b"5\r\nhello\r\n")),
    ("/stops-in-body", then_silent(_CHUNKED + b"5\r\nhello\r\n")),
    ("/bad-gzip", packed("gzip", b"this is not gzip at all")),
    ("/cut-gzip", packed("gzip", gzip.compress(_TEXT, mtime=0)[:-12])),
    ("/wrong-checksum", packed("gzip", gzip.compress(_TEXT, mtime=0)[:-8] + b"\0" * 8)),
    ("/bad-br", packed("br", b"\xff" * 40)),
    ("/bad-zstd", packed("zstd", b"this is not zstd at all")),
)
