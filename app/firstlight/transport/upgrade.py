"""The handshake of a WebSocket: what is added to the request, and whether the answer agrees to it (RFC 6455 §4).

The handshake travels like every other request, so proxies, TLS, redirects and failures are those of HTTP.
"""

from __future__ import annotations

from dataclasses import replace

from websockets.client import ClientProtocol
from websockets.datastructures import Headers
from websockets.exceptions import InvalidHandshake
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory
from websockets.http11 import Response
from websockets.protocol import OPEN
from websockets.typing import Subprotocol
from websockets.uri import WebSocketURI
from websockets.utils import generate_key

from firstlight.model.handshake_lines import DEFLATE, EXTENSIONS, KEY, PROTOCOL, handshake_lines, subprotocols
from firstlight.model.prepared import PreparedRequest
from firstlight.transport.failures import upgrading
from firstlight.transport.hop import Answer
from firstlight.transport.wire import Wire

_MEGABYTE = 1_000_000
_NOWHERE = WebSocketURI(secure=True, host="", port=443, path="/", query="")
"""The handshake is ours, so the library's protocol never uses it."""


def asking(request: PreparedRequest) -> PreparedRequest:
    """Return `request` with the lines that ask for a WebSocket; HTTP/2 has another way, which nobody offers."""
    names = {name.lower() for name, _ in request.headers}
    lines = handshake_lines(request.settings, generate_key(), names)
    settings = replace(request.settings, http_version="1.1")
    return replace(request, headers=(*request.headers, *lines), settings=settings)


def agreed(request: PreparedRequest, answer: Answer, wire: Wire) -> ClientProtocol:
    """Return the protocol that `answer`, a 101, has agreed to.

    Raises:
        ExchangeError: layer `protocol`; the answer breaks the rules of the handshake.
    """
    most_mb = request.settings.largest_message_mb
    offered = _value(request, EXTENSIONS)
    protocol = ClientProtocol(
        _NOWHERE,
        state=OPEN,
        extensions=[ClientPerMessageDeflateFactory(client_max_window_bits=True)] if DEFLATE in offered else None,
        subprotocols=[Subprotocol(name) for name in subprotocols(_value(request, PROTOCOL))] or None,
        max_size=None if most_mb is None else int(most_mb * _MEGABYTE),
    )
    protocol.key = _value(request, KEY)
    try:
        protocol.process_response(Response(101, answer.reason, Headers(answer.headers)))
    except InvalidHandshake as error:
        raise upgrading.bad_handshake(wire, str(error)) from error
    return protocol


def _value(request: PreparedRequest, wanted: str) -> str:
    return ", ".join(value for name, value in request.headers if name.lower() == wanted.lower())
