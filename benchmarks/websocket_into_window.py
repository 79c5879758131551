"""1,000,000 WebSocket messages into the visible response pane: memory, rate, and how late the main loop gets."""

from __future__ import annotations

import asyncio
import os
import resource
import sys
from statistics import median
from time import perf_counter_ns

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_API", "pyside6")

from events_into_window import Heartbeat
from harness import percentile, report, server
from PySide6.QtWidgets import QApplication
from servers import MILLION

from firstlight.model.exchange import Scope
from firstlight.model.request import Request
from firstlight.runner.conversation import Conversation
from firstlight.runner.exchange import exchange
from firstlight.transport import HttpTransport, warm_up, warm_up_websocket
from firstlight.ui.garbage import Garbage
from firstlight.ui.response.pane import ResponsePane
from firstlight.ui.theme.apply import apply_theme

MEGABYTE = 1024 * 1024


def _peak_mb() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (MEGABYTE if sys.platform == "darwin" else 1024)


async def measure(port: int, pane: ResponsePane, heartbeat: Heartbeat) -> tuple[float, float]:
    """Return messages per second, and the megabytes that the million cost at its peak."""
    url = f"ws://127.0.0.1:{port}/"
    transport = HttpTransport()
    await pane.get_ready()
    scope = Scope(variables={}, secret=lambda name: None)
    before_mb = _peak_mb()
    heartbeat.start()
    began_ns = perf_counter_ns()
    outcome = await exchange(Request(url=url), scope, transport, pane.feed, Conversation())
    spent_ns = perf_counter_ns() - began_ns
    while pane.message_count() < MILLION + 2:  # noqa: ASYNC110 - the pane paints; opened and closed are entries, too
        await asyncio.sleep(0.05)
    heartbeat.stop()
    await transport.aclose()
    assert outcome.failure is None, outcome.failure
    return MILLION / spent_ns * 1e9, _peak_mb() - before_mb


def main() -> None:
    import qasync

    app = QApplication([])
    app.setQuitOnLastWindowClosed(False)
    apply_theme(app, "light")
    pane = ResponsePane()
    pane.resize(1100, 700)
    pane.show()
    warm_up()
    warm_up_websocket()
    garbage = Garbage(app)
    garbage.take_over()
    garbage.freeze()
    heartbeat = Heartbeat()
    loop = qasync.QEventLoop(app)
    with server("websocket-million") as port, loop:
        rate, grown_mb = loop.run_until_complete(measure(port, pane, heartbeat))
    late = heartbeat.late_ms
    report("memory for 1,000,000 WebSocket messages", grown_mb, "≤ 300 MB", f"{rate:,.0f} messages/s")
    report("main loop lateness p99, WebSocket", percentile(late, 0.99), "≤ 10 ms", f"p50 {median(late):.2f} ms")
    report("main loop lateness max, WebSocket", max(late), "≤ 20 ms", f"{len(late):,} beats")


if __name__ == "__main__":
    main()
