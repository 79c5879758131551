"""A hex dump whose rows are made when they are looked at: 50 MB have three million of them."""

from __future__ import annotations

from functools import cached_property

BYTES_PER_ROW = 16
_ROWS_AT_ONCE = 4096

_PRINTABLE = bytes(code if 0x20 <= code < 0x7F else 0x2E for code in range(256))


class HexRows:
    """The dump of `source`: offset, sixteen bytes in two groups, the printable characters."""

    language = "hex"
    problem = None

    def __init__(self, source: bytes) -> None:
        self.source = source
        self._digits = max(8, len(f"{len(source):x}"))

    @property
    def row_count(self) -> int:
        """The number of rows; an empty body has none."""
        return -(-len(self.source) // BYTES_PER_ROW)

    def row(self, number: int) -> str:
        """Return one row, counted from 0: `00000010  48 65 …  6c 6c …  |He…ll…|`.

        Raises:
            IndexError: no such row.
        """
        start = number * BYTES_PER_ROW
        piece = self.source[start : start + BYTES_PER_ROW]
        if number < 0 or not piece:
            raise IndexError(number)
        return self._written(start, piece.hex(" "), piece.translate(_PRINTABLE).decode("ascii"))

    def rows(self, start: int, stop: int) -> bytes:
        """Return rows `start` to `stop` (not included) as text, one per line."""
        piece = self.source[start * BYTES_PER_ROW : stop * BYTES_PER_ROW]
        pairs, characters = piece.hex(" "), piece.translate(_PRINTABLE).decode("ascii")
        written, first = self._written, start * BYTES_PER_ROW
        return "\n".join(
            written(first + place, pairs[3 * place : 3 * place + 47], characters[place : place + BYTES_PER_ROW])
            for place in range(0, len(piece), BYTES_PER_ROW)
        ).encode("ascii")

    def _written(self, offset: int, pairs: str, characters: str) -> str:
        return f"{offset:0{self._digits}x}  {pairs[:23]:<23}  {pairs[24:]:<23}  |{characters}|"

    @cached_property
    def data(self) -> bytes:
        """The whole dump as text: five bytes for each byte of the body, 15 MB of body a second."""
        pieces = range(0, self.row_count, _ROWS_AT_ONCE)
        return b"\n".join(self.rows(start, start + _ROWS_AT_ONCE) for start in pieces)
