"""Answers that are too much: of header lines, of bytes, of announcements; they end when the client has had enough."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Callable, Iterator
from itertools import count, repeat

from firstlight.demo.faults.scripts import Script

_OK = b"HTTP/1.1 200 OK\r\n"
_MIB = 1 << 20


def pours(pieces: Callable[[], Iterator[bytes]]) -> Script:
    """Return the script that sends one piece after the other, as fast as they are taken."""

    async def script(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for piece in pieces():
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0)  # drain() waits only when the buffer is full, and others want to be served

    return script


def _header_flood() -> Iterator[bytes]:
    yield _OK + b"a: b\r\n" * 10_000 + b"\r\n"


def _endless_headers() -> Iterator[bytes]:
    yield _OK
    for number in count():
        yield b"X-%d: %d\r\n" % (number, number)


def _endless_body() -> Iterator[bytes]:
    yield _OK + b"Content-Type: text/plain\r\n\r\n"
    yield from repeat(b"and so on, " * 1000)


def _bomb() -> Iterator[bytes]:
    """Yield zeros packed as gzip: 10 GiB of them in 10 MiB."""
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    head = packer.compress(b"\0" * _MIB) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(b"\0" * _MIB) + packer.flush(zlib.Z_FULL_FLUSH)  # after a full flush it can be repeated
    lines = b"Content-Type: application/octet-stream\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n"
    yield _OK + lines + head
    yield from repeat(block * 10, 1024)


FLOODS: tuple[tuple[str, Script], ...] = (
    ("/header-flood", pours(_header_flood)),
    ("/endless-headers", pours(_endless_headers)),
    ("/endless-informational", pours(lambda: repeat(b"HTTP/1.1 103 Early Hints\r\n\r\n"))),
    ("/endless-body", pours(_endless_body)),
    ("/bomb", pours(_bomb)),
)
