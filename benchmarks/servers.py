"""Loopback servers for benchmarks: they answer from memory, so that the client is what is measured.

Run as a script with a name from SERVERS; prints the port and serves until it is terminated.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import sys
from collections.abc import Callable

EVENTS = 100_000
MILLION = 1_000_000


def _plain() -> bytes:
    body = json.dumps({"data": {"resp_data": [{"predict_result": "setosa"}]}, "pad": "x" * 960}).encode()[:1024]
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def openai_chunk(index: int) -> bytes:
    """Return one chunk of a chat completion as a server sends it, about 210 bytes."""
    chunk = {
        "id": "chatcmpl-9f3b2c7d1e4a4c0f8d6b5a4e",
        "object": "chat.completion.chunk",
        "created": 1764000000,
        "model": "first-light-7b",
        "choices": [{"index": 0, "delta": {"content": f" tok{index % 1000}"}, "finish_reason": None}],
    }
    return b"data: " + json.dumps(chunk).encode() + b"\n\n"


def _sse() -> bytes:
    parts = [b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"]
    for index in range(EVENTS):
        event = openai_chunk(index)
        parts.append(b"%x\r\n%b\r\n" % (len(event), event))
    end = b"data: [DONE]\n\n"
    parts.append(b"%x\r\n%b\r\n0\r\n\r\n" % (len(end), end))
    return b"".join(parts)


def _messages(count: int) -> bytes:
    """Return so many text messages of 120 bytes and a goodbye, as frames."""
    frames = [b"\x81\x78" + (b'{"price": %d, "pad": "' % index).ljust(118, b"x") + b'"}' for index in range(count)]
    return b"".join(frames) + b"\x88\x02\x03\xe8"


SERVERS: tuple[tuple[str, Callable[[], bytes]], ...] = (
    ("plain", _plain),
    ("sse", _sse),
    ("websocket", lambda: _messages(EVENTS)),
    ("websocket-million", lambda: _messages(MILLION)),
)
"""(name, maker of the bytes that answer every request)."""


class _Answering(asyncio.Protocol):
    def __init__(self, answer: bytes) -> None:
        self._answer = answer
        self._seen = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._seen += data
        if self._seen.endswith(b"\r\n\r\n"):
            self._seen = b""
            self._transport.write(self._answer)


class _Talking(_Answering):
    """Accepts the handshake of a WebSocket before the answer."""

    def data_received(self, data: bytes) -> None:
        if b"sec-websocket-key" not in data.lower():
            self._transport.close()  # the client has said goodbye as well
            return
        lines = (line.partition(b":") for line in data.split(b"\r\n"))
        key = next(value.strip() for name, _, value in lines if name.lower() == b"sec-websocket-key")
        accept = base64.b64encode(hashlib.sha1(key + b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11").digest())
        self._transport.write(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Accept: " + accept + b"\r\n\r\n" + self._answer
        )


PROTOCOLS: dict[str, type[_Answering]] = {"websocket": _Talking, "websocket-million": _Talking}
"""Those that do more than answer."""


async def _serve(kind: str, answer: bytes) -> None:
    talk = PROTOCOLS.get(kind, _Answering)
    listening = await asyncio.get_running_loop().create_server(lambda: talk(answer), "127.0.0.1", 0)
    print(listening.sockets[0].getsockname()[1], flush=True)
    await listening.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(sys.argv[1], dict(SERVERS)[sys.argv[1]]()))
