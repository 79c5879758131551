"""The gaps between the arrivals of tokens, in columns that a narrow picture has room for. No Qt.

A million gaps are kept as a few hundred columns: when there are too many, two neighbours become one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

_MOST_COLUMNS = 600
_LONG = 3
"""A gap of more than so many medians is marked."""
_MOST_AT_ONCE = 3000
"""Tokens taken in one step: 2 ms."""
_STEP_NS = 10_000  # the median is counted in these


class Column(NamedTuple):
    """The longest of some neighbouring gaps."""

    gap_ns: int
    token: int
    """The number of the token that came after it, from 1."""


class Gaps:
    """Takes the arrivals of a stream as they come. Tokens that came together have no gap between them."""

    def __init__(self) -> None:
        self.columns: list[Column] = []
        self.per_column = 1
        """How many gaps a column stands for."""
        self.longest = Column(0, 0)
        self._seen = 0
        self._last_ns = 0
        self._in_last = 0
        self._steps: dict[int, int] = {}

    def grow(self, token_ns: Sequence[int]) -> bool:
        """Take in some of what the list has more than before; tell whether there is still more."""
        end = min(len(token_ns), self._seen + _MOST_AT_ONCE)
        last_ns = self._last_ns
        for number in range(self._seen, end):
            at_ns = token_ns[number]
            if at_ns > last_ns:
                if number:
                    self._add(Column(at_ns - last_ns, number + 1))
                last_ns = at_ns
        self._last_ns, self._seen = last_ns, end
        return end < len(token_ns)

    @property
    def median_ns(self) -> int:
        """The gap that half of the gaps do not exceed, to 10 µs."""
        half, seen = (sum(self._steps.values()) + 1) // 2, 0
        for step in sorted(self._steps):
            seen += self._steps[step]
            if seen >= half:
                return step * _STEP_NS
        return 0

    @property
    def limit_ns(self) -> int:
        """Gaps above this are marked."""
        return _LONG * max(self.median_ns, _STEP_NS)

    def long_count(self) -> int:
        """Return how many gaps are marked, each by itself."""
        limit = self.limit_ns // _STEP_NS
        return sum(count for step, count in self._steps.items() if step > limit)

    def _add(self, gap: Column) -> None:
        step = gap.gap_ns // _STEP_NS
        self._steps[step] = self._steps.get(step, 0) + 1
        self.longest = max(self.longest, gap)
        if self.columns and self._in_last < self.per_column:
            self.columns[-1] = max(self.columns[-1], gap)
            self._in_last += 1
            return
        if len(self.columns) == _MOST_COLUMNS:
            self.columns = [max(pair) for pair in zip(self.columns[::2], self.columns[1::2], strict=True)]
            self.per_column *= 2
        self.columns.append(gap)
        self._in_last = 1
