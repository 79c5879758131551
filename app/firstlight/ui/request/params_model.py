"""The Params table's rows: `?flag` and `?flag=` are two things, and a new key without a value is the first."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject

from firstlight.model.request import Param
from firstlight.ui.request.columns import KEY_VALUE
from firstlight.ui.request.rows_model import RowsModel


class ParamsModel(RowsModel[Param]):
    """Rows that are the URL's query."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(Param(name="", bare=True), KEY_VALUE, parent)

    def edited_row(self, row: Param, field: str, value: str) -> Param:
        edited = super().edited_row(row, field, value)
        return replace(edited, bare=not value) if field == "value" else edited
