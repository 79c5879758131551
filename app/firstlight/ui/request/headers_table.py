"""The Headers table: names and usual values are suggested while typing."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from firstlight.texts import tr
from firstlight.ui.request.header_names import DESCRIPTIONS, values_for
from firstlight.ui.request.headers_model import HeadersModel
from firstlight.ui.request.rows_delegate import AnyIndex
from firstlight.ui.request.rows_table import RowsTable


class HeadersTable(RowsTable):
    """A RowsTable over header lines."""

    def __init__(self, rows: HeadersModel, parent: QWidget | None = None) -> None:
        self._headers = rows
        super().__init__(rows, parent)

    def suggestions(self, index: AnyIndex) -> tuple[str, ...]:
        match self.rows.columns[index.column()].field:
            case "name":
                return tuple(DESCRIPTIONS)
            case "value":
                return values_for(self._headers.row_at(index.row()).name)
        return ()

    def described(self, word: str) -> str:
        return tr(DESCRIPTIONS.get(word, ""))
