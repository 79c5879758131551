"""Which answers are streams. Apart from the reader, because the window asks this before it needs one."""

from __future__ import annotations

_KINDS = {
    "text/event-stream": "sse",
    "application/x-ndjson": "ndjson",
    "application/ndjson": "ndjson",
    "application/jsonl": "ndjson",
    "application/x-jsonlines": "ndjson",
    "application/jsonlines": "ndjson",
    "application/stream+json": "ndjson",
}


def stream_kind(content_type: str) -> str | None:
    """Tell whether an answer is a stream by its Content-Type: `sse`, `ndjson` or None."""
    return _KINDS.get(content_type.partition(";")[0].strip().lower())


def chosen_kind(content_type: str, *, switch: str, status: int) -> str | None:
    """Return how to read an answer: as the request's switch says, which counts for answers, not for refusals."""
    if switch == "off":
        return None
    return stream_kind(content_type) if switch == "auto" or status >= 400 else switch
