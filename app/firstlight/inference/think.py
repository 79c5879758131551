"""Splits a leading `<think>…</think>` off an answer whose service does not do it (DeepSeek R1 without a parser).

Tags arrive cut anywhere, so a piece that may still become one is held back until it is decided. Only a tag at the
very start counts: later ones are part of the answer. The tags and the blanks before the first one are dropped.
"""

from __future__ import annotations

_OPEN = "<think>"
_CLOSE = "</think>"


class ThinkSplitter:
    """Takes the pieces of one answer in order and tells its text from its reasoning."""

    def __init__(self) -> None:
        self.settled = False
        """True when everything that follows is text."""
        self._inside = False
        self._held = ""

    def feed(self, piece: str) -> tuple[str, str]:
        """Return (text, reasoning) that `piece` makes certain."""
        if self.settled:
            return piece, ""
        piece = self._held + piece
        self._held = ""
        if self._inside:
            return self._reason(piece)
        start = piece.lstrip()
        if start.startswith(_OPEN):
            self._inside = True
            return self._reason(start[len(_OPEN) :])
        if _OPEN.startswith(start):
            self._held = piece
            return "", ""
        self.settled = True
        return piece, ""

    def close(self) -> tuple[str, str]:
        """Return (text, reasoning) that was held back when the answer ended."""
        held, self._held = self._held, ""
        return ("", held) if self._inside and not self.settled else (held, "")

    def _reason(self, piece: str) -> tuple[str, str]:
        reasoning, tag, text = piece.partition(_CLOSE)
        if tag:
            self.settled = True
            return text, reasoning
        held = next((n for n in range(len(_CLOSE) - 1, 0, -1) if piece.endswith(_CLOSE[:n])), 0)
        self._held = piece[len(piece) - held :]
        return "", piece[: len(piece) - held]
