"""`choices[]`: OpenAI, vLLM, DeepSeek and Pangu V2 (`delta`), Pangu V1 (`message`), legacy completions (`text`).

`decode_chunk` reads the usual message of this dialect; this is the patient way for values of unexpected types.
"""

from __future__ import annotations

from collections.abc import Mapping

from firstlight.inference.chunk import Choice, Chunk, Part
from firstlight.inference.dialects.dialect import Dialect, text_or_none, tool_parts, usage_of


def _read(message: Mapping[str, object]) -> Chunk | None:
    choices = message.get("choices")
    if not isinstance(choices, list):
        return None
    return Chunk(
        choices=[_choice(choice, position) for position, choice in enumerate(choices) if isinstance(choice, dict)],
        usage=usage_of(message.get("usage")),
        error=message.get("error"),
        error_code=message.get("error_code"),
    )


def _choice(choice: Mapping[str, object], position: int) -> Choice:
    index = choice.get("index", 0)
    return Choice(
        index=index if isinstance(index, int) else position,
        delta=_part(choice.get("delta")),
        message=_part(choice.get("message")),
        text=text_or_none(choice.get("text")),
        finish_reason=text_or_none(choice.get("finish_reason")),
    )


def _part(part: object) -> Part | None:
    if not isinstance(part, dict):
        return None
    return Part(
        content=text_or_none(part.get("content")),
        reasoning_content=text_or_none(part.get("reasoning_content")),
        reasoning=text_or_none(part.get("reasoning")),
        refusal=text_or_none(part.get("refusal")),
        tool_calls=tool_parts(part.get("tool_calls")),
    )


DIALECT = Dialect(name="choices", read=_read)
