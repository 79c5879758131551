"""100,000 WebSocket messages through exchange() against the client of `websockets` that only counts them."""

from __future__ import annotations

import asyncio
from statistics import median
from time import perf_counter_ns

from harness import report, server
from servers import EVENTS

from firstlight.model.events import WebSocketMessage
from firstlight.model.exchange import Scope
from firstlight.model.request import Request
from firstlight.runner.conversation import Conversation
from firstlight.runner.exchange import exchange
from firstlight.transport import HttpTransport, warm_up, warm_up_websocket

ROUNDS = 7


async def _ours(url: str, transport: HttpTransport) -> float:
    messages = 0

    def count(event: object) -> None:
        nonlocal messages
        if type(event) is WebSocketMessage:
            messages += 1

    scope = Scope(variables={}, secret=lambda name: None)
    began_ns = perf_counter_ns()
    outcome = await exchange(Request(url=url), scope, transport, count, Conversation())
    spent_ns = perf_counter_ns() - began_ns
    assert outcome.failure is None, outcome.failure
    assert messages == EVENTS, messages
    return EVENTS / spent_ns * 1e9


async def _bare(url: str) -> float:
    from websockets.asyncio.client import connect

    messages = 0
    began_ns = perf_counter_ns()
    async with connect(url, compression=None, max_size=None, ping_interval=None, proxy=None) as connection:
        async for _ in connection:
            messages += 1
    assert messages == EVENTS, messages
    return EVENTS / (perf_counter_ns() - began_ns) * 1e9


async def measure(port: int) -> list[tuple[float, float]]:
    """Return both in messages per second, taken in turns."""
    url = f"ws://127.0.0.1:{port}/"
    transport = HttpTransport()
    rounds = [(await _ours(url, transport), await _bare(url)) for _ in range(ROUNDS)]
    await transport.aclose()
    return rounds


def main() -> None:
    warm_up()
    warm_up_websocket()
    with server("websocket") as port:
        rounds = asyncio.run(measure(port))
    ratio = median(ours / bare for ours, bare in rounds)
    detail = f"{median(ours for ours, _ in rounds):,.0f} messages/s against {median(bare for _, bare in rounds):,.0f}"
    report("WebSocket through exchange ÷ bare websockets", ratio, "≥ 0.7×", detail)


if __name__ == "__main__":
    main()
