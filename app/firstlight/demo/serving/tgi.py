"""The chat model as Text Generation Inference offers it: /generate and /generate_stream (VENDORS §6)."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from firstlight.demo.answers import RefusalError, json_answer, refuse_json
from firstlight.demo.llm.completion import nap
from firstlight.demo.llm.models import CHAT
from firstlight.demo.serving.bodies import read_object
from firstlight.demo.serving.writing import Writing, read_prompt
from firstlight.demo.world import World

_REASONS = {"stop": "eos_token", "length": "length"}


def routes(_world: World) -> Sequence[BaseRoute]:
    """Return the native routes; the OpenAI twin stands beside them."""
    return [
        Route("/info", _info, methods=["GET"]),
        Route("/generate", _generate, methods=["POST"]),
        Route("/generate_stream", _generate_stream, methods=["POST"]),
    ]


def _refuse(status: int, text: str) -> RefusalError:
    return refuse_json(422 if status == 400 else status, {"error": text, "error_type": "validation"})


async def _info(_request: Request) -> Response:
    return json_answer({"model_id": CHAT.name, "max_total_tokens": 4096, "version": "first-light"})


async def read_inputs(request: Request) -> Writing:
    """Return the writing that `inputs` and `parameters` ask for."""
    payload = await read_object(request, _refuse)
    if not isinstance(payload.get("inputs"), str) or not payload["inputs"]:
        raise _refuse(422, "Input validation error: `inputs` cannot be empty")
    given = payload.get("parameters")
    named = given if isinstance(given, dict) else {}
    return read_prompt(request, payload["inputs"], named, "max_new_tokens", _refuse)


async def _generate(request: Request) -> Response:
    writing = await read_inputs(request)
    text = "".join([piece async for piece in writing.texts()])
    return json_answer({"generated_text": text, "details": _details(writing)})


async def _generate_stream(request: Request) -> Response:
    writing = await read_inputs(request)
    return StreamingResponse(_events(writing), media_type="text/event-stream")


async def _events(writing: Writing) -> AsyncIterator[bytes]:
    written, number = "", 0
    async for text in writing.texts():
        written, number = written + text, number + 1
        yield _event(number, text)
        await nap(writing.pace_ms)
    yield _event(number + 1, "", generated_text=written, details=_details(writing))


def _event(number: int, text: str, **last: Any) -> bytes:
    token = {"id": number, "text": text, "logprob": 0.0, "special": bool(last)}
    payload = {"index": number, "token": token, "generated_text": None, "details": None, **last}
    return f"data:{json.dumps(payload, ensure_ascii=False)}\n\n".encode()


def _details(writing: Writing) -> dict[str, Any]:
    reason = _REASONS.get(writing.answer.finish_reason or "", "length")
    return {"finish_reason": reason, "generated_tokens": writing.answer.completion_tokens, "seed": None}
