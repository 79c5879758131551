"""A part of the sidebar that shows a list, or what to do while it is empty."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from firstlight.texts import tr


class ListSection(QWidget):
    """Its list is built by who fills it."""

    def __init__(self, shown: QWidget, words: str, parent: QWidget | None = None) -> None:
        """Show `shown`, a child to be; `words`, not yet translated, say how the list gets its first entry."""
        super().__init__(parent)
        self._shown = shown
        self._words = words
        self._empty = QLabel(self)
        self._empty.setProperty("kind", "caption")
        self._empty.setWordWrap(True)
        self._empty.setContentsMargins(16, 8, 16, 8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._empty)
        column.addWidget(shown, 1)
        column.addStretch(0)
        self._retranslate()

    def show_emptiness(self, empty: bool) -> None:
        """Show the words instead of the list, or the list."""
        self._shown.setVisible(not empty)
        self._empty.setVisible(empty)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self._empty.setText(tr(self._words))
