"""What kind of text an answer is, by its Content-Type and, where that says nothing, by its first signs."""

from __future__ import annotations

from firstlight.inference.media_types import stream_kind
from firstlight.model.response import Response

_BY_SUBTYPE = {
    "json": "json",
    "x-ndjson": "ndjson",
    "ndjson": "ndjson",
    "jsonl": "ndjson",
    "xml": "xml",
    "html": "html",
    "xhtml+xml": "html",
    "javascript": "javascript",
    "x-javascript": "javascript",
    "ecmascript": "javascript",
    "css": "css",
    "x-www-form-urlencoded": "form",
    "event-stream": "text",
}
_NOT_TEXT = ("image/", "audio/", "video/", "font/", "application/zip", "application/gzip", "application/pdf")
_SNIFFED_BYTES = 512
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1b"))
_VAGUE = frozenset({"", "text/plain", "application/octet-stream", "binary/octet-stream", "application/unknown"})


def content_of(response: Response) -> str:
    """Return json, ndjson, xml, html, javascript, css, form or text; `binary` for what is no text."""
    media_type = response.media_type
    subtype = media_type.partition("/")[2]
    suffix = subtype.rpartition("+")[2]
    if stream_kind(media_type) == "ndjson":
        return "ndjson"
    if subtype in _BY_SUBTYPE or suffix in _BY_SUBTYPE:
        return _BY_SUBTYPE.get(subtype) or _BY_SUBTYPE[suffix]
    from firstlight.views.charset import is_chosen

    if is_chosen(response):  # somebody says that it is text
        return "text"
    if media_type in _VAGUE:
        return _sniffed(response.body)
    return "binary" if media_type.startswith(_NOT_TEXT) or _is_binary(response.body) else "text"


def _sniffed(body: bytes) -> str:
    """Look at the first signs: model services often send JSON as text/plain or without any type."""
    head = body[:_SNIFFED_BYTES].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if _is_binary(body):
        return "binary"
    if head.startswith((b"{", b"[")):
        return "json"
    if head.startswith((b"<!doctype html", b"<html")):
        return "html"
    return "xml" if head.startswith(b"<?xml") else "text"


def _is_binary(body: bytes) -> bool:
    """Tell bytes from text by control characters that no text has; UTF-16 and UTF-32 name themselves by a mark."""
    head = body[:_SNIFFED_BYTES]
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")):
        return False
    return len(head.translate(None, _CONTROLS)) != len(head)
