"""Waiting for one thing with a limit on the silence, without a new timer for every wait."""

from __future__ import annotations

import asyncio


class Gate:
    """One task waits, the connection opens. At most one waiter at a time.

    A stream of 50,000 messages a second waits thousands of times; a timer each would cost more than the reading
    (under Qt every one is a system timer). So one timer stays armed and, when it rings too early, winds itself up
    for the rest.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._waiter: asyncio.Future[bool] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._rings_at = 0.0
        self._deadline = 0.0

    async def wait(self, limit_s: float | None) -> bool:
        """Return True when opened, False after `limit_s` seconds."""
        self._waiter = self._loop.create_future()
        if limit_s is not None:
            self._deadline = self._loop.time() + limit_s
            if self._timer is None or self._rings_at > self._deadline:
                self._wind_up()
        else:
            self.close()  # the timer of an earlier wait is not this one's
        try:
            return await self._waiter
        finally:
            self._waiter = None

    def open(self) -> None:
        """Let the waiter through, if there is one."""
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(True)

    def close(self) -> None:
        """Drop the timer."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _wind_up(self) -> None:
        self.close()
        self._rings_at = self._deadline
        self._timer = self._loop.call_at(self._deadline, self._on_ring)

    def _on_ring(self) -> None:
        self._timer = None
        if self._waiter is None or self._waiter.done():
            return
        if self._loop.time() < self._deadline - 0.001:
            self._wind_up()
        else:
            self._waiter.set_result(False)
