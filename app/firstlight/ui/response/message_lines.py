"""The messages of a stream as JSON lines with their times: what Export writes. No Qt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from firstlight.model.events import ServerEvent
from firstlight.ui.talk.timeline import Entry
from firstlight.ui.talk.timeline_words import as_json


def message_lines(messages: Sequence[ServerEvent | Entry], started_ns: int) -> bytes:
    """Return one object per message, of a stream or of a WebSocket; `at_ms` counts from sending."""
    streamed = [message for message in messages if isinstance(message, ServerEvent)]
    if len(streamed) == len(messages):
        return _stream_lines(streamed, started_ns)
    travelled = (message for message in messages if not isinstance(message, ServerEvent))
    return msgspec.json.Encoder().encode_lines([as_json(entry, started_ns) for entry in travelled])


def _stream_lines(messages: Iterable[ServerEvent], started_ns: int) -> bytes:
    """Return the messages of a stream; `gap_ms` counts from the message before."""
    before_ns: int | None = None
    lines = []
    for message in messages:
        gap_ms = None if before_ns is None else round((message.at_ns - before_ns) / 1e6, 3)
        before_ns = message.at_ns
        fields = {"at_ms": round((message.at_ns - started_ns) / 1e6, 3), "gap_ms": gap_ms}
        known = {"type": message.type, "data": message.data, "id": message.id, "retry": message.retry}
        lines.append({**fields, **known, "comment": message.comment, "truncated": message.truncated})
    return msgspec.json.Encoder().encode_lines(lines)
