"""Hands the body to httpx slice by slice: never more than one of them in memory."""

from __future__ import annotations

import asyncio
import os
import threading
from io import FileIO

from firstlight.model.prepared import EncodedBody, FileSlice
from firstlight.model.system_errors import reason_of
from firstlight.transport.failures import answering
from firstlight.transport.quiet_httpx import httpx
from firstlight.transport.wire import Wire

_SLICE_BYTES = 512 * 1024


class Upload(httpx.AsyncByteStream):
    """The body of one request. Tells the wire when the last byte was handed to the socket.

    An iterator and not an async generator: httpcore drops it half-way when the peer closes, and a dropped
    generator would be cleaned up by another task at another time, its file still open.
    """

    def __init__(self, body: EncodedBody, wire: Wire) -> None:
        self._wire = wire
        self._coming = iter(body.pieces)
        self._bytes = memoryview(b"")
        self._file: OpenFile | None = None
        self._given_bytes = 0
        self._total_bytes = body.size_bytes

    def __aiter__(self) -> Upload:
        return self

    async def __anext__(self) -> bytes:
        """Return the next slice; that of the call before has been written when httpcore asks for it.

        Raises:
            ExchangeError: layer `file`; the connection is then closed, so the peer never takes a torn file for whole.
        """
        if self._given_bytes and self._total_bytes > _SLICE_BYTES:
            self._wire.uploading(self._given_bytes, self._total_bytes)
        data = await self._next_slice()
        self._given_bytes += len(data)
        return data

    async def _next_slice(self) -> bytes:
        while True:
            if self._bytes:
                data, self._bytes = bytes(self._bytes[:_SLICE_BYTES]), self._bytes[_SLICE_BYTES:]
                return data
            if self._file:
                if data := await self._file.read():
                    return data
                await self.aclose()
            piece = next(self._coming, None)
            if piece is None:
                self._wire.sent(self._total_bytes)
                raise StopAsyncIteration
            if isinstance(piece, bytes):
                self._bytes = memoryview(piece)
            else:
                self._file = await OpenFile.open(piece)

    async def aclose(self) -> None:
        """Close the file that is being read, if any. Does not wait: a read may still be under way in its thread."""
        file, self._file = self._file, None
        if file:
            asyncio.get_running_loop().run_in_executor(None, file.close)


class OpenFile:
    """A file of the body while it is sent, read in a thread."""

    def __init__(self, piece: FileSlice) -> None:
        self._piece = piece
        self._left_bytes = piece.size_bytes
        self._file = FileIO(piece.path)
        self._opened = os.fstat(self._file.fileno())
        self.close = self._file.close

    @classmethod
    async def open(cls, piece: FileSlice) -> OpenFile:
        """Open the file of `piece`. Whoever is cancelled meanwhile leaves no open file behind."""
        opened: list[OpenFile] = []
        given_up = threading.Event()

        def work() -> OpenFile:
            opened.append(file := cls(piece))
            if given_up.is_set():
                file.close()
            return file

        try:
            return await asyncio.to_thread(work)
        except OSError as error:
            raise answering.file_lost(piece.path, reason_of(error)) from error
        except asyncio.CancelledError:
            given_up.set()  # first this, then that: the thread does it the other way round
            for file in opened:
                file.close()
            raise

    async def read(self) -> bytes:
        """Return the next slice, or nothing at the end. The last one only if the file is still as it was."""
        if not self._left_bytes:
            return b""
        try:
            data = await asyncio.to_thread(self._read)
        except OSError as error:
            raise answering.file_lost(self._piece.path, reason_of(error)) from error
        if not data:
            raise answering.file_changed(self._piece.path)
        return data

    def _read(self) -> bytes:
        data = self._file.read(min(self._left_bytes, _SLICE_BYTES))
        self._left_bytes -= len(data)
        if not self._left_bytes:
            now = os.fstat(self._file.fileno())
            if now.st_size != self._piece.size_bytes or now.st_mtime_ns != self._opened.st_mtime_ns:
                return b""
        return data
