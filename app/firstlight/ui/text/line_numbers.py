"""The column of line numbers beside a text. Lines are counted in slices, so a big text opens at once."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRectF, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QPainter

from firstlight.ui.text.piece_layout import PieceLayout
from firstlight.ui.theme.current import tokens
from firstlight.ui.theme.tokens import SPACE

if TYPE_CHECKING:
    from firstlight.ui.text.text_view import TextView

_BLOCK_BYTES = 65536
_AT_ONCE = 32  # blocks counted per slice: 2 MB, about 1 ms
_FEWEST_DIGITS = 3


class LineNumbers(QObject):
    """Counts the line breaks before every 64 KiB, and paints the numbers of the pieces on screen."""

    def __init__(self, view: TextView) -> None:
        super().__init__(view)
        self._view = view
        self._breaks = array("q", [0])
        """How many line breaks stand before each block, as far as counted."""
        self._slices = QTimer(self, interval=0)
        self._slices.timeout.connect(self._on_slice)

    def restart(self) -> None:
        """Count again: the text is another one."""
        self._breaks = array("q", [0])
        self._on_slice()

    def width(self) -> int:
        """Return the width of the column in pixels."""
        digits = max(_FEWEST_DIGITS, len(str(self._breaks[-1] + 1)))
        return round(digits * self._view.rows.metrics.char_width) + 2 * SPACE

    def number_at(self, offset: int) -> int | None:
        """Return the number of the line that holds `offset`, from 1; None while it is not counted yet."""
        block = offset // _BLOCK_BYTES
        if block >= len(self._breaks):
            return None
        return self._breaks[block] + self._view.buffer.data.count(b"\n", block * _BLOCK_BYTES, offset) + 1

    @Slot()
    def _on_slice(self) -> None:
        data, width = self._view.buffer.data, self.width()
        for _ in range(_AT_ONCE):
            start = (len(self._breaks) - 1) * _BLOCK_BYTES
            if start >= len(data):
                self._slices.stop()
                break
            self._breaks.append(self._breaks[-1] + data.count(b"\n", start, start + _BLOCK_BYTES))
        else:
            if not self._slices.isActive():
                self._slices.start()
        if self.width() != width:
            self._view.relayout()
        self._view.viewport().update()

    def paint(self, painter: QPainter, seen: list[tuple[PieceLayout, int]]) -> None:
        """Paint the numbers of pieces that begin a line; `seen` holds (layout, y of its first row)."""
        theme, metrics = tokens(), self._view.rows.metrics
        column = QRectF(0, 0, self.width(), self._view.viewport().height())
        painter.fillRect(column, QColor(theme.panel))
        painter.setPen(QColor(theme.text_muted))
        painter.setFont(metrics.font)
        number: int | None = None
        for layout, y in seen:
            if not layout.piece.first:
                continue
            number = number + 1 if number is not None else self.number_at(layout.piece.start)
            if number is None:
                return
            box = QRectF(0, y, column.width() - SPACE, metrics.row_height)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(number))

    def covers(self, point: QPoint) -> bool:
        """Return whether a point of the viewport lies in the column."""
        return point.x() < self.width()
