"""The text behind a TextView: UTF-8 bytes that may grow, cut into pieces small enough to lay out. No Qt.

A piece is a line, or a part of a line that is too long. Where long lines are cut follows from the bytes near the
cut alone, never from where the line begins, so a piece in the middle of an 80 MB line is found at once.
"""

from __future__ import annotations

from typing import NamedTuple, Protocol

PIECE_BYTES = 2048
"""Longest lines are cut near multiples of this; no piece is longer than twice as much. 0.15 ms to lay out."""
_BLANK_WINDOW = 256  # a cut moves back to a blank this near, so that words stay whole


class Piece(NamedTuple):
    """A stretch of one line, as byte offsets; `end` leaves the line break out."""

    start: int
    end: int
    first: bool
    """It begins its line."""
    last: bool
    """It ends its line."""


class Source(Protocol):
    """What a view can show: bytes of UTF-8, cut into pieces. Places are byte offsets."""

    @property
    def size(self) -> int:
        """The number of bytes."""

    def piece_at(self, offset: int) -> Piece:
        """Return the piece that holds `offset` (0 … size); a line break belongs to the line it ends."""

    def after(self, piece: Piece) -> Piece | None:
        """Return the next piece; None at the end of the text."""

    def before(self, piece: Piece) -> Piece | None:
        """Return the previous piece; None at the start of the text."""

    def cut(self, start: int, end: int) -> bytes:
        """Return a stretch of the bytes."""

    def line(self, offset: int) -> tuple[int, int]:
        """Return start and end of the line that holds `offset`, its line break included."""


class TextBuffer:
    """Bytes with the two questions a view asks: which piece is at this offset, which comes before and after."""

    def __init__(self, data: bytes | bytearray = b"") -> None:
        self.data = data

    @property
    def size(self) -> int:
        """The number of bytes."""
        return len(self.data)

    def append(self, data: bytes) -> None:
        """Add bytes at the end; amortised cost O(len(data))."""
        if not isinstance(self.data, bytearray):
            self.data = bytearray(self.data)
        self.data += data

    def piece_at(self, offset: int) -> Piece:
        """Return the piece that holds `offset` (0 … size); a line break belongs to the line it ends."""
        offset = max(0, min(offset, self.size))
        block = offset // PIECE_BYTES
        start = self._start(offset, block)
        newline = self.data.find(b"\n", offset, (block + 3) * PIECE_BYTES)
        end = newline if newline >= 0 else self.size
        for k in (block + 1, block + 2, block + 3):
            cut = self._cut(k)
            if cut > offset:
                end = min(end, cut)
                break
        first = start == 0 or self.data[start - 1] == 10
        return Piece(start, end, first, end == self.size or self.data[end] == 10)

    def after(self, piece: Piece) -> Piece | None:
        """Return the next piece; None at the end of the text."""
        if not piece.last:
            return self.piece_at(piece.end)
        return self.piece_at(piece.end + 1) if piece.end < self.size else None

    def before(self, piece: Piece) -> Piece | None:
        """Return the previous piece; None at the start of the text."""
        return self.piece_at(piece.start - 1) if piece.start else None

    def cut(self, start: int, end: int) -> bytes:
        """Return a stretch of the bytes."""
        return bytes(self.data[start:end])

    def line(self, offset: int) -> tuple[int, int]:
        """Return start and end of the line that holds `offset`, its line break included."""
        end = self.data.find(b"\n", offset)
        return self.data.rfind(b"\n", 0, offset) + 1, end + 1 if end >= 0 else self.size

    def _start(self, offset: int, block: int) -> int:
        newline = self.data.rfind(b"\n", max(0, (block - 2) * PIECE_BYTES), offset)
        for k in (block + 1, block, block - 1):
            cut = self._cut(k)
            if 0 < cut <= offset:
                return max(cut, newline + 1)
        return newline + 1

    def _cut(self, k: int) -> int:
        """Return where block `k - 1` is cut from block `k`, or -1 when a line break makes a cut needless."""
        border = k * PIECE_BYTES
        if k <= 0 or border >= self.size or self.data.find(b"\n", border - PIECE_BYTES, border + 1) >= 0:
            return -1
        blank = self.data.rfind(b" ", border - _BLANK_WINDOW, border)
        if blank >= 0:
            return blank + 1
        while self.data[border] & 0xC0 == 0x80 and border > k * PIECE_BYTES - 4:
            border -= 1
        return border


def text_of(source: Source, start: int, end: int) -> str:
    """Return a stretch as text with one lone surrogate per undecodable byte, so that lengths map back."""
    return source.cut(start, end).decode("utf-8", "surrogateescape")
