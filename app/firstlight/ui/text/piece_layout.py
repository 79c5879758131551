"""One piece of a text laid out: its rows on screen, and the way between bytes, characters and pixels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from math import ceil
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption

from firstlight.ui.text.text_buffer import Piece

if TYPE_CHECKING:
    from firstlight.ui.presenting.places import Look

_ODD = re.compile("[\x00-\x08\x0a-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]")
"""Characters a layout would break at, draw as nothing, or refuse."""
_PICTURES = (
    {code: 0x2400 + code for code in range(32) if code != 9}
    | {0x7F: 0x2421, 0x85: 0x2424, 0x2028: 0x2424, 0x2029: 0x2424}
    | dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)
)
_ENDLESS = 1e7  # a line width no piece reaches

Formats: TypeAlias = Sequence[QTextLayout.FormatRange]


class RowMetrics:
    """The measures of a font that rows are set with: all rows are equally high, whatever script stands in them."""

    def __init__(self, font: QFont) -> None:
        metrics = QFontMetricsF(font)
        self.font = font
        self.row_height = ceil(metrics.height() * 1.22)
        self.ascent = (self.row_height - metrics.height()) / 2 + metrics.ascent()
        self.char_width = metrics.horizontalAdvance("0")


class PieceLayout:
    """The rows of one piece. Positions inside the layout count UTF-16 units, as Qt does."""

    __slots__ = ("_layout", "_metrics", "_plain", "_text", "_wide", "piece", "rows", "width")

    def __init__(self, piece: Piece, text: str, metrics: RowMetrics, wrap_width: float, formats: Formats = ()) -> None:
        self.piece = piece
        self._text = text
        self._metrics = metrics
        self._plain = text.isascii()
        self._wide = not self._plain and max(text, default="") > "\uffff"
        self._layout = QTextLayout(_shown(text), metrics.font)
        self._layout.setCacheEnabled(True)
        self._layout.setTextOption(_option(wrap_width, metrics))
        self._layout.setFormats(formats)  # before the rows are made: it undoes them
        self.rows, self.width = self._lay_out(wrap_width or _ENDLESS)

    def _lay_out(self, width: float) -> tuple[list[int], float]:
        rows: list[int] = []
        widest = 0.0
        self._layout.beginLayout()
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, len(rows) * self._metrics.row_height + self._metrics.ascent - line.ascent()))
            rows.append(line.textStart())
            widest = max(widest, line.naturalTextWidth())
        self._layout.endLayout()
        return rows or [0], widest

    def draw(self, painter: QPainter, at: QPointF, marks: Formats, clip: QRectF) -> None:
        """Paint the rows that touch `clip`, with `marks` (selection, matches) over them."""
        self._layout.draw(painter, at, marks, clip)

    def places_of(self, look: Look) -> Iterator[QRectF]:
        """Yield where something stands that `look` finds in the text, from the corner of the first row."""
        from firstlight.ui.presenting.places import stretches

        for start, end in look(self._text):
            first, last = (units(self._text[:place]) for place in (start, end))
            yield from stretches(self._layout, first, last)

    @property
    def height(self) -> int:
        """The height of all rows in pixels."""
        return len(self.rows) * self._metrics.row_height

    def row_of(self, offset: int) -> int:
        """Return the row that holds the byte at `offset`."""
        position = self.position_of(offset)
        row = 0
        while row + 1 < len(self.rows) and self.rows[row + 1] <= position:
            row += 1
        return row

    def row_start(self, row: int) -> int:
        """Return the byte offset at which a row begins."""
        return self.offset_of(self.rows[row])

    def row_end(self, row: int) -> int:
        """Return the byte offset of a row's last cursor place."""
        if row + 1 >= len(self.rows):
            return self.piece.end
        return self.offset_of(self._layout.previousCursorPosition(self.rows[row + 1]))

    def x_of(self, offset: int, row: int) -> float:
        """Return the x of the cursor before the byte at `offset`, which stands in `row`."""
        line = self._layout.lineAt(row)
        return float(line.cursorToX(self.position_of(offset))[0]) if line.isValid() else 0.0  # type: ignore[index]

    def row_width(self, row: int) -> float:
        """Return how far the text of a row reaches."""
        line = self._layout.lineAt(row)
        return line.naturalTextWidth() if line.isValid() else 0.0

    def offset_at(self, row: int, x: float) -> int:
        """Return the byte offset of the cursor place nearest to `x` in `row`."""
        line = self._layout.lineAt(row)
        if not line.isValid():
            return self.piece.start
        position = line.xToCursor(x)
        if row + 1 < len(self.rows) and position >= self.rows[row + 1]:
            return self.row_end(row)
        return self.offset_of(position)

    def step(self, offset: int, by: int) -> int:
        """Return the cursor place one character before (-1) or after (+1) `offset`, inside the piece."""
        position = self.position_of(offset)
        move = self._layout.nextCursorPosition if by > 0 else self._layout.previousCursorPosition
        return self.offset_of(move(position))

    def position_of(self, offset: int) -> int:
        """Turn a byte offset into a position of the layout."""
        length = max(0, min(offset, self.piece.end) - self.piece.start)
        if self._plain:
            return length
        head = self._text.encode("utf-8", "surrogateescape")[:length].decode("utf-8", "surrogateescape")
        return units(head) if self._wide else len(head)

    def offset_of(self, position: int) -> int:
        """Turn a position of the layout into a byte offset."""
        if self._plain:
            return self.piece.start + min(position, len(self._text))
        if self._wide:
            coded = self._text.encode("utf-16-le", "surrogatepass")[: 2 * position]
            head = coded.decode("utf-16-le", "surrogatepass")
        else:
            head = self._text[:position]
        return self.piece.start + len(head.encode("utf-8", "surrogateescape"))


def units(text: str) -> int:
    """Return the length of `text` as Qt counts it."""
    return len(text) + sum(1 for char in text if char > "\uffff")


def _shown(text: str) -> str:
    if not _ODD.search(text):
        return text
    body = text[:-1] + " " if text.endswith("\r") else text
    return body.translate(_PICTURES)


def _option(wrap_width: float, metrics: RowMetrics) -> QTextOption:
    option = QTextOption()
    wrapped, unwrapped = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere, QTextOption.WrapMode.NoWrap
    option.setWrapMode(wrapped if wrap_width else unwrapped)
    option.setTabStopDistance(4 * metrics.char_width)
    return option
