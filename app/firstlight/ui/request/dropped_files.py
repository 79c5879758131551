"""What was dropped onto a widget, as paths of files on this machine."""

from __future__ import annotations

from PySide6.QtCore import QMimeData


def dropped_files(data: QMimeData) -> list[str]:
    """Return the local files of a drop; empty when it holds none."""
    return [url.toLocalFile() for url in data.urls() if url.isLocalFile()] if data.hasUrls() else []
