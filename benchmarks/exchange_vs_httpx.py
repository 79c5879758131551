"""One request through exchange() against the bare httpx call: same loop, same server, kept connection, 1 KB."""

from __future__ import annotations

import asyncio
from statistics import median
from time import perf_counter_ns

from harness import report, server

from firstlight.model.exchange import Scope
from firstlight.model.request import Authorization, Param, Request
from firstlight.runner.exchange import exchange
from firstlight.transport import HttpTransport, warm_up

ROUNDS = 1000


async def measure(port: int) -> tuple[float, float]:
    """Return the median of both in microseconds."""
    import httpx

    url = f"http://127.0.0.1:{port}/v1/infers/iris"
    transport = HttpTransport()
    scope = Scope(variables={}, secret=lambda name: None)
    request = Request(
        url=url,
        params=(Param(name="trace", value="1"),),
        authorization=Authorization(kind="x-auth-token", values={"token": "MIIabcdefghijklmnop"}),
    )
    events: list[object] = []
    ours, bare = [], []
    async with httpx.AsyncClient() as client:
        for turn in range(ROUNDS + 100):
            began_ns = perf_counter_ns()
            response = await client.get(url, params={"trace": "1"}, headers={"X-Auth-Token": "MIIabcdefghijklmnop"})
            middle_ns = perf_counter_ns()
            outcome = await exchange(request, scope, transport, events.append)
            ended_ns = perf_counter_ns()
            events.clear()
            assert outcome.response is not None
            assert outcome.response.body == response.content
            if turn >= 100:
                bare.append((middle_ns - began_ns) / 1e3)
                ours.append((ended_ns - middle_ns) / 1e3)
    await transport.aclose()
    return median(ours), median(bare)


def main() -> None:
    warm_up()
    with server("plain") as port:
        ours, bare = asyncio.run(measure(port))
    report("exchange ÷ bare httpx", ours / bare, "≤ 1.3×", f"{ours:.0f} µs against {bare:.0f} µs")


if __name__ == "__main__":
    main()
