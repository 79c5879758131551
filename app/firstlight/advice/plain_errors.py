"""The words of an error page that is no JSON: plain text, or HTML by its title."""

from __future__ import annotations

import re
from html import unescape

from firstlight.model.response import Response

_MOST_BYTES = 16 * 1024
_MOST_CHARACTERS = 300
_TITLE = re.compile(r"<(title|h1)\b[^>]*>(.*?)</\1", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")


def words_of(response: Response) -> str:
    """Return what a text or HTML body says, in one short line; empty for binary data."""
    start = response.body[:_MOST_BYTES]
    if b"\x00" in start:
        return ""
    text = start.decode("utf-8", "replace")
    if "html" in response.media_type or text.lstrip()[:1] == "<":
        title = _TITLE.search(text)
        text = unescape(_TAG.sub(" ", title[2] if title else text))
    line = " ".join(text.split())
    return line if len(line) <= _MOST_CHARACTERS else f"{line[:_MOST_CHARACTERS]}…"
