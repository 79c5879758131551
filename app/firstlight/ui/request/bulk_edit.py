"""Rows as text: one `key: value` per line, `//` before those that are not sent."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from firstlight.model.bulk_rows import bulk_rows, bulk_text
from firstlight.texts import tr
from firstlight.ui.request.rows_model import RowsModel
from firstlight.ui.text.code_editor import CodeEditor


class BulkEdit(CodeEditor):
    """Writes into `rows` what is typed, and shows what they become elsewhere."""

    def __init__(self, rows: RowsModel[Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = rows
        self._made_of: tuple[Any, ...] = ()
        self.use_language("text")
        self.setTabChangesFocus(True)
        self.edited.connect(self._on_edited)
        rows.modelReset.connect(self.refresh)

    def refresh(self) -> None:
        """Show the rows as they are now, unless the text says just that."""
        if self.isVisible() and self._read() != self._model.rows():
            self._made_of = self._model.rows()
            self.show_text(bulk_text(self._made_of))

    def retranslate(self, title: str) -> None:
        """Say what it is in the language now in use."""
        self.setAccessibleName(tr("{title} as text", title=title))
        self.setPlaceholderText(tr("key: value\n// key: not sent"))

    def _on_edited(self) -> None:
        self._model.write_rows(self._read())

    def _read(self) -> tuple[Any, ...]:
        return bulk_rows(self.text(), self._made_of, self._model.blank)
