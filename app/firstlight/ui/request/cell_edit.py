"""The line edit inside a table cell: suggests values, hands pasted rows to the table, never swallows Tab."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from firstlight.ui.request.one_line import OneLineEdit


class CellEdit(OneLineEdit):
    """Edits one cell; `take_lines` may use a pasted text as rows and says whether it did."""

    tabbed = Signal(bool)
    """Tab (True) or Shift+Tab (False) reached the edit itself, which happens below an open list of suggestions."""

    def __init__(self, parent: QWidget, take_lines: Callable[[str], bool], *, several_lines: bool = False) -> None:
        super().__init__(parent)
        self._take_lines = take_lines
        self._several_lines = several_lines
        self.before = ""
        """What the cell held when editing began; Esc goes back to it."""
        self.live = False
        """What is typed goes into the model at once."""

    def suggest(self, words: Sequence[str], describe: Callable[[str], str]) -> None:
        """Offer `words` while typing, each with what `describe` says about it."""
        from firstlight.ui.request.suggestions import Suggestions

        self.setCompleter(Suggestions(words, describe, self))

    def cleaned(self, text: str, *, pasted: bool) -> str:
        return text if self._several_lines else super().cleaned(text, pasted=pasted)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste) and self._take_lines(QGuiApplication.clipboard().text()):
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.take_suggestion()
        super().keyPressEvent(event)

    def take_suggestion(self) -> None:
        """Take the marked entry of the open list, or the only one when it goes on from what is typed.

        Not when it merely contains that: Request-Id is a header, too, beside X-Request-Id.
        """
        completer = self.completer()
        popup = completer.popup() if completer is not None else None
        if completer is None or popup is None or not popup.isVisible():
            return
        marked, only = popup.currentIndex(), completer.currentCompletion()
        if marked.isValid():
            self.setText(marked.data())
        elif completer.completionCount() == 1 and only.lower().startswith(self.text().lower()):
            self.setText(only)

    def focusNextPrevChild(self, forward: bool) -> bool:
        self.tabbed.emit(forward)
        return True
