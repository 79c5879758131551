"""Writes an answer piece by piece: the same seed and question give the same answer. No network, no clock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from firstlight.demo.chat import words
from firstlight.demo.chat.library import Found, library_for
from firstlight.demo.chat.walk import Walk


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a chat request asks for, whatever its wire shape."""

    question: str
    """The text of the last message of the user."""
    prompt_tokens: int
    seed: str
    temperature: float = 0.7
    max_tokens: int = 400
    stop: tuple[str, ...] = ()
    reasoning: bool = False


class Answer:
    """An answer being written; iterate `pieces()` once, the counts are right at any time."""

    def __init__(self, order: Order, choice: int = 0) -> None:
        self.order = order
        self.choice = choice
        self.completion_tokens = 0
        self.reasoning_tokens = 0
        self.finish_reason: str | None = None
        self._dice = Random(f"{order.seed}|{choice}|{order.question}")

    def pieces(self) -> Iterator[tuple[str, str]]:
        """Yield (reasoning, text) with one of the two filled, until stop or max_tokens."""
        question = self.order.question
        library = library_for(question)
        found = library.find(question, self._dice)
        walk = Walk(found, library.ngram, self._dice, self.order.temperature)
        thoughts = words.split(_reasoning(question, found)) if self.order.reasoning else []
        for piece in thoughts:
            if not self._count():
                return
            self.reasoning_tokens += 1
            yield piece, ""
        for piece in self._until_stop(walk.pieces()):
            if not self._count():
                return
            yield "", piece
        self.finish_reason = "stop"

    def _count(self) -> bool:
        """Count one token; False when there is no room for it."""
        if self.completion_tokens >= self.order.max_tokens:
            self.finish_reason = "length"
            return False
        self.completion_tokens += 1
        return True

    def _until_stop(self, pieces: Iterator[str]) -> Iterator[str]:
        """Yield pieces up to the first stop sequence."""
        written = ""
        for piece in filter(None, pieces):
            written += piece
            if any(stop in written for stop in self.order.stop):
                return
            yield piece


def _reasoning(question: str, found: Found) -> str:
    """Say how the answer was found: which words led to which text."""
    opening = "".join(found.texts[0][:6]).strip()
    known: Sequence[str] = found.because[:4]
    if words.is_chinese(question):
        because = f"问题里我认得的词是“{'”“'.join(known)}”。" if known else "问题里没有我读过的词，我任选一段。"
        return f"{because}我读过的文字里，最接近的一段以“{opening}”开头，就从那里写起。"
    because = f"In the question I know: {', '.join(known)}." if known else "I know no word of the question."
    return f"{because} The closest text that I have read begins with “{opening}”. I will start there."
