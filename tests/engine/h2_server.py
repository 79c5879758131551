"""A real HTTP/2 server (hypercorn) on loopback, for as long as a test needs it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from h2.config import H2Configuration
from h2.connection import H2Connection
from hypercorn.asyncio import serve
from hypercorn.config import Config
from servers import Peer

Asgi = Callable[[dict[str, Any], Callable[[], Awaitable[Any]], Callable[[Any], Awaitable[None]]], Awaitable[None]]


@asynccontextmanager
async def http2_serving(app: Asgi, certificate: Path | None = None) -> AsyncIterator[int]:
    """Serve `app` over TLS with HTTP/2 and HTTP/1.1 on offer, or in plain with prior knowledge; give the port."""
    place = socket.socket()
    place.bind(("127.0.0.1", 0))
    place.listen()
    port: int = place.getsockname()[1]
    config = Config()
    config.bind = [f"fd://{place.detach()}"]
    config.errorlog = None
    if certificate is not None:
        config.certfile = config.keyfile = str(certificate)
    over = asyncio.Event()
    task = asyncio.get_running_loop().create_task(serve(app, config, shutdown_trigger=over.wait))  # type: ignore[arg-type]
    try:
        yield port
    finally:
        over.set()
        await task


def server_side() -> H2Connection:
    """Return the server's end of a connection, for answers that no server gives on purpose."""
    return H2Connection(config=H2Configuration(client_side=False))


async def stingy(peer: Peer) -> None:
    """Never make room for more than the first 64 KiB of a body, and never answer."""
    connection = server_side()
    connection.initiate_connection()
    await peer.send(connection.data_to_send())
    while data := await peer.reader.read(65536):
        connection.receive_data(data)
        await peer.send(connection.data_to_send())
    peer.server.left += 1


async def tells(scope: dict[str, Any], receive: Callable[[], Awaitable[Any]], send: Any) -> None:
    """Answer with the version, method, path and body of the request; /stream answers in five pieces."""
    if scope["type"] != "http":
        return
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    headers = [(b"content-type", b"text/event-stream" if scope["path"] == "/stream" else b"text/plain")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    if scope["path"] == "/stream":
        for number in range(5):
            await send({"type": "http.response.body", "body": b"data: %d\n\n" % number, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
        return
    told = f"{scope['http_version']} {scope['method']} {scope['path']} {len(body)}".encode()
    await send({"type": "http.response.body", "body": told})
