"""The texts the chat model has read, and which of them a question is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import log
from random import Random

from firstlight.demo.chat.ngram import NGram
from firstlight.demo.chat.words import is_chinese, split, subjects, topics
from firstlight.resources import resource_path

LANGUAGES = ("english", "chinese")
_CLOSEST = 3


@dataclass(frozen=True, slots=True)
class Found:
    """What a question leads to: the closest texts, the best first, and the words that led there."""

    texts: tuple[Sequence[str], ...]
    because: tuple[str, ...]


class Library:
    """One language's texts: the counts of what follows what, and an index by subject."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._pieces = [split(text) for text in texts]
        self._subjects = [Counter(subjects(text)) for text in texts]
        self._texts_with = Counter(subject for counts in self._subjects for subject in counts)
        self.ngram = NGram(self._pieces)

    def find(self, question: str, dice: Random) -> Found:
        """Return the texts that share the most and the rarest words with the question, or any one."""
        wanted = list(dict.fromkeys(topics(question)))
        scores = [self._score(wanted, counts) for counts in self._subjects]
        ranked = sorted((number for number, score in enumerate(scores) if score), key=lambda number: -scores[number])
        if not ranked:
            return Found((dice.choice(self._pieces),), ())
        because = tuple(word for word in wanted if word in self._subjects[ranked[0]])
        return Found(tuple(self._pieces[number] for number in ranked[:_CLOSEST]), because)

    def _score(self, wanted: Sequence[str], counts: Counter[str]) -> float:
        """Rate one text: rare words count more, repeated ones a little more."""
        known = [word for word in wanted if word in counts]
        return sum(log(1 + len(self._subjects) / self._texts_with[word]) + 0.1 * min(counts[word], 5) for word in known)


def paragraphs(text: str) -> list[str]:
    """Return the texts of a file: blocks between empty lines, without the lines that start with a hash."""
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return [block.strip() for block in "\n".join(lines).split("\n\n") if block.strip()]


@cache
def library(language: str) -> Library:
    """Return the library of `english` or `chinese`; built on first use, in some 20 ms."""
    path = resource_path("demo", "texts", f"{language}.txt")
    return Library(paragraphs(path.read_text(encoding="utf-8")))


def library_for(question: str) -> Library:
    """Return the library in the language of the question."""
    return library(LANGUAGES[is_chinese(question)])
