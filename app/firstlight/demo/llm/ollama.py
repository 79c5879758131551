"""The chat model over Ollama's API: NDJSON, streamed unless the request says otherwise, no login (VENDORS §6)."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from time import perf_counter_ns
from typing import Any

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from firstlight.demo.answers import json_answer, refuse_json
from firstlight.demo.chat.writer import Answer
from firstlight.demo.llm.completion import nap
from firstlight.demo.llm.models import MODELS, find
from firstlight.demo.llm.orders import BadFieldError, ChatRequest, read_chat
from firstlight.demo.pace import FIRST_TOKEN_PACES
from firstlight.demo.uploads import MIB, NotJsonError, TooLargeError, parse_object, read_body
from firstlight.demo.world import World


def routes(_world: World) -> Sequence[BaseRoute]:
    """Return the routes of the Ollama API."""
    return [Route("/api/chat", _chat, methods=["POST"]), Route("/api/tags", _tags, methods=["GET"])]


async def _tags(_request: Request) -> Response:
    return json_answer({"models": [{"name": model.name, "model": model.name} for model in MODELS]})


async def _chat(request: Request) -> Response:
    try:
        payload = parse_object(await read_body(request, 12 * MIB))
    except (NotJsonError, TooLargeError) as error:
        raise refuse_json(400, {"error": f"{error}"}) from error
    model = find(payload.get("model"))
    if model is None:
        raise refuse_json(404, {"error": f"model '{payload.get('model')}' not found"})
    try:
        chat = read_chat(request, {**payload, **_options(payload)}, model)
    except BadFieldError as error:
        raise refuse_json(400, {"error": str(error)}) from error
    lines = _lines(chat)
    if payload.get("stream") is False:
        return json_answer(_whole([line async for line in lines]))
    encoded = (json.dumps(line, ensure_ascii=False).encode() + b"\n" async for line in lines)
    return StreamingResponse(encoded, media_type="application/x-ndjson")


def _options(payload: dict[str, Any]) -> dict[str, Any]:
    """Return Ollama's `options` under the names that the other shapes use."""
    options = payload.get("options")
    given = options if isinstance(options, dict) else {}
    names = {"seed": "seed", "temperature": "temperature", "num_predict": "max_tokens", "stop": "stop"}
    return {ours: given[theirs] for theirs, ours in names.items() if theirs in given}


async def _lines(chat: ChatRequest) -> AsyncIterator[dict[str, Any]]:
    started_ns = perf_counter_ns()
    await nap(chat.pace_ms * FIRST_TOKEN_PACES)
    first_ns = perf_counter_ns()
    answer = Answer(chat.order)
    for reasoning, text in answer.pieces():
        piece = {"thinking": reasoning, "content": ""} if reasoning else {"content": text}
        yield {**_head(chat), "message": {"role": "assistant", **piece}, "done": False}
        await nap(chat.pace_ms)
    now_ns = perf_counter_ns()
    yield {
        **_head(chat), "message": {"role": "assistant", "content": ""}, "done": True,
        "done_reason": answer.finish_reason, "total_duration": now_ns - started_ns, "load_duration": 0,
        "prompt_eval_count": chat.order.prompt_tokens, "prompt_eval_duration": first_ns - started_ns,
        "eval_count": answer.completion_tokens, "eval_duration": now_ns - first_ns,
    }  # fmt: skip


def _head(chat: ChatRequest) -> dict[str, Any]:
    return {"model": chat.model.name, "created_at": datetime.now(UTC).isoformat().replace("+00:00", "Z")}


def _whole(lines: list[dict[str, Any]]) -> dict[str, Any]:
    """Join the lines of a stream into the one object of a whole answer."""
    message = {"role": "assistant", "content": "".join(line["message"]["content"] for line in lines)}
    thinking = "".join(line["message"].get("thinking", "") for line in lines)
    return {**lines[-1], "message": {**message, "thinking": thinking} if thinking else message}
