"""Answers a chat request in one of the wire shapes, whole or streamed at the pace that was asked for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from random import Random
from typing import Any

from starlette.responses import Response, StreamingResponse

from firstlight.demo.answers import json_answer, request_id
from firstlight.demo.chat.writer import Answer
from firstlight.demo.llm.orders import ChatRequest
from firstlight.demo.llm.wire import Envelope, Wire, usage
from firstlight.demo.pace import FIRST_TOKEN_PACES

DONE = "[DONE]"


async def answer_chat(chat: ChatRequest, wire: Wire) -> Response:
    """Return the answer to `chat`."""
    envelope = Envelope(wire, chat.model.name)
    answers = [Answer(chat.order, choice) for choice in range(chat.choices)]
    headers = {"X-Request-Id": request_id(), "Cache-Control": "no-cache"}
    if chat.stream:
        headers["X-Accel-Buffering"] = "no"
        events = (envelope.event(data) async for data in _chunks(chat, envelope, answers))
        return StreamingResponse(events, headers={**headers, "Content-Type": wire.media_type})
    await nap(chat.pace_ms * FIRST_TOKEN_PACES)
    return json_answer(envelope.whole(answers), headers=headers)


async def nap(duration_ms: float) -> None:
    """Wait; a pace of zero does not even yield to the loop."""
    if duration_ms > 0:
        await asyncio.sleep(duration_ms / 1000)


def chunks(chat: ChatRequest, wire: Wire) -> AsyncIterator[str]:
    """Yield the chunks of a streamed answer, `[DONE]` the last, as they travel in whatever carries them."""
    answers = [Answer(chat.order, choice) for choice in range(chat.choices)]
    return _chunks(chat, Envelope(wire, chat.model.name), answers)


async def _chunks(chat: ChatRequest, envelope: Envelope, answers: list[Answer]) -> AsyncIterator[str]:
    wire = envelope.wire
    with_usage = wire.usage == "when asked" and chat.include_usage
    await nap(chat.pace_ms * FIRST_TOKEN_PACES)
    for answer in answers:
        async for choice in _increments(chat, wire, answer):
            counts = usage(answers) if _counts_now(wire, choice) else None
            yield envelope.chunk_text(choice, counts, with_usage=with_usage)
    if with_usage:
        yield envelope.chunk_text(None, usage(answers), with_usage=True)
    yield DONE


def _counts_now(wire: Wire, choice: dict[str, Any]) -> bool:
    last = wire.usage == "in the last chunk" and choice["finish_reason"] is not None
    return last or wire.usage == "in each chunk"


async def _increments(chat: ChatRequest, wire: Wire, answer: Answer) -> AsyncIterator[dict[str, Any]]:
    """Yield the choice of each chunk: the role, the pieces, the finish reason."""
    jitter = Random(answer.order.seed)

    def choice(piece: dict[str, Any], finish_reason: str | None = None) -> dict[str, Any]:
        return {"index": answer.choice, wire.increment: piece, "logprobs": None, "finish_reason": finish_reason}

    yield choice({"role": "assistant", "content": ""} if wire.increment == "delta" else {"role": "assistant"})
    for reasoning, text in answer.pieces():
        yield choice({"content": None, "reasoning_content": reasoning} if reasoning else {"content": text})
        # Real decoders are not metronomes: without a spread p50 and p99 would show the same number.
        await nap(chat.pace_ms * jitter.uniform(0.75, 1.25))
    yield choice({} if wire.increment == "delta" else {"content": ""}, answer.finish_reason)
