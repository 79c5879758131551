"""HTTP or WebSocket: how a Request says which, and the two ways to write a WebSocket's URL. Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from firstlight.model.request import Body, Request

HTTP, WEBSOCKET = "http", "websocket"
_WEBSOCKET_URL = re.compile(r"\s*wss?://", re.IGNORECASE)
_SCHEME = re.compile(r"(\s*)(https?|wss?)(?=://)", re.IGNORECASE)
_AS_HTTP = {"ws": "http", "wss": "https"}
_AS_WEBSOCKET = {http: websocket for websocket, http in _AS_HTTP.items()}


def is_websocket(request: Request) -> bool:
    """Tell whether `request` opens a WebSocket: it says so, or its URL does."""
    return request.protocol == WEBSOCKET or has_websocket_url(request.url)


def has_websocket_url(url: str) -> bool:
    """Tell whether a URL begins with ws:// or wss://."""
    return _WEBSOCKET_URL.match(url) is not None


def http_url(url: str) -> str:
    """Return `url` with http:// for ws:// and https:// for wss://; everything else stays to the letter."""
    return _with_scheme(url, _AS_HTTP)


def websocket_url(url: str) -> str:
    """Return `url` with ws:// for http:// and wss:// for https://; everything else stays to the letter."""
    return _with_scheme(url, _AS_WEBSOCKET)


def _with_scheme(url: str, schemes: dict[str, str]) -> str:
    return _SCHEME.sub(lambda found: found[1] + schemes.get(found[2].lower(), found[2]), url, count=1)


def handshake(request: Request) -> Request:
    """Return the HTTP request that asks for the WebSocket: a GET without a body (RFC 6455 §4.1)."""
    return replace(request, method="GET", url=http_url(request.url), body=Body())


def method_word(request: Request) -> str:
    """Return what stands where a method stands: `WS` for a WebSocket."""
    return "WS" if is_websocket(request) else request.method
