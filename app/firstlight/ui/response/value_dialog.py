"""One long value, whole: wrapped, searchable, to be copied."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from firstlight.texts import tr
from firstlight.ui.icons import icon
from firstlight.ui.text.text_view import TextView
from firstlight.ui.theme.tokens import SPACE

_SIZE = QSize(720, 420)


class ValueDialog(QDialog):
    """Shows the value of a header as it may be seen now."""

    def __init__(self, name: str, value: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("headerValueDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(name)
        self.resize(_SIZE)
        length = QLabel(tr("{count} characters", count=f"{len(value):,}"), self)
        length.setProperty("kind", "caption")
        text = TextView(self)
        text.setObjectName("headerValueText")
        text.setAccessibleName(name)
        text.set_text(value.encode())
        copy = QPushButton(icon("copy"), tr("Copy value"), self)
        copy.setAutoDefault(False)
        copy.clicked.connect(text.copy_all)
        close = QPushButton(tr("Close"), self)
        close.setObjectName("closeButton")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addWidget(length, 1)
        buttons.addWidget(copy)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        column.addWidget(text, 1)
        column.addLayout(buttons)
