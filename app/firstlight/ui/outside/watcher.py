"""Notices that something changed in the workspace folder, without being asked to look.

The system watches folders and files for us, up to a number that leaves its limits to others (inotify gives a user
8,192 on an old kernel, and every watch costs kernel memory). In a larger workspace, and where watching is refused, we
look every few seconds while the window is in front.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication

_MOST = 1000
_SETTLED_MS = 200
"""A checkout changes thousands of files; one look when it is quiet will do."""
_LOOK_AGAIN_MS = 5000


class Watcher(QObject):
    """Watches what it is told to."""

    changed = Signal()
    """Something changed a moment ago, or may have."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._watcher = QFileSystemWatcher(self)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLED_MS)
        self._looking = QTimer(self)
        self._looking.setInterval(_LOOK_AGAIN_MS)
        self._watcher.directoryChanged.connect(self._settling.start)
        self._watcher.fileChanged.connect(self._settling.start)
        self._settling.timeout.connect(self.changed)
        self._looking.timeout.connect(self._on_look)

    def watch(self, workspace: Path, important: Sequence[str], others: Sequence[str]) -> None:
        """Watch these paths in `workspace` instead of the present ones; `others` only when they are few."""
        wanted = [*important, *(others if len(important) + len(others) <= _MOST else ())]
        places = (os.path.join(workspace, path) for path in wanted[:_MOST])
        refused = self._set({place for place in places if os.path.exists(place)})
        if refused or len(wanted) > _MOST:
            self._looking.start()
        else:
            self._looking.stop()

    @Slot()
    def _on_look(self) -> None:
        if QGuiApplication.applicationState() == Qt.ApplicationState.ApplicationActive:
            self.changed.emit()

    def is_looking(self) -> bool:
        """Whether it looks every few seconds, because there is too much to watch."""
        return self._looking.isActive()

    def _set(self, wanted: set[str]) -> bool:
        """Watch `wanted` and nothing else; True: the system refused some of it."""
        watched = {*self._watcher.files(), *self._watcher.directories()}
        if gone := list(watched - wanted):
            self._watcher.removePaths(gone)
        new = list(wanted - watched)
        return bool(new and self._watcher.addPaths(new))
