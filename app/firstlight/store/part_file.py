"""A download on its way to a file: written beside it as `.part`, given its name when it is whole.

What broke off on the way stays as `.part`, for who wants to look at it; what the user stopped, and what the disk did
not take, is removed. The next download to the same place begins afresh.
"""

from __future__ import annotations

import asyncio
import errno
import os
from contextlib import suppress
from io import FileIO
from pathlib import Path

from firstlight.model.failure import ExchangeError, failed
from firstlight.model.system_errors import reason_of
from firstlight.store import disk
from firstlight.texts import Phrase

PART = ".part"
_BATCH_BYTES = 1024 * 1024
"""One batch is written in a thread while the next one comes: two of them are in memory at most."""


def check_place(path: Path) -> None:
    """Refuse a file that cannot be written before anything is sent: a POST costs money. Raises ExchangeError."""
    if path.is_dir():
        raise disk.cannot_write(path, IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR)))
    if not path.absolute().parent.is_dir():
        raise disk.cannot_write(path, FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT)))


class PartFile:
    """Implements model.sink.Sink for one path."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.part = path.with_name(path.name + PART)
        self.used = False
        """A body came for it."""
        self._file: FileIO | None = None
        self._batch: list[bytes] = []
        self._batch_bytes = 0
        self._writing: asyncio.Future[None] | None = None

    async def begin(self) -> None:
        """Make the file of the part."""
        self.used = True
        try:
            self._file = await asyncio.to_thread(FileIO, self.part, "wb")
        except OSError as error:
            raise disk.cannot_write(self.part, error) from error

    async def write(self, data: bytes) -> None:
        """Take the next bytes."""
        self._batch.append(data)
        self._batch_bytes += len(data)
        if self._batch_bytes >= _BATCH_BYTES:
            await self._hand_over()

    async def finish(self) -> str:
        """Write the rest, force it to the disk and give it its name; what was there before is replaced at once."""
        if self._file is None:
            return ""
        file = self._file
        await self._hand_over()
        await self._written()
        try:
            await asyncio.to_thread(self._complete, file)
        except OSError as error:
            raise self._cannot(error) from error
        self._file = None
        return str(self.path)

    async def give_up(self, *, keep: bool) -> str:
        """End it half-way."""
        file, self._file = self._file, None
        if file is None:
            return ""
        if self._writing is not None:
            await asyncio.wait([self._writing])
            keep = keep and self._writing.exception() is None
        rest = b"".join(self._batch) if keep else b""
        return await asyncio.to_thread(self._abandon, file, rest, keep)

    async def _hand_over(self) -> None:
        """Let a thread write the batch, once it has written the one before."""
        await self._written()
        batch, self._batch, self._batch_bytes = self._batch, [], 0
        if batch and self._file is not None:
            loop = asyncio.get_running_loop()
            self._writing = loop.run_in_executor(None, _write_all, self._file, batch)

    async def _written(self) -> None:
        if self._writing is None:
            return
        try:
            await asyncio.shield(self._writing)  # a thread cannot be stopped: give_up waits for it
        except OSError as error:
            raise self._cannot(error) from error

    def _complete(self, file: FileIO) -> None:
        os.fsync(file.fileno())
        file.close()
        os.replace(self.part, self.path)
        disk.sync_folder(self.path.parent)

    def _abandon(self, file: FileIO, rest: bytes, keep: bool) -> str:
        try:
            with file:
                if rest:
                    _write_all(file, [rest])
        except OSError:  # the disk is full: what is there is worth nothing then
            keep = False
        if keep:
            return str(self.part)
        with suppress(OSError):  # gone already
            self.part.unlink()
        return ""

    def _cannot(self, error: OSError) -> ExchangeError:
        return failed(
            "file",
            "unwritable",
            Phrase("The answer cannot be written to {path}: {reason}.", path=self.path, reason=reason_of(error)),
            Phrase("What had come of it was removed. Make room or choose another folder, then send again."),
        )


def _write_all(file: FileIO, batch: list[bytes]) -> None:
    for data in batch:
        rest = memoryview(data)
        while rest:
            rest = rest[file.write(rest) :]
