"""1 MB of text in one paragraph without a single line break, token by token into the visible pane: does it slow down?

The reference is the run's own beginning: the pace of the last tenth ÷ that of the second (the first loads fonts).
"""

from __future__ import annotations

import asyncio
from time import perf_counter_ns

from harness import percentile, report
from window_bench import Heartbeat, in_window

from firstlight.model.events import HeadersReceived, Started, Token
from firstlight.ui.response.pane import ResponsePane

BYTES, PIECE = 1_000_000, " word"
TENTHS = 10
BURST = 200
"""Tokens given to the pane between two turns of the loop, about what arrives in one read."""


async def measure(pane: ResponsePane) -> tuple[list[float], list[float]]:
    """Return the seconds that each tenth took until it was painted, and the lateness of the loop."""
    now_ns = perf_counter_ns()
    head = (("Content-Type", "text/event-stream"),)
    pane.feed(Started(at_ns=now_ns, method="POST", url="http://h/"))
    pane.feed(
        HeadersReceived(at_ns=now_ns, status=200, reason="OK", http_version="HTTP/1.1", headers=head, stream="sse")
    )
    heart, spent = Heartbeat(), []
    heart.start()
    for _ in range(TENTHS):
        began_ns = perf_counter_ns()
        for _ in range(BYTES // TENTHS // len(PIECE) // BURST):
            for _ in range(BURST):
                pane.feed(Token(at_ns=perf_counter_ns(), text=PIECE))
            await asyncio.sleep(0.004)
        spent.append((perf_counter_ns() - began_ns) / 1e9)
    return spent, heart.taken()


def main() -> None:
    spent, late = in_window(measure)
    detail = f"{spent[1]:.2f} s for the second tenth, {spent[-1]:.2f} s for the last"
    report("1 MB in one paragraph: last tenth ÷ second", spent[-1] / spent[1], "≤ 1.5×", detail)
    report(
        "1 MB in one paragraph: main loop lateness p99", percentile(late, 0.99), "≤ 10 ms", f"max {max(late):.1f} ms"
    )


if __name__ == "__main__":
    main()
