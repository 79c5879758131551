"""Finds every match of a text in a buffer, a slice at a time, so that 80 MB never stop the window. No Qt."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left

from firstlight.ui.text.text_buffer import Source

_SLICE_BYTES = 256 * 1024
MOST = 1_000_000
"""Matches that are kept (8 MB); the search ends there."""


class FindScan:
    """The matches of one wanted text, as far as the buffer has been read."""

    def __init__(self, buffer: Source, wanted: str, *, match_case: bool) -> None:
        self._buffer = buffer
        variants = [(char,) if match_case else _cases(char) for char in wanted]
        self._pattern = re.compile(b"".join(_one_of(each) for each in variants), re.DOTALL)
        self._longest = sum(max(len(form.encode()) for form in each) for each in variants)
        self._starts = array("q")
        self._position = 0

    @property
    def complete(self) -> bool:
        """Nothing is left to read, for now: the buffer may grow."""
        return self._position >= self._buffer.size or len(self._starts) >= MOST

    @property
    def count(self) -> int:
        """Matches found so far."""
        return len(self._starts)

    def read_on(self) -> None:
        """Search the next slice (about 1 ms)."""
        start, end = self._position, min(self._buffer.size, self._position + _SLICE_BYTES)
        reached = end
        for match in self._pattern.finditer(self._buffer.cut(start, end + self._longest - 1)):
            if start + match.start() >= end or len(self._starts) >= MOST:
                break
            self._starts.append(start + match.start())
            reached = max(end, start + match.end())
        self._position = reached

    def match(self, number: int) -> tuple[int, int]:
        """Return the start and end of a match, numbered from 0."""
        start = self._starts[number]
        return start, self._end(start)

    def number_at(self, offset: int) -> int:
        """Return the number of the first match that starts at or after `offset`; `count` if none is known."""
        return bisect_left(self._starts, offset)

    def between(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return the matches that touch a stretch of the text, read or not."""
        first = max(0, start - self._longest + 1)
        found = self._pattern.finditer(self._buffer.cut(first, end + self._longest - 1))
        spans = [(first + match.start(), first + match.end()) for match in found]
        return [(a, b) for a, b in spans if b > start and a < end]

    def _end(self, start: int) -> int:
        match = self._pattern.match(self._buffer.cut(start, start + self._longest))
        return start + match.end() if match else start


def _cases(char: str) -> tuple[str, ...]:
    return tuple({form for form in (char, char.lower(), char.upper()) if len(form) == 1} | {char})


def _one_of(forms: tuple[str, ...]) -> bytes:
    return b"(?:" + b"|".join(re.escape(form.encode("utf-8", "surrogatepass")) for form in forms) + b")"
