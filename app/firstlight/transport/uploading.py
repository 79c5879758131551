"""Hands the body to httpx piece by piece: never more than a slice of it in memory."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from io import FileIO

from firstlight.model.prepared import EncodedBody, FileSlice
from firstlight.transport.failures import answering
from firstlight.transport.quiet_httpx import httpx
from firstlight.transport.wire import Wire

_SLICE_BYTES = 512 * 1024


class Upload(httpx.AsyncByteStream):
    """The body of one request. Tells the wire when the last byte was handed to the socket."""

    def __init__(self, body: EncodedBody, wire: Wire) -> None:
        self._body = body
        self._wire = wire

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self._body.pieces:
            if isinstance(piece, FileSlice):
                async for data in _file_slices(piece):
                    yield data
            elif len(piece) <= _SLICE_BYTES:
                yield piece
            else:
                for start in range(0, len(piece), _SLICE_BYTES):
                    yield piece[start : start + _SLICE_BYTES]
        # httpcore asks for the next piece once the one before has been written, so here all is written
        self._wire.sent(self._body.size_bytes)


async def _file_slices(piece: FileSlice) -> AsyncIterator[bytes]:
    """Read the file in a thread. The last slice is held back until the file is known to be unchanged.

    Raises:
        ExchangeError: layer `file`; the connection is then closed, so the peer never takes a torn file for whole.
    """
    try:
        file, opened = await asyncio.to_thread(_open, piece.path)
        try:
            left = piece.size_bytes
            while left > 0:
                data = await asyncio.to_thread(file.read, min(left, _SLICE_BYTES))
                left -= len(data)
                if not data or (left == 0 and _changed(file, piece, opened)):
                    raise answering.file_changed(piece.path)
                yield data
        finally:
            # not awaited: closing waits for a read in another thread, and cancelling must not
            asyncio.get_running_loop().run_in_executor(None, file.close)
    except OSError as error:
        raise answering.file_lost(piece.path, error.strerror or str(error)) from error


def _open(path: str) -> tuple[FileIO, os.stat_result]:
    file = FileIO(path)
    return file, os.fstat(file.fileno())


def _changed(file: FileIO, piece: FileSlice, opened: os.stat_result) -> bool:
    now = os.fstat(file.fileno())
    return now.st_size != piece.size_bytes or now.st_mtime_ns != opened.st_mtime_ns
