"""Colours stretches of a QLineEdit, which has no highlighter of its own, in the way input methods colour theirs."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QInputMethodEvent, QTextCharFormat
from PySide6.QtWidgets import QLineEdit


def show_looks(edit: QLineEdit, looks: Iterable[tuple[int, int, QTextCharFormat]]) -> None:
    """Show (start, end, look) of the text, in Qt's positions, until the text changes; call it on every textChanged.

    The event commits nothing, so text, cursor and undo history stay. Never call it while a Chinese word is being
    composed.
    """
    kind, cursor = QInputMethodEvent.AttributeType.TextFormat, edit.cursorPosition()
    attributes = [QInputMethodEvent.Attribute(kind, start - cursor, end - start, look) for start, end, look in looks]
    QCoreApplication.sendEvent(edit, QInputMethodEvent("", attributes))
