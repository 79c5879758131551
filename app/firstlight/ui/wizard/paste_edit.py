"""Where the console's text is pasted. Credentials in it are masked at once; `text()` still has them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from firstlight.model.secrets import MASK
from firstlight.ui.theme.fonts import mono_font

_SHORTEST = 6
"""Shorter values stand in words by chance; so short a credential is none."""


class PasteEdit(QPlainTextEdit):
    """Emits `changed` with the whole text for everything the user does."""

    changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hidden: list[str] = []
        self.setFont(mono_font())
        self.setTabChangesFocus(True)
        self.textChanged.connect(lambda: self.changed.emit(self.text()))

    def text(self) -> str:
        """Return what was typed and pasted, credentials included."""
        pieces = self.toPlainText().split(MASK)
        if len(pieces) - 1 != len(self._hidden):  # a masked one was edited away: the others cannot be told apart
            return "".join(pieces)
        return "".join(piece + secret for piece, secret in zip(pieces, [*self._hidden, ""], strict=True))

    def hide_secrets(self, secrets: Iterable[str]) -> None:
        """Show dots for these; nobody is told."""
        text = self.text()
        found = sorted({secret for secret in secrets if len(secret) >= _SHORTEST and secret in text}, key=len)
        shown, hidden = text, list[str]()
        while places := [(shown.find(secret), -len(secret), secret) for secret in found if secret in shown]:
            at, _, secret = min(places)
            hidden.append(secret)
            shown = shown[:at] + MASK + shown[at + len(secret) :]
        self._hidden = hidden
        if shown != self.toPlainText():
            with QSignalBlocker(self):
                self.setPlainText(shown)
                self.moveCursor(self.textCursor().MoveOperation.End)
