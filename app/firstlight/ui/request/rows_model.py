"""The rows of a Params, Headers or form-data table: frozen model rows, and one empty row at the end to type in.

A row that was emptied by hand stays on screen but counts no more; it "sleeps", as the last row does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Generic, NamedTuple, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from firstlight.model.collection import VariableRow
from firstlight.model.request import FormPart, Header, Param
from firstlight.texts import N_, tr
from firstlight.ui.request.columns import Column
from firstlight.ui.request.rows_history import RowsHistory
from firstlight.ui.theme.current import tokens

Row = TypeVar("Row", Param, Header, FormPart, VariableRow)
AnyIndex = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
PLACEHOLDER_ROLE = int(Role.UserRole) + 1
_ROOT = QModelIndex()


class _Line(NamedTuple):
    row: Any
    asleep: bool = False


class RowsModel(QAbstractTableModel, Generic[Row]):
    """A table over rows of one kind; `blank` is what a new row starts as."""

    edited = Signal()
    """The user changed the rows (never emitted by show_rows)."""

    # What the ticks mean; marked for translation.
    tick_title = N_("Send this row")
    tick_all_title = N_("Send all rows")
    tick_all_hint = N_("Send all rows, or none (Ctrl+A, then Space)")

    def __init__(self, blank: Row, columns: tuple[Column, ...], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = columns
        self.blank: Row = blank
        self._lines = [_Line(blank, asleep=True)]
        self._history: RowsHistory[_Line] = RowsHistory()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows; nothing can be undone across this."""
        if tuple(rows) == self.rows():
            return
        self._history.clear()
        self._replace([_Line(row) for row in rows])

    def rows(self) -> tuple[Row, ...]:
        """Return the rows that count."""
        return tuple(line.row for line in self._lines if not line.asleep)

    def row_at(self, position: int) -> Row:
        """Return a row as it stands, the empty last one included."""
        row: Row = self._lines[position].row
        return row

    def is_asleep(self, position: int) -> bool:
        """Tell whether a row on screen is empty and does not count."""
        return self._lines[position].asleep

    # What the user does. Each is one step to undo.

    def put(self, position: int, row: Row, field: str = "") -> None:
        """Replace a row; an empty one that gets something in it wakes up, one that loses all sleeps.

        With `field`, what is typed there key by key is one step.
        """
        if row == self._lines[position].row:
            return
        self._history.remember(self._lines, position, typing=(position, field) if field else None)
        self._lines[position] = _Line(row, asleep=self._is_empty(row))
        last = len(self.columns) - 1
        self.dataChanged.emit(self.index(position, 0), self.index(position, last))
        self._mend_tail()
        self.edited.emit()

    def end_typing(self) -> None:
        """What is typed from now on is another step."""
        self._history.end_typing()

    def insert(self, position: int, rows: Sequence[Row]) -> None:
        """Insert rows before `position`, at most before the empty last row."""
        position = min(position, len(self._lines) - 1)
        self._history.remember(self._lines, position)
        self.beginInsertRows(_ROOT, position, position + len(rows) - 1)
        self._lines[position:position] = [_Line(row) for row in rows]
        self.endInsertRows()
        self.edited.emit()

    def remove(self, *positions: int) -> None:
        """Take rows out."""
        gone = sorted({p for p in positions if p < len(self._lines) - 1}, reverse=True)
        if not gone:
            return
        self._history.remember(self._lines, gone[-1])
        for position in gone:
            self._drop(position)
        self.edited.emit()

    def move(self, positions: Iterable[int], before: int) -> int:
        """Put rows in front of the one at `before` and return where the first of them is now."""
        end = len(self._lines) - 1
        moved: list[int] = sorted({p for p in positions if p < end})
        staying: list[int] = [p for p in range(end) if p not in moved]
        place: int = sum(p < before for p in staying)
        order = [*staying[:place], *moved, *staying[place:], end]
        if moved and order != list(range(end + 1)):
            self._history.remember(self._lines, moved[0])
            self._reorder(order)
            self.edited.emit()
        return place

    def tick(self, positions: Iterable[int], *, enabled: bool) -> None:
        """Tick or untick rows."""
        changed = [p for p in positions if not self.is_asleep(p) and self.row_at(p).enabled != enabled]
        if not changed:
            return
        self._history.remember(self._lines, changed[0])
        for position in changed:
            self._lines[position] = _Line(replace(self.row_at(position), enabled=enabled))
        self.dataChanged.emit(self.index(changed[0], 0), self.index(changed[-1], len(self.columns) - 1))
        self.edited.emit()

    def write_rows(self, rows: Sequence[Row]) -> None:
        """Put other rows into place, as text that is typed key by key says (bulk edit)."""
        if tuple(rows) != self.rows():
            self._history.remember(self._lines, 0, typing=(0, "bulk edit"))
            self._replace([_Line(row) for row in rows])
            self.edited.emit()

    def undo(self) -> int:
        """Take the last step back and return the row where it was; -1 when there is none."""
        return self._go_back(self._history.undo(self._lines))

    def redo(self) -> int:
        """Take the step that was taken back last again; -1 when there is none."""
        return self._go_back(self._history.redo(self._lines))

    def retranslate(self) -> None:
        """Show headings and placeholders in the language now in use."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
        if last := self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(last - 1, len(self.columns) - 1))

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
        column, row = self.columns[index.column()], self.row_at(index.row())
        if column.kind == "tick" and role == Role.CheckStateRole:
            self.tick([index.row()], enabled=Qt.CheckState(value) == Qt.CheckState.Checked)
        elif role == Role.EditRole and getattr(row, column.field) != value:
            self.put(index.row(), self.edited_row(row, column.field, value), column.field)
        return True

    def _tick(self, line: _Line, role: int) -> Any:
        if line.asleep:
            return None
        if role == Role.CheckStateRole:
            return Qt.CheckState.Checked if line.row.enabled else Qt.CheckState.Unchecked
        return tr(self.tick_title) if role in (Role.AccessibleTextRole, Role.ToolTipRole) else None

    def _text(self, line: _Line, column: Column, role: int) -> Any:
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
        return bool(replace(row, enabled=True) == replace(self.blank, enabled=True))

    def _go_back(self, step: tuple[list[_Line], int] | None) -> int:
        if step is None:
            return -1
        lines, position = step
        self._replace(lines[:-1])
        self.edited.emit()
        return min(position, len(self._lines) - 1)

    def _replace(self, lines: list[_Line]) -> None:
        self.beginResetModel()
        self._lines = [*lines, _Line(self.blank, asleep=True)]
        self.endResetModel()

    def _reorder(self, order: list[int]) -> None:
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        after = [self.index(order.index(index.row()), index.column()) for index in before]
        self._lines = [self._lines[p] for p in order]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _mend_tail(self) -> None:
        """Keep exactly one sleeping row at the end."""
        if not self._lines[-1].asleep:
            end = len(self._lines)
            self.beginInsertRows(_ROOT, end, end)
            self._lines.append(_Line(self.blank, asleep=True))
            self.endInsertRows()
        while len(self._lines) > 1 and self._lines[-2].asleep:
            self._drop(len(self._lines) - 1)

    def _drop(self, position: int) -> None:
        self.beginRemoveRows(_ROOT, position, position)
        del self._lines[position]
        self.endRemoveRows()
