"""Shares the free width of a table among its columns until the user drags one."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHeaderView, QTableView

from firstlight.ui.request.columns import Column

_NARROW = 44  # a tick or the remove button, with the padding of every cell
_SMALLEST = 72


class ColumnWidths(QObject):
    """Keeps the columns of `table` as wide as its viewport."""

    def __init__(self, table: QTableView, columns: tuple[Column, ...]) -> None:
        super().__init__(table)
        self._table = table
        self._shares = [column.share for column in columns]
        self._setting = False
        header = table.horizontalHeader()
        header.setMinimumSectionSize(_NARROW)
        header.setHighlightSections(False)
        for section, share in enumerate(self._shares):
            if not share:
                header.setSectionResizeMode(section, QHeaderView.ResizeMode.Fixed)
        header.sectionResized.connect(self._on_resized)

    def fit(self) -> None:
        """Give every visible column its share."""
        visible = [s for s in range(len(self._shares)) if not self._table.isColumnHidden(s)]
        wide = [s for s in visible if self._shares[s]]
        free = self._table.viewport().width() - _NARROW * (len(visible) - len(wide))
        total = sum(self._shares[s] for s in wide)
        self._setting = True
        for section in visible:
            self._table.setColumnWidth(section, _NARROW)
        for section in wide[:-1]:
            width = max(_SMALLEST, free * self._shares[section] // total)
            self._table.setColumnWidth(section, width)
            free, total = free - width, total - self._shares[section]
        self._table.setColumnWidth(wide[-1], max(_SMALLEST, free))
        self._setting = False

    def _on_resized(self, section: int, old: int, new: int) -> None:
        """Remember what the user dragged, as a share of what all columns have."""
        if self._setting or not self._shares[section] or not old or not new:  # 0: hidden or shown
            return
        for other, share in enumerate(self._shares):
            if share and not self._table.isColumnHidden(other):
                self._shares[other] = self._table.columnWidth(other)
