"""Text Generation Inference, native route `/generate_stream`: `token.text`; the last one has `generated_text`."""

from __future__ import annotations

from collections.abc import Mapping

from firstlight.inference.chunk import Choice, Chunk, Part
from firstlight.inference.dialects.dialect import Dialect, text_or_none, usage_of


def _read(message: Mapping[str, object]) -> Chunk | None:
    token = message.get("token")
    if not isinstance(token, dict) or "text" not in token:
        return None
    content = None if token.get("special") is True else text_or_none(token["text"])
    details = usage_of(message.get("details")) or {}
    finish = None
    if message.get("generated_text") is not None:
        finish = text_or_none(details.get("finish_reason")) or "done"
    usage = {"generated_tokens": details["generated_tokens"]} if "generated_tokens" in details else None
    return Chunk(choices=[Choice(delta=Part(content=content), finish_reason=finish)], usage=usage)


DIALECT = Dialect(name="tgi", read=_read)
