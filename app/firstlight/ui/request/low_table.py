"""A second table above or below another one: as high as its rows, in the same columns."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTableView


def follow_columns(table: QTableView, leader: QTableView) -> None:
    """Hide the header of `table` and keep its columns as wide as those of `leader`, whose header speaks for both."""
    table.horizontalHeader().hide()
    table.horizontalHeader().setMinimumSectionSize(1)
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    leader.horizontalHeader().sectionResized.connect(lambda section, _, width: table.setColumnWidth(section, width))
    align_columns(table, leader)


def align_columns(table: QTableView, leader: QTableView) -> None:
    """Take over the widths of the columns of `leader`."""
    for section in range(table.model().columnCount()):
        table.setColumnWidth(section, leader.columnWidth(section))


def fit_height(table: QTableView, most: int) -> None:
    """Make `table` as high as its rows and its header, at most `most` pixels: then it scrolls."""
    header = table.horizontalHeader()
    above = 0 if header.isHidden() else header.sizeHint().height()
    row, edges = table.verticalHeader().defaultSectionSize(), above + 2 * table.frameWidth()
    rows = min(table.model().rowCount(), max((most - edges) // row, 1))  # none is cut
    table.setFixedHeight(edges + rows * row)
