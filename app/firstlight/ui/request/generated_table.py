"""The table of generated headers: stands above the user's rows, in the same columns."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from firstlight.ui.known_viewport import know_viewport
from firstlight.ui.request.generated_model import GeneratedModel
from firstlight.ui.request.low_table import follow_columns
from firstlight.ui.theme.tokens import ROW_HEIGHT, SPACE

_NAME, _VALUE = 1, 2


class GeneratedTable(QTableView):
    """Space or a click on the tick leaves a header out; the columns follow those of `below`."""

    def __init__(self, lines: GeneratedModel, below: QTableView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        know_viewport(self)
        self.setObjectName("generatedHeadersTable")
        self._lines = lines
        self.setModel(lines)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT + SPACE // 2)
        follow_columns(self, below)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() == Qt.Key.Key_Space and index.isValid():
            self._lines.toggle(index.row())
        elif event.matches(QKeySequence.StandardKey.Copy) and index.isValid():
            name, value = (self._lines.index(index.row(), column).data() for column in (_NAME, _VALUE))
            QGuiApplication.clipboard().setText(f"{name}: {value}")
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()  # the window sends
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._lines.rowCount():
            self.setCurrentIndex(self._lines.index(0, _NAME))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.clearSelection()
        self.setCurrentIndex(QModelIndex())
