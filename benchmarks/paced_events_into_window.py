"""300 and 5,000 chat chunks a second into the visible response pane: how late the main loop gets meanwhile.

The reference, in the same run: the same loop and window while nothing arrives. As fast as the server can, without a
pace: events_into_window.
"""

from __future__ import annotations

import asyncio
from statistics import median

from harness import HERE, child, percentile, report
from window_bench import Heartbeat, in_window

from firstlight.model.exchange import Scope
from firstlight.model.request import Request
from firstlight.runner.exchange import exchange
from firstlight.transport import HttpTransport
from firstlight.ui.response.pane import ResponsePane

RATES = (300, 5_000)
SECONDS = 6


async def measure(port: int, pane: ResponsePane) -> dict[int, list[float]]:
    """Return the lateness of the heartbeat by rate; 0: while nothing arrives."""
    heart, found = Heartbeat(), {}
    transport = HttpTransport()
    await exchange(Request(url=f"http://127.0.0.1:{port}/300/300"), _scope(), transport, pane.feed)  # loads the rest
    heart.start()
    await asyncio.sleep(SECONDS)
    found[0] = heart.taken()
    for rate in RATES:
        heart.start()
        request = Request(url=f"http://127.0.0.1:{port}/{rate}/{rate * SECONDS}")
        outcome = await exchange(request, _scope(), transport, pane.feed)
        found[rate] = heart.taken()
        assert outcome.failure is None, outcome.failure
        await asyncio.sleep(0.3)  # the last paint
        assert pane.message_count() == rate * SECONDS + 1
    await transport.aclose()
    return found


def _scope() -> Scope:
    return Scope(variables={}, secret=lambda name: None)


def main() -> None:
    with child(str(HERE / "paced_server.py")) as process:
        assert process.stdout is not None
        port = int(process.stdout.readline())
        found = in_window(lambda pane: measure(port, pane))
    idle_ms = percentile(found[0], 0.99)
    for rate in RATES:
        late = found[rate]
        p99 = percentile(late, 0.99)
        detail = f"p50 {median(late):.2f} ms; ÷ an idle window's {idle_ms:.2f} ms = {p99 / max(idle_ms, 0.01):.1f}×"
        report(f"main loop lateness p99 at {rate:,} events/s", p99, "≤ 10 ms", detail)
        report(f"main loop lateness max at {rate:,} events/s", max(late), "≤ 20 ms", f"idle: {max(found[0]):.2f} ms")


if __name__ == "__main__":
    main()
