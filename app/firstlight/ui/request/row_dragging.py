"""Moves rows by mouse: the grip at their left is dragged up or down, a line shows where they will stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter

from firstlight.ui.theme.current import tokens
from firstlight.ui.theme.tokens import SPACE

if TYPE_CHECKING:
    from firstlight.ui.request.rows_table import RowsTable

GRIP_WIDTH = 2 * SPACE
_LINE = 2


class RowDragging(QObject):
    """Watches the mouse over a table. Not Qt's own drag and drop: that runs a loop of its own."""

    def __init__(self, table: RowsTable) -> None:
        super().__init__(table)
        self._table = table
        self._rows: list[int] = []
        self._before = -1
        table.viewport().installEventFilter(self)

    def over_grip(self, place: QPoint) -> bool:
        """Tell whether a row can be taken at `place`."""
        index = self._table.indexAt(place)
        on_tick = index.isValid() and self._table.rows.columns[index.column()].kind == "tick"
        left = self._table.visualRect(index).left() if on_tick else 0
        return on_tick and place.x() - left < GRIP_WIDTH and not self._table.rows.is_asleep(index.row())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.MouseButtonPress:
            return self._take(cast(QMouseEvent, event))
        if not self._rows:
            return False
        if kind == QEvent.Type.MouseMove:
            self._follow(cast(QMouseEvent, event).position().toPoint())
        elif kind == QEvent.Type.MouseButtonRelease:
            self._drop()
        return kind in (QEvent.Type.MouseMove, QEvent.Type.MouseButtonRelease)

    def paint(self) -> None:
        """Draw the line between two rows."""
        if self._before < 0:
            return
        last = self._table.visualRect(self._table.rows.index(max(self._before - 1, 0), 0))
        y = last.bottom() if self._before else last.top()
        painter = QPainter(self._table.viewport())
        painter.fillRect(QRect(0, y - _LINE // 2, self._table.viewport().width(), _LINE), QColor(tokens().accent))
        painter.end()

    def _take(self, event: QMouseEvent) -> bool:
        place = event.position().toPoint()
        if event.button() != Qt.MouseButton.LeftButton or not self.over_grip(place):
            return False
        row = self._table.indexAt(place).row()
        chosen = self._table.chosen_rows()
        self._rows = chosen if row in chosen else [row]
        if row not in chosen:
            self._table.go_to(row, 1)
        self._table.setFocus(Qt.FocusReason.MouseFocusReason)
        self._table.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        return True

    def _follow(self, place: QPoint) -> None:
        under = self._table.rowAt(place.y())
        last = self._table.rows.rowCount() - 1
        if under >= 0:
            middle = self._table.visualRect(self._table.rows.index(under, 0)).center().y()
            before = under + (place.y() > middle)
            self._table.scrollTo(self._table.rows.index(under, 0))
        else:
            before = 0 if place.y() < 0 else last
        self._before = min(before, last)
        self._table.viewport().update()

    def _drop(self) -> None:
        rows, before = self._rows, self._before
        self._rows, self._before = [], -1
        self._table.viewport().unsetCursor()
        self._table.viewport().update()
        if before >= 0:
            self._table.move_rows(rows, before)
