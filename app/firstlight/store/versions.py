"""Which version of a file is on the disk, and which one was given out. What looks untouched is not read again."""

from __future__ import annotations

import os
from pathlib import Path

from firstlight.store import disk


class Versions:
    """Versions of a workspace's files; paths are relative to it."""

    def __init__(self, workspace: Path) -> None:
        self._workspace = workspace
        self._seen: dict[Path, tuple[tuple[int, int, int], str]] = {}
        """File → (time, size, place on the disk) and the version it had then."""
        self._taken: dict[str, str] = {}

    def now(self, file: Path) -> str:
        """Return the version of a file's content; empty: there is none, or it cannot be read."""
        try:
            status = os.stat(file)
            stamp = (status.st_mtime_ns, status.st_size, status.st_ino)
            seen = self._seen.get(file)
            if seen is None or seen[0] != stamp:
                seen = self._seen[file] = stamp, disk.digest(file.read_bytes())
        except OSError:
            return ""
        return seen[1]

    def taken(self, path: str) -> str | None:
        """Return the version of a file that the user works on; None: that is not known."""
        return self._taken.get(path)

    def take(self, path: str, version: str) -> None:
        """Take note that the user works on this version of a file."""
        self._taken[path] = version

    def moved(self, old: str, new: str) -> None:
        """Follow an entry, and everything in it, to its new place."""
        for path in [path for path in self._taken if path == old or path.startswith(f"{old}/")]:
            self._taken[new + path[len(old) :]] = self._taken.pop(path)
