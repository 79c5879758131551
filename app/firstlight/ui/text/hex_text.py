"""A hex dump as a text for a TextView: rows are made when they are seen."""

from __future__ import annotations

from firstlight.ui.text.text_buffer import Piece
from firstlight.views import HexRows


class HexText:
    """All rows of a dump are equally long, so a place is found by division."""

    def __init__(self, dump: HexRows) -> None:
        self._dump = dump
        self._pitch = len(dump.row(0)) + 1 if dump.row_count else 1
        last = len(dump.row(dump.row_count - 1)) if dump.row_count else 0
        self._size = max(0, dump.row_count - 1) * self._pitch + last

    @property
    def size(self) -> int:
        """The number of characters; all are ASCII."""
        return self._size

    def piece_at(self, offset: int) -> Piece:
        """Return the row that holds `offset`."""
        start = max(0, min(offset, self._size)) // self._pitch * self._pitch
        return Piece(start, min(start + self._pitch - 1, self._size), True, True)

    def after(self, piece: Piece) -> Piece | None:
        """Return the next row; None at the end."""
        return self.piece_at(piece.end + 1) if piece.end < self._size else None

    def before(self, piece: Piece) -> Piece | None:
        """Return the previous row; None at the start."""
        return self.piece_at(piece.start - 1) if piece.start else None

    def cut(self, start: int, end: int) -> bytes:
        """Return a stretch of the dump."""
        end = min(end, self._size)
        if start >= end:
            return b""
        first = start // self._pitch
        rows = self._dump.rows(first, (end - 1) // self._pitch + 1) + b"\n"
        return rows[start - first * self._pitch : end - first * self._pitch]

    def line(self, offset: int) -> tuple[int, int]:
        """Return start and end of a row, its line break included."""
        piece = self.piece_at(offset)
        return piece.start, min(piece.end + 1, self._size)
