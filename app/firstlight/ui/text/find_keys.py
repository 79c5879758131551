"""The keys that ask an editor to find or to replace. Apart from the bar, which is loaded when they are pressed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence


def asks_to_find(event: QKeyEvent) -> bool | None:
    """Tell whether a key asks for finding (False), for replacing (True), or for neither (None)."""
    if event.matches(QKeySequence.StandardKey.Find):
        return False
    control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
    replacing = event.matches(QKeySequence.StandardKey.Replace) or (control and event.key() == Qt.Key.Key_H)
    return True if replacing else None
