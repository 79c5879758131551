"""What httpcore needs of anyio, on asyncio itself: we never run on another loop.

anyio is 1.5 MB in every window and goes through a layer of its own for each lock. httpcore names it in one module.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType

Event = asyncio.Event
Lock = asyncio.Lock


class Semaphore(asyncio.Semaphore):
    """Counts the free streams of an HTTP/2 connection."""

    def __init__(self, initial_value: int, *, max_value: int | None = None) -> None:
        super().__init__(initial_value)


class CancelScope:
    """Nothing: anyio's shield keeps off anyio's cancellation, and ours is asyncio's (see `Pool.close_connection`)."""

    def __init__(self, *, shield: bool = False) -> None:
        self._shield = shield

    def __enter__(self) -> CancelScope:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _where: TracebackType | None
    ) -> None:
        """Let everything through."""


@contextmanager
def fail_after(limit_s: float | None) -> Iterator[None]:
    """Wait for a connection as long as it takes: a pool of ours never lets one wait, so no limit is ever set."""
    if limit_s is not None:
        raise ValueError("a pool sets no limit for the wait for a connection")
    yield


def install() -> None:
    """Let httpcore use these."""
    from httpcore import _synchronization

    setattr(_synchronization, "anyio", sys.modules[__name__])  # noqa: B010 - mypy: it is not exported
    _synchronization.current_async_library = lambda: "asyncio"
