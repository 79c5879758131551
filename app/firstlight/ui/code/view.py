"""Shows a snippet, coloured; to read, select and copy."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from firstlight.ui.code.highlighter import SnippetHighlighter
from firstlight.ui.known_viewport import know_viewport
from firstlight.ui.theme.fonts import mono_font
from firstlight.ui.theme.tokens import SPACE


class SnippetView(QPlainTextEdit):
    """A text that cannot be typed into; Tab moves on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        know_viewport(self)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setFont(mono_font())
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.document().setDocumentMargin(1.5 * SPACE)
        self._highlighter = SnippetHighlighter(self.document())

    def show_snippet(self, text: str, language: str) -> None:
        """Show another snippet; one that is like the last keeps its place on screen."""
        if text == self.toPlainText():
            return
        place = self.verticalScrollBar().value()
        self._highlighter.read(text, language)
        self.setPlainText(text)
        self.verticalScrollBar().setValue(place)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationFontChange:
            self.setFont(mono_font())
