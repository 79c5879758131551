"""Anthropic's Messages API: typed events (`message_start`, `content_block_delta`, …); tool calls are content blocks.

The counts of the prompt come in `message_start`, those of the answer in `message_delta`: the reader keeps the last
value of each. `ping` and the ends of blocks are of this dialect and say nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

from firstlight.inference.chunk import Choice, Chunk, Function, Part, ToolPart
from firstlight.inference.dialects.dialect import Dialect, text_or_none, usage_of

_SILENT = frozenset({"ping", "content_block_stop", "message_stop"})


def _read(message: Mapping[str, object]) -> Chunk | None:
    kind = message.get("type")
    if kind == "content_block_delta":
        return _said(_delta(message.get("delta"), _position(message)))
    if kind == "content_block_start":
        return _said(_opened(message.get("content_block"), _position(message)))
    if kind == "message_delta":
        delta, usage = message.get("delta"), usage_of(message.get("usage"))
        reason = text_or_none(delta.get("stop_reason")) if isinstance(delta, dict) else None
        return Chunk(choices=[Choice(finish_reason=reason)], usage=usage)
    if kind == "message_start":
        begun = message.get("message")
        return Chunk(choices=[Choice()], usage=usage_of(begun.get("usage")) if isinstance(begun, dict) else None)
    return Chunk(choices=[]) if isinstance(kind, str) and kind in _SILENT else None


def _said(part: Part) -> Chunk:
    return Chunk(choices=[Choice(delta=part)])


def _position(message: Mapping[str, object]) -> int:
    position = message.get("index")
    return position if isinstance(position, int) else 0


def _delta(delta: object, position: int) -> Part:
    if not isinstance(delta, dict):
        return Part()
    if delta.get("type") == "input_json_delta":
        function = Function(arguments=text_or_none(delta.get("partial_json")))
        return Part(tool_calls=[ToolPart(index=position, function=function)])
    return Part(content=text_or_none(delta.get("text")), reasoning_content=text_or_none(delta.get("thinking")))


def _opened(block: object, position: int) -> Part:
    if not isinstance(block, dict):
        return Part()
    if block.get("type") == "tool_use":
        named = Function(name=text_or_none(block.get("name")))
        return Part(tool_calls=[ToolPart(index=position, id=text_or_none(block.get("id")), function=named)])
    return Part(content=text_or_none(block.get("text")), reasoning_content=text_or_none(block.get("thinking")))


DIALECT = Dialect(name="anthropic", read=_read)
