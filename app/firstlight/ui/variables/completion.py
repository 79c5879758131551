"""Completion behind `{{`, the same in every kind of field: opens while typing, Enter or Tab takes, Esc closes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from firstlight.ui.known_variables import KnownVariables, known_above
from firstlight.ui.variables.entries import offered
from firstlight.ui.variables.references import being_typed, rest_behind

if TYPE_CHECKING:  # loaded with the first list
    from firstlight.ui.variables.suggestions import Suggestions

KEYS = (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)
"""The events that Completion.use wants to see."""
_QUIET_MS = 50
_PAGE = 7
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: _PAGE, Qt.Key.Key_PageUp: -_PAGE}
_TAKING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)


class Field(Protocol):
    """What completion needs of a field; all in its line, all counted in characters."""

    def widget(self) -> QWidget:
        """Return what has the focus."""

    def around_cursor(self) -> tuple[str, str]:
        """Return the line before and behind the cursor."""

    def caret(self) -> QRect:
        """Return where the cursor is, in the widget."""

    def replace(self, before: int, behind: int, text: str) -> None:
        """Put `text` in place of so many characters before and behind the cursor, as one step of undo."""


class Completion(QObject):
    """Of one field."""

    def __init__(self, field: Field) -> None:
        super().__init__(field.widget())
        self._field = field
        self._list: Suggestions | None = None
        self._known: KnownVariables | None = None
        # What is known of many secrets comes one by one.
        self._again = QTimer(self, singleShot=True, interval=_QUIET_MS)
        self._again.timeout.connect(self._on_quiet)

    def is_open(self) -> bool:
        """Tell whether the list is on screen."""
        return self._list is not None and self._list.isVisible()

    def typed(self) -> None:
        """Open, narrow down or close the list after a change of the text."""
        before, _behind = self._field.around_cursor()
        typed = being_typed(before) if "{{" in before else None
        known = known_above(self._field.widget()) if typed is not None else None
        if typed is None or known is None or not self._field.widget().hasFocus():
            self.close()
            return
        if not self.is_open():
            self._listen_to(known)
            known.names_asked.emit()
        found = offered(known, typed)
        if not found:
            self.close()
            return
        if not self.is_open():
            _app().installEventFilter(self)
        self._shown_list().show_entries(found, self._caret_in_window())

    def moved(self) -> None:
        """Close the list when the cursor has left the reference."""
        if self.is_open():
            # Later: Qt tells of the cursor before the text when a character is typed.
            QTimer.singleShot(0, self, self._look_again)

    def close(self) -> None:
        """Take the list away."""
        if self._list is not None and self._list.isVisible():
            self._list.hide()
            _app().removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close the open list when something else is clicked, or the window takes another size."""
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.Resize) and self._is_elsewhere(watched, event):
            self.close()
        return False

    def _is_elsewhere(self, watched: QObject, event: QEvent) -> bool:
        if self._list is None or not isinstance(watched, QWidget):
            return False
        if event.type() == QEvent.Type.Resize:
            return watched is self._list.parent()
        return watched is not self._list and not self._list.isAncestorOf(watched)

    def use(self, event: QEvent) -> bool:
        """Use one of KEYS for the open list; True: neither the field nor a shortcut of the window may have it."""
        if not isinstance(event, QKeyEvent) or not self.is_open():
            return False
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if event.type() == QEvent.Type.KeyPress:
            return self._pressed(Qt.Key(event.key()))
        if event.key() in (Qt.Key.Key_Escape, *_TAKING, *_STEPS):
            event.accept()  # comes again as a key press
            return True
        return False

    def _pressed(self, key: Qt.Key) -> bool:
        if self._list is None:
            return False
        if key in _TAKING:
            self._take(self._list.current())
        elif key == Qt.Key.Key_Escape:
            self.close()
        elif key in _STEPS:
            self._list.step(_STEPS[key])
        else:
            return False
        return True

    def _take(self, name: str) -> None:
        before, behind = self._field.around_cursor()
        typed = being_typed(before)
        self.close()
        if typed is not None:
            self._field.replace(len(typed), rest_behind(behind), f"{name}}}}}")
            self.close()

    def _look_again(self) -> None:
        if self.is_open() and being_typed(self._field.around_cursor()[0]) is None:
            self.close()

    def _listen_to(self, known: KnownVariables) -> None:
        if known is not self._known:
            self._known = known
            known.changed.connect(self._again.start)

    def _on_quiet(self) -> None:
        if self.is_open():
            self.typed()

    def _shown_list(self) -> Suggestions:
        from firstlight.ui.variables.suggestions import Suggestions

        window = self._field.widget().window()
        if self._list is None or self._list.window() is not window:
            self._list = Suggestions(window)
            self._list.clicked.connect(self._take)
            self.destroyed.connect(self._list.deleteLater)
        return self._list

    def _caret_in_window(self) -> QRect:
        widget = self._field.widget()
        caret = self._field.caret()
        return QRect(widget.mapTo(widget.window(), caret.topLeft()), caret.size())


def _app() -> QApplication:
    return cast(QApplication, QApplication.instance())
