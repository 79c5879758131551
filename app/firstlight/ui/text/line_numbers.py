"""The column of line numbers beside a text. Lines are counted in slices, so a big text opens at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QPainter

from firstlight.ui.text.piece_layout import PieceLayout
from firstlight.ui.text.text_buffer import TextBuffer
from firstlight.ui.theme.current import tokens
from firstlight.ui.theme.tokens import SPACE
from firstlight.views.line_index import BLOCK_BYTES, LineIndex

if TYPE_CHECKING:
    from firstlight.ui.text.text_view import TextView

_AT_ONCE = 32  # blocks counted per slice: 2 MB, about 1 ms
_FEWEST_DIGITS = 2  # as in the editor of a request


class LineNumbers(QObject):
    """Knows how wide the column is, and paints the numbers of the pieces on screen."""

    def __init__(self, view: TextView) -> None:
        super().__init__(view)
        self._view = view
        self._shown = True
        self._index = LineIndex()
        self._counted_bytes = 0
        self._slices = QTimer(self, interval=0)
        self._slices.timeout.connect(self._on_slice)

    def restart(self) -> None:
        """Count again: the text is another one."""
        source = self._view.source
        self._shown = isinstance(source, TextBuffer)  # a hex dump says its offsets itself
        self._index = LineIndex(source.data if isinstance(source, TextBuffer) else b"")
        self._counted_bytes = 0
        self._slices.start()
        self._on_slice()

    def width(self) -> int:
        """Return the width of the column in pixels."""
        if not self._shown:
            return 0
        digits = max(_FEWEST_DIGITS, len(str(self._index.line_count)))
        return round(digits * self._view.rows.metrics.char_width) + 2 * SPACE

    def number_at(self, offset: int) -> int | None:
        """Return the number of the line that holds `offset`, from 1; None while it is not counted yet."""
        known = self._index.complete or offset < self._counted_bytes
        return self._index.line_of(offset) + 1 if known else None

    @Slot()
    def _on_slice(self) -> None:
        width = self.width()
        if self._index.step(_AT_ONCE):
            self._slices.stop()
        self._counted_bytes += _AT_ONCE * BLOCK_BYTES
        if self.width() != width:
            self._view.relayout()
        self._view.viewport().update()

    def paint(self, painter: QPainter, seen: list[tuple[PieceLayout, int]]) -> None:
        """Paint the numbers of pieces that begin a line; `seen` holds (layout, y of its first row)."""
        if not self._shown:
            return
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
