"""Which piece of text comes next, learnt by counting. Pure; the dice come from outside."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

END = ""
"""The piece after the last one of a text."""
_WEIGHTS = (0.02, 0.08, 0.9)
"""How much one, two and three pieces of context weigh: mostly the book's own words, now and then a leap."""
CONTEXT = len(_WEIGHTS)


class NGram:
    """Counts what follows one, two and three pieces of text."""

    def __init__(self, texts: Iterable[Sequence[str]]) -> None:
        self._after: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
        for text in texts:
            pieces = [*text, END]
            for end in range(1, len(pieces)):
                for length in range(1, min(CONTEXT, end) + 1):
                    self._after[tuple(pieces[end - length : end])][pieces[end]] += 1

    def chances(self, context: Sequence[str]) -> dict[str, float]:
        """Return piece → how likely it comes after `context`; empty when nobody knows."""
        chances: dict[str, float] = defaultdict(float)
        for length, weight in enumerate(_WEIGHTS, 1):
            counts = self._after.get(tuple(context[-length:]))
            if counts and length <= len(context):
                total = counts.total()
                for piece, count in counts.items():
                    chances[piece] += weight * count / total
        return chances
