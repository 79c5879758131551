"""Says that a page waits in the browser, and helps where no browser came up."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from firstlight.texts import tr
from firstlight.ui.icons import icon
from firstlight.ui.theme.tokens import SPACE

_WIDTH = 520


class ConsentDialog(QDialog):
    """Open while the browser is waited for; to close it is to stop waiting."""

    def __init__(self, what: str, page: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("consentDialog")
        self.setWindowTitle(tr("Sign in with the browser"))
        self.setMinimumWidth(_WIDTH)
        self._page = page
        self._text = QLabel(tr("{what}: sign in on the page that has opened in your browser.", what=what), self)
        self._note = QLabel(tr("No page came up? Copy its address into a browser of this machine."), self)
        self._note.setProperty("kind", "caption")
        for label in (self._text, self._note):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self._address = QLineEdit(page, self)
        self._address.setObjectName("consentAddress")
        self._address.setAccessibleName(tr("Address of the page"))
        self._address.setReadOnly(True)
        self._address.setCursorPosition(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        for widget in (self._text, self._note, self._address):
            column.addWidget(widget)
        column.addSpacing(SPACE)
        column.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        for name, picture, text, call in (
            ("consentCopyButton", "copy", tr("Copy address"), self._copy),
            ("consentOpenButton", "external", tr("Open again"), self.open_page),
        ):
            button = QPushButton(icon(picture), text, self)
            button.setObjectName(name)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, call=call: call())
            row.addWidget(button)
        row.addStretch(1)
        cancel = QPushButton(tr("Cancel"), self)
        cancel.setObjectName("consentCancelButton")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        row.addWidget(cancel)
        return row

    def open_page(self) -> None:
        """Let the system's browser show the page; where there is none, say so."""
        if not QDesktopServices.openUrl(QUrl(self._page)):
            self._text.setText(tr("No browser could be opened. Open this address in one of this machine:"))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._page)
