"""Decodes a text that arrives in pieces: each arrival is one event of type `text`. Sans-I/O.

A character that two arrivals share belongs to the second one.
"""

from __future__ import annotations

from codecs import getincrementaldecoder

from firstlight.model.events import ServerEvent


class PlainTextDecoder:
    """Turns bytes into one ServerEvent per arrival, in the charset that Content-Type names; UTF-8 when none."""

    def __init__(self, charset: str = "") -> None:
        self._decoder = getincrementaldecoder(charset if _is_text_charset(charset) else "utf-8")("replace")

    def feed(self, data: bytes, at_ns: int) -> list[ServerEvent]:
        """Take what arrived."""
        text = self._decoder.decode(data)
        return [ServerEvent(at_ns=at_ns, type="text", data=text)] if text else []

    def close(self, at_ns: int) -> list[ServerEvent]:
        """Say that no more bytes will come; return the character the text was cut in, if any."""
        text = self._decoder.decode(b"", final=True)
        return [ServerEvent(at_ns=at_ns, type="text", data=text, truncated=True)] if text else []


def _is_text_charset(name: str) -> bool:
    """Tell a charset from an unknown name and from a codec that Python has for other things (`hex`, `zip`)."""
    try:
        b" ".decode(name, "replace")  # an empty text would not be looked at
    except LookupError:
        return False
    return True
