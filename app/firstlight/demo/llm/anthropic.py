"""The chat model over Anthropic's Messages API: typed events, `x-api-key`, tools that are called (VENDORS §6)."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Any
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from firstlight.demo import accounts
from firstlight.demo.answers import RefusalError, json_answer, refuse_json
from firstlight.demo.chat import words
from firstlight.demo.chat.writer import Answer
from firstlight.demo.llm.completion import nap
from firstlight.demo.llm.models import find
from firstlight.demo.llm.orders import BadFieldError, ChatRequest, read_chat
from firstlight.demo.pace import FIRST_TOKEN_PACES
from firstlight.demo.uploads import MIB, NotJsonError, TooLargeError, parse_object, read_body
from firstlight.demo.world import World

_STOPS = {"stop": "end_turn", "length": "max_tokens"}


def routes(_world: World) -> Sequence[BaseRoute]:
    """Return the route of the Messages API."""
    return [Route("/v1/messages", _messages, methods=["POST"])]


async def _messages(request: Request) -> Response:
    if request.headers.get("x-api-key") != accounts.API_KEY:
        raise _refusal(401, "authentication_error", "invalid x-api-key")
    try:
        payload = parse_object(await read_body(request, 12 * MIB))
        model = find(payload.get("model"))
        if model is None:
            raise _refusal(404, "not_found_error", f"model: {payload.get('model')}")
        if "max_tokens" not in payload:
            raise BadFieldError("max_tokens", "max_tokens: Field required")
        chat = read_chat(request, {**payload, "stop": payload.get("stop_sequences")}, model)
    except (NotJsonError, TooLargeError, BadFieldError) as error:
        raise _refusal(400, "invalid_request_error", f"{error}") from error
    tool = _first_tool(payload.get("tools"))
    if chat.stream:
        return StreamingResponse(_events(chat, tool), media_type="text/event-stream; charset=utf-8")
    return json_answer(_whole(chat, tool))


def _refusal(status: int, kind: str, message: str) -> RefusalError:
    return refuse_json(status, {"type": "error", "error": {"type": kind, "message": message}})


def _first_tool(tools: object) -> tuple[str, str] | None:
    """Return the name of the first tool and of its first property: the model asks it for what it was asked."""
    tool = tools[0] if isinstance(tools, list) and tools and isinstance(tools[0], dict) else {}
    schema = tool.get("input_schema")
    properties = schema.get("properties") if isinstance(schema, dict) else None
    if not isinstance(tool.get("name"), str) or not isinstance(properties, dict) or not properties:
        return None
    return tool["name"], next(iter(properties))


def _blocks(answer: Answer, tool: tuple[str, str] | None) -> Iterator[tuple[str, str]]:
    """Yield (kind, piece): of the reasoning, of the text, of a tool's input."""
    if tool is not None:
        for piece in words.split(json.dumps({tool[1]: answer.order.question}, ensure_ascii=False)):
            answer.completion_tokens += 1
            yield "tool_use", piece
        answer.finish_reason = "tool_use"
        return
    for reasoning, text in answer.pieces():
        yield ("thinking", reasoning) if reasoning else ("text", text)


def _opened(kind: str, tool: tuple[str, str] | None) -> dict[str, Any]:
    if kind == "tool_use" and tool is not None:
        return {"type": kind, "id": f"toolu_{uuid4().hex[:24]}", "name": tool[0], "input": {}}
    return {"type": kind, kind: ""}


def _delta(kind: str, piece: str) -> dict[str, Any]:
    if kind == "tool_use":
        return {"type": "input_json_delta", "partial_json": piece}
    return {"type": f"{kind}_delta", kind: piece}


def _head(chat: ChatRequest) -> dict[str, Any]:
    return {"id": f"msg_{uuid4().hex}", "type": "message", "role": "assistant", "model": chat.model.name}


async def _events(chat: ChatRequest, tool: tuple[str, str] | None) -> AsyncIterator[bytes]:
    answer, index, before = Answer(chat.order), -1, ""
    usage = {"input_tokens": chat.order.prompt_tokens, "output_tokens": 1}
    started = {**_head(chat), "content": [], "stop_reason": None, "stop_sequence": None, "usage": usage}
    await nap(chat.pace_ms * FIRST_TOKEN_PACES)
    yield _event("message_start", message=started)
    yield _event("ping")
    for kind, piece in _blocks(answer, tool):
        if kind != before:
            if before:
                yield _event("content_block_stop", index=index)
            index, before = index + 1, kind
            yield _event("content_block_start", index=index, content_block=_opened(kind, tool))
        yield _event("content_block_delta", index=index, delta=_delta(kind, piece))
        await nap(chat.pace_ms)
    if before:
        yield _event("content_block_stop", index=index)
    ended = {"stop_reason": _stop(answer), "stop_sequence": None}
    yield _event("message_delta", delta=ended, usage={"output_tokens": answer.completion_tokens})
    yield _event("message_stop")


def _event(kind: str, **fields: Any) -> bytes:
    return f"event: {kind}\ndata: {json.dumps({'type': kind, **fields}, ensure_ascii=False)}\n\n".encode()


def _stop(answer: Answer) -> str:
    reason = answer.finish_reason or "stop"
    return _STOPS.get(reason, reason)


def _whole(chat: ChatRequest, tool: tuple[str, str] | None) -> dict[str, Any]:
    answer = Answer(chat.order)
    joined: dict[str, str] = {}
    for kind, piece in _blocks(answer, tool):
        joined[kind] = joined.get(kind, "") + piece
    content = [
        {**_opened(kind, tool), ("input" if kind == "tool_use" else kind): json.loads(text) if tool else text}
        for kind, text in joined.items()
    ]
    usage = {"input_tokens": chat.order.prompt_tokens, "output_tokens": answer.completion_tokens}
    return {**_head(chat), "content": content, "stop_reason": _stop(answer), "stop_sequence": None, "usage": usage}
