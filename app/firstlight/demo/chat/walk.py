"""Walks through the counts and writes: near the texts a question is about, and never in a circle. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from random import Random

from firstlight.demo.chat.library import Found
from firstlight.demo.chat.ngram import CONTEXT, END, NGram
from firstlight.demo.chat.words import ends_sentence

_NEAR, _FAR = 0.85, 0.15
"""How much the closest texts weigh against everything that was read."""
_AGAIN = 0.15
"""What a step is worth each time it was taken already."""
_FEWEST_SENTENCES, _MOST_SENTENCES = 3, 7
_OPENING = 3


class Walk:
    """One text being written; the same dice write the same text."""

    def __init__(self, found: Found, everything: NGram, dice: Random, temperature: float) -> None:
        self._found = found
        self._near = NGram(found.texts)
        self._everything = everything
        self._dice = dice
        self._temperature = temperature
        self._steps: Counter[tuple[str, ...]] = Counter()
        self._sentences = 0
        self._enough = dice.randint(_FEWEST_SENTENCES, _MOST_SENTENCES)

    def pieces(self) -> Iterator[str]:
        """Yield the pieces; a text that ends too soon goes on with the opening of the next closest."""
        for number, text in enumerate(self._found.texts):
            if number:
                yield "" if ends_sentence(text[-1]) and not text[0].isascii() else " "
            yield from self._from_opening(text[:_OPENING])
            if self._sentences >= _FEWEST_SENTENCES:
                return

    def _from_opening(self, opening: Sequence[str]) -> Iterator[str]:
        yield from opening
        context = list(opening)
        while (piece := self._next(context)) != END:
            yield piece
            context = [*context, piece][-CONTEXT:]
            self._steps[tuple(context)] += 1
            self._sentences += ends_sentence(piece)
            if self._sentences >= self._enough:
                return

    def _next(self, context: Sequence[str]) -> str:
        """Draw the next piece; temperature 0 takes the likeliest, higher ones leap more often."""
        chances: dict[str, float] = defaultdict(float)
        for model, weight in ((self._near, _NEAR), (self._everything, _FAR)):
            for piece, chance in model.chances(context).items():
                again = self._steps[(*context[1 - CONTEXT :], piece)]
                chances[piece] += weight * chance * _AGAIN**again
        if not chances:
            return END
        highest = max(chances.values())
        if self._temperature <= 0.01:
            return max(chances, key=chances.__getitem__)
        weights = [(chance / highest) ** (1 / self._temperature) for chance in chances.values()]
        return self._dice.choices(list(chances), weights)[0]
