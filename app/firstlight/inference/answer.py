"""What one choice of a generating service has said so far: text, reasoning, how it ended."""

from __future__ import annotations

from io import StringIO

from firstlight.inference.chunk import Choice, Part, ToolPart
from firstlight.inference.surrogates import SurrogateMender
from firstlight.inference.think import ThinkSplitter
from firstlight.inference.tool_calls import ToolCalls
from firstlight.model.response import ToolCall

_NOTHING = Part()


class Answer:
    """Joins the pieces of one choice, reasoning apart."""

    def __init__(self) -> None:
        self.finish_reason: str | None = None
        self.plain = False
        """True when pieces need no second look: see `sift`."""
        self.has_deltas = False
        self._text = StringIO()
        self._reasoning = StringIO()
        self._splitter = ThinkSplitter()
        self._menders: tuple[SurrogateMender, SurrogateMender] | None = None
        self._tools: ToolCalls | None = None

    @property
    def text(self) -> str:
        """The answer so far."""
        return self._text.getvalue()

    @property
    def reasoning(self) -> str:
        """The reasoning so far."""
        return self._reasoning.getvalue()

    def part_of(self, choice: Choice) -> Part:
        """Choose where this choice carries its piece: `delta`, else `message`, else `text`.

        Some services end a stream of deltas with the whole `message` once more: that one adds nothing.
        """
        delta, message = choice.delta, choice.message
        if delta is not None and (message is None or delta != _NOTHING):
            return delta
        if message is not None and not self.has_deltas:
            return message
        return Part(content=choice.text) if choice.text is not None else _NOTHING

    def add(self, text: str, reasoning: str) -> None:
        """Append a piece."""
        if text:
            self._text.write(text)
        if reasoning:
            self._reasoning.write(reasoning)

    def call_tools(self, parts: list[ToolPart]) -> None:
        """Take pieces of tool calls."""
        if self._tools is None:
            self._tools = ToolCalls()
        self._tools.add(parts)

    def tool_calls(self, choice: int) -> list[ToolCall]:
        """Return the tool calls so far; `choice` is this one's index."""
        return self._tools.summary(choice) if self._tools else []

    def mend_from_here(self) -> None:
        """Expect characters that were cut in half between two pieces."""
        if self._menders is None:
            self._menders = (SurrogateMender(), SurrogateMender())
            self.plain = False

    def sift(self, text: str, reasoning: str) -> tuple[str, str]:
        """Return (text, reasoning) with a leading `<think>` block moved over and broken characters mended."""
        if self._menders is not None:
            text, reasoning = self._menders[0].feed(text), self._menders[1].feed(reasoning)
        if text:
            text, thought = self._splitter.feed(text)
            reasoning += thought
        self.plain = self._splitter.settled and self._menders is None
        return text, reasoning

    def close(self) -> tuple[str, str]:
        """Return (text, reasoning) that was held back."""
        text, reasoning = ("", "") if self._menders is None else (mender.close() for mender in self._menders)
        if text:
            text, thought = self._splitter.feed(text)
            reasoning += thought
        held_text, held_reasoning = self._splitter.close()
        return text + held_text, reasoning + held_reasoning
