"""The Params tab: the query of the URL, and below it the path variables if the URL has any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from firstlight.model.request import Param
from firstlight.texts import N_, tr
from firstlight.ui.request.low_table import align_columns, fit_height, follow_columns
from firstlight.ui.request.params_model import ParamsModel
from firstlight.ui.request.rows_page import RowsPage
from firstlight.ui.request.rows_table import RowsTable
from firstlight.ui.theme.tokens import SPACE

if TYPE_CHECKING:
    from firstlight.ui.request.path_variables_table import PathVariablesTable


class ParamsPage(RowsPage):
    """A RowsPage over the query, with a second table that most requests do not need."""

    path_variables_edited = Signal(tuple)
    """The rows of the path variables after the user changed them."""

    def __init__(self, rows: ParamsModel, parent: QWidget | None = None) -> None:
        self._params = rows
        self._path_bar: QFrame | None = None
        self._path_table: PathVariablesTable | None = None
        super().__init__(self._make_table, N_("Query Params"), parent)

    def _make_table(self, parent: QWidget) -> RowsTable:
        table = RowsTable(self._params, parent)
        table.setObjectName("paramsTable")
        return table

    def show_path_variables(self, rows: tuple[Param, ...]) -> None:
        """Show the variables of the path; nothing of them when there are none."""
        if not rows and self._path_table is None:
            return
        bar, table = self._path_parts()
        table.rows.show_rows(rows)
        bar.setVisible(bool(rows))
        table.setVisible(bool(rows))
        self._fit()

    def _path_parts(self) -> tuple[QFrame, PathVariablesTable]:
        if self._path_bar is None or self._path_table is None:
            from firstlight.ui.request.path_variables_table import PathVariablesModel, PathVariablesTable

            model = PathVariablesModel(self)
            self._path_bar = QFrame(self)
            self._path_bar.setProperty("kind", "between")
            self._path_title = QLabel(self._path_bar)
            self._path_title.setProperty("kind", "caption")
            margins = QHBoxLayout(self._path_bar)
            margins.setContentsMargins(2 * SPACE, SPACE // 2, SPACE, SPACE // 2)
            margins.addWidget(self._path_title)
            self._path_table = PathVariablesTable(model, self)
            self._path_table.setObjectName("pathVariablesTable")
            follow_columns(self._path_table, self.table)
            model.edited.connect(lambda: self.path_variables_edited.emit(model.rows()))
            self.column.addWidget(self._path_bar)
            self.column.addWidget(self._path_table)
            self.setTabOrder(self._switch, self._path_table)
            self.retranslate()
        return self._path_bar, self._path_table

    def retranslate(self) -> None:
        super().retranslate()
        if self._path_table is not None:
            self._path_title.setText(tr("Path Variables"))
            self._path_table.setAccessibleName(tr("Path Variables"))
            self._path_table.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._path_table is not None:
            align_columns(self._path_table, self.table)
            fit_height(self._path_table, self.height() // 2)
