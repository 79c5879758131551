"""Makes a table as high as its rows, so that it stands above or below another one."""

from __future__ import annotations

from PySide6.QtWidgets import QTableView


def fit_height(table: QTableView, most: int) -> None:
    """Make `table` as high as its rows and its header, at most `most` pixels: then it scrolls."""
    header = table.horizontalHeader()
    above = 0 if header.isHidden() else header.sizeHint().height()
    row, edges = table.verticalHeader().defaultSectionSize(), above + 2 * table.frameWidth()
    rows = min(table.model().rowCount(), max((most - edges) // row, 1))  # none is cut
    table.setFixedHeight(edges + rows * row)
