"""The Headers tab: what First Light adds, greyed, and below it the user's rows."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QToolButton, QWidget

from firstlight.runner.preview import HeaderPreview
from firstlight.texts import N_, tr, trn
from firstlight.ui.icons import icon
from firstlight.ui.request.generated_model import GeneratedModel
from firstlight.ui.request.generated_table import GeneratedTable
from firstlight.ui.request.headers_model import HeadersModel
from firstlight.ui.request.headers_table import HeadersTable
from firstlight.ui.request.low_table import align_columns, fit_height
from firstlight.ui.request.rows_page import RowsPage
from firstlight.ui.theme.tokens import SPACE

_ROOM = 340
"""Pixels of the tab below which the generated headers are hidden until somebody asks for them."""
_ROWS_IN_SIGHT = 4


class _Choice(QObject):
    """Whether generated headers are shown: one answer for all tabs of the window, none before the first click."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.shown: bool | None = None

    def choose(self, shown: bool) -> None:
        """Show them, or not, in every tab."""
        self.shown = shown
        self.changed.emit()


choice = _Choice()


class HeadersPage(RowsPage):
    """A RowsPage over header lines, with the generated ones above."""

    ticked = Signal(str, bool)
    """The user wants the generated header of this name, or not."""
    looked_at = Signal()
    """The page comes to the front."""

    def __init__(self, rows: HeadersModel, parent: QWidget | None = None) -> None:
        self._headers = rows
        self._toggle: QToolButton | None = None
        super().__init__(self._make_table, N_("Headers"), parent)
        self._lines = GeneratedModel(self)
        self._generated = GeneratedTable(self._lines, self.table, self)
        self._generated.hide()
        self._toggle = QToolButton(self)
        self._toggle.setObjectName("generatedHeadersButton")
        self._toggle.setProperty("kind", "flat")
        self._toggle.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.strip.insertWidget(1, self._toggle)
        self.column.insertWidget(1, self._generated)
        self._lines.ticked.connect(self.ticked)
        self._toggle.clicked.connect(lambda: choice.choose(not self._is_shown()))
        choice.changed.connect(self._show_generated)
        self.setTabOrder(self._toggle, self._generated)
        self.retranslate()

    def show_preview(self, preview: HeaderPreview) -> None:
        """Show what will be added, and what will become of the user's rows."""
        self._lines.show_lines(preview.generated)
        self._headers.show_notes(preview.notes, preview.lost)
        self._show_generated()

    def retranslate(self) -> None:
        super().retranslate()
        if self._toggle is not None:
            self._lines.retranslate()
            self._show_generated()

    def _make_table(self, parent: QWidget) -> HeadersTable:
        table = HeadersTable(self._headers, parent)
        table.setObjectName("headersTable")
        return table

    def _is_shown(self) -> bool:
        return choice.shown if choice.shown is not None else self.height() >= _ROOM

    def _show_generated(self) -> None:
        if self._toggle is None:
            return
        shown, count = self._is_shown(), self._lines.sent()
        self._toggle.setText(trn("{count} generated", "{count} generated", count))
        self._toggle.setIcon(icon("eye" if shown else "eye-off"))
        hint = tr("Hide what First Light adds") if shown else tr("Show what First Light adds to this request")
        self._toggle.setToolTip(hint)
        self._generated.setAccessibleName(tr("Generated headers"))
        self._generated.setVisible(shown and self._lines.rowCount() > 0)
        align_columns(self._generated, self.table)
        fit_height(self._generated, self.height() - self._toggle.height() - self._height_of_rows())

    def _height_of_rows(self) -> int:
        """Return what the user's rows take at least: their header, and up to four of them."""
        row = self.table.verticalHeader().defaultSectionSize()
        header = self.table.horizontalHeader().height() + 2 * SPACE
        return header + row * min(self.table.rows.rowCount(), _ROWS_IN_SIGHT)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.looked_at.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_generated()
