"""The messages of a stream as JSON lines with their times: what Export writes. No Qt."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from firstlight.model.events import ServerEvent


def message_lines(messages: Iterable[ServerEvent], started_ns: int) -> bytes:
    """Return one object per message; `at_ms` counts from sending, `gap_ms` from the message before it."""
    before_ns: int | None = None
    lines = []
    for message in messages:
        gap_ms = None if before_ns is None else round((message.at_ns - before_ns) / 1e6, 3)
        before_ns = message.at_ns
        fields = {"at_ms": round((message.at_ns - started_ns) / 1e6, 3), "gap_ms": gap_ms}
        known = {"type": message.type, "data": message.data, "id": message.id, "retry": message.retry}
        lines.append({**fields, **known, "comment": message.comment, "truncated": message.truncated})
    return msgspec.json.Encoder().encode_lines(lines)
