"""Counts refused signatures of a key and locks it for a while, as the real gateway does (VENDORS §2.1)."""

from __future__ import annotations

FAILURES_ALLOWED = 5
LOCKED_S = 30.0
"""Short, so that a demo is not over after a typing error; the real lock lasts 5 minutes."""


class Lockout:
    """Knows which key has failed how often in a row. Times are seconds of the caller's clock."""

    def __init__(self) -> None:
        self._failures: dict[str, int] = {}
        self._locked_until: dict[str, float] = {}

    def locked(self, key: str, now: float) -> bool:
        """Tell whether the key is locked."""
        return now < self._locked_until.get(key, 0.0)

    def failed(self, key: str, now: float) -> None:
        """Count a refusal."""
        failures = self._failures.get(key, 0) + 1
        if failures > FAILURES_ALLOWED:
            self._locked_until[key] = now + LOCKED_S
            failures = 0
        self._failures[key] = failures

    def passed(self, key: str) -> None:
        """Forget the refusals before a success."""
        self._failures.pop(key, None)
