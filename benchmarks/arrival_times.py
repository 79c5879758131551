"""1,000 chunks on a known schedule: how far the times that First Light tells are from the moments they were sent.

Headless, and while the window paints them. The reference, in the same run: a bare blocking socket that does nothing
but read and look at the clock. Arrivals that First Light marks as inexact are counted apart: it claims nothing of them.
"""

from __future__ import annotations

import asyncio
import json
import re
import socket
from statistics import median
from time import perf_counter_ns
from typing import TYPE_CHECKING

from harness import HERE, child, percentile, report
from paced_server import SENT

from firstlight.model.events import Event, Inexact, ServerEvent
from firstlight.model.exchange import Emit, Scope
from firstlight.model.request import Request
from firstlight.runner.exchange import exchange
from firstlight.transport import HttpTransport, warm_up

if TYPE_CHECKING:
    from firstlight.ui.response.pane import ResponsePane

COUNT, RATE = 1_000, 250
_STAMP = re.compile(rb'"sent_ns": (\d+)')


class Delays:
    """Listens to an exchange; afterwards knows each delay, and which were marked."""

    def __init__(self, also: Emit | None = None) -> None:
        self._also = also
        self._events: list[ServerEvent] = []
        self._inexact: set[int] = set()

    def hear(self, event: Event) -> None:
        if self._also:
            self._also(event)
        if type(event) is ServerEvent and event.data.startswith("{"):
            self._events.append(event)
        elif type(event) is Inexact:
            self._inexact.add(event.at_ns)

    def exact_ms(self) -> list[float]:
        return [_delay_ms(event) for event in self._events if event.at_ns not in self._inexact]

    def marked_ms(self) -> list[float]:
        return [_delay_ms(event) for event in self._events if event.at_ns in self._inexact]


def _delay_ms(event: ServerEvent) -> float:
    return float(event.at_ns - json.loads(event.data)[SENT]) / 1e6


async def _through_exchange(port: int, delays: Delays) -> None:
    transport = HttpTransport()
    request = Request(url=f"http://127.0.0.1:{port}/{RATE}/{COUNT}")
    outcome = await exchange(request, Scope(variables={}, secret=lambda name: None), transport, delays.hear)
    await transport.aclose()
    assert outcome.failure is None, outcome.failure


def _bare(port: int) -> list[float]:
    """Return the delays that a blocking socket sees."""
    delays, rest = [], b""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(f"GET /{RATE}/{COUNT} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        while data := connection.recv(65_536):
            now_ns = perf_counter_ns()
            *lines, rest = (rest + data).split(b"\n\n")
            delays += [(now_ns - int(found[1])) / 1e6 for line in lines if (found := _STAMP.search(line))]
    assert len(delays) == COUNT
    return delays


def _window(port: int) -> Delays:
    from window_bench import in_window

    async def work(pane: ResponsePane) -> Delays:
        delays = Delays(also=pane.feed)
        await _through_exchange(port, delays)
        return delays

    return in_window(work)


def _tell(name: str, delays: Delays, bare_ms: list[float]) -> None:
    exact, marked = delays.exact_ms(), delays.marked_ms()
    assert len(exact) + len(marked) == COUNT
    p99 = percentile(exact, 0.99)
    detail = (
        f"p50 {median(exact):.2f} ms; a bare socket: p50 {median(bare_ms):.2f}, p99 {percentile(bare_ms, 0.99):.2f} ms"
    )
    report(f"arrival times {name}: p99 of what is not marked", p99, "≤ 2 ms", detail)
    worst = f"; at most {max(marked):.1f} ms late" if marked else ""
    report(f"arrival times {name}: marked as inexact", 100 * len(marked) / COUNT, "≤ 33 %", f"{len(marked)}{worst}")


def main() -> None:
    warm_up()
    with child(str(HERE / "paced_server.py")) as process:
        assert process.stdout is not None
        port = int(process.stdout.readline())
        bare_ms = _bare(port)
        headless = Delays()
        asyncio.run(_through_exchange(port, headless))
        _tell("headless", headless, bare_ms)
        _tell("while the window paints", _window(port), bare_ms)


if __name__ == "__main__":
    main()
