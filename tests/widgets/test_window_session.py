"""Disk work of the window: one after the other, whatever is cancelled."""

from __future__ import annotations

import asyncio
import threading

import pytest

from firstlight.store.secrets import SecretStore
from firstlight.store.settings import Settings
from firstlight.ui.window_session import Session


async def test_a_cancelled_save_ends_before_the_next_one_starts(qt_loop: asyncio.AbstractEventLoop) -> None:
    session = Session(Settings(), SecretStore())
    started, may_end = threading.Event(), threading.Event()
    done: list[str] = []

    def slow() -> None:
        started.set()
        assert may_end.wait(10)
        done.append("old")

    first = qt_loop.create_task(session.disk(slow))
    assert await asyncio.to_thread(started.wait, 10)
    first.cancel()
    second = qt_loop.create_task(session.disk(done.append, "new"))
    may_end.set()
    await second

    assert done == ["old", "new"]
    with pytest.raises(asyncio.CancelledError):
        await first
