"""Answers that come late, say no, or point elsewhere."""

from __future__ import annotations

import asyncio
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from firstlight.demo.answers import json_answer, refuse_huawei, refuse_json
from firstlight.demo.faults.fault import Answer
from firstlight.demo.pace import number
from firstlight.demo.world import World

_WORDS = {450: "queue full", 494: "request header too large", 499: "client closed request", 530: "site frozen"}
"""Statuses that gateways send and http.HTTPStatus does not know."""
_REDIRECTS = (301, 302, 303, 307, 308)


async def slow(request: Request) -> Response:
    """Wait before the first byte."""
    delay_ms = number(request.query_params.get("delay_ms", 3000), 3000.0, 600_000.0)
    await asyncio.sleep(delay_ms / 1000)
    return json_answer({"waited_ms": delay_ms})


async def status(request: Request) -> Response:
    """Answer with the status in the path."""
    code = request.path_params["code"]
    if not 200 <= code <= 599:
        raise refuse_json(400, {"error": "The status must be from 200 to 599."})
    if code in {204, 304}:
        return Response(status_code=code)
    try:
        words = HTTPStatus(code).phrase.lower()
    except ValueError:
        words = _WORDS.get(code, "a status without a name")
    return json_answer({"status": code, "message": words}, code)


async def too_many_requests(request: Request) -> Response:
    """Refuse with 429 and say when to come back."""
    retry_after_s = int(number(request.query_params.get("retry_after_s", 5), 5))
    refusal = refuse_huawei(429, "ModelArts.4206", "The number of requests exceeds the limit of the API.")
    refusal.response.headers["Retry-After"] = str(retry_after_s)
    raise refusal


def redirect(world: World) -> Answer:
    """Build the fault that points to the same echo under another origin."""

    async def answer(request: Request) -> Response:
        code = int(number(request.query_params.get("status", 307), 307))
        return _pointing(f"{world.other_url}/faults/echo", code if code in _REDIRECTS else 307)

    return answer


async def redirect_loop(_request: Request) -> Response:
    """Point to itself."""
    return _pointing("/faults/redirect-loop", 307)


def _pointing(location: str, code: int) -> Response:
    return json_answer({"message": f"see {location}"}, code, {"Location": location})
