"""How often an API was called lately: what the gateway tells in `X-Apig-RateLimit-api`, and refuses above."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from time import monotonic

from firstlight.demo.answers import refuse_huawei

CALLS, WINDOW_S = 6000, 60
"""Far above what a person or a short load run sends; a runaway script meets the real answer."""


class Throttle:
    """Counts the calls of each API within a sliding window."""

    def __init__(self, calls: int = CALLS, clock: Callable[[], float] = monotonic) -> None:
        self._most, self._clock = calls, clock
        self._seen: dict[str, deque[float]] = {}

    def take(self, api: str) -> str:
        """Count a call and return the header's value; refuse one too many, as APIG does."""
        now, seen = self._clock(), self._seen.setdefault(api, deque())
        while seen and now - seen[0] >= WINDOW_S:
            seen.popleft()
        if len(seen) >= self._most:
            raise refuse_huawei(
                429, "APIG.0308", "The throttling threshold has been reached: too many calls of the API"
            )
        seen.append(now)
        return f"remain:{self._most - len(seen)},limit:{self._most},time:1 minute"
