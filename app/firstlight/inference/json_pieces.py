"""Decodes a JSON array that is streamed piece by piece (`[{…},` `{…}]`) from any split of its bytes. Sans-I/O.

Each value of the outermost array is one event of type `value`, as soon as it is whole; so is an object without an
array around it. What the stream ended inside of comes out with `truncated=True`; it is empty when the array was cut
between two values.
"""

from __future__ import annotations

import re

from firstlight.inference.ndjson import is_whole
from firstlight.model.events import ServerEvent

_BOM = b"\xef\xbb\xbf"
_STRUCTURE = re.compile(rb'["\[\]{},]')
_IN_TEXT = re.compile(rb'["\\]')


class JsonPiecesDecoder:
    """Turns bytes into one ServerEvent per value. Looks at brackets, commas and quotes only."""

    def __init__(self) -> None:
        self._value: list[bytes] = []  # pieces of a value whose end has not arrived; joined once
        self._depth = 0
        self._in_array = False  # the outermost bracket is that of an array: its values are the events
        self._in_text = False
        self._escaped = False  # the last byte was a backslash
        self._at_start = True

    def feed(self, data: bytes, at_ns: int) -> list[ServerEvent]:
        """Take the next bytes and return the values they completed."""
        events: list[ServerEvent] = []
        start = place = 0
        while place < len(data):
            if self._in_text:
                place = self._through_text(data, place)
                continue
            found = _STRUCTURE.search(data, place)
            if found is None:
                break
            place = found.end()
            kept = self._ends(data[place - 1 : place])
            if kept is not None:
                events += self._events(data[start : place - 1 + kept], at_ns)
                start = place
        if start < len(data):
            self._value.append(data[start:])
        return events

    def close(self, at_ns: int) -> list[ServerEvent]:
        """Say that no more bytes will come; return the value the stream ended in, if any."""
        text = self._text(b"")
        if not text and not self._depth:
            return []
        return [ServerEvent(at_ns=at_ns, type="value", data=text, truncated=bool(self._depth) or not is_whole(text))]

    def _through_text(self, data: bytes, place: int) -> int:
        """Return where to go on within a string: behind its end, or at the end of the data."""
        if self._escaped:
            self._escaped = False
            return place + 1
        found = _IN_TEXT.search(data, place)
        if found is None:
            return len(data)
        self._escaped = found.group() == b"\\"
        self._in_text = self._escaped
        return found.end()

    def _ends(self, mark: bytes) -> int | None:
        """Take a structural byte; return how many bytes of it belong to the value it ends, None when it ends none."""
        if mark == b'"':
            self._in_text = True
        elif mark == b",":
            return 0 if self._depth == self._in_array else None
        elif mark in b"[{":
            self._depth += 1
            if self._depth == 1:
                self._in_array = mark == b"["
                return 0 if self._in_array else None
        elif self._depth:
            self._depth -= 1
            if self._depth == 0:
                closes_object = not self._in_array
                self._in_array = False
                return int(closes_object)
        return None

    def _events(self, rest: bytes, at_ns: int) -> list[ServerEvent]:
        text = self._text(rest)
        return [ServerEvent(at_ns=at_ns, type="value", data=text)] if text else []

    def _text(self, rest: bytes) -> str:
        value = b"".join((*self._value, rest))
        self._value.clear()
        if self._at_start and value:
            self._at_start = False
            value = value.removeprefix(_BOM)
        return value.strip(b" \t\r\n").decode("utf-8", "replace")
