"""Waits for a condition inside a coroutine: `await until(lambda: tree.count() == 3)`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
PATIENCE_S = 30.0
"""Only what fails waits so long; a machine with better things to do may take ten times the usual."""


async def until(condition: Callable[[], T], *, timeout_s: float = PATIENCE_S) -> T:
    """Return the condition's first true value; fail with its source after `timeout_s`.

    Never qtbot.wait* in a coroutine: that is a nested loop, and it hangs.
    """
    try:
        async with asyncio.timeout(timeout_s):
            while not (value := condition()):  # noqa: ASYNC110 - any condition, not only events
                await asyncio.sleep(0.005)
    except TimeoutError:
        import inspect

        try:
            source = inspect.getsource(condition).strip()
        except OSError:
            source = repr(condition)
        raise AssertionError(f"still not true after {timeout_s:g} s: {source}") from None
    return value
