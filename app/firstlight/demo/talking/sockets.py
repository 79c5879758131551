"""Opens the WebSocket of a request that a gateway lets pass; a refusal is an ordinary answer to the handshake."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from starlette.websockets import WebSocket, WebSocketDisconnect

from firstlight.demo.answers import RefusalError

Talk: TypeAlias = Callable[[WebSocket], Awaitable[None]]
"""One conversation over an accepted WebSocket; it ends when it returns or the client leaves."""
Admit: TypeAlias = Callable[[WebSocket], Talk]
"""Checks a handshake and returns the service behind it. Raises RefusalError."""


def guarded(admit: Admit) -> Callable[[WebSocket], Awaitable[None]]:
    """Return the endpoint of a route whose handshakes `admit` checks."""

    async def endpoint(socket: WebSocket) -> None:
        try:
            talk = admit(socket)
        except RefusalError as refusal:
            await socket.send_denial_response(refusal.response)
            return
        offered = socket.scope["subprotocols"]
        await socket.accept(offered[0] if offered else None)
        try:
            await talk(socket)
            await socket.close()
        except WebSocketDisconnect:
            return  # the client has left: there is nobody to tell

    return endpoint
