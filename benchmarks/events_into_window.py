"""100,000 chat chunks into the visible response pane, with a heartbeat that tells how late the main loop gets.

The reference, in the same run and on the same Qt loop: exchange() with an emit that does nothing.
"""

from __future__ import annotations

import asyncio
from statistics import median
from time import perf_counter_ns

from harness import percentile, report, server
from servers import EVENTS
from window_bench import Heartbeat, in_window

from firstlight.model.exchange import Emit, Exchange, Scope
from firstlight.model.request import Request
from firstlight.runner.exchange import exchange
from firstlight.transport import HttpTransport
from firstlight.ui.response.pane import ResponsePane

ROUNDS = 5


async def _events_per_s(url: str, transport: HttpTransport, emit: Emit) -> float:
    began_ns = perf_counter_ns()
    outcome: Exchange = await exchange(Request(url=url), Scope(variables={}, secret=lambda name: None), transport, emit)
    spent_ns = perf_counter_ns() - began_ns
    assert outcome.failure is None, outcome.failure
    return EVENTS / spent_ns * 1e9


async def measure(port: int, pane: ResponsePane, heartbeat: Heartbeat) -> tuple[float, float]:
    """Return the median rates into the pane and into nothing; the heartbeat beats during the former."""
    url = f"http://127.0.0.1:{port}/v1/chat/completions"
    transport = HttpTransport()
    into_pane, into_nothing = [], []
    await _events_per_s(url, transport, pane.feed)  # the first time loads fonts and lazy modules
    for _ in range(ROUNDS):
        into_nothing.append(await _events_per_s(url, transport, lambda event: None))
        heartbeat.start()
        into_pane.append(await _events_per_s(url, transport, pane.feed))
        await asyncio.sleep(0.3)  # the last paint and what the end of the answer brings
        heartbeat.stop()
        shown = pane.message_count()
        assert shown == EVENTS + 1, shown
    await transport.aclose()
    return median(into_pane), median(into_nothing)


def main() -> None:
    heartbeat = Heartbeat()
    with server("sse") as port:
        into_pane, into_nothing = in_window(lambda pane: measure(port, pane, heartbeat))
    report(
        "events into the visible window", into_pane, "≥ 45,000 events/s", f"{into_nothing:,.0f} with nobody listening"
    )
    report("events into the window ÷ into nothing", into_pane / into_nothing, "≥ 0.7×")
    late, beats = heartbeat.late_ms, len(heartbeat.late_ms)
    report("main loop lateness p99", percentile(late, 0.99), "≤ 10 ms", f"p50 {median(late):.2f} ms, {beats:,} beats")
    report("main loop lateness max", max(late), "≤ 20 ms")


if __name__ == "__main__":
    main()
