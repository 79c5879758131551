"""A text that is too long for an editor: shown and searched, replaced as a whole, sent as it is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from firstlight.texts import tr
from firstlight.ui.figures import size
from firstlight.ui.icons import icon
from firstlight.ui.text.text_view import TextView
from firstlight.ui.theme.tokens import SPACE

_SMALLEST_PX = 40


class LongText(QWidget):
    """Shows one text. Ctrl+V puts another in its place, Ctrl+Z asks for the one before."""

    replaced = Signal(str)
    undo_requested = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = TextView(self, numbers=True)
        self.view.setObjectName(f"{name}Long")
        bar = QFrame(self)
        bar.setProperty("kind", "bar")
        bar.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.view.setMinimumHeight(_SMALLEST_PX)
        self._says = QLabel(bar)
        self._says.setProperty("kind", "caption")
        self._undo, self._clear = QPushButton(bar), QPushButton(icon("close"), "", bar)
        self._undo.setObjectName(f"{name}LongUndo")
        self._clear.setObjectName(f"{name}LongClear")
        row = QHBoxLayout(bar)
        row.setContentsMargins(2 * SPACE, SPACE // 2, SPACE, SPACE // 2)
        row.setSpacing(SPACE)
        row.addWidget(self._says, 1)
        for button in (self._undo, self._clear):
            button.setProperty("kind", "flat")
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self.view, 1)
        self.setFocusProxy(self.view)
        self._text = ""
        self._undo.clicked.connect(self.undo_requested)
        self._clear.clicked.connect(lambda: self.replaced.emit(""))
        self._retranslate()

    def show_text(self, text: str, language: str, *, undoable: bool) -> None:
        """Show `text`; `undoable`: there is an earlier one to go back to."""
        self._text = text
        self.view.set_text(text.encode("utf-8", "replace"), language)
        self._undo.setVisible(undoable)
        self._retranslate()

    def text(self) -> str:
        """Return the text, exactly as given."""
        return self._text

    def go_to(self, offset: int) -> None:
        """Show and select the character at `offset`."""
        start = len(self._text[:offset].encode("utf-8", "replace"))
        end = start + len(self._text[offset : offset + 1].encode("utf-8", "replace"))
        self.view.selection.select(start, end)
        self.view.scroll_state.reveal(start)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pasted = QGuiApplication.clipboard().text() if event.matches(QKeySequence.StandardKey.Paste) else ""
        if pasted:
            self.replaced.emit(pasted)
        elif event.matches(QKeySequence.StandardKey.Undo) and self._undo.isVisibleTo(self):
            self.undo_requested.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        told = size(len(self._text.encode("utf-8", "replace")))
        self._says.setText(tr("{size}: too long to be edited here. It is sent as it is.", size=told))
        self._says.setToolTip(tr("Paste another text to replace it, or beautify it if it is one long line of JSON"))
        self._undo.setText(tr("Undo"))
        self._clear.setText(tr("Clear"))
        self.view.setAccessibleName(self._says.text())
