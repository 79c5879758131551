"""The rows of a form-data body: texts and files, each file with whether it is really there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

from PySide6.QtCore import QObject, Qt

from firstlight.model.request import FormPart
from firstlight.texts import N_, tr
from firstlight.ui.request.columns import FORM_DATA
from firstlight.ui.request.file_facts import file_facts
from firstlight.ui.request.paths import absolute_path, stored_path
from firstlight.ui.request.rows_model import PLACEHOLDER_ROLE, AnyIndex, RowsModel

KINDS = (("text", N_("Text")), ("file", N_("File")))
_NOTHING = FormPart(name="")
_BETWEEN_NAMES = "|"  # in no file name of Windows, and hardly in any other


class FormDataModel(RowsModel[FormPart]):
    """Rows that become the parts of a multipart body."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_NOTHING, FORM_DATA, parent)
        self.folder = ""
        file_facts.found.connect(self._on_found)

    def show_rows(self, rows: Sequence[FormPart]) -> None:
        super().show_rows(rows)
        self.look_up_files()

    def look_up_files(self) -> None:
        """Ask again which files are there."""
        for path in {self.place(path) for row in self.rows() for path in row.files if "{{" not in path}:
            file_facts.look_up(path)

    def place(self, stored: str) -> str:
        """Return the absolute path of a stored one."""
        return absolute_path(self.folder, stored)

    def is_missing(self, stored: str) -> bool:
        """Tell whether a file was looked for and not found."""
        return file_facts.is_missing(self.place(stored))

    def set_kind(self, position: int, kind: str) -> None:
        """Make a row a text or a file; what it held as the other one is kept."""
        self.put(position, replace(self.row_at(position), kind=kind))

    def add_files(self, position: int, chosen: Iterable[str], *, instead: bool = False) -> None:
        """Add chosen files (absolute paths) to a row, or put them in the place of its files; it is a file row then."""
        row = self.row_at(position)
        old = () if instead else row.files
        names = () if instead else row.file_names
        new = (stored_path(self.folder, path) for path in chosen)
        files = tuple(dict.fromkeys((*old, *new)))
        self.put(position, replace(row, kind="file", files=files, file_names=names))
        self.look_up_files()

    def move_file(self, position: int, stored: str, chosen: str) -> None:
        """Take note that a file of a row is now at `chosen` (an absolute path); all else about it stays."""
        row, new = self.row_at(position), stored_path(self.folder, chosen)
        self.put(position, replace(row, files=tuple(new if path == stored else path for path in row.files)))
        self.look_up_files()

    def find_file(self, place: str) -> tuple[int, str] | None:
        """Return the row that sends the file at an absolute path, and how the row writes it."""
        rows = enumerate(self.rows())
        found = ((at, path) for at, row in rows if row.enabled for path in row.files if self.place(path) == place)
        return next(found, None)

    def remove_file(self, position: int, stored: str) -> None:
        """Take one file out of a row."""
        row = self.row_at(position)
        kept = [at for at, path in enumerate(row.files) if path != stored]
        names = _shortened(row.file_names[at] if at < len(row.file_names) else "" for at in kept)
        self.put(position, replace(row, files=tuple(row.files[at] for at in kept), file_names=names))

    def edited_row(self, row: FormPart, field: str, value: str) -> FormPart:
        if field == "file_names":
            return replace(row, file_names=_shortened(name.strip() for name in value.split(_BETWEEN_NAMES)))
        return super().edited_row(row, field, value)

    def shown_text(self, row: FormPart, field: str) -> str:
        if field == "kind":
            return tr(dict(KINDS).get(row.kind, row.kind))
        if field == "value" and row.kind == "file":
            return ", ".join(self._shown_file(path) for path in row.files)
        if field == "file_names":
            return f" {_BETWEEN_NAMES} ".join(row.file_names)
        return super().shown_text(row, field)

    def color(self, row: FormPart, field: str) -> str:
        missing = field == "value" and row.kind == "file" and any(self.is_missing(path) for path in row.files)
        return "error" if missing and row.enabled else super().color(row, field)

    def tooltip(self, row: FormPart, field: str) -> str:
        if row.kind != "file":
            return ""
        if field == "file_names":
            return tr(
                "Empty: the name of the file itself. Names of several files are separated by {sign}",
                sign=_BETWEEN_NAMES,
            )
        return "\n".join(self.place(path) for path in row.files) if field == "value" else ""

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        flags = super().flags(index)
        file_cell = self.columns[index.column()].field == "value" and self.row_at(index.row()).kind == "file"
        return flags & ~Qt.ItemFlag.ItemIsEditable if file_cell else flags

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == PLACEHOLDER_ROLE and self.columns[index.column()].field == "value":
            row = self.row_at(index.row())
            if row.kind == "file" and not row.files:
                return tr("Choose files…")
        if role == Qt.ItemDataRole.EditRole and self.columns[index.column()].field == "file_names":
            return self.shown_text(self.row_at(index.row()), "file_names")
        return super().data(index, role)

    def _shown_file(self, path: str) -> str:
        if self.is_missing(path):
            return tr("{path} is missing", path=path)
        return PureWindowsPath(path).name if "\\" in path else PurePosixPath(path).name

    def _is_empty(self, row: FormPart) -> bool:
        return super()._is_empty(replace(row, kind="text"))

    def _on_found(self, _path: str, _size: int | None) -> None:
        column = next(c for c, column in enumerate(self.columns) if column.field == "value")
        self.dataChanged.emit(self.index(0, column), self.index(self.rowCount() - 1, column))


def _shortened(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names without empty ones at the end: a file without a name of its own is sent under its real one."""
    given = list(names)
    while given and not given[-1]:
        given.pop()
    return tuple(given)
