"""Colours stretches of a QLineEdit, which has no highlighter of its own, in the way input methods colour theirs."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor, QFont, QInputMethodEvent, QTextCharFormat
from PySide6.QtWidgets import QLineEdit

from firstlight.ui.text.highlight import Span, utf16
from firstlight.ui.theme.current import tokens


def color_line(edit: QLineEdit, spans: list[Span], *, bold: bool = False) -> None:
    """Paint `spans` of the text in their colours until the text changes; call it on every textChanged.

    The event commits nothing, so text, cursor and undo history stay; and it comes only after a change of the text,
    never while a Chinese word is being composed.
    """
    text = edit.text()
    attributes = []
    for span in spans:
        look = QTextCharFormat()
        look.setForeground(QColor(getattr(tokens(), span.color)))
        if bold:
            look.setFontWeight(QFont.Weight.DemiBold)
        start = utf16(text, span.start)
        length = utf16(text, span.start + span.length) - start
        kind = QInputMethodEvent.AttributeType.TextFormat
        attributes.append(QInputMethodEvent.Attribute(kind, start - edit.cursorPosition(), length, look))
    QCoreApplication.sendEvent(edit, QInputMethodEvent("", attributes))
