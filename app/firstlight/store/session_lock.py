"""A lock that one running window holds on its session, and that ends with the window however it ends."""

from __future__ import annotations

import os
from pathlib import Path

from firstlight.store.file_lock import locked


class SessionLock:
    """Held from `take` to `release`, or to the end of the process: the system gives it back even after a kill."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor = -1

    def take(self) -> bool:
        """Take the lock; False: another window holds it. Raises OSError: there can be no file."""
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        if not locked(descriptor):
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())  # for people; what counts is the lock
        return True

    def release(self) -> None:
        """Let another window have it."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
