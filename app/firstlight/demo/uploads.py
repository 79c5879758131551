"""Reads what a client sends, up to a gateway's limit."""

from __future__ import annotations

import json
from typing import Any

from starlette.requests import Request

from firstlight.inference.surrogates import whole

MIB = 1024 * 1024


class TooLargeError(Exception):
    """The body is larger than the gateway takes."""


class NotJsonError(ValueError):
    """The body is not the JSON object that was expected; the message says where."""


async def read_body(request: Request, limit_bytes: int) -> bytes:
    """Return the body. A larger one is read to its end and thrown away, so that the client hears the answer.

    Raises:
        TooLargeError: the body has more than `limit_bytes` bytes.
    """
    kept = bytearray()
    received_bytes = 0
    async for chunk in request.stream():
        received_bytes += len(chunk)
        if received_bytes <= limit_bytes:
            kept += chunk
        else:
            kept.clear()
    if received_bytes > limit_bytes:
        raise TooLargeError(received_bytes)
    return bytes(kept)


def parse_object(body: bytes) -> dict[str, Any]:
    """Return the JSON object in `body`.

    Raises:
        NotJsonError: the bytes are no JSON, or JSON of another kind.
    """
    try:
        value = json.loads(body)
        if b"\\u" in body:  # half characters could be neither answered nor counted
            value = json.loads(whole(json.dumps(value, ensure_ascii=False)))
    except json.JSONDecodeError as error:
        raise NotJsonError(f"{error.msg} at line {error.lineno} column {error.colno}") from error
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits is a ValueError
        raise NotJsonError(f"the body is not UTF-8 JSON: {error}") from error
    if not isinstance(value, dict):
        raise NotJsonError("the body must be a JSON object")
    return value


def replayed(request: Request, body: bytes) -> Request:
    """Return `request` with a body that can be read again, for parsers that want a stream."""

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    return Request(request.scope, receive)
