"""What a gateway tells of itself when it is asked with `X-Apig-Mode: debug`: real times, measured here."""

from __future__ import annotations

from time import perf_counter_ns

from starlette.requests import Request
from starlette.responses import Response


def tell_times(request: Request, answer: Response, started_ns: int, backend_ns: int) -> bool:
    """Add how long gateway and model took up to the model's header; False: the request does not ask."""
    if request.headers.get("x-apig-mode") != "debug":
        return False
    now_ns = perf_counter_ns()
    answer.headers["X-Apig-Latency"] = str((now_ns - started_ns) // 1_000_000)
    answer.headers["X-Apig-Upstream-Latency"] = str((now_ns - backend_ns) // 1_000_000)
    return True
