"""The table of Params, Headers and form-data: everything by keyboard, one click to type, rows pasted as lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QTableView, QWidget

from firstlight.ui.known_viewport import know_viewport
from firstlight.ui.request.column_widths import ColumnWidths
from firstlight.ui.request.pasted_rows import pasted_rows
from firstlight.ui.request.row_actions import RowActions
from firstlight.ui.request.row_dragging import RowDragging
from firstlight.ui.request.rows_delegate import AnyIndex, RowsDelegate
from firstlight.ui.request.rows_model import RowsModel
from firstlight.ui.theme.tokens import ROW_HEIGHT, SPACE

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

    from firstlight.ui.request.tick_all import TickAll

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_Hint = QAbstractItemDelegate.EndEditHint


class RowsTable(QTableView):
    """Shows a RowsModel. Tab walks through the text cells and leaves the table after the last one."""

    def __init__(self, rows: RowsModel[Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        know_viewport(self)
        self.rows = rows
        self.setModel(rows)
        self.delegate = RowsDelegate(self, rows.columns, self.suggestions, self.described, self.take_lines)
        self.setItemDelegate(self.delegate)
        self.widths = ColumnWidths(self, rows.columns)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)  # focusNextPrevChild decides
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setEditTriggers(QAbstractItemView.EditTrigger.AnyKeyPressed)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT + SPACE // 2)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setSectionsClickable(False)
        self.actions_on_rows = RowActions(self)
        self.dragging = RowDragging(self)
        self._tick_all: TickAll | None = None
        self.clicked.connect(self._on_clicked)
        self.customContextMenuRequested.connect(self._on_menu)
        for changed in (rows.modelReset, rows.rowsInserted, rows.rowsRemoved, rows.dataChanged):
            changed.connect(self._show_tick_all)
        self._show_tick_all()

    # What the kinds of table do differently

    def suggestions(self, index: AnyIndex) -> tuple[str, ...]:
        """Return what is offered while typing into a cell."""
        return ()

    def described(self, word: str) -> str:
        """Return what is said about a suggestion; empty for nothing."""
        return ""

    def activate(self, index: AnyIndex) -> None:
        """Do what a click or Enter on a cell means."""
        match self.rows.columns[index.column()].kind:
            case "text":
                self.edit(self._model_index(index))
            case "remove":
                self.remove_row(index.row())

    def remove_row(self, position: int) -> None:
        """Take a row out and stay at the same place."""
        column = self.currentIndex().column()
        self.rows.remove(position)
        self.go_to(min(position, self.rows.rowCount() - 1), max(column, 1))

    def chosen_rows(self) -> list[int]:
        """Return the rows that an action is about: the selected ones, else the current one; never the empty last."""
        indexes = self.selectedIndexes() or [self.currentIndex()]
        last = self.rows.rowCount() - 1
        return sorted({index.row() for index in indexes if index.isValid() and index.row() < last})

    def move_rows(self, positions: list[int], before: int) -> None:
        """Put rows in front of the one at `before`; they stay chosen."""
        self.rows.move(positions, max(before, 0))
        self.scrollTo(self.currentIndex())

    def take_lines(self, text: str) -> bool:
        """Insert the rows that `text` holds; False when it is not a text of rows."""
        found = pasted_rows(text)
        if found:
            self.insert_rows([self._filled(*row) for row in found])
        return bool(found)

    def insert_rows(self, made: list[Any]) -> None:
        """Insert rows behind the current one, or before it when that is empty."""
        position = max(self.currentIndex().row(), 0)
        if not self.rows.is_asleep(position):
            position += 1
        self.rows.insert(position, made)
        self.go_to(position + len(made), 1)

    def go_to(self, row: int, column: int) -> None:
        """Make a cell the current one."""
        index = self.rows.index(row, column)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    def popup(self, index: AnyIndex, menu: QMenu) -> None:
        """Open a menu below a cell."""
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        place = self.visualRect(self._model_index(index)).bottomLeft()
        menu.popup(self.viewport().mapToGlobal(place + QPoint(0, 1)))

    def retranslate(self) -> None:
        """Show headings and placeholders in the language now in use."""
        self.rows.retranslate()
        if self._tick_all:
            self._tick_all.retranslate()

    def _filled(self, name: str, value: str, enabled: bool) -> Any:
        from dataclasses import replace

        row = self.rows.edited_row(self.rows.edited_row(self.rows.blank, "name", name), "value", value)
        return replace(row, enabled=enabled)

    def _show_tick_all(self) -> None:
        if self._tick_all:
            self._tick_all.refresh()
        elif self.rows.rowCount() > 1 and self.rows.columns[0].kind == "tick":
            from firstlight.ui.request.tick_all import TickAll  # a new request needs none

            self._tick_all = TickAll(self, self.rows)

    # Keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if not index.isValid():
            super().keyPressEvent(event)
        elif event.key() in _ENTER and not control:
            self._press(index)
        elif event.key() in _ENTER:
            event.ignore()  # the window sends
        elif event.key() == Qt.Key.Key_F2:
            self.activate(index)
        elif event.key() == Qt.Key.Key_Space and len(self.chosen_rows()) > 1:
            self.actions_on_rows.toggle()
        elif not self.actions_on_rows.press(event):
            super().keyPressEvent(event)

    def _press(self, index: QModelIndex) -> None:
        if index.flags() & Qt.ItemFlag.ItemIsUserCheckable:
            ticked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
            state = Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked
            self.rows.setData(index, state, Qt.ItemDataRole.CheckStateRole)
        else:
            self.activate(index)

    def focusNextPrevChild(self, forward: bool) -> bool:
        if self.state() != QAbstractItemView.State.EditingState and self._step(self.currentIndex(), forward):
            return True
        return super().focusNextPrevChild(forward)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        if hint not in (_Hint.EditNextItem, _Hint.EditPreviousItem):
            super().closeEditor(editor, hint)
            self.rows.end_typing()
            if not self.hasFocus():
                self.clearSelection()
            return
        forward = hint == _Hint.EditNextItem
        index = self.currentIndex()
        super().closeEditor(editor, _Hint.NoHint)
        self.rows.end_typing()
        if not self._step(index, forward):
            super().focusNextPrevChild(forward)
        elif self.currentIndex().flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(self.currentIndex())

    def _step(self, index: QModelIndex, forward: bool) -> bool:
        """Go to the next or previous cell that takes text or a choice; False at the end of the table."""
        stops = self._stops()
        cells = [(index.row(), c) for c in stops if (c > index.column() if forward else c < index.column())]
        row = index.row() + (1 if forward else -1)
        if not cells and 0 <= row < self.rows.rowCount():
            cells = [(row, c) for c in stops]
        if not index.isValid() or not cells:
            return False
        self.go_to(*(cells[0] if forward else cells[-1]))
        return True

    def _stops(self) -> list[int]:
        """Return the columns that take text or a choice."""
        columns = enumerate(self.rows.columns)
        return [c for c, column in columns if column.kind in ("text", "choice") and not self.isColumnHidden(c)]

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.MouseFocusReason:
            return
        index = self.currentIndex()
        if event.reason() == Qt.FocusReason.TabFocusReason or not index.isValid():
            self.go_to(0, self._stops()[0])
        elif event.reason() == Qt.FocusReason.BacktabFocusReason:
            self.go_to(self.rows.rowCount() - 1, self._stops()[-1])
        else:
            self.go_to(index.row(), index.column())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        passing = event.reason() in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        if not passing and self.state() != QAbstractItemView.State.EditingState:
            self.clearSelection()  # a selected cell says: here the keys go

    # Mouse

    def selectionCommand(self, index: AnyIndex, event: QEvent | None = None) -> QItemSelectionModel.SelectionFlag:
        command = super().selectionCommand(index, event)
        several = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
        dragged = isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseMove
        if dragged or (isinstance(event, QMouseEvent | QKeyEvent) and event.modifiers() & several):
            return command | QItemSelectionModel.SelectionFlag.Rows  # several are always whole rows
        return command

    def _on_clicked(self, index: QModelIndex) -> None:
        several = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
        if not QGuiApplication.keyboardModifiers() & several:
            self.activate(index)

    def _on_menu(self, place: QPoint) -> None:
        index = self.indexAt(place)
        if index.isValid() and index.row() not in self.chosen_rows():
            self.go_to(index.row(), index.column())
        self.actions_on_rows.menu(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        place = event.position().toPoint()
        index = self.indexAt(place)
        shape = Qt.CursorShape.ArrowCursor
        if index.isValid() and self.rows.columns[index.column()].kind == "remove":
            shape = Qt.CursorShape.PointingHandCursor
        elif self.dragging.over_grip(place):
            shape = Qt.CursorShape.OpenHandCursor
        self.viewport().setCursor(shape)
        self._hover(index.row(), index.column())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1, -1)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.dragging.paint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.widths.fit()

    def _hover(self, row: int, column: int) -> None:
        if (row, column) != self.delegate.hovered:
            self.delegate.hovered = (row, column)
            self.viewport().update()

    def _model_index(self, index: AnyIndex) -> QModelIndex:
        return self.rows.index(index.row(), index.column())
