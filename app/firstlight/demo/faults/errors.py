"""Errors as every vendor words them: status, code and message are parameters, the shape is in the path."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from firstlight.demo.answers import json_answer, refuse_json, request_id
from firstlight.demo.pace import number

Shape = Callable[[int, str, str], Response]


def _huawei(status: int, code: str, message: str) -> Response:
    ident = request_id()
    body = {"error_code": code, "error_msg": message, "request_id": ident}
    return json_answer(body, status, {"X-Request-Id": ident})


def _iam(status: int, code: str, message: str) -> Response:
    ident = request_id()
    error = {"message": message, "code": status, "title": code}
    return json_answer({"error": error}, status, {"X-Request-Id": ident, "X-IAM-Trace-Id": f"token_{ident}"})


def _openai(status: int, code: str, message: str) -> Response:
    error = {"message": message, "type": "invalid_request_error", "param": None, "code": code}
    return json_answer({"error": error}, status, {"X-Request-Id": f"req_{request_id()}"})


def _vllm(status: int, code: str, message: str) -> Response:
    return json_answer({"error": {"message": message, "type": code, "param": None, "code": status}}, status)


def _tgi(status: int, code: str, message: str) -> Response:
    return json_answer({"error": message, "error_type": code}, status)


def _in_words(status: int, _code: str, message: str) -> Response:
    return json_answer({"error": message}, status)


def _erno(status: int, code: str, message: str) -> Response:
    return json_answer({"erno": code, "msg": message, "words_result": {}}, status, {"X-Request-Id": request_id()})


def _html(status: int, code: str, message: str) -> Response:
    page = f"<html><head><title>{status} {code}</title></head><body><h1>{message}</h1><hr>nginx</body></html>"
    return HTMLResponse(page, status)


def _plain(status: int, _code: str, message: str) -> Response:
    return PlainTextResponse(message, status)


SHAPES: tuple[tuple[str, Shape], ...] = (
    ("huawei", _huawei),
    ("iam", _iam),
    ("openai", _openai),
    ("vllm", _vllm),
    ("tgi", _tgi),
    ("ollama", _in_words),
    ("erno", _erno),
    ("html", _html),
    ("plain", _plain),
)


async def error(request: Request) -> Response:
    """Answer with the error that the parameters describe."""
    shape = dict(SHAPES).get(request.path_params["shape"])
    if shape is None:
        raise refuse_json(404, {"error": "no such shape", "shapes": [name for name, _ in SHAPES]})
    given = request.query_params
    status = int(number(given.get("status", 400), 400.0, 599.0))
    return shape(max(200, status), given.get("code", ""), given.get("message", "Something went wrong."))
