"""What can be done with the chosen rows of a table: by keys, and from the menu that names them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QKeyCombination, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu

from firstlight.texts import tr
from firstlight.ui.request.row_clipboard import copied, pasted

if TYPE_CHECKING:
    from firstlight.ui.request.rows_table import RowsTable

_Key = Qt.Key
_ALT, _CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
_Standard = QKeySequence.StandardKey


class _Action(NamedTuple):
    label: str
    keys: tuple[QKeySequence, ...]
    run: Callable[[], None]


class RowActions:
    """Acts on `table`; every step can be undone."""

    def __init__(self, table: RowsTable) -> None:
        self._table = table

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key means; False when it means nothing here."""
        pressed = QKeySequence(event.keyCombination())
        for action in self._actions():
            if action and any(pressed == key for key in action.keys):
                action.run()
                return True
        return False

    def menu(self, place: QPoint) -> None:
        """Show the menu of the chosen rows at `place` (of the viewport)."""
        menu = QMenu(self._table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for action in self._actions():
            if action is None:
                menu.addSeparator()
                continue
            entry = menu.addAction(action.label, action.run)
            entry.setShortcut(action.keys[0] if action.keys else QKeySequence())
            entry.setShortcutVisibleInContextMenu(True)
        menu.popup(self._table.viewport().mapToGlobal(place))

    def _actions(self) -> tuple[_Action | None, ...]:
        delete = (_keys(_Key.Key_Delete), _keys(_Key.Key_Backspace, _CONTROL))
        return (
            _Action(tr("Copy"), (QKeySequence(_Standard.Copy),), self.copy),
            _Action(tr("Cut rows"), (QKeySequence(_Standard.Cut),), self.cut),
            _Action(tr("Paste"), (QKeySequence(_Standard.Paste),), self.paste),
            _Action(tr("Duplicate rows"), (_keys(_Key.Key_D, _CONTROL),), self.duplicate),
            None,
            _Action(tr("Move up"), (_keys(_Key.Key_Up, _ALT),), lambda: self.move(-1)),
            _Action(tr("Move down"), (_keys(_Key.Key_Down, _ALT),), lambda: self.move(1)),
            _Action(tr("Send or skip"), (), self.toggle),
            None,
            _Action(tr("Delete rows"), delete, self.delete),
            _Action(tr("Undo"), (QKeySequence(_Standard.Undo),), lambda: self._show(self._table.rows.undo())),
            _Action(tr("Redo"), tuple(QKeySequence.keyBindings(_Standard.Redo)), self._redo),
        )

    def copy(self) -> None:
        """Copy the cell, or the rows when several are chosen."""
        rows, index = self._table.chosen_rows(), self._table.currentIndex()
        if len(rows) > 1 or (rows and self._table.rows.columns[index.column()].kind != "text"):
            QGuiApplication.clipboard().setMimeData(copied([self._table.rows.row_at(row) for row in rows]))
        else:
            QGuiApplication.clipboard().setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))

    def cut(self) -> None:
        """Copy the rows and take them out."""
        if rows := self._table.chosen_rows():
            QGuiApplication.clipboard().setMimeData(copied([self._table.rows.row_at(row) for row in rows]))
            self.delete()

    def paste(self) -> None:
        """Insert copied rows or lines; put anything else into the cell."""
        table, index = self._table, self._table.currentIndex()
        clipboard = QGuiApplication.clipboard()
        if rows := pasted(clipboard.mimeData(), table.rows.blank):
            table.insert_rows(rows)
            return
        text = clipboard.text()
        if not table.take_lines(text) and index.flags() & Qt.ItemFlag.ItemIsEditable:
            table.edit(index)
            line = text.strip() if "\n" not in text else "".join(map(str.strip, text.splitlines()))
            table.rows.setData(index, line)

    def duplicate(self) -> None:
        """Insert the rows once more below themselves."""
        if chosen := self._table.chosen_rows():
            self._table.rows.insert(chosen[-1] + 1, [self._table.rows.row_at(row) for row in chosen])
            self._table.go_to(chosen[-1] + 1, max(self._table.currentIndex().column(), 1))

    def move(self, step: int) -> None:
        """Move the rows by one place up (-1) or down (1)."""
        if chosen := self._table.chosen_rows():
            before = chosen[0] - 1 if step < 0 else chosen[-1] + 2
            self._table.move_rows(chosen, before)

    def toggle(self) -> None:
        """Untick the rows if all are ticked, else tick them."""
        rows, chosen = self._table.rows, self._table.chosen_rows()
        rows.tick(chosen, enabled=not all(rows.row_at(row).enabled for row in chosen))

    def delete(self) -> None:
        """Take the rows out and stay at the same place."""
        table, chosen = self._table, self._table.chosen_rows()
        column = table.currentIndex().column()
        if chosen:
            table.rows.remove(*chosen)
            table.go_to(min(chosen[0], table.rows.rowCount() - 1), max(column, 1))

    def _redo(self) -> None:
        self._show(self._table.rows.redo())

    def _show(self, row: int) -> None:
        if row >= 0:
            self._table.go_to(row, 1)


def _keys(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> QKeySequence:
    return QKeySequence(QKeyCombination(modifier, key))
