"""Failures that HTTP/2 has of its own: a stream that is reset, a connection that is shut down, broken frames."""

from __future__ import annotations

import re

from firstlight.model.failure import ExchangeError, failed
from firstlight.texts import Phrase
from firstlight.transport.wire import Wire

_CODES = (
    "NO_ERROR", "PROTOCOL_ERROR", "INTERNAL_ERROR", "FLOW_CONTROL_ERROR", "SETTINGS_TIMEOUT", "STREAM_CLOSED",
    "FRAME_SIZE_ERROR", "REFUSED_STREAM", "CANCEL", "COMPRESSION_ERROR", "CONNECT_ERROR", "ENHANCE_YOUR_CALM",
    "INADEQUATE_SECURITY", "HTTP_1_1_REQUIRED",
)  # fmt: skip
"""By number (RFC 9113 §7)."""
_HINT = Phrase("Look into the log of the service or the gateway; HTTP/1.1 can be chosen on the Settings tab.")


def broken_stream(wire: Wire, said: str) -> ExchangeError:
    """The exchange over HTTP/2 ended early; `said` is what h2 tells of it."""
    where, code = wire.where, _code(said)
    if "StreamReset" in said:
        message = Phrase("{where} broke the HTTP/2 stream off ({code}).", where=where, code=code)
        return failed(wire.phase, "stream-reset", message, _HINT)
    if "ConnectionTerminated" in said:
        message = Phrase("{where} shut the HTTP/2 connection down ({code}).", where=where, code=code)
        return failed(wire.phase, "connection-shut-down", message, _HINT)
    if "disconnected" in said:
        message = Phrase("{where} closed the HTTP/2 connection before the answer was complete.", where=where)
        return failed("read" if wire.phase == "read" else "wait", "connection-closed", message, _HINT)
    return failed(
        "protocol",
        "bad-frame",
        Phrase("{where} breaks the rules of HTTP/2: “{reason}”", where=where, reason=said),
        _HINT,
    )


def _code(said: str) -> str:
    found = re.search(r"error_code:\s*(?:<\w+\.(\w+)|(?:ErrorCodes\.)?(\w+))", said)
    name = (found[1] or found[2]) if found else "?"
    return _CODES[int(name)] if name.isdigit() and int(name) < len(_CODES) else name
