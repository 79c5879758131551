"""Tells the client what it sent: the way to see which headers arrived, and where."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response

from firstlight.demo.answers import json_answer, refuse_json
from firstlight.demo.faults.fault import Answer
from firstlight.demo.uploads import MIB, TooLargeError, read_body
from firstlight.demo.world import World

_LARGEST_BODY_BYTES = 64 * MIB
_SHOWN_BYTES = 64 * 1024


def echo(world: World) -> Answer:
    """Build the echo; it also says under which of the two origins it was reached."""

    async def answer(request: Request) -> Response:
        try:
            body = await read_body(request, _LARGEST_BODY_BYTES)
        except TooLargeError:
            raise refuse_json(413, {"error": "The echo takes up to 64 MB."}) from None
        scope = request.scope
        port = scope["server"][1]
        return json_answer(
            {
                "origin": "other" if world.other_url.endswith(f":{port}") else "main",
                "method": request.method,
                "path": scope["raw_path"].decode("latin-1"),
                "query": scope["query_string"].decode("latin-1"),
                "http_version": scope["http_version"],
                "headers": [[name.decode("latin-1"), _text(value)] for name, value in scope["headers"]],
                "body": _shown(body),
                "body_bytes": len(body),
                "body_sha256": sha256(body).hexdigest(),
            }
        )

    return answer


def _text(value: bytes) -> str:
    """Read a header value as UTF-8, or byte for byte when it is something else."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _shown(body: bytes) -> dict[str, str]:
    """Return the first part of the body, as text where it is text."""
    start = body[:_SHOWN_BYTES]
    try:
        return {"text": start.decode()}
    except UnicodeDecodeError:
        return {"base64": b64encode(start).decode()}
