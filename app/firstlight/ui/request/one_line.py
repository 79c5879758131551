"""A line edit for values of any length: what is pasted with line breaks becomes one line, undoable as usual."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from firstlight.ui.variables.line_edit import VariableLineEdit

_NO_LIMIT = 2**31 - 1  # Qt stops at 32,767 characters otherwise; project tokens are longer than anyone thinks


def one_line(text: str) -> str:
    """Join the lines of `text`, blanks around each taken away; a single line stays as it is."""
    lines = text.splitlines()
    return "".join(line.strip() for line in lines) if len(lines) > 1 or text.endswith("\n") else text


class OneLineEdit(VariableLineEdit):
    """Emits `typed` with the cleaned text for everything the user does."""

    typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(_NO_LIMIT)
        self._before = ""
        self.textEdited.connect(self._on_edited)

    def setText(self, text: str | None, /) -> None:
        self._before = text or ""
        super().setText(text)

    def cleaned(self, text: str, *, pasted: bool) -> str:
        """Return `text` as it should stand; `pasted` when several characters came at once."""
        return one_line(text) if pasted else text

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            text = QGuiApplication.clipboard().text()
            clean = self.cleaned(text, pasted=True)
            if clean != text and not self.isReadOnly():
                self.insert(clean)
                return
        super().keyPressEvent(event)

    def _on_edited(self, text: str) -> None:
        # Other ways in: dropped, from the context menu. What undo brings back is not cleaned again.
        pasted = len(text) > len(self._before) + 1 and not self.isRedoAvailable()
        clean = self.cleaned(text, pasted=pasted)
        self._before = clean
        if clean != text:
            # Not setText: that would forget the undo history. Comes back here with the clean text.
            self.selectAll()
            self.insert(clean)
        else:
            self.typed.emit(clean)
