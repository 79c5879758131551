"""Reads the JSON object that a server without a gateway is sent, and refuses in the server's own shape."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from starlette.requests import Request

from firstlight.demo.answers import RefusalError
from firstlight.demo.uploads import MIB, NotJsonError, TooLargeError, parse_object, read_body

Refuse: TypeAlias = Callable[[int, str], RefusalError]
"""(status, text) → the refusal as this server says it."""
LARGEST_BODY_BYTES = 64 * MIB


async def read_bytes(request: Request, refuse: Refuse) -> bytes:
    """Return the body, or refuse one of more than 64 MB."""
    try:
        return await read_body(request, LARGEST_BODY_BYTES)
    except TooLargeError:
        raise refuse(413, "the request is larger than 64 MB") from None


async def read_object(request: Request, refuse: Refuse) -> dict[str, Any]:
    """Return the JSON object of the body, or refuse what is none."""
    body = await read_bytes(request, refuse)
    try:
        return parse_object(body)
    except NotJsonError as error:
        raise refuse(400, f"failed to parse the request JSON buffer: {error}") from error
