"""The URL with its query, `{{variables}}` coloured; pasted text loses its line breaks and the blanks around.

A cURL command does not stay here: it becomes a request, so that the token in it is never saved as part of a URL.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from firstlight.ui.request.one_line import OneLineEdit, one_line


class UrlEdit(OneLineEdit):
    """A line edit for one URL."""

    command_pasted = Signal(str)
    """A cURL command that was pasted or dropped; the URL is as it was before."""
    command_typed = Signal(str)
    """A cURL command that stands in the field and is about to be used as a URL."""
    undo_requested = Signal()
    """Ctrl+Z, and this field has nothing to undo."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editingFinished.connect(self.give_command)

    def holds_command(self) -> bool:
        """Tell whether a cURL command stands here instead of a URL."""
        return _is_command(self.text())

    def give_command(self) -> bool:
        """Hand over the command that was typed here; True: there was one."""
        found = self.holds_command()
        if found:
            self.command_typed.emit(self.text())
        return found

    def cleaned(self, text: str, *, pasted: bool) -> str:
        return one_line(text).strip() if pasted else text

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste) and not self.isReadOnly():
            text = QGuiApplication.clipboard().text()
            if _is_command(text):
                self.command_pasted.emit(text)
                return
        if event.matches(QKeySequence.StandardKey.Undo) and not self.isUndoAvailable():
            self.undo_requested.emit()
            return
        super().keyPressEvent(event)

    def _on_edited(self, text: str) -> None:
        added = _inserted(self._before, text)
        if len(added) > 1 and _is_command(added):  # dropped, or from the context menu
            self.undo()
            self.command_pasted.emit(added)
            return
        super()._on_edited(text)


def _inserted(before: str, after: str) -> str:
    """Return what stands in `after` between the beginning and the end that it has in common with `before`."""
    shorter = min(len(before), len(after))
    start = next((n for n in range(shorter) if before[n] != after[n]), shorter)
    most = shorter - start
    end = next((n for n in range(most) if before[-1 - n] != after[-1 - n]), most)
    return after[start : len(after) - end]


def _is_command(text: str) -> bool:
    if "curl" not in text[:300].lower():  # the usual case, and nothing to import for it
        return False
    from firstlight.formats.curl import looks_like_curl

    return looks_like_curl(text)
