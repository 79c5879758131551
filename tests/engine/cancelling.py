"""Cancels a request once it stands in a phase, and waits until its server has seen the connection close."""

from __future__ import annotations

import asyncio
import logging
from time import perf_counter_ns

import pytest
from servers import Peer, scope

from firstlight.model.events import Cancelled, Event
from firstlight.model.exchange import Scope
from firstlight.model.network import NetworkSettings
from firstlight.model.request import Request
from firstlight.runner.exchange import exchange
from firstlight.transport import HttpTransport


class Watch:
    """Where a request stands, seen by its events and by its server."""

    def __init__(self) -> None:
        self.reached = asyncio.Event()
        self.closed = asyncio.Event()
        self.events: list[Event] = []
        self.until: type | None = None

    def hear(self, event: Event) -> None:
        self.events.append(event)
        if self.until is not None and isinstance(event, self.until):
            self.reached.set()

    async def stand(self, peer: Peer) -> None:
        """Say nothing more until the client leaves."""
        await peer.gone()
        self.closed.set()


async def cancel(
    watch: Watch, request: Request, phase: str, network: NetworkSettings | None = None, where: Scope | None = None
) -> None:
    """Cancel `request` once its phase is reached, and wait until the server has seen it.

    `--log-cli-level=INFO` shows how long that took.
    """
    transport = HttpTransport(network or NetworkSettings())
    sending = exchange(request, where or scope(), transport, watch.hear)
    task = asyncio.get_running_loop().create_task(sending)
    reached = asyncio.get_running_loop().create_task(watch.reached.wait())
    await asyncio.wait([task, reached], return_when=asyncio.FIRST_COMPLETED)
    assert watch.reached.is_set(), watch.events
    began_ns = perf_counter_ns()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    took_ms = (perf_counter_ns() - began_ns) / 1e6
    await watch.closed.wait()
    seen_ms = (perf_counter_ns() - began_ns) / 1e6
    await transport.aclose()
    ends = [event for event in watch.events if isinstance(event, Cancelled)]
    assert ends == watch.events[-1:]
    logging.info(f"cancel at {phase}: ended after {took_ms:.1f} ms, the server saw it after {seen_ms:.1f} ms")
