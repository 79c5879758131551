"""A line edit in which variables are filled in: references are coloured, explained, completed and followed."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QInputMethodEvent,
    QMouseEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QLineEdit, QToolTip, QWidget

from firstlight.ui.keys.bindings import leaves_to_actions
from firstlight.ui.known_variables import KnownVariables, known_above
from firstlight.ui.text.highlight import utf16
from firstlight.ui.text.highlight_line_edit import show_looks
from firstlight.ui.theme.current import theme_changed
from firstlight.ui.variables.completion import KEYS, Completion
from firstlight.ui.variables.following import add_entries, follow
from firstlight.ui.variables.hint import hint
from firstlight.ui.variables.looks import looks
from firstlight.ui.variables.references import Reference, from_utf16, reference_at


class VariableLineEdit(QLineEdit):
    """Where nobody above knows variables it is a plain line edit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known: KnownVariables | None = None
        self._colored = False
        self._composing = False
        self._completion: Completion | None = None
        self.textChanged.connect(self._color)
        self.textEdited.connect(self._complete)
        self.cursorPositionChanged.connect(self._on_cursor_moved)
        theme_changed.connect(self._color)

    def takes(self, event: QEvent) -> bool:
        """Whether the list of variables, which is open, has used this key; for filters that come before the field."""
        return event.type() in KEYS and self._completion is not None and self._completion.use(event)

    # What Completion asks

    def widget(self) -> QWidget:
        return self

    def around_cursor(self) -> tuple[str, str]:
        text = self.text()
        at = from_utf16(text, self.cursorPosition())
        return text[:at], text[at:]

    def caret(self) -> QRect:
        return QRect(self.cursorRect().left(), 0, 1, self.height())  # the list stands below the whole field

    def replace(self, before: int, behind: int, text: str) -> None:
        left, right = self.around_cursor()
        start = utf16(left, len(left) - before)
        self.setSelection(start, self.cursorPosition() - start + utf16(right, behind))
        self.insert(text)

    # Qt

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        known = known_above(self)
        if known is not self._known:
            if self._known is not None:
                self._known.changed.disconnect(self._color)
            self._known = known
            if known is not None:
                known.changed.connect(self._color)
        self._color()

    def event(self, event: QEvent) -> bool:
        # Here, as Tab never comes as far as keyPressEvent. Only keys: other events come while this is being built.
        if event.type() in KEYS and self._completion is not None and self._completion.use(event):
            return True
        if leaves_to_actions(event):
            return True
        if event.type() == QEvent.Type.ToolTip and self._explain(cast(QHelpEvent, event)):
            return True
        return super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._completion is not None:
            self._completion.close()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.modifiers() == Qt.KeyboardModifier.ControlModifier and not self.hasSelectedText():
            follow(self._known, self._reference_at(event.position().toPoint().x()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.createStandardContextMenu()
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        add_entries(menu, self._known, self._reference_at(self.cursorRect().center().x() if by_key else event.x()))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def _color(self) -> None:
        """Colour the references. Not while a word is being composed: that would throw it away."""
        text = self.text()
        if self._composing or ("{{" not in text and not self._colored):
            return
        found = looks(text, self._known)
        self._colored = bool(found)
        show_looks(self, [(utf16(text, start), utf16(text, end), look) for start, end, look in found])

    def _complete(self) -> None:
        if self._completion is None:
            if "{{" not in self.text():
                return
            self._completion = Completion(self)
        self._completion.typed()

    def _on_cursor_moved(self) -> None:
        if self._completion is not None:
            self._completion.moved()

    def _reference_at(self, x: int) -> Reference | None:
        if self.echoMode() != QLineEdit.EchoMode.Normal or "{{" not in self.text():
            return None
        text, inside = self.text(), self.rect()
        position = self.cursorPositionAt(QPoint(x, inside.center().y()))
        index = from_utf16(text, position)
        return reference_at(text, index) or reference_at(text, index - 1)

    def _explain(self, event: QHelpEvent) -> bool:
        found = self._reference_at(event.x()) if self._known is not None else None
        if found is None or self._known is None or not self._known.ready:
            return False
        QToolTip.showText(event.globalPos(), hint(self._known, found.name), self)
        return True
