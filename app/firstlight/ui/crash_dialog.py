"""The dialog of an error nobody expected: says that the mistake is ours, and offers the details to copy."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from firstlight.texts import tr
from firstlight.ui.theme.fonts import mono_font


class CrashDialog(QDialog):
    """Says that the mistake is ours, and offers the details to copy."""

    def __init__(self, details: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("crashDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Something went wrong in First Light"))
        self.resize(720, 420)
        title = QLabel(tr("This is a mistake in First Light, not in your request."), self)
        title.setProperty("kind", "title")
        advice = QLabel(tr("You can go on working; save what matters first. Please report the details below."), self)
        advice.setWordWrap(True)
        self._details = QPlainTextEdit(details, self)
        self._details.setObjectName("crashDetails")
        self._details.setReadOnly(True)
        self._details.setAccessibleName(tr("Details"))
        self._details.setFont(mono_font())
        copy, close = QPushButton(tr("Copy details"), self), QPushButton(tr("Close"), self)
        copy.setObjectName("copyButton")
        close.setObjectName("closeButton")
        copy.clicked.connect(self._on_copy)
        close.clicked.connect(self.close)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(copy)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        for widget in (title, advice, self._details):
            column.addWidget(widget)
        column.addLayout(buttons)

    def add(self, details: str) -> None:
        """Append another error to those shown."""
        self._details.appendPlainText("\n" + details)

    @Slot()
    def _on_copy(self) -> None:
        QApplication.clipboard().setText(self._details.toPlainText())
