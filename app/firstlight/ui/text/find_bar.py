"""The small bar over a text: what to find, how often it is there, next, previous, match case."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from firstlight.texts import tr
from firstlight.ui.icons import icon
from firstlight.ui.theme.tokens import SPACE


class FindBar(QFrame):
    """Says what the user wants to find; knows nothing of the text."""

    changed = Signal()
    next_requested = Signal()
    previous_requested = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("findBar")
        self.setProperty("kind", "card")
        self._edit = QLineEdit(self)
        self._edit.setObjectName("findEdit")
        self._edit.setMinimumWidth(160)
        self._count = QLabel(self)
        self._count.setObjectName("findCount")
        self._count.setProperty("kind", "caption")
        self._count.setMinimumWidth(76)
        self._case = self._button("findCase", "match-case", checkable=True)
        self._previous = self._button("findPrevious", "chevron-up")
        self._next = self._button("findNext", "chevron-down")
        self._close = self._button("findClose", "close")
        self._lay_out()
        self._edit.textChanged.connect(self.changed)
        self._case.toggled.connect(self.changed)
        self._previous.clicked.connect(self.previous_requested)
        self._next.clicked.connect(self.next_requested)
        self._close.clicked.connect(self._on_close)
        self._retranslate()
        self.hide()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE // 2, SPACE // 2, SPACE // 2, SPACE // 2)
        row.setSpacing(SPACE // 2)
        for widget in (self._edit, self._count, self._case, self._previous, self._next, self._close):
            row.addWidget(widget)

    def _button(self, name: str, picture: str, *, checkable: bool = False) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setCheckable(checkable)
        button.setProperty("kind", "flat")
        button.setIcon(icon(picture))
        return button

    def wanted(self) -> str:
        """Return the text to find."""
        return self._edit.text()

    def match_case(self) -> bool:
        """Return whether capital and small letters differ."""
        return self._case.isChecked()

    def open_with(self, text: str) -> None:
        """Show the bar, with `text` to find if there is any, ready for typing."""
        self.show()
        self.raise_()
        if text:
            self._edit.setText(text)
        self._edit.selectAll()
        self._edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_count(self, text: str) -> None:
        """Show how often the text was found."""
        self._count.setText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._on_close()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F3):
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            (self.previous_requested if back else self.next_requested).emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        # Enter and Esc belong to the bar while it has the focus, not to the window's Send and Cancel.
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F3)
        ):
            event.accept()
            return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    @Slot()
    def _on_close(self) -> None:
        self.hide()
        self.closed.emit()

    def _retranslate(self) -> None:
        self._edit.setPlaceholderText(tr("Find"))
        self._edit.setAccessibleName(tr("Find"))
        self._count.setAccessibleName(tr("Matches"))
        for button, text in (
            (self._case, tr("Match case")),
            (self._previous, tr("Previous match (Shift+F3)")),
            (self._next, tr("Next match (F3)")),
            (self._close, tr("Close (Esc)")),
        ):
            button.setToolTip(text)
            button.setAccessibleName(text)
