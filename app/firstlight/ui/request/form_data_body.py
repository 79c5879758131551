"""The form-data page: its table, and the dialogs that choose files for a row."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from firstlight.model.request import Body
from firstlight.texts import N_, tr
from firstlight.ui.request.body_page import BodyPage
from firstlight.ui.request.columns import OPTIONAL_COLUMNS
from firstlight.ui.request.form_data_model import FormDataModel
from firstlight.ui.request.form_data_table import FormDataTable
from firstlight.ui.request.paths import nearest_folder
from firstlight.ui.request.rows_page import RowsPage
from firstlight.ui.tasks import Tasks


class FormDataBody(BodyPage):
    """Shows and edits the parts of a multipart body."""

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._parts = FormDataModel(self)
        self._page = RowsPage(self._make_table, N_("Form data"), self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._page)
        self._parts.edited.connect(self.edited)
        self.table.files_requested.connect(
            lambda row, instead: self._tasks.start(
                self._choose_files(row, instead=instead), name="choose files of a form"
            )
        )
        self.table.locate_requested.connect(
            lambda row, stored: self._tasks.start(self._locate(row, stored), name="locate a file of a form")
        )

    def _make_table(self, parent: QWidget) -> FormDataTable:
        self.table = FormDataTable(self._parts, parent)
        self.table.setObjectName("formDataTable")
        return self.table

    def show_body(self, body: Body) -> None:
        self._parts.show_rows(body.parts)
        for column in OPTIONAL_COLUMNS:
            if any(getattr(part, column) for part in body.parts):
                self.table.show_column(column, shown=True)

    def filled_in(self, body: Body) -> Body:
        return replace(body, parts=self._parts.rows())

    def shown_columns(self) -> dict[str, bool]:
        """Return which of OPTIONAL_COLUMNS are on screen."""
        return {field: self.table.is_shown(field) for field in OPTIONAL_COLUMNS}

    def set_folder(self, folder: str) -> None:
        self._parts.folder = folder

    def locate(self, place: str) -> None:
        found = self._parts.find_file(place)
        if found is not None:
            self.table.go_to(found[0], 1)
            self.table.locate_requested.emit(*found)

    def look_up_files(self) -> None:
        self._parts.look_up_files()

    def retranslate(self) -> None:
        self._page.retranslate()

    async def _choose_files(self, row: int, *, instead: bool) -> None:
        from firstlight.ui.dialogs import choose_files

        files = self._parts.row_at(row).files
        start = str(Path(self._parts.place(files[0])).parent) if files else self._parts.folder
        chosen = await choose_files(self, tr("Choose files"), several=True, start=start)
        if chosen and row < self._parts.rowCount():
            self._parts.add_files(row, chosen, instead=instead)
        self.table.setFocus()

    async def _locate(self, row: int, stored: str) -> None:
        from firstlight.ui.dialogs import choose_files

        place = self._parts.place(stored)
        for chosen in await choose_files(
            self, tr("Where is {path}?", path=Path(place).name), start=nearest_folder(place)
        ):
            if row < self._parts.rowCount():
                self._parts.move_file(row, stored, chosen)
        self.table.setFocus()
