"""Reads as much of an answer's head as arrived, when it never becomes whole: HTTP/1.1, line by line, forgiving."""

from __future__ import annotations

import re

from firstlight.model.events import HeadersReceived
from firstlight.transport.wire import Wire, as_text

_STATUS = re.compile(rb"(HTTP/1\.\d) (\d{3})(?: ([^\r\n]*))?\r?\n")
_END = re.compile(rb"\r?\n\r?\n")


def begun(data: bytes) -> bytes:
    """Return what arrived of the final answer: without the informational ones (100 Continue) before it."""
    while (line := _STATUS.match(data)) and line[2].startswith(b"1") and line[2] != b"101":
        end = _END.search(data)
        if end is None:
            return b""
        data = data[end.end() :]
    return data


def torn_head(wire: Wire) -> HeadersReceived | None:
    """Return the head as far as whole lines of it came; None when not even the status line did."""
    data = begun(wire.first_bytes)
    line = _STATUS.match(data)
    if line is None:
        return None
    head = _END.split(data[line.end() :], maxsplit=1)[0]
    whole_lines = re.split(rb"\r?\n", head)
    if not _END.search(data):
        whole_lines.pop()  # the last one was still arriving
    pairs = [(name, value.strip()) for name, colon, value in (row.partition(b":") for row in whole_lines) if colon]
    status = int(line[2])
    return HeadersReceived(
        at_ns=wire.arrived_ns,
        status=status,
        reason=(line[3] or b"").decode("latin-1"),
        http_version=line[1].decode("ascii"),
        headers=as_text(pairs),
    )
