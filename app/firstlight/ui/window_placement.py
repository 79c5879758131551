"""Where the window was: its geometry as text for the settings."""

from __future__ import annotations

from base64 import b64decode, b64encode

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QMainWindow


def geometry_of(window: QMainWindow) -> str:
    """Return position, size and state of `window`."""
    return b64encode(window.saveGeometry().data()).decode()


def put_back(window: QMainWindow, geometry: str) -> None:
    """Place `window` as it was; an unreadable or off-screen geometry is ignored."""
    try:
        data = b64decode(geometry, validate=True)
    except ValueError:
        return
    if data:
        window.restoreGeometry(QByteArray(data))
