"""The chat model as home-made services stream it: a JSON array in pieces, and plain text. No login."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from firstlight.demo.answers import refuse_json
from firstlight.demo.chat.writer import Answer
from firstlight.demo.llm.completion import nap
from firstlight.demo.llm.models import MODELS
from firstlight.demo.llm.orders import BadFieldError, ChatRequest, read_chat
from firstlight.demo.pace import FIRST_TOKEN_PACES
from firstlight.demo.uploads import MIB, NotJsonError, TooLargeError, parse_object, read_body
from firstlight.demo.world import World


def routes(_world: World) -> Sequence[BaseRoute]:
    """Return the routes of the two shapes."""
    return [Route("/pieces/array", _array, methods=["POST"]), Route("/pieces/text", _text, methods=["POST"])]


async def _array(request: Request) -> Response:
    chat = await _read(request)

    async def values() -> AsyncIterator[bytes]:
        answer = Answer(chat.order)
        lead = "["
        async for text in _written(chat, answer):
            yield f"{lead}{json.dumps({'output': {'text': text}}, ensure_ascii=False)}".encode()
            lead = ",\n"
        ended = {
            "output": {"finish_reason": answer.finish_reason},
            "usage": {"output_tokens": answer.completion_tokens},
        }
        yield f"{lead}{json.dumps(ended)}]".encode()

    return StreamingResponse(values(), media_type="application/json")


async def _text(request: Request) -> Response:
    chat = await _read(request)
    pieces = (text.encode() async for text in _written(chat, Answer(chat.order)))
    return StreamingResponse(pieces, media_type="text/plain; charset=utf-8")


async def _read(request: Request) -> ChatRequest:
    """Read `{"prompt": "…"}` and the options of a chat."""
    try:
        payload = parse_object(await read_body(request, MIB))
        messages = [{"role": "user", "content": payload.get("prompt")}]
        return read_chat(request, {**payload, "messages": messages}, MODELS[0])
    except (NotJsonError, TooLargeError, BadFieldError) as error:
        raise refuse_json(400, {"error": f"{error}"}) from error


async def _written(chat: ChatRequest, answer: Answer) -> AsyncIterator[str]:
    await nap(chat.pace_ms * FIRST_TOKEN_PACES)
    for _, text in answer.pieces():
        yield text
        await nap(chat.pace_ms)
