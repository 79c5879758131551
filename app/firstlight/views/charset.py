"""Turns the bytes of an answer into text, whatever they are. Never raises.

In this order: what the user chose, a byte order mark, the charset of the Content-Type, the one the document names
itself, UTF-8 if the bytes are UTF-8, GB18030 if they are that (Chinese sites often name no charset), Windows-1252.
JSON is UTF-8 (RFC 8259 §8.1) whatever its Content-Type says, unless the bytes are none.
"""

from __future__ import annotations

import codecs
import re
from typing import Literal, NamedTuple, TypeAlias

from msgspec import structs

from firstlight.model.response import Response
from firstlight.texts import N_

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
_CHOSEN = ":charset"
"""The name of a header that no answer can have: where a choice travels, to a child process as well."""
_LOOKED_AT_BYTES = 1_000_000

Source: TypeAlias = Literal["chosen", "mark", "header", "document", "json", "utf-8", "guess"]

CHOICES: tuple[tuple[str, str], ...] = (
    ("utf-8", "UTF-8"),
    ("gb18030", N_("GB18030 (GBK, GB2312)")),
    ("big5hkscs", "Big5"),
    ("cp932", "Shift_JIS"),
    ("euc_jp", "EUC-JP"),
    ("cp949", "EUC-KR"),
    ("cp1252", N_("Windows-1252 (ISO-8859-1)")),
    ("cp1251", "Windows-1251"),
    ("utf-16-le", "UTF-16 LE"),
    ("utf-16-be", "UTF-16 BE"),
)
"""(Python's name, label) of what a body can be read as by choice."""


class Reading(NamedTuple):
    """How a body is read."""

    charset: str
    """Python's name."""
    source: Source
    unknown: str = ""
    """What the Content-Type names, if nobody knows such a charset."""


def read_as(response: Response, charset: str) -> Response:
    """Return the answer as it is to be read: in `charset`, whatever it says of itself; empty: by what it says."""
    return structs.replace(response, headers=(*response.headers, (_CHOSEN, charset))) if charset else response


def is_chosen(response: Response) -> bool:
    """Tell whether its charset was chosen."""
    return bool(response.header(_CHOSEN))


def reading(response: Response) -> Reading:
    """Return how the body is read, and who says so; of a long one the first megabyte decides what is told."""
    found, named = _named(response), _CHARSET_PARAMETER.search(response.header("content-type"))
    unknown = named.group(1) if named and not _known(named.group(1)) else ""
    if found is not None:
        return Reading(*found, unknown)
    beginning = response.body[:_LOOKED_AT_BYTES]
    if _is_utf8(beginning, whole=len(response.body) <= _LOOKED_AT_BYTES):
        return Reading("utf-8", "utf-8", unknown)
    guessed = "gb18030" if b"\0" not in beginning and _decoded(beginning, "gb18030") is not None else "cp1252"
    return Reading(guessed, "guess", unknown)


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
    found = _named(response)
    return found[0] if found else None


def _named(response: Response) -> tuple[str, Source] | None:
    if chosen := response.header(_CHOSEN):
        return chosen, "chosen"
    for mark, name in _MARKS:
        if response.body.startswith(mark):
            return name, "mark"
    if named := _known(header_charset(response) or ""):
        subtype = response.media_type.partition("/")[2]
        is_json = subtype == "json" or subtype.endswith("+json")
        return ("utf-8", "json") if is_json and named != "utf-8" and _is_utf8(response.body) else (named, "header")
    if inside := _NAMED_INSIDE.search(response.body[:_DECLARATION_BYTES]):
        named = _known((inside.group(1) or inside.group(2)).decode("ascii"))
        return (named, "document") if named else None
    return None


def _is_utf8(body: bytes, *, whole: bool = True) -> bool:
    """Tell whether it is UTF-8; what is not `whole` may end in the middle of a character."""
    if body.isascii():
        return True
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(body, final=whole)
    except UnicodeDecodeError:
        return False
    return True


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
