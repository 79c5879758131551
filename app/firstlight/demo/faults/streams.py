"""Streams that go wrong without the connection breaking."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from itertools import cycle

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from firstlight.demo.faults.cutting import SSE, chat_chunks
from firstlight.demo.llm.completion import nap
from firstlight.demo.pace import PACE_MS, number

ERROR = {"message": "The model ran out of memory.", "type": "InternalServerError", "param": None, "code": 500}


async def error_in_stream(request: Request) -> Response:
    """Stream some tokens, then an error object, and still `[DONE]`: status 200 all the way, as vLLM does it."""
    pace = _pace(request)

    async def events() -> AsyncIterator[bytes]:
        for chunk in chat_chunks()[:8]:
            yield chunk
            await nap(pace)
        yield f"data: {json.dumps({'error': ERROR})}\n\n".encode()
        yield b"data: [DONE]\n\n"

    return StreamingResponse(events(), media_type=SSE)


async def endless(request: Request) -> Response:
    """Stream tokens until the client goes away; comments in between keep the connection alive."""
    pace = _pace(request)

    async def events() -> AsyncIterator[bytes]:
        for number_, chunk in enumerate(cycle(chat_chunks())):
            if number_ % 50 == 0:
                yield b": keep-alive\n\n"
            yield chunk
            # At least a millisecond: a stream without any pause would fill the memory of a slow reader's socket.
            await nap(max(pace, 1.0))

    return StreamingResponse(events(), media_type=SSE)


async def held_back(request: Request) -> Response:
    """Send a whole stream at once after delay_ms, as a proxy does that collects what it should pass on."""
    delay_ms = number(request.query_params.get("delay_ms", 1500), 1500.0, 60_000.0)
    await nap(delay_ms)
    return Response(b"".join(chat_chunks()) + b"data: [DONE]\n\n", media_type=SSE)


async def slow_body(request: Request) -> Response:
    """Send a short JSON one byte at a time."""
    delay_ms = number(request.query_params.get("delay_ms", 50), 50.0, 60_000.0)

    async def pieces() -> AsyncIterator[bytes]:
        for byte in b'{"message": "slow but steady wins the race"}':
            yield bytes((byte,))
            await nap(delay_ms)

    return StreamingResponse(pieces(), media_type="application/json")


def _pace(request: Request) -> float:
    return number(request.query_params.get("demo_pace_ms", PACE_MS), PACE_MS)
