"""The shape of a dialect: how one JSON object of a stream becomes a Chunk."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from firstlight.inference.chunk import Chunk, Function, ToolPart


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """One way to write generated text as JSON."""

    name: str
    read: Callable[[Mapping[str, object]], Chunk | None]
    """Return what the object says, or None when it is not of this dialect. Never raises, whatever the values are."""
    marks_its_end: bool = True
    """False: a whole answer has neither a finish reason nor an end mark."""


def text_or_none(value: object) -> str | None:
    """Return the text of a field that should be a string; joins the list of text parts some services send."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        parts = (part.get("text") if isinstance(part, dict) else part for part in value)
        return "".join(part for part in parts if isinstance(part, str))
    return None


def usage_of(value: object) -> dict[str, object] | None:
    """Return a usage object as it came, or None when it is none."""
    return value if isinstance(value, dict) else None


def tool_parts(value: object) -> list[ToolPart] | None:
    """Return the pieces of tool calls in OpenAI's shape; arguments that are JSON already (Ollama) become its text."""
    if not isinstance(value, list):
        return None
    return [_tool_part(part) for part in value if isinstance(part, dict)]


def _tool_part(part: Mapping[str, object]) -> ToolPart:
    index, function = part.get("index"), part.get("function")
    return ToolPart(
        index=index if isinstance(index, int) else None,
        id=text_or_none(part.get("id")),
        function=_function(function) if isinstance(function, dict) else None,
    )


def _function(function: Mapping[str, object]) -> Function:
    arguments = function.get("arguments")
    if not isinstance(arguments, str | None):
        arguments = json.dumps(arguments, ensure_ascii=False)
    return Function(name=text_or_none(function.get("name")), arguments=arguments)
