"""The rows of a text as a chain: from any byte to its row, from a row to its neighbours. Keeps what it laid out."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtGui import QColor, QTextCharFormat, QTextLayout

from firstlight.ui.text.highlight import Span, spans
from firstlight.ui.text.piece_layout import PieceLayout, RowMetrics, units
from firstlight.ui.text.text_buffer import Piece, Source, text_of
from firstlight.ui.theme.current import tokens

_KEPT = 512  # several screens of laid-out pieces; older ones are laid out again when they come back


class Row(NamedTuple):
    """One row on screen: the layout of its piece and its number inside it."""

    layout: PieceLayout
    number: int

    @property
    def start(self) -> int:
        """The byte offset of its first character."""
        return self.layout.row_start(self.number)

    @property
    def end(self) -> int:
        """The byte offset of its last cursor place."""
        return self.layout.row_end(self.number)


class RowMap:
    """Lays out pieces on demand and walks over their rows."""

    def __init__(self, buffer: Source, metrics: RowMetrics) -> None:
        self.buffer = buffer
        self.metrics = metrics
        self.language = ""
        self.wrap_width = 0.0
        """Pixels; 0 means rows are as long as their pieces."""
        self._kept: dict[Piece, PieceLayout] = {}
        self._formats: dict[str, QTextCharFormat] = {}

    def forget(self) -> None:
        """Drop every layout: the font, the width, the colours or the text changed."""
        self._kept.clear()
        self._formats.clear()

    def layout(self, piece: Piece) -> PieceLayout:
        """Return the layout of a piece."""
        found = self._kept.get(piece)
        if found is None:
            if len(self._kept) >= _KEPT:
                for old in list(self._kept)[: _KEPT // 2]:
                    del self._kept[old]
            found = self._kept[piece] = self._lay_out(piece)
        return found

    def row_at(self, offset: int) -> Row:
        """Return the row that holds the byte at `offset`."""
        layout = self.layout(self.buffer.piece_at(offset))
        return Row(layout, layout.row_of(offset))

    def below(self, row: Row) -> Row | None:
        """Return the next row; None at the end of the text."""
        if row.number + 1 < len(row.layout.rows):
            return Row(row.layout, row.number + 1)
        piece = self.buffer.after(row.layout.piece)
        return None if piece is None else Row(self.layout(piece), 0)

    def above(self, row: Row) -> Row | None:
        """Return the previous row; None at the start of the text."""
        if row.number:
            return Row(row.layout, row.number - 1)
        piece = self.buffer.before(row.layout.piece)
        if piece is None:
            return None
        layout = self.layout(piece)
        return Row(layout, len(layout.rows) - 1)

    def moved(self, row: Row, by: int) -> Row:
        """Return the row `by` rows below (above when negative), or the last one on the way."""
        walk = self.below if by > 0 else self.above
        for _ in range(abs(by)):
            following = walk(row)
            if following is None:
                break
            row = following
        return row

    def last_page(self, rows: int) -> Row:
        """Return the top row of the last screen, when a screen shows `rows` rows."""
        return self.moved(self.row_at(self.buffer.size), 1 - rows)

    def _lay_out(self, piece: Piece) -> PieceLayout:
        text = text_of(self.buffer, piece.start, piece.end)
        formats = self._colors(text, piece) if self.language else ()
        return PieceLayout(piece, text, self.metrics, self.wrap_width, formats)

    def _colors(self, text: str, piece: Piece) -> list[QTextLayout.FormatRange]:
        plain = text.isascii() or max(text, default="") <= "\uffff"
        ranges = []
        for start, length, color in _spans(text, self.language, first=piece.first):
            one = QTextLayout.FormatRange()
            one.start = start if plain else units(text[:start])
            one.length = length if plain else units(text[start : start + length])
            one.format = self._format(color)
            ranges.append(one)
        return ranges

    def _format(self, color: str) -> QTextCharFormat:
        found = self._formats.get(color)
        if found is None:
            found = self._formats[color] = QTextCharFormat()
            found.setForeground(QColor(getattr(tokens(), color)))
        return found


def _spans(text: str, language: str, *, first: bool) -> list[Span]:
    found = spans(text, language)
    if first or language != "json":
        return found
    # The middle of a long line may begin inside a string: the reading that explains more of it is the right one.
    inside = spans('"' + text, language)
    if sum(span.length for span in inside) <= sum(span.length for span in found) + 1:
        return found
    head = inside[0]
    return [Span(0, head.length - 1, head.color), *(Span(s.start - 1, s.length, s.color) for s in inside[1:])]
