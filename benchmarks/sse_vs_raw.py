"""100,000 chat chunks through exchange() with token decoding against httpx counting the raw chunks."""

from __future__ import annotations

import asyncio
from statistics import median
from time import perf_counter_ns

from harness import report, server
from servers import EVENTS

from firstlight.model.events import Token
from firstlight.model.exchange import Scope
from firstlight.model.request import Request
from firstlight.runner.exchange import exchange
from firstlight.transport import HttpTransport, warm_up

ROUNDS = 7


async def _ours(url: str, transport: HttpTransport) -> float:
    tokens = 0

    def count(event: object) -> None:
        nonlocal tokens
        if type(event) is Token:
            tokens += 1

    began_ns = perf_counter_ns()
    outcome = await exchange(Request(url=url), Scope(variables={}, secret=lambda name: None), transport, count)
    spent_ns = perf_counter_ns() - began_ns
    assert outcome.failure is None, outcome.failure
    assert tokens == EVENTS, tokens
    return EVENTS / spent_ns * 1e9


async def _raw(url: str) -> float:
    import httpx

    chunks = 0
    async with httpx.AsyncClient() as client:
        began_ns = perf_counter_ns()
        async with client.stream("GET", url) as response:
            async for _ in response.aiter_raw():
                chunks += 1
    assert chunks >= EVENTS
    return EVENTS / (perf_counter_ns() - began_ns) * 1e9


async def measure(port: int) -> list[tuple[float, float]]:
    """Return both in events per second, taken in turns."""
    url = f"http://127.0.0.1:{port}/v1/chat/completions"
    transport = HttpTransport()
    rounds = [(await _ours(url, transport), await _raw(url)) for _ in range(ROUNDS)]
    await transport.aclose()
    return rounds


def main() -> None:
    warm_up()
    with server("sse") as port:
        rounds = asyncio.run(measure(port))
    ratio = median(ours / raw for ours, raw in rounds)
    detail = f"{median(ours for ours, _ in rounds):,.0f} events/s against {median(raw for _, raw in rounds):,.0f}"
    report("SSE through exchange ÷ httpx aiter_raw counting", ratio, "≥ 0.7×", detail)


if __name__ == "__main__":
    main()
