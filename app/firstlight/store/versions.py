"""Which version of a file is on the disk. What looks untouched (time, size, place on the disk) is not read again."""

from __future__ import annotations

import os
from pathlib import Path

from firstlight.store import disk


class Versions:
    """Remembers the versions of the files it was asked for."""

    def __init__(self) -> None:
        self._known: dict[Path, tuple[tuple[int, int, int], str]] = {}

    def of(self, file: Path) -> str:
        """Return the version of a file's content; empty: there is none, or it cannot be read."""
        try:
            status = os.stat(file)
            stamp = (status.st_mtime_ns, status.st_size, status.st_ino)
            known = self._known.get(file)
            if known is None or known[0] != stamp:
                known = self._known[file] = stamp, disk.digest(file.read_bytes())
        except OSError:
            return ""
        return known[1]
