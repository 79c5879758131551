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


async def test_the_last_change_of_the_network_has_the_last_word(qt_loop: asyncio.AbstractEventLoop) -> None:
    """A change that needs a slow keyring must not undo the change after it."""
    asked, may_answer = threading.Event(), threading.Event()

    class SlowSecrets(SecretStore):
        def get(self, name: str) -> str | None:
            asked.set()
            assert may_answer.wait(10)
            return None

    proxy = Settings(proxy_mode="custom", proxy_url="http://old.example:3128", proxy_user="ada")
    session = Session(proxy, SlowSecrets())
    may_answer.set()
    transport = await session.transport()
    asked.clear()
    may_answer.clear()
    first = qt_loop.create_task(session.reach_network_anew())
    assert await asyncio.to_thread(asked.wait, 10)
    session.settings = Settings(proxy_mode="custom", proxy_url="http://new.example:3128")
    second = qt_loop.create_task(session.reach_network_anew())
    await asyncio.sleep(0.05)  # the second has every chance to overtake
    may_answer.set()
    await asyncio.gather(first, second)

    assert transport.network.proxy_url == "http://new.example:3128"
    await session.close()
