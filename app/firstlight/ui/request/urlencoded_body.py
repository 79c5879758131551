"""The x-www-form-urlencoded page: a table of plain texts, which are encoded when they are sent."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QVBoxLayout, QWidget

from firstlight.model.request import Body, Param
from firstlight.texts import N_
from firstlight.ui.request.body_page import BodyPage
from firstlight.ui.request.columns import KEY_VALUE
from firstlight.ui.request.rows_model import RowsModel
from firstlight.ui.request.rows_page import RowsPage
from firstlight.ui.request.rows_table import RowsTable


class UrlencodedBody(BodyPage):
    """Shows and edits the pairs of a form."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pairs = RowsModel(Param(name=""), KEY_VALUE, self)
        self._page = RowsPage(self._make_table, N_("Form, URL-encoded"), self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._page)
        self._pairs.edited.connect(self.edited)

    def _make_table(self, parent: QWidget) -> RowsTable:
        table = RowsTable(self._pairs, parent)
        table.setObjectName("urlencodedTable")
        table.delegate.several_lines = True
        return table

    def show_body(self, body: Body) -> None:
        self._pairs.show_rows(body.pairs)

    def filled_in(self, body: Body) -> Body:
        return replace(body, pairs=self._pairs.rows())

    def retranslate(self) -> None:
        self._page.retranslate()
