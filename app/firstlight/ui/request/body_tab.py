"""The Body tab: the kinds from BODIES, each with its page; what one kind holds stays when another is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from firstlight.bodies import BODIES
from firstlight.model.request import Body
from firstlight.texts import tr
from firstlight.ui.lazy_page import LazyPage
from firstlight.ui.request.body_bar import BodyBar
from firstlight.ui.request.columns import OPTIONAL_COLUMNS
from firstlight.ui.request.form_data_model import FormDataModel
from firstlight.ui.request.raw_body import RawBody
from firstlight.ui.tasks import Tasks

if TYPE_CHECKING:
    from firstlight.ui.request.binary_body import BinaryBody
    from firstlight.ui.request.form_data_table import FormDataTable


class BodyTab(QWidget):
    """Shows and edits a Body."""

    edited = Signal()

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._shown = Body()
        self._folder = ""
        self._stack = QStackedWidget(self)
        self.bar = BodyBar(self)
        self.raw = RawBody(self._stack)
        self.parts = FormDataModel(self)
        self._binary = LazyPage(self._make_binary, self._stack, follows=self.bar.last_control)
        self._table = LazyPage(self._make_table, self._stack, follows=self.bar.last_control)
        self._nothing = QLabel(self._stack)
        self._nothing.setProperty("kind", "caption")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pages: dict[str, QWidget] = {"form-data": self._table, "raw": self.raw, "binary": self._binary}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self._stack, 1)
        for page in (self._nothing, *self._pages.values()):
            self._stack.addWidget(page)
        self._connect()
        self.show_body(Body())
        self._retranslate()

    def _make_binary(self, parent: QWidget) -> BinaryBody:
        from firstlight.ui.request.binary_body import BinaryBody

        page = BinaryBody(parent)
        page.folder = self._folder
        page.show_path(self._shown.path)
        page.edited.connect(self.edited)
        page.file_requested.connect(lambda: self._tasks.start(self._choose_file(page), name="choose the body"))
        return page

    def _make_table(self, parent: QWidget) -> FormDataTable:
        from firstlight.ui.request.form_data_table import FormDataTable

        table = FormDataTable(self.parts, parent)
        table.setObjectName("formDataTable")
        table.setAccessibleName(tr("Form data"))
        table.files_requested.connect(
            lambda row, instead: self._tasks.start(
                self._choose_files(table, row, instead=instead), name="choose files of a form"
            )
        )
        _show_used_columns(table, self._shown)
        self._tell_columns(table)
        return table

    def _tell_columns(self, table: FormDataTable) -> None:
        self.bar.set_columns({field: table.is_shown(field) for field in OPTIONAL_COLUMNS})

    def show_body(self, body: Body) -> None:
        """Show another request's body."""
        self._shown = body
        self.bar.show_choices(body.kind, body.language)
        self.raw.show_text(body.text, body.language)
        self.parts.show_rows(body.parts)
        if self._binary.made:
            self._binary.made.show_path(body.path)
        if self._table.made:
            _show_used_columns(self._table.made, body)
        self._show_page()

    def body(self) -> Body:
        """Return what is on screen."""
        return Body(
            kind=self.bar.kind(),
            text=self.raw.editor.text(),
            language=self.bar.language(),
            parts=self.parts.rows(),
            path=self._binary.made.path() if self._binary.made else self._shown.path,
        )

    def set_folder(self, folder: str) -> None:
        """Say where relative paths begin."""
        self._folder = self.parts.folder = folder
        if self._binary.made:
            self._binary.made.folder = folder
        self._look_up_files()

    def beautify(self) -> None:
        """Lay out a raw JSON body."""
        if self.bar.kind() == "raw":
            self.raw.beautify()

    def _connect(self) -> None:
        self.bar.kind_chosen.connect(self._on_kind_chosen)
        self.bar.language_chosen.connect(self._on_language_chosen)
        self.bar.beautify_requested.connect(self.raw.beautify)
        self.bar.column_toggled.connect(lambda field, shown: self._table.page().show_column(field, shown=shown))
        for source in (self.raw, self.parts):
            source.edited.connect(self.edited)

    async def _choose_files(self, table: FormDataTable, row: int, *, instead: bool) -> None:
        from firstlight.ui.dialogs import choose_files

        chosen = await choose_files(self, tr("Choose files"), several=True, start=self._folder)
        if chosen and row < self.parts.rowCount():
            self.parts.add_files(row, chosen, instead=instead)
        table.setFocus()

    async def _choose_file(self, page: BinaryBody) -> None:
        from firstlight.ui.dialogs import choose_files

        for chosen in await choose_files(self, tr("Choose a file"), start=self._folder):
            page.choose(chosen)

    def _show_page(self) -> None:
        kind = self.bar.kind()
        self._stack.setCurrentWidget(self._pages.get(kind, self._nothing))
        if self._table.made:
            self._tell_columns(self._table.made)
        known = any(entry.kind == kind for entry in BODIES)
        self._nothing.setText(
            tr("This request has no body.") if known else tr("This version cannot edit this kind of body.")
        )

    def _look_up_files(self) -> None:
        self.parts.look_up_files()
        if self._binary.made:
            self._binary.made.look_up_file()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look_up_files()

    def _retranslate(self) -> None:
        self.bar.retranslate()
        self.raw.retranslate()
        if self._binary.made:
            self._binary.made.retranslate()
        if self._table.made:
            self._table.made.retranslate()
            self._table.made.setAccessibleName(tr("Form data"))
        self._show_page()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _on_kind_chosen(self) -> None:
        self._show_page()
        self.edited.emit()

    def _on_language_chosen(self) -> None:
        self.raw.use_language(self.bar.language())
        self.edited.emit()


def _show_used_columns(table: FormDataTable, body: Body) -> None:
    for column in OPTIONAL_COLUMNS:
        if any(getattr(part, column) for part in body.parts):
            table.show_column(column, shown=True)
