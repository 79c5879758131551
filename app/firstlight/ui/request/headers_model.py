"""The Headers table's rows: a literal value under a secret name is hidden until it is edited."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QFont

from firstlight.model.request import Header
from firstlight.model.secrets import Masker
from firstlight.texts import Phrase, tr
from firstlight.ui.icons import icon
from firstlight.ui.request.columns import KEY_VALUE
from firstlight.ui.request.rows_model import PLACEHOLDER_ROLE, AnyIndex, RowsModel


class HeadersModel(RowsModel[Header]):
    """Rows that become header lines."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(Header(name=""), KEY_VALUE, parent)
        self._notes: Mapping[int, Phrase] = {}
        self._lost: frozenset[int] = frozenset()

    def show_notes(self, notes: Mapping[int, Phrase], lost: frozenset[int]) -> None:
        """Show what will happen to rows, by their position in `rows()`; `lost` ones are not sent."""
        if (notes, lost) != (self._notes, self._lost):
            self._notes, self._lost = notes, lost
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, len(self.columns) - 1))

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not self._notes:
            return super().data(index, role)
        position = self._counted(index.row())
        field = self.columns[index.column()].field
        note = self._notes.get(position)
        if note and field == "description" and role == PLACEHOLDER_ROLE:
            return tr(note)
        if note and field == "description" and role == Qt.ItemDataRole.DecorationRole:
            return icon("alert", "warn")
        if note and role == Qt.ItemDataRole.ToolTipRole and field:
            return tr(note)
        if position in self._lost and field in ("name", "value") and role == Qt.ItemDataRole.FontRole:
            font = QFont()
            font.setStrikeOut(True)
            return font
        return super().data(index, role)

    def _counted(self, position: int) -> int:
        """Return which of the rows that count stands at `position`; -1 for one that does not."""
        if self.is_asleep(position):
            return -1
        return position - sum(self.is_asleep(before) for before in range(position))

    def shown_text(self, row: Header, field: str) -> str:
        text = super().shown_text(row, field)
        # A reference such as {{secret:token}} or {{token}} gives nothing away.
        if field != "value" or not text or "{{" in text:
            return text
        return Masker().mask_header(row.name.strip(), text)
