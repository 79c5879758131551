"""DECODERS: how the bytes of each kind of stream become messages."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Protocol

from firstlight.inference.json_pieces import JsonPiecesDecoder
from firstlight.inference.ndjson import NdjsonDecoder
from firstlight.inference.plain_text import PlainTextDecoder
from firstlight.inference.sse import SseDecoder
from firstlight.model.events import ServerEvent

_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)


class Decoder(Protocol):
    """Takes bytes as they arrive; returns each message once it is whole."""

    def feed(self, data: bytes, at_ns: int) -> list[ServerEvent]:
        """Take the bytes that arrived at `at_ns`."""

    def close(self, at_ns: int) -> list[ServerEvent]:
        """Say that no more bytes will come; return what the stream ended inside of."""


class _Whole:
    """A WebSocket's messages arrive whole: there are no bytes to decode."""

    def feed(self, data: bytes, at_ns: int) -> list[ServerEvent]:
        return []

    def close(self, at_ns: int) -> list[ServerEvent]:
        return []


DECODERS: Mapping[str, Callable[[str], Decoder]] = {
    "sse": lambda _content_type: SseDecoder(),
    "ndjson": lambda _content_type: NdjsonDecoder(),
    "json-array": lambda _content_type: JsonPiecesDecoder(),
    "websocket": lambda _content_type: _Whole(),
    "text": lambda content_type: PlainTextDecoder(_charset(content_type)),
}
"""By kind; each is made from the Content-Type."""


def _charset(content_type: str) -> str:
    named = _CHARSET.search(content_type)
    return named.group(1) if named else ""
