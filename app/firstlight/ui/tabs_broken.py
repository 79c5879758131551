"""The page of a request file that cannot be read: where it is, why, and what to do."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from firstlight.texts import Phrase, tr


class BrokenTab(QFrame):
    """Shows one broken file until it can be read again."""

    kind = "broken"
    header_changed = Signal()
    changed = Signal()
    """Never: there is nothing to do here."""
    view_changed = Signal()
    """Never."""
    retry_requested = Signal()
    show_file_requested = Signal()

    def __init__(self, path: str, name: str, problem: Phrase, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path = path
        self._name = name
        self._problem = problem
        self.setObjectName("brokenPage")
        self.setProperty("kind", "panel")
        self._title, self._where, self._why, self._rest = (QLabel(self) for _ in range(4))
        self._title.setProperty("kind", "title")
        self._where.setProperty("kind", "mono")
        self._why.setProperty("kind", "error")
        self._rest.setProperty("kind", "caption")
        self._retry = QPushButton(self)
        self._retry.setObjectName("retryButton")
        self._show_file = QPushButton(self)
        self._retry.clicked.connect(self.retry_requested)
        self._show_file.clicked.connect(self.show_file_requested)
        self._lay_out()
        self._retranslate()

    def _lay_out(self) -> None:
        card = QFrame(self)
        card.setProperty("kind", "errorCard")
        column = QVBoxLayout(card)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        for label in (self._title, self._where, self._why, self._rest):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setTextFormat(Qt.TextFormat.PlainText)  # the reason quotes the file
            label.setWordWrap(True)
            column.addWidget(label)
        buttons = QHBoxLayout()
        buttons.addWidget(self._retry)
        buttons.addWidget(self._show_file)
        buttons.addStretch(1)
        column.addSpacing(8)
        column.addLayout(buttons)
        page = QVBoxLayout(self)
        page.setContentsMargins(24, 24, 24, 24)
        page.addWidget(card)
        page.addStretch(1)

    def method(self) -> str:
        """Return nothing: what cannot be read has no method."""
        return ""

    def title(self) -> str:
        """Return the text of the tab."""
        return self._name

    def unsaved(self) -> bool:
        """Return False: there is nothing to lose."""
        return False

    def renamed(self, path: str, name: str) -> None:
        """Follow a move made in the sidebar."""
        self.path, self._name = path, path.rpartition("/")[2] or name
        self._retranslate()
        self.header_changed.emit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._title.setText(tr("This file cannot be read"))
        self._where.setText(self.path)
        self._why.setText(tr(self._problem))
        self._rest.setText(
            tr("Correct the file in an editor and try again. The rest of the workspace is not affected.")
        )
        self._retry.setText(tr("Try again"))
        self._show_file.setText(tr("Show in file manager"))
