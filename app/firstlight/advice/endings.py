"""What to make of a stream whose transport ended well and whose answer did not. Pure."""

from __future__ import annotations

from firstlight.model.response import StreamSummary
from firstlight.texts import Phrase

_BY_MESSAGE = frozenset({"ndjson", "json-array"})
"""Streams whose last message shows by itself that it is cut."""


def doubt_of(stream: StreamSummary | None) -> Phrase | None:
    """Return why an answer that came to its end is probably incomplete; None: there is no reason to think so.

    Events in which nothing was generated need no end mark, and many a server forgets the blank line after its last.
    """
    if stream is None or not stream.truncated:
        return None
    if stream.text or stream.reasoning or stream.tool_calls or (stream.unfinished and stream.kind not in _BY_MESSAGE):
        if stream.kind == "websocket":
            return Phrase(
                "The WebSocket was closed before the answer had a finish reason: it is probably incomplete. The log of "
                "the service tells why."
            )
        return Phrase(
            "The stream ended without a finish reason and without an end mark such as [DONE]: the answer is probably "
            "incomplete. The service, or a gateway on the way, ended it early."
        )
    return None if stream.kind in ("sse", "websocket") else Phrase("The stream ended within its last message.")
