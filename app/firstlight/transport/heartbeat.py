"""Knows whether the loop was free to take an arrival in the moment it came, or only found it afterwards.

While something else holds the loop (a long paint, another program that takes the processor), bytes wait in the system.
Where that says when the last of them came (transport.stamped_socket), those before it in the same read have a time that
is too late; elsewhere all of them.
"""

from __future__ import annotations

import asyncio
from time import perf_counter_ns

PERIOD_NS = 2_000_000
_SLACK_NS = 1_000_000
"""How late a beat may be: less than that is the timers' own unsteadiness."""


class Heartbeat:
    """Beats every 2 ms while requests run. A beat in time proves that the loop was free; a late one proves nothing."""

    def __init__(self) -> None:
        self._requests = 0
        self._free_ns = 0
        self._due_ns = 0
        self._timer: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Beat from now on; every start needs its stop."""
        self._requests += 1
        if self._requests == 1:
            self._free_ns = perf_counter_ns()
            self._wait()

    def stop(self) -> None:
        """End it when no other request wants it."""
        self._requests -= 1
        if not self._requests and self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def late_ns(self, now_ns: int) -> int:
        """Return by how much an arrival stamped now may be late: 0, or the time since the loop was known to be free."""
        waited_ns = now_ns - self._free_ns
        return waited_ns if self._requests and waited_ns > PERIOD_NS + _SLACK_NS else 0

    def _wait(self) -> None:
        self._due_ns = perf_counter_ns() + PERIOD_NS
        self._timer = asyncio.get_running_loop().call_later(PERIOD_NS / 1e9, self._on_beat)

    def _on_beat(self) -> None:
        now_ns = perf_counter_ns()
        if now_ns - self._due_ns <= _SLACK_NS:
            self._free_ns = now_ns
        self._wait()
