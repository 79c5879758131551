"""The header lines of an answer as a table: order and duplicates as received, secrets masked."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from firstlight.model.secrets import MASK, SECRET_HEADERS
from firstlight.texts import tr
from firstlight.ui.text.plain_tip import plain_tip
from firstlight.ui.theme.current import tokens

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_MOST_SHOWN = 1000
"""Characters of a value in a cell; the dialog has the rest."""


class HeadersModel(QAbstractTableModel):
    """Two columns: name, value."""

    def __init__(self) -> None:
        super().__init__()
        self._headers: tuple[tuple[str, str], ...] = ()
        self._revealed = False

    def show_headers(self, headers: tuple[tuple[str, str], ...]) -> None:
        """Show other headers, masked."""
        self.beginResetModel()
        self._headers, self._revealed = headers, False
        self.endResetModel()

    def reveal(self, revealed: bool) -> None:
        """Show secret values, or mask them."""
        self._revealed = revealed
        if self._headers:
            self.dataChanged.emit(self.index(0, 1), self.index(len(self._headers) - 1, 1))

    def has_secrets(self) -> bool:
        """Tell whether any value is secret."""
        return any(is_secret(name) for name, _ in self._headers)

    def line(self, row: int) -> tuple[str, str]:
        """Return name and value as received."""
        return self._headers[row]

    def shown_value(self, row: int) -> str:
        """Return the value as it may be seen now."""
        name, value = self._headers[row]
        return MASK if is_secret(name) and not self._revealed else value

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._headers)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else 2

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        name = self._headers[index.row()][0]
        value = self.shown_value(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return beginning(value) if index.column() else name
        if role == Qt.ItemDataRole.ToolTipRole and index.column():
            return (
                plain_tip(beginning(value))
                if value != MASK
                else tr("Secret. Copy it with the menu, or show secret values.")
            )
        if role == Qt.ItemDataRole.ForegroundRole and not index.column():
            return QColor(tokens().syntax_key)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (tr("Name"), tr("Value"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


def beginning(value: str) -> str:
    """Return what a cell shows of a value: laying out 100 KiB takes 20 ms, with every paint."""
    return value if len(value) <= _MOST_SHOWN else f"{value[:_MOST_SHOWN]}…"


def is_secret(name: str) -> bool:
    """Tell whether the value of a header is masked."""
    return name.lower() in SECRET_HEADERS
