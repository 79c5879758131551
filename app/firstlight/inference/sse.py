"""Decodes a `text/event-stream` body (WHATWG HTML 9.2) from any split of its bytes. Sans-I/O.

What a browser hides, a tester sees. Three things go beyond the standard, and none of them changes a message:

* A block of comment lines alone (`: keep-alive`) comes out as an event of type `comment` without data. It is shown,
  never counted as a message: see `is_message`.
* `retry` and comments stay with the block they stood in; a `retry` in a block without data goes to the next event.
* What the stream ended inside of comes out with `truncated=True`; the standard throws it away.

Lines are found in the bytes, before decoding: CR and LF never occur inside a UTF-8 character, so U+2028, U+2029 and
U+0085 cannot be taken for line ends, and a character split over two chunks is whole again when its line is decoded.
"""

from __future__ import annotations

import re

from firstlight.model.events import ServerEvent

COMMENT = "comment"
"""The type of an event that stands for comment lines without a message."""

_BOM = b"\xef\xbb\xbf"
_LINE_END = re.compile(rb"\r\n|\r|\n")
_CR, _LF, _BLANK = 13, 10, 32
_FIELDS = frozenset({b"", b"data", b"event", b"id", b"retry"})
_RETRY_DIGITS = 18  # more would not fit 64 bits; nobody waits a million years for a reconnect


def is_message(event: ServerEvent) -> bool:
    """Tell a message from a block that held only comments (which may be empty: a bare `:` keeps alive, too)."""
    return event.type != COMMENT or bool(event.data)


class SseDecoder:
    """Turns the bytes of an event stream into ServerEvents, in the order their blank lines arrive."""

    def __init__(self) -> None:
        self._at_start = True
        self._after_cr = False
        self._line: list[bytes] = []  # pieces of a line whose end has not arrived; joined once
        self._idle = False  # between two blocks, nothing pending
        self._last_id = ""
        self._data: list[bytes] = []
        self._type = ""
        self._comments: list[str] = []
        self._strange: list[bytes] = []  # lines of the block that are no field
        self._retry: int | None = None

    def feed(self, data: bytes, at_ns: int) -> list[ServerEvent]:
        """Take the next bytes and return the events they completed."""
        if self._idle:
            # One whole `data: …` block per chunk is what a fast service sends: 0.4 µs here, 2 µs line by line.
            if data.find(b"\n") == len(data) - 2 and data.startswith(b"data:") and data[-1] == _LF and _CR not in data:
                text = data[6 if data[5] == _BLANK else 5 : -2].decode("utf-8", "replace")
                return [ServerEvent(at_ns=at_ns, type="message", data=text, id=self._last_id)]
            return self._feed_blocks(data, at_ns)
        end = data.find(b"\n\n") + 2
        if end < 2:
            return self._feed_lines(data, at_ns)
        events = self._feed_lines(data[:end], at_ns)
        events += (self._feed_blocks if self._idle else self._feed_lines)(data[end:], at_ns)
        return events

    def close(self, at_ns: int) -> list[ServerEvent]:
        """Say that no more bytes will come; return the event the stream ended inside of, if any."""
        rest = b"".join(self._line)
        self._line.clear()
        if rest:
            self._take_line(rest)
        if not self._data and not self._type:
            if not self._strange:
                return self._dispatch(at_ns)
            self._data = self._strange  # cut inside a field name, or no event stream at all: shown as it came
        return [self._event(at_ns, truncated=True)]

    def _feed_blocks(self, data: bytes, at_ns: int) -> list[ServerEvent]:
        """Take bytes that start between two blocks; whole blocks of one data line need no line splitting."""
        if _CR in data:
            return self._feed_lines(data, at_ns)
        events: list[ServerEvent] = []
        *blocks, rest = data.split(b"\n\n")
        for block in blocks:
            if self._idle and block.startswith(b"data:") and _LF not in block:
                text = block[6 if block[5:6] == b" " else 5 :].decode("utf-8", "replace")
                events.append(ServerEvent(at_ns=at_ns, type="message", data=text, id=self._last_id))
            else:
                events += self._feed_lines(block + b"\n\n", at_ns)
        return events + self._feed_lines(rest, at_ns) if rest else events

    def _feed_lines(self, data: bytes, at_ns: int) -> list[ServerEvent]:
        """Take any bytes, line by line."""
        if self._at_start:
            data = self._without_bom(data)
        if self._after_cr and data:
            self._after_cr = False
            data = data.removeprefix(b"\n")
        if not data:
            return []
        has_cr = _CR in data
        *lines, rest = _LINE_END.split(data) if has_cr else data.split(b"\n")
        if lines and self._line:
            lines[0] = b"".join((*self._line, lines[0]))
            self._line.clear()
        events: list[ServerEvent] = []
        for line in lines:
            if line:
                self._take_line(line)
            else:
                events += self._dispatch(at_ns)
        if rest:
            self._line.append(rest)
        self._after_cr = has_cr and data[-1] == _CR
        pending = self._line or self._data or self._type or self._comments or self._strange
        self._idle = not (pending or self._after_cr or self._retry is not None)
        return events

    def _without_bom(self, data: bytes) -> bytes:
        """Drop a byte order mark at the very start of the stream; hold back what may still become one."""
        head = b"".join((*self._line, data))
        self._line.clear()
        if len(head) < len(_BOM) and _BOM.startswith(head):
            self._line.append(head)
            return b""
        self._at_start = False
        return head.removeprefix(_BOM)

    def _take_line(self, line: bytes) -> None:
        name, _, value = line.partition(b":")
        value = value.removeprefix(b" ")  # one blank only: the second belongs to the value
        if name == b"data":
            self._data.append(value)
        elif name == b"":
            self._comments.append(_text(value))
        elif name == b"event":
            self._type = _text(value)
        elif name == b"id" and b"\0" not in value:
            self._last_id = _text(value)
        elif name == b"retry" and value.isdigit() and len(value) <= _RETRY_DIGITS:
            self._retry = int(value)
        elif name not in _FIELDS:
            self._strange.append(line)

    def _dispatch(self, at_ns: int) -> list[ServerEvent]:
        """End the block: a message if it had data, its comments if it had any, otherwise nothing."""
        self._strange.clear()
        if not self._data:
            self._type = COMMENT if self._comments else ""
        return [self._event(at_ns)] if self._data or self._comments else []

    def _event(self, at_ns: int, *, truncated: bool = False) -> ServerEvent:
        event = ServerEvent(
            at_ns=at_ns,
            type=self._type or "message",
            data=_text(b"\n".join(self._data)),
            id=self._last_id if self._type != COMMENT or self._data else "",
            retry=self._retry,
            comment="\n".join(self._comments),
            truncated=truncated,
        )
        self._data, self._type, self._comments, self._retry, self._strange = [], "", [], None, []
        return event


def _text(value: bytes) -> str:
    return value.decode("utf-8", "replace")
