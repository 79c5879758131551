"""Turns the bytes of an answer into text, whatever they are. Never raises.

In this order: a byte order mark, the charset of the Content-Type, the one the document names itself, UTF-8 if the
bytes are UTF-8, GB18030 if they are that (Chinese sites often name no charset), Windows-1252.
"""

from __future__ import annotations

import codecs
import re

from firstlight.model.response import Response

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "iso8859-1": "cp1252", "ascii": "cp1252"}
"""What is meant when these are said (WHATWG Encoding): sites name the small set and send the large one."""
_CHARSETS = ("utf", "gb", "big5", "hz", "iso8859", "iso2022", "cp", "euc", "shift", "koi8", "mac", "tis", "johab", "kz")
"""How Python's names of charsets begin. Its other codecs (base64, punycode, …) are none that an answer may choose."""
_CHARSET_PARAMETER = re.compile(r"""charset\s*=\s*["']?([^\s"';,]+)""", re.IGNORECASE)
_NAMED_INSIDE = re.compile(
    rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+) | <meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]+)""",
    re.IGNORECASE | re.VERBOSE,
)
_DECLARATION_BYTES = 1024


def to_utf8(response: Response) -> bytes:
    """Return the body as UTF-8 without a byte order mark; a body that is UTF-8 already is not copied."""
    body = response.body
    named = charset_of(response)
    if named in (None, "utf-8"):
        if body.isascii():
            return body
        text = _decoded(body, "utf-8")
        if text is not None:
            return body
    return decode(body, named).encode("utf-8", "replace")


def charset_of(response: Response) -> str | None:
    """Return the charset that the answer names (mark, header, document), as Python calls it; None without one."""
    for mark, name in _MARKS:
        if response.body.startswith(mark):
            return name
    named = _known(header_charset(response) or "")
    if named is None and (inside := _NAMED_INSIDE.search(response.body[:_DECLARATION_BYTES])):
        named = _known((inside.group(1) or inside.group(2)).decode("ascii"))
    return named


def header_charset(response: Response) -> str | None:
    """Return the charset that the Content-Type names, as it names it; None without one or for one nobody knows."""
    found = _CHARSET_PARAMETER.search(response.header("content-type"))
    return found.group(1).lower() if found and _known(found.group(1)) else None


def decode(body: bytes, charset: str | None) -> str:
    """Decode with `charset`, bad bytes become U+FFFD; without one find out what the bytes are."""
    if charset is not None:
        return body.decode(charset, "replace")
    text = _decoded(body, "utf-8")
    if text is None and b"\0" not in body:
        text = _decoded(body, "gb18030")
        if text is None:
            text = _decoded(body, "cp1252")
    return body.decode("utf-8", "replace") if text is None else text


def _decoded(body: bytes, charset: str) -> str | None:
    try:
        return body.decode(charset)
    except UnicodeDecodeError:
        return None


def _known(name: str) -> str | None:
    """Return Python's name of a charset, or None for one it does not know or that is none."""
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    known = _WIDER.get(found.name, found.name)
    return known if known.startswith(_CHARSETS) else None
