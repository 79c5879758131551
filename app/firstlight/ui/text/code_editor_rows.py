"""Sets the rows of a CodeEditor as high as a TextView sets them: Qt has no line height for plain text.

Qt lays a block out with rows as high as their glyphs, so a line with Chinese characters would stand higher than the
one above it. Here every row gets the same height and its glyphs the same base line.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QPainter, QTextBlock, QTextDocument, QTextLine
from PySide6.QtWidgets import QPlainTextDocumentLayout

from firstlight.ui.text.piece_layout import RowMetrics

_LINE_BREAK_PX = 4  # as wide as Qt marks it
_MOST_ROWS = 2000
"""A line that wraps into more (300 KB without a break) stays as Qt set it: moving its rows would delay each key."""


class CodeRows(QPlainTextDocumentLayout):
    """Qt's layout, its rows moved apart when a block is asked for its place."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self.metrics = RowMetrics(document.defaultFont())
        document.setDocumentLayout(self)

    def use_font(self, font: QFont) -> None:
        """Measure another font; Qt lays the document out anew when it learns of it."""
        self.metrics = RowMetrics(font)

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        rect = super().blockBoundingRect(block)
        layout = block.layout() if block.isValid() else None
        count = layout.lineCount() if layout is not None else 0
        if layout is None or not 0 < count <= _MOST_ROWS:
            return rect
        if layout.lineAt(0).y() != self._lead(layout.lineAt(0)):  # Qt has just laid it out
            for number in range(count):
                line = layout.lineAt(number)
                line.setPosition(QPointF(line.x(), number * self.metrics.row_height + self._lead(line)))
        rect.setHeight(count * self.metrics.row_height)
        return rect

    def _lead(self, line: QTextLine) -> int:
        """Return the pixels over a row's glyphs; whole ones, as Qt would round others."""
        return max(1, round(self.metrics.ascent - line.ascent()))

    def paint_behind(
        self, painter: QPainter, block: QTextBlock, top: float, stretch: tuple[int, int], color: QColor
    ) -> None:
        """Paint what lies behind a stretch of the text in a block that begins at `top`; no gaps between the rows."""
        start, end = stretch[0] - block.position(), stretch[1] - block.position()
        for number in range(block.layout().lineCount()):
            line = block.layout().lineAt(number)
            first, last = line.textStart(), line.textStart() + line.textLength()
            if start <= last and end > first:
                left, right = _x(line, max(start, first)), _x(line, min(end, last))
                if end > last == block.length() - 1:
                    right += _LINE_BREAK_PX
                height = self.metrics.row_height
                painter.fillRect(QRectF(left, top + number * height, right - left, height), color)


def _x(line: QTextLine, position: int) -> float:
    return float(line.cursorToX(position)[0])  # type: ignore[index]
