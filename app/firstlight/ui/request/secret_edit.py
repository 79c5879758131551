"""A masked input with a button that reveals it.

A `{{secret:name}}` reference gives nothing away: it stays readable, and a key stands where the button was.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QWidget

from firstlight.model.secrets import REFERENCE
from firstlight.texts import tr
from firstlight.ui.icons import icon
from firstlight.ui.request.one_line import OneLineEdit
from firstlight.ui.theme.tokens import SPACE


class SecretEdit(QWidget):
    """Shows bullets; Reveal shows the text. `edit` is the input itself."""

    typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = OneLineEdit(self)
        self._reveal = QToolButton(self)
        self._reveal.setObjectName("revealButton")
        self._reveal.setProperty("kind", "flat")
        self._reveal.setCheckable(True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE // 2)
        layout.addWidget(self.edit, 1)
        layout.addWidget(self._reveal)
        self.setFocusProxy(self.edit)
        self.edit.typed.connect(self.typed)
        self.edit.textChanged.connect(self._show_state)
        self._reveal.toggled.connect(self._show_state)
        self._show_state()

    def retranslate(self) -> None:
        """Show the button's words in the language now in use."""
        self._show_state()

    def _show_state(self) -> None:
        text = self.edit.text()
        reference = "{{" in text
        revealed = self._reveal.isChecked()
        hidden = bool(text) and not reference and not revealed
        self.edit.setEchoMode(QLineEdit.EchoMode.Password if hidden else QLineEdit.EchoMode.Normal)
        self._reveal.setEnabled(not reference)
        if REFERENCE.search(text):
            self._reveal.setIcon(icon("key"))
            words = tr("Kept in the secret store")
        else:
            self._reveal.setIcon(icon("eye-off" if revealed else "eye"))
            words = tr("Hide") if revealed else tr("Reveal")
        self._reveal.setToolTip(words)
        self._reveal.setAccessibleName(words)
