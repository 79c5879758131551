"""Tells a stream that was held back on its way and then came in one piece. Pure arithmetic on stamps."""

from __future__ import annotations

_LEAST_MESSAGES = 8
_LEAST_WAIT_NS = 250_000_000
"""A stream that is over sooner may come from a fast cache."""
_MOST_GAP_NS = 1_000_000
"""No model generates a thousand messages a second into one stream."""
_SHARE = 20
"""The messages came within this part of the time that the first one took."""


class Arrivals:
    """Takes the time of every arrival that completed a message."""

    def __init__(self) -> None:
        self._first_ns: int | None = None
        self._last_ns = 0

    def mark(self, at_ns: int) -> None:
        """Note an arrival."""
        if self._first_ns is None:
            self._first_ns = at_ns
        self._last_ns = at_ns

    def in_one_piece(self, messages: int, started_ns: int) -> bool:
        """Tell whether so many messages took long to come and then came nearly at once."""
        if self._first_ns is None or messages < _LEAST_MESSAGES:
            return False
        waited_ns, span_ns = self._first_ns - started_ns, self._last_ns - self._first_ns
        return waited_ns >= _LEAST_WAIT_NS and span_ns * _SHARE <= waited_ns and span_ns <= messages * _MOST_GAP_NS
