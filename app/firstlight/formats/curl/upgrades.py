"""A command that asks for a WebSocket by its header lines, as browsers copy it: the lines become settings. Pure."""

from __future__ import annotations

from dataclasses import replace

from firstlight.model.handshake_lines import DEFLATE, EXTENSIONS, KEY, PROTOCOL
from firstlight.model.protocols import WEBSOCKET, websocket_url
from firstlight.model.request import Request

_LINES = frozenset(
    {"upgrade", "connection", "sec-websocket-version"} | {n.lower() for n in (KEY, PROTOCOL, EXTENSIONS)}
)


def asks_for_websocket(request: Request) -> bool:
    """Tell whether a header asks for a WebSocket."""
    return any((row.name.lower(), row.value.lower()) == ("upgrade", "websocket") for row in request.headers)


def without_handshake(request: Request) -> Request:
    """Return the WebSocket whose handshake `request` is: First Light writes these lines by itself."""
    values = {row.name.lower(): row.value for row in request.headers}
    return replace(
        request,
        protocol=WEBSOCKET,
        url=websocket_url(request.url),
        headers=tuple(row for row in request.headers if row.name.lower() not in _LINES),
        settings=replace(
            request.settings,
            http_version="auto",
            subprotocols=values.get(PROTOCOL.lower(), ""),
            compress_messages=DEFLATE in values.get(EXTENSIONS.lower(), ""),
        ),
    )
