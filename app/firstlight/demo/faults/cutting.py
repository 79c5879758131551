"""Answers whose connection is closed before they are whole."""

from __future__ import annotations

from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Send

from firstlight.demo.chat.writer import Answer, Order
from firstlight.demo.llm.completion import nap
from firstlight.demo.llm.wire import OPENAI, Envelope
from firstlight.demo.pace import PACE_MS, number

SSE = "text/event-stream; charset=utf-8"


class CutResponse(StreamingResponse):
    """Sends its pieces and stops: the message that would end the body never comes, so the server hangs up."""

    async def stream_response(self, send: Send) -> None:
        """Send the head and the pieces."""
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        async for piece in self.body_iterator:
            data = piece.encode() if isinstance(piece, str) else bytes(piece)
            await send({"type": "http.response.body", "body": data, "more_body": True})


async def cut_stream(request: Request) -> Response:
    """Stream some tokens, then close the connection in the middle of an event."""
    pace = number(request.query_params.get("demo_pace_ms", PACE_MS), PACE_MS)
    tokens = int(number(request.query_params.get("tokens", 8), 8))

    async def pieces() -> AsyncIterator[bytes]:
        sent = b""
        for sent in chat_chunks()[:tokens]:
            yield sent
            await nap(pace)
        yield sent[: len(sent) // 2]

    return CutResponse(pieces(), media_type=SSE)


async def cut_body(_request: Request) -> Response:
    """Promise more bytes than come."""

    async def pieces() -> AsyncIterator[bytes]:
        yield b'{"data": {"resp_data": [{"predictresult": "seto'

    return CutResponse(pieces(), headers={"Content-Length": "4096"}, media_type="application/json")


def chat_chunks() -> list[bytes]:
    """Return the events of a short answer, without its end."""
    envelope = Envelope(OPENAI, "demo-chat")
    answer = Answer(Order(question="What is a stream?", prompt_tokens=8, seed="1", temperature=0))
    choices = [{"index": 0, "delta": {"content": text}, "finish_reason": None} for _, text in answer.pieces()]
    return [envelope.chunk(choice, None, with_usage=False) for choice in choices]
