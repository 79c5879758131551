"""A server that does not speak proper HTTP: the faults that no web framework can produce.

It reads one request head and plays the script of that path byte for byte.
"""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Awaitable, Callable
from typing import TypeAlias

Script: TypeAlias = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def _not_http(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"SSH-2.0-OpenSSH_9.2\r\n\r\n")


async def _cut_head(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: applica")


async def _hang_up(_reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    """Close without a byte."""


async def _reset(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Make close() send a reset: linger is on, for zero seconds."""
    connection: socket.socket = writer.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


async def _bad_chunk(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nxyz\r\n")


async def _bad_header(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nthis line has no colon\r\n\r\n{}")


async def _two_lengths(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 20\r\n\r\n{}")


async def _silent(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    """Never answer: stay until the client goes away."""
    await reader.read()


SCRIPTS: tuple[tuple[str, Script], ...] = (
    ("/not-http", _not_http),
    ("/cut-head", _cut_head),
    ("/hang-up", _hang_up),
    ("/reset", _reset),
    ("/bad-chunk", _bad_chunk),
    ("/bad-header", _bad_header),
    ("/two-lengths", _two_lengths),
    ("/silent", _silent),
)


class BrokenServer:
    """Serves one script per connection; `/not-http` for a path it does not know."""

    def __init__(self) -> None:
        self._ended: dict[asyncio.StreamWriter, asyncio.Event] = {}

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection (the callback of asyncio.start_server)."""
        ended = self._ended[writer] = asyncio.Event()
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            path = head.split(b" ", 2)[1].split(b"?")[0].decode("latin-1")
            await dict(SCRIPTS).get(path, _not_http)(reader, writer)
            if path != "/reset":
                await writer.drain()
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, IndexError):
            # The client went away, or does not speak HTTP either: there is nobody to tell.
            return
        finally:
            writer.close()
            del self._ended[writer]
            ended.set()

    async def aclose(self) -> None:
        """Hang up on every client and wait until their scripts have ended."""
        waiting = dict(self._ended)
        for writer in waiting:
            writer.close()
        for ended in waiting.values():
            await ended.wait()
