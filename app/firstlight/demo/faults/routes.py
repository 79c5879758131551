"""The table of faults, and its routes."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from firstlight.demo.answers import json_answer
from firstlight.demo.faults.bodies import encoded, huge, malformed
from firstlight.demo.faults.cutting import cut_body, cut_stream
from firstlight.demo.faults.echo import echo
from firstlight.demo.faults.errors import error
from firstlight.demo.faults.fault import ANY_METHOD, Fault
from firstlight.demo.faults.statuses import redirect, redirect_loop, slow, status, too_many_requests
from firstlight.demo.faults.streams import endless, error_in_stream, held_back, slow_body
from firstlight.demo.world import World


def faults(world: World) -> tuple[Fault, ...]:
    """Return every fault, in the order of the documentation."""
    return (
        Fault("/slow", "waits delay_ms (3000) before the first byte", slow),
        Fault("/slow-body", "sends one byte every delay_ms (50)", slow_body),
        Fault("/cut-stream", "closes the connection in the middle of an SSE event", cut_stream),
        Fault("/cut-body", "promises 4096 bytes, sends 47 and hangs up", cut_body),
        Fault("/error-in-stream", "an error object inside a 200 stream, then [DONE]", error_in_stream),
        Fault("/held-back", "a stream that waits delay_ms (1500) and comes in one piece", held_back),
        Fault("/endless", "streams until the client goes away", endless),
        Fault("/malformed", "JSON that does not parse, with status 200", malformed),
        Fault("/huge", "mb (20) megabytes of JSON", huge),
        Fault("/encoded/{encoding}", "a body packed with gzip, deflate, br or zstd", encoded),
        Fault("/too-many-requests", "429 with Retry-After: retry_after_s (5)", too_many_requests),
        Fault("/redirect", "a redirect, status (307), to /faults/echo of another origin", redirect(world)),
        Fault("/redirect-loop", "a redirect to itself", redirect_loop),
        Fault("/status/{code:int}", "any status, 450, 494, 499 and 530 included", status),
        Fault("/error/{shape}", "an error as a vendor words it: status, code, message", error),
        Fault("/echo", "what the client sent: method, path, headers, body", echo(world)),
    )


def routes(world: World) -> Sequence[BaseRoute]:
    """Return the routes of the faults and their list."""
    known = faults(world)

    async def listing(_request: Request) -> Response:
        return json_answer({fault.path: fault.summary for fault in known})

    found: list[BaseRoute] = [Route("/faults", listing, methods=["GET"])]
    return found + [Route(f"/faults{fault.path}", fault.answer, methods=list(ANY_METHOD)) for fault in known]
