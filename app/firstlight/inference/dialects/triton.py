"""Triton, `/v2/models/{model}/generate_stream`: each message has its piece in `text_output`; nothing marks the end."""

from __future__ import annotations

from collections.abc import Mapping

from firstlight.inference.chunk import Choice, Chunk, Part
from firstlight.inference.dialects.dialect import Dialect, text_or_none


def _read(message: Mapping[str, object]) -> Chunk | None:
    if "text_output" not in message:
        return None
    return Chunk(choices=[Choice(delta=Part(content=text_or_none(message["text_output"])))])


DIALECT = Dialect(name="triton", read=_read, marks_its_end=False)
