"""How big attachments are and whether they are there, asked in a thread: a network drive may take seconds."""

from __future__ import annotations

import os

from PySide6.QtCore import QObject, QThreadPool, Signal


class _FileFacts(QObject):
    """Lives as long as the process, so a late answer always finds somebody."""

    found = Signal(str, object)
    """A path and its size in bytes, None when it cannot be read as a file."""

    def __init__(self) -> None:
        super().__init__()
        self.found.connect(self._on_found)
        self._known: dict[str, int | None] = {}

    def look_up(self, path: str) -> None:
        """Ask for a file; `found` tells."""
        QThreadPool.globalInstance().start(lambda: self.found.emit(path, _size(path)))

    def is_missing(self, path: str) -> bool:
        """Tell whether the last look found no file there."""
        return path in self._known and self._known[path] is None

    def size_bytes(self, path: str) -> int | None:
        """Return the size seen at the last look; None when missing or not looked at yet."""
        return self._known.get(path)

    def _on_found(self, path: str, size: int | None) -> None:
        self._known[path] = size


def _size(path: str) -> int | None:
    try:
        return os.path.getsize(path) if os.path.isfile(path) else None
    except OSError:
        return None


file_facts = _FileFacts()
