"""Where the console's text is pasted. Credentials in it are masked at once; `text()` still has them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QSignalBlocker, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from firstlight.model.secrets import MASK
from firstlight.ui.theme.fonts import mono_font

_SHORTEST = 6
"""Shorter values stand in words by chance; so short a credential is none."""
_MOST_STEPS = 50


class PasteEdit(QPlainTextEdit):
    """Emits `changed` with the whole text for everything the user does.

    Undo is its own: Qt's would put a credential back on the screen, or forget everything when it is masked.
    """

    changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hidden: list[str] = []
        self._now, self._past, self._future = "", list[str](), list[str]()
        self.setFont(mono_font())
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.textChanged.connect(self._on_changed)

    def text(self) -> str:
        """Return what was typed and pasted, credentials included."""
        pieces = self.toPlainText().split(MASK)
        if len(pieces) - 1 != len(self._hidden):  # a masked one was edited away: the others cannot be told apart
            return "".join(pieces)
        return "".join(piece + secret for piece, secret in zip(pieces, [*self._hidden, ""], strict=True))

    def hide_secrets(self, secrets: Iterable[str]) -> None:
        """Show dots for these; nobody is told."""
        text = self.text()
        found = sorted(_standing_in(text, secrets), key=len)
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

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _step_of(event):
            event.accept()  # else Undo of the window's menu would take it
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _step_of(event)
        if step == "undo":
            self._go(self._past, self._future)
        elif step == "redo":
            self._go(self._future, self._past)
        else:
            super().keyPressEvent(event)

    def _go(self, source: list[str], target: list[str]) -> None:
        """Show the text before or after, whose credentials are masked again by whoever hears of it."""
        if source:
            target.append(self._now)
            self._now = source.pop()
            with QSignalBlocker(self):
                self._hidden = []
                self.setPlainText(self._now)
                self.moveCursor(self.textCursor().MoveOperation.End)
            self.changed.emit(self._now)

    def _on_changed(self) -> None:
        text = self.text()
        if text != self._now:
            if abs(len(text) - len(self._now)) > 1 or not self._past:  # letters typed in a row are one step
                self._past = [*self._past, self._now][-_MOST_STEPS:]
            self._now, self._future = text, []
        self.changed.emit(text)


def _step_of(event: QKeyEvent) -> str:
    if event.matches(QKeySequence.StandardKey.Undo):
        return "undo"
    return "redo" if event.matches(QKeySequence.StandardKey.Redo) else ""


def _standing_in(text: str, secrets: Iterable[str]) -> set[str]:
    """Return the secrets as they stand in a text: whole, or the pieces of one that was broken over several lines."""
    wanted = [secret for secret in secrets if len(secret) >= _SHORTEST]
    broken = [secret for secret in wanted if secret not in text]
    pieces = {word for word in text.split() if len(word) >= _SHORTEST and any(word in secret for secret in broken)}
    return {secret for secret in wanted if secret in text} | pieces
