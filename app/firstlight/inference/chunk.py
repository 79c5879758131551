"""One message of a generating service, in the shape OpenAI gave it; every dialect is read into this shape.

The shape of the wire is also the shape inside, because then the usual message needs one typed decode (0.25 µs) and
no copying: services send up to 100,000 of them a second. Unknown keys are skipped without being built.
"""

from __future__ import annotations

import msgspec


class Function(msgspec.Struct, gc=False):
    """What a tool call wants to run. `arguments` is a fragment of JSON text."""

    name: str | None = None
    arguments: str | None = None


class ToolPart(msgspec.Struct, gc=False):
    """A piece of one tool call."""

    index: int | None = None
    id: str | None = None
    function: Function | None = None


class Part(msgspec.Struct, gc=False):
    """What a choice gained: `delta` (OpenAI, Pangu V2, vLLM, DeepSeek) or `message` (Pangu V1)."""

    content: str | None = None
    reasoning_content: str | None = None
    """DeepSeek, Pangu."""
    reasoning: str | None = None
    """vLLM from 0.11."""
    refusal: str | None = None
    tool_calls: list[ToolPart] | None = None


class Choice(msgspec.Struct, gc=False):
    """One of the answers that are generated side by side."""

    index: int = 0
    delta: Part | None = None
    message: Part | None = None
    text: str | None = None
    """Legacy completions."""
    finish_reason: str | None = None


class Chunk(msgspec.Struct, gc=False):
    """One message. `choices` may be empty: the last chunk of OpenAI carries the usage alone."""

    choices: list[Choice] | None = None
    usage: dict[str, object] | None = None
    error: object = None
    error_code: object = None


decode_chunk = msgspec.json.Decoder(Chunk).decode
"""Decode the usual message. Raises msgspec.DecodeError when it is no JSON or not of this shape."""
