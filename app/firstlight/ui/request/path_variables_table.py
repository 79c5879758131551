"""The Path Variables table: one row for each `:name` of the URL; the URL says which."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QTableView, QWidget

from firstlight.model.request import Param
from firstlight.texts import tr
from firstlight.ui.request.columns import PATH_VARIABLES
from firstlight.ui.request.rows_delegate import AnyIndex
from firstlight.ui.request.rows_model import PLACEHOLDER_ROLE, RowsModel
from firstlight.ui.request.rows_table import RowsTable

_ROLE = Qt.ItemDataRole
_ROOT = QModelIndex()


class PathVariablesModel(RowsModel[Param]):
    """Rows that cannot be added or removed: there is no empty one at the end."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(Param(name=""), PATH_VARIABLES, parent)

    def rowCount(self, parent: AnyIndex = _ROOT) -> int:
        return 0 if parent.isValid() else super().rowCount(parent) - 1

    def data(self, index: AnyIndex, role: int = _ROLE.DisplayRole) -> Any:
        column = self.columns[index.column()]
        if role == PLACEHOLDER_ROLE and column.field == "value":
            return tr("Value")
        return super().data(index, role) if column.field else None

    def tooltip(self, row: Param, field: str) -> str:
        return tr("Change the name in the URL") if field == "name" else ""


class PathVariablesTable(RowsTable):
    """Tab walks through values and descriptions; pasted lines fill the rows of their names."""

    def __init__(self, rows: PathVariablesModel, parent: QWidget | None = None) -> None:
        super().__init__(rows, parent)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def chosen_rows(self) -> list[int]:
        return []  # none can be moved or deleted

    def insert_rows(self, made: list[Any]) -> None:
        given = {row.name: row for row in made}
        for position, row in enumerate(self.rows.rows()):
            if row.name in given:
                self.rows.put(position, self.rows.edited_row(row, "value", given[row.name].value))

    def activate(self, index: AnyIndex) -> None:
        fixed = self.rows.columns[index.column()].kind == "fixed"
        super().activate(self.rows.index(index.row(), self.value_column) if fixed else index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        QTableView.resizeEvent(self, event)  # the columns follow those of the table above

    @property
    def value_column(self) -> int:
        """Where the values stand."""
        return next(c for c, column in enumerate(self.rows.columns) if column.field == "value")
