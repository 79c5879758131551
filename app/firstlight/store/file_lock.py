"""One writer at a time, over all windows and commands of this machine: a lock that ends with its holder."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from firstlight.model.failure import failed
from firstlight.store import disk
from firstlight.texts import Phrase

_PATIENCE_S = 5.0  # a writer needs milliseconds
_PAUSE_S = 0.02


@contextmanager
def only_writer(path: Path) -> Iterator[None]:
    """Hold the lock of `path`, a file beside it; its folder is made.

    Raises:
        ExchangeError: (layer `file`) somebody else holds it for too long, or it cannot be made.
    """
    lock = path.with_name(path.name + ".lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise disk.cannot_write(lock, error) from error
    try:
        _wait_for(descriptor, path)
        yield
    finally:
        os.close(descriptor)  # which gives the lock back


def _wait_for(descriptor: int, path: Path) -> None:
    end = time.monotonic() + _PATIENCE_S
    while not locked(descriptor):
        if time.monotonic() > end:
            message = Phrase("Another window has been writing {path} for seconds.", path=path)
            raise failed("file", "busy", message, Phrase("Try again; if that does not help, close the other window."))
        time.sleep(_PAUSE_S)


def locked(descriptor: int) -> bool:
    """Lock an open file without waiting; False: somebody else has it. Closing the file gives it back."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:  # somebody has it
        return False
    return True
