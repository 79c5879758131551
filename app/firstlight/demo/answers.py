"""The answers the services give: JSON bodies, Huawei's error shape, and refusals that end a handler."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response


class RefusalError(Exception):
    """Ends a handler with this answer instead of its result."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.status_code)
        self.response = response


async def answer_refusal(_request: Request, refusal: Exception) -> Response:
    """Turn a RefusalError into the answer it carries (the application's exception handler)."""
    if not isinstance(refusal, RefusalError):
        raise refusal
    return refusal.response


def json_answer(payload: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Return `payload` as a JSON answer; Chinese stays readable on the wire."""
    body = json.dumps(payload, ensure_ascii=False).encode()
    return Response(body, status, headers, "application/json")


def refuse_json(status: int, payload: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> RefusalError:
    """Return the refusal with a JSON body."""
    return RefusalError(json_answer(payload, status, headers))


def refuse_text(status: int, text: str) -> RefusalError:
    """Return the refusal with a plain text body."""
    return RefusalError(PlainTextResponse(text, status))


def request_id() -> str:
    """Return an id as the gateways put into X-Request-Id."""
    return uuid4().hex


def huawei_answer(payload: object, status: int = 200) -> Response:
    """Return a JSON answer with the X-Request-Id header that every Huawei gateway sets."""
    return json_answer(payload, status, {"X-Request-Id": request_id()})


def refuse_huawei(status: int, code: str, message: str) -> RefusalError:
    """Return the refusal in the shape of ModelArts and APIG (VENDORS §3.7)."""
    number = request_id()
    payload = {"error_code": code, "error_msg": message, "request_id": number}
    return refuse_json(status, payload, {"X-Request-Id": number})


def refuse_recognition(status: int, reason: str) -> RefusalError:
    """Return the failure of ModelArts' preset engines; the key really is `erno` (VENDORS §3.6)."""
    payload = {"erno": "MR.0105", "msg": f"Recognition failed: {reason}", "words_result": {}}
    return refuse_json(status, payload, {"X-Request-Id": request_id()})
