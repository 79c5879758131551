"""The rows of a Params, Headers or form-data table: frozen model rows, and one empty row at the end to type in.

A row that was emptied by hand stays on screen but counts no more; it "sleeps", as the last row does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from firstlight.model.request import FormPart, Header, Param
from firstlight.texts import tr
from firstlight.ui.request.columns import Column
from firstlight.ui.theme.current import tokens

Row = TypeVar("Row", Param, Header, FormPart)
AnyIndex = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
PLACEHOLDER_ROLE = int(Role.UserRole) + 1
_ROOT = QModelIndex()


@dataclass(slots=True)
class _Line(Generic[Row]):
    row: Row
    asleep: bool = False


class RowsModel(QAbstractTableModel, Generic[Row]):
    """A table over rows of one kind; `blank` is what a new row starts as."""

    edited = Signal()
    """The user changed the rows (never emitted by show_rows)."""

    def __init__(self, blank: Row, columns: tuple[Column, ...], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = columns
        self._blank: Row = blank
        self._lines: list[_Line[Row]] = [_Line(blank, asleep=True)]
        self._removed: list[tuple[int, Row]] = []

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows; nothing can be undone across this."""
        if tuple(rows) == self.rows():
            return
        self.beginResetModel()
        self._lines = [_Line(row) for row in rows] + [_Line(self._blank, asleep=True)]
        self._removed.clear()
        self.endResetModel()

    def rows(self) -> tuple[Row, ...]:
        """Return the rows that count."""
        return tuple(line.row for line in self._lines if not line.asleep)

    def row_at(self, position: int) -> Row:
        """Return a row as it stands, the empty last one included."""
        return self._lines[position].row

    def is_asleep(self, position: int) -> bool:
        """Tell whether a row on screen is empty and does not count."""
        return self._lines[position].asleep

    def put(self, position: int, row: Row) -> None:
        """Replace a row; an empty one that gets something in it wakes up, one that loses all sleeps."""
        line = self._lines[position]
        if row == line.row:
            return
        line.row, line.asleep = row, self._is_empty(row)
        last = len(self.columns) - 1
        self.dataChanged.emit(self.index(position, 0), self.index(position, last))
        self._mend_tail()
        self.edited.emit()

    def insert(self, position: int, rows: Sequence[Row]) -> None:
        """Insert rows before `position`, at most before the empty last row."""
        position = min(position, len(self._lines) - 1)
        self.beginInsertRows(_ROOT, position, position + len(rows) - 1)
        self._lines[position:position] = [_Line(row) for row in rows]
        self.endInsertRows()
        self.edited.emit()

    def remove(self, position: int) -> None:
        """Take a row out; undo_remove brings it back."""
        if position >= len(self._lines) - 1:
            return
        self._removed.append((position, self._lines[position].row))
        self._drop(position)
        self.edited.emit()

    def undo_remove(self) -> int:
        """Bring the row removed last back and return its position; -1 when there is none."""
        if not self._removed:
            return -1
        position, row = self._removed.pop()
        self.insert(position, [row])
        return min(position, len(self._lines) - 2)

    def retranslate(self) -> None:
        """Show headings and placeholders in the language now in use."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
        self.dataChanged.emit(self.index(0, 0), self.index(len(self._lines) - 1, len(self.columns) - 1))

    # What the kinds of rows do differently

    def edited_row(self, row: Row, field: str, value: str) -> Row:
        """Return `row` after the user typed `value` into `field`."""
        changes: dict[str, Any] = {field: value}
        return replace(row, **changes)

    def shown_text(self, row: Row, field: str) -> str:
        """Return what a cell shows while nobody edits it."""
        return str(getattr(row, field))

    def color(self, row: Row, field: str) -> str:
        """Return the token a cell's text is painted in."""
        return "text" if row.enabled else "text_muted"

    def tooltip(self, row: Row, field: str) -> str:
        """Return what a cell tells on hovering; empty for nothing."""
        return ""

    # Qt's side

    def rowCount(self, parent: AnyIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: AnyIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or role != Role.DisplayRole:
            return None
        return tr(self.columns[section].title)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        match self.columns[index.column()].kind:
            case "tick" if not self.is_asleep(index.row()):
                flags |= Qt.ItemFlag.ItemIsUserCheckable
            case "text":
                flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: AnyIndex, role: int = Role.DisplayRole) -> Any:
        column = self.columns[index.column()]
        line = self._lines[index.row()]
        match column.kind:
            case "tick":
                return self._tick(line, role)
            case "remove":
                told = role in (Role.AccessibleTextRole, Role.ToolTipRole) and not line.asleep
                return tr("Remove row") if told else None
        return self._text(line, column, role)

    def setData(self, index: AnyIndex, value: Any, role: int = Role.EditRole) -> bool:
        column, row = self.columns[index.column()], self._lines[index.row()].row
        if column.kind == "tick" and role == Role.CheckStateRole:
            self.put(index.row(), replace(row, enabled=Qt.CheckState(value) == Qt.CheckState.Checked))
        elif role == Role.EditRole and getattr(row, column.field) != value:
            self.put(index.row(), self.edited_row(row, column.field, value))
        return True

    def _tick(self, line: _Line[Row], role: int) -> Any:
        if line.asleep:
            return None
        if role == Role.CheckStateRole:
            return Qt.CheckState.Checked if line.row.enabled else Qt.CheckState.Unchecked
        return tr("Send this row") if role in (Role.AccessibleTextRole, Role.ToolTipRole) else None

    def _text(self, line: _Line[Row], column: Column, role: int) -> Any:
        match role:
            case Role.DisplayRole:
                return self.shown_text(line.row, column.field)
            case Role.EditRole:
                return getattr(line.row, column.field)
            case Role.ForegroundRole:
                return QColor(getattr(tokens(), "text_muted" if line.asleep else self.color(line.row, column.field)))
            case Role.ToolTipRole:
                return self.tooltip(line.row, column.field) or None
        return tr(column.title) if role == PLACEHOLDER_ROLE and line.asleep else None

    def _is_empty(self, row: Row) -> bool:
        return bool(replace(row, enabled=True) == replace(self._blank, enabled=True))

    def _mend_tail(self) -> None:
        """Keep exactly one sleeping row at the end."""
        if not self._lines[-1].asleep:
            end = len(self._lines)
            self.beginInsertRows(_ROOT, end, end)
            self._lines.append(_Line(self._blank, asleep=True))
            self.endInsertRows()
        while len(self._lines) > 1 and self._lines[-2].asleep:
            self._drop(len(self._lines) - 1)

    def _drop(self, position: int) -> None:
        self.beginRemoveRows(_ROOT, position, position)
        del self._lines[position]
        self.endRemoveRows()
