"""The table of variables: as Params, with a type that is chosen from a menu or flipped with Space."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QToolButton, QVBoxLayout, QWidget

from firstlight.texts import tr
from firstlight.ui.icons import icon
from firstlight.ui.pages.variables_model import TYPES, VariablesModel
from firstlight.ui.request.rows_delegate import AnyIndex
from firstlight.ui.request.rows_table import RowsTable
from firstlight.ui.theme.tokens import SPACE


class VariablesTable(RowsTable):
    """A RowsTable over variables."""

    def __init__(self, rows: VariablesModel, parent: QWidget | None = None) -> None:
        self._variables = rows
        super().__init__(rows, parent)
        self.setObjectName("variablesTable")

    def activate(self, index: AnyIndex) -> None:
        if self.rows.columns[index.column()].field == "secret":
            self.popup(index, self._type_menu(index.row()))
        else:
            super().activate(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        on_type = index.isValid() and self.rows.columns[index.column()].field == "secret"
        if on_type and event.key() == Qt.Key.Key_Space and len(self.chosen_rows()) < 2:
            self._variables.set_secret(index.row(), not self._variables.row_at(index.row()).secret)
        else:
            super().keyPressEvent(event)

    def _type_menu(self, row: int) -> QMenu:
        menu = QMenu(self)
        for secret, label in TYPES:
            action = menu.addAction(tr(label), partial(self._variables.set_secret, row, secret))
            action.setCheckable(True)
            action.setChecked(secret == self._variables.row_at(row).secret)
        return menu


class VariablesPart(QWidget):
    """The table with the line above it: what the rows are for, and the eye."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = VariablesModel(self)
        self.table = VariablesTable(self.rows, self)
        bar = QFrame(self)
        bar.setProperty("kind", "bar")
        self._caption = QLabel(bar)
        self._caption.setProperty("kind", "caption")
        self._caption.setWordWrap(True)
        self._reveal = QToolButton(bar)
        self._reveal.setObjectName("revealSecretsButton")
        self._reveal.setProperty("kind", "flat")
        self._reveal.setCheckable(True)
        self._reveal.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._reveal.toggled.connect(self._on_reveal)
        strip = QHBoxLayout(bar)
        strip.setContentsMargins(2 * SPACE, 0, SPACE, 0)
        strip.addWidget(self._caption, 1)
        strip.addWidget(self._reveal)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self.table, 1)

    def retranslate(self, caption: str) -> None:
        """Show all words in the language now in use; `caption` says what the rows are for."""
        self._caption.setText(caption)
        self.table.setAccessibleName(tr("Variables"))
        self.table.retranslate()
        self._on_reveal(self._reveal.isChecked())

    def _on_reveal(self, revealed: bool) -> None:
        self.rows.reveal(revealed)
        self._reveal.setIcon(icon("eye-off" if revealed else "eye"))
        self._reveal.setText(tr("Hide secrets") if revealed else tr("Show secrets"))
