"""The header lines of an answer as a table: order and duplicates as received, secrets masked.

What came before the answer (103 Early Hints) and behind its body (trailers) has a section of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont

from firstlight.model.response import reason_phrase
from firstlight.model.secrets import MASK, SECRET_HEADERS
from firstlight.texts import N_, tr
from firstlight.ui.response.record import ExchangeRecord
from firstlight.ui.text.plain_tip import plain_tip
from firstlight.ui.theme.current import tokens

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_MOST_SHOWN = 1000
"""Characters of a value in a cell; the dialog has the rest."""


class Line(NamedTuple):
    """A header line, or the title of a section."""

    name: str
    value: str
    is_title: bool = False
    """`value` is an N_() text that says what the section is."""


class HeadersModel(QAbstractTableModel):
    """Two columns: name, value."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[Line, ...] = ()
        self._revealed = False

    def show_record(self, record: ExchangeRecord) -> None:
        """Show other headers, masked."""
        self.beginResetModel()
        self._lines, self._revealed = tuple(_lines_of(record)), False
        self.endResetModel()

    def reveal(self, revealed: bool) -> None:
        """Show secret values, or mask them."""
        self._revealed = revealed
        if self._lines:
            self.dataChanged.emit(self.index(0, 1), self.index(len(self._lines) - 1, 1))

    def has_secrets(self) -> bool:
        """Tell whether any value is secret."""
        return any(is_secret(line.name) for line in self._lines)

    def count(self) -> int:
        """Return the number of header lines."""
        return sum(not line.is_title for line in self._lines)

    def line(self, row: int) -> Line:
        """Return name and value as received."""
        return self._lines[row]

    def shown_value(self, row: int) -> str:
        """Return the value as it may be seen now."""
        name, value, _ = self._lines[row]
        return MASK if is_secret(name) and not self._revealed else value

    def copied(self, row: int) -> str:
        """Return a row as it is copied: as it is shown."""
        line = self._lines[row]
        return _title(line) if line.is_title else f"{line.name}: {self.shown_value(row)}"

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else 2

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self._lines[index.row()]
        if line.is_title:
            return _of_title(line, index.column(), role)
        name, value = line.name, self.shown_value(index.row())
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


def _lines_of(record: ExchangeRecord) -> Iterable[Line]:
    for early in record.early:
        title = f"{early.status} {early.reason or reason_phrase(early.status)}".strip()
        yield Line(title, N_("Said before the answer"), is_title=True)
        yield from (Line(name, value) for name, value in early.headers)
    if record.head is None:
        return
    if record.early or record.trailers:
        title = f"{record.head.status} {record.head.reason or reason_phrase(record.head.status)}".strip()
        yield Line(title, N_("The answer"), is_title=True)
    yield from (Line(name, value) for name, value in record.head.headers)
    if record.trailers:
        yield Line("", N_("Header lines behind the body"), is_title=True)
        yield from (Line(name, value) for name, value in record.trailers)


def _title(line: Line) -> str:
    return line.name or tr("Trailers")


def _of_title(line: Line, column: int, role: int) -> object:
    if role == Qt.ItemDataRole.DisplayRole:
        return tr(line.value) if column else _title(line)
    if role == Qt.ItemDataRole.FontRole and not column:
        bold = QFont()
        bold.setWeight(QFont.Weight.DemiBold)
        return bold
    if role == Qt.ItemDataRole.ForegroundRole and column:
        return QColor(tokens().text_muted)
    return None


def beginning(value: str) -> str:
    """Return what a cell shows of a value: laying out 100 KiB takes 20 ms, with every paint."""
    return value if len(value) <= _MOST_SHOWN else f"{value[:_MOST_SHOWN]}…"


def is_secret(name: str) -> bool:
    """Tell whether the value of a header is masked."""
    return name.lower() in SECRET_HEADERS
