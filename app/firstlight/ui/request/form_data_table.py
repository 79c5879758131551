"""The form-data table: a row is a text or files; files come from a dialog or are dropped onto the table."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from firstlight.texts import tr
from firstlight.ui.request.dropped_files import dropped_files
from firstlight.ui.request.form_data_model import KINDS, FormDataModel
from firstlight.ui.request.rows_delegate import AnyIndex
from firstlight.ui.request.rows_table import RowsTable


class FormDataTable(RowsTable):
    """A RowsTable over the parts of a multipart body."""

    files_requested = Signal(int, bool)
    """The user wants to choose files for this row; True: in the place of those it holds."""

    locate_requested = Signal(int, str)
    """The user wants to say where this file of this row is now."""

    def __init__(self, rows: FormDataModel, parent: QWidget | None = None) -> None:
        self._parts = rows
        super().__init__(rows, parent)
        self.delegate.several_lines = True
        self.setAcceptDrops(True)
        for field in ("content_type", "file_names"):
            self.show_column(field, shown=False)

    def show_column(self, field: str, *, shown: bool) -> None:
        """Show or hide one of OPTIONAL_COLUMNS."""
        self.setColumnHidden(self._column(field), not shown)
        self.widths.fit()

    def is_shown(self, field: str) -> bool:
        """Tell whether a column is on screen."""
        return not self.isColumnHidden(self._column(field))

    def activate(self, index: AnyIndex) -> None:
        row = self._parts.row_at(index.row())
        match self.rows.columns[index.column()].field:
            case "kind":
                self.popup(index, self._kind_menu(index.row()))
            case "value" if row.kind == "file" and row.files:
                self.popup(index, self._file_menu(index.row()))
            case "value" if row.kind == "file":
                self.files_requested.emit(index.row(), False)
            case _:
                super().activate(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        on_kind = index.isValid() and self.rows.columns[index.column()].field == "kind"
        if on_kind and event.key() == Qt.Key.Key_Space:
            self._parts.set_kind(index.row(), "text" if self._parts.row_at(index.row()).kind == "file" else "file")
        else:
            super().keyPressEvent(event)

    def _kind_menu(self, row: int) -> QMenu:
        menu = QMenu(self)
        for kind, label in KINDS:
            action = menu.addAction(tr(label), partial(self._parts.set_kind, row, kind))
            action.setCheckable(True)
            action.setChecked(kind == self._parts.row_at(row).kind)
        return menu

    def _file_menu(self, row: int) -> QMenu:
        menu = QMenu(self)
        files = self._parts.row_at(row).files
        others = tr("Choose another file…") if len(files) == 1 else tr("Choose other files…")
        menu.addAction(others, lambda: self.files_requested.emit(row, True))
        menu.addAction(tr("Add files…"), lambda: self.files_requested.emit(row, False))
        menu.addSeparator()
        for path in filter(self._parts.is_missing, files):
            locate = partial(self.locate_requested.emit, row, path)
            menu.addAction(tr("Locate {path}…", path=path), locate)
        for path in files:
            menu.addAction(tr("Remove {path}", path=path), partial(self._parts.remove_file, row, path))
        return menu

    def _column(self, field: str) -> int:
        return next(c for c, column in enumerate(self.rows.columns) if column.field == field)

    # Dropped files

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._judge(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._judge(event)

    def _judge(self, event: QDragMoveEvent) -> None:
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        files = dropped_files(event.mimeData())
        if not files:
            event.ignore()
            return
        event.acceptProposedAction()
        under = self.indexAt(event.position().toPoint())
        last = self.rows.rowCount() - 1
        onto = under.row() if under.isValid() and self._takes_files(under.row()) else last
        self._parts.add_files(onto, files)
        self.go_to(onto, 1)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _takes_files(self, position: int) -> bool:
        row = self._parts.row_at(position)
        return row.kind == "file" or not row.value
