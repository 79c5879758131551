"""Ollama's own API: `/api/chat` (`message.content`, `message.thinking`) and `/api/generate` (`response`, `thinking`).

The object with `done: true` ends the answer and carries the counts and durations (in nanoseconds).
"""

from __future__ import annotations

from collections.abc import Mapping

from firstlight.inference.chunk import Choice, Chunk, Part
from firstlight.inference.dialects.dialect import Dialect, text_or_none, tool_parts

_COUNTS = (
    "prompt_eval_count",
    "eval_count",
    "total_duration",
    "load_duration",
    "prompt_eval_duration",
    "eval_duration",
)


def _read(message: Mapping[str, object]) -> Chunk | None:
    if not isinstance(message.get("done"), bool):
        return None
    inner = message.get("message")
    source = inner if isinstance(inner, dict) else {**message, "content": message.get("response")}
    part = Part(
        content=text_or_none(source.get("content")),
        reasoning=text_or_none(source.get("thinking")),
        tool_calls=tool_parts(source.get("tool_calls")),
    )
    if not message["done"]:
        return Chunk(choices=[Choice(delta=part)])
    reason = text_or_none(message.get("done_reason")) or "done"
    usage: dict[str, object] = {name: message[name] for name in _COUNTS if name in message}
    return Chunk(choices=[Choice(delta=part, finish_reason=reason)], usage=usage or None)


DIALECT = Dialect(name="ollama", read=_read)
