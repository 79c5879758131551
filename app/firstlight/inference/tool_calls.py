"""Joins the pieces of tool calls: name and id come once, the arguments in fragments that are JSON only at the end."""

from __future__ import annotations

from collections.abc import Iterable

from firstlight.inference.chunk import ToolPart
from firstlight.inference.surrogates import whole
from firstlight.model.response import ToolCall


class _Call:
    def __init__(self) -> None:
        self.id = ""
        self.name = ""
        self.arguments: list[str] = []


class ToolCalls:
    """The calls of one choice, by their index; a service without indexes (Ollama) sends each call whole."""

    def __init__(self) -> None:
        self._calls: dict[int, _Call] = {}

    def add(self, parts: Iterable[ToolPart]) -> None:
        """Take the pieces of one message."""
        for part in parts:
            call = self._call_of(part)
            call.id = call.id or part.id or ""
            if part.function is not None:
                call.name = call.name or part.function.name or ""
                call.arguments.append(part.function.arguments or "")

    def summary(self, choice: int) -> list[ToolCall]:
        """Return the calls in the order of their index."""
        return [
            ToolCall(
                choice=choice,
                index=index,
                id=whole(call.id),
                name=whole(call.name),
                arguments=whole("".join(call.arguments)),
            )
            for index, call in sorted(self._calls.items())
        ]

    def _call_of(self, part: ToolPart) -> _Call:
        last = max(self._calls, default=-1)
        if part.index is not None:
            index = part.index
        else:
            index = last + 1 if last < 0 or (part.function and part.function.name) else last
        return self._calls.setdefault(index, _Call())
