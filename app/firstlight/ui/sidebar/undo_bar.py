"""The bar that says what was deleted and offers to take it back; it goes by itself."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from firstlight.texts import tr
from firstlight.ui.text.plain_tip import plain_tip

_SHOWN_MS = 10_000


class UndoBar(QFrame):
    """Hidden until something is deleted; the keyboard stays where it is."""

    undo_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("undoBar")
        self._names: tuple[str, ...] = ()
        self._text = QLabel(self)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setObjectName("undoLabel")
        self._undo = QPushButton(self)
        self._undo.setObjectName("undoButton")
        self._undo.clicked.connect(self.undo_requested)
        self._undo.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 4, 4)
        row.setSpacing(8)
        row.addWidget(self._text, 1)
        row.addWidget(self._undo)
        self._text.setMinimumWidth(40)
        self._going = QTimer(self)
        self._going.setSingleShot(True)
        self._going.setInterval(_SHOWN_MS)
        self._going.timeout.connect(self.hide)
        self.hide()

    def show_deleted(self, names: tuple[str, ...]) -> None:
        """Say that these were deleted."""
        self._names = names
        self._retranslate()
        self.show()
        self._going.start()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        one = self._names[0] if len(self._names) == 1 else ""
        said = tr("Deleted “{name}”", name=one) if one else tr("Deleted {count} entries", count=len(self._names))
        self._text.setText(said)
        self._text.setToolTip(plain_tip(said))
        self._undo.setText(tr("Undo"))
        self._undo.setAccessibleName(tr("Undo delete"))
