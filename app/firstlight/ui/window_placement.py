"""How the window is laid out, as values: its place on the screen, the sidebar, the Console, where it is split."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

SWITCHES = ("sidebar", "console", "code", "side_by_side")
"""Actions that show a part of the window, or lay it out otherwise."""


def geometry_of(window: QMainWindow) -> str:
    """Return position, size and state of `window`."""
    return b64encode(window.saveGeometry().data()).decode()


def put_back(window: QMainWindow, geometry: object) -> None:
    """Place `window` as it was; an unreadable or off-screen geometry is ignored."""
    try:
        data = b64decode(geometry if isinstance(geometry, str) else "", validate=True)
    except ValueError:
        return
    if data:
        window.restoreGeometry(QByteArray(data))


def size_in(layout: Mapping[str, Any], name: str, otherwise: int) -> int:
    """Return a measure in pixels that `layout` gives."""
    size = layout.get(name)
    return size if isinstance(size, int) and size > 0 else otherwise
