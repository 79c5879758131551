r"""Puts characters together again that a service cut in half.

Services that count in UTF-16 units send an emoji as `"\ud83d"` in one message and `"\ude00"` in the next. Half a
character cannot be shown, saved or printed; the half that no other half follows becomes U+FFFD.
"""

from __future__ import annotations


class SurrogateMender:
    """Takes pieces of one text in order and returns pieces without lone surrogates."""

    def __init__(self) -> None:
        self._held = ""

    def feed(self, piece: str) -> str:
        """Return what is certain now; a first half at the end waits for the next piece."""
        piece = self._held + piece
        self._held = piece[-1:] if "\ud800" <= piece[-1:] <= "\udbff" else ""
        return whole(piece[: len(piece) - len(self._held)])

    def close(self) -> str:
        """Return what is left when the text ended."""
        held, self._held = self._held, ""
        return whole(held)


def whole(text: str) -> str:
    """Return `text` with every lone half as U+FFFD."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
