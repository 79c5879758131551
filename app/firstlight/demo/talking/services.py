"""A chat and an echo over a WebSocket: what stands behind the gateways."""

from __future__ import annotations

from typing import Any

from starlette.websockets import WebSocket

from firstlight.demo.llm.completion import chunks
from firstlight.demo.llm.models import CHAT, find
from firstlight.demo.llm.orders import BadFieldError, ChatRequest, read_chat
from firstlight.demo.llm.wire import OPENAI
from firstlight.demo.uploads import NotJsonError, parse_object

_ONLY_TEXT = 1003


async def echo(socket: WebSocket) -> None:
    """Send every message back as it came: text as text, bytes as bytes."""
    while True:
        message = await socket.receive()
        socket._raise_on_disconnect(message)
        if message.get("bytes") is not None:
            await socket.send_bytes(message["bytes"])
        else:
            await socket.send_text(message["text"])


async def chat(socket: WebSocket) -> None:
    """Answer each question with chunks in OpenAI's shape, one per message, and `[DONE]` at the end.

    A question is the body of a chat request, or plain text. `{"demo_close": 4000, "reason": "…"}` closes with 4000.
    """
    await socket.send_json({"type": "hello", "model": CHAT.name})
    while True:
        message = await socket.receive()
        socket._raise_on_disconnect(message)
        if message.get("text") is None:
            await socket.close(_ONLY_TEXT, "this service takes text")
            return
        if await _answer(socket, message["text"]):
            return


async def _answer(socket: WebSocket, text: str) -> bool:
    """Answer one message; tell whether it was the last."""
    try:
        payload = _payload(text)
        if (code := payload.get("demo_close")) is not None:
            await socket.close(_close_code(code), str(payload.get("reason", ""))[:40])
            return True
        question = _question(socket, payload)
    except (NotJsonError, BadFieldError) as error:
        await socket.send_json({"error": {"message": str(error), "type": "invalid_request_error"}})
        return False
    async for data in chunks(question, OPENAI):
        await socket.send_text(data)
    return False


def _payload(text: str) -> dict[str, Any]:
    if not text.lstrip().startswith("{"):
        return {"messages": [{"role": "user", "content": text}]}
    return parse_object(text.encode())


def _question(socket: WebSocket, payload: dict[str, Any]) -> ChatRequest:
    model = find(payload.get("model", CHAT.name))
    if model is None:
        raise BadFieldError("model", f"The model `{payload['model']}` does not exist.")
    return read_chat(socket, payload, model)


def _close_code(code: object) -> int:
    if not isinstance(code, int) or not (code in (1000, 1001, 1003, 1008, 1011, 1012, 1013) or 3000 <= code <= 4999):
        raise BadFieldError("demo_close", "'demo_close' must be a close code that a server may send.")
    return code
