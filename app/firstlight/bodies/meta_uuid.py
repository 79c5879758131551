"""`meta.uuid` of a JSON body: ModelArts services give it back in their answer, so a request can be traced.

A new one is put in without reading and writing the JSON: no other byte changes.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator

import msgspec

MOST_BYTES = 4_000_000
"""A longer body is not looked into: reading it on the loop would be felt."""

_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*("?)|[{}\[\]]', re.DOTALL)
"""Group 1: the quote at the end of a text. One that lacks it reaches to the end of everything and is read once: looked
for again from each quote within, a body of 100 KB took half a minute."""
_COLON = re.compile(r"[ \t\r\n]*:[ \t\r\n]*")
_NAMES = ("meta", "uuid")


class _Meta(msgspec.Struct):
    uuid: object = None


class _Traced(msgspec.Struct):
    meta: _Meta | None = None


_read = msgspec.json.Decoder(_Traced).decode


def read(data: bytes) -> str:
    """Return the text at `meta.uuid` of a JSON object; empty when there is none, or the data is something else."""
    if len(data) > MOST_BYTES:
        return ""
    try:
        meta = _read(data).meta
    except (msgspec.DecodeError, RecursionError):
        return ""
    return meta.uuid if meta and isinstance(meta.uuid, str) else ""


def renewed(text: str) -> str:
    """Return `text` with a new UUID in the place of the text at `meta.uuid`, or of all texts if there are several."""
    fresh = str(uuid.uuid4())
    pieces: list[str] = []
    end = 0
    for start, stop in _places(text):
        pieces += (text[end:start], fresh)
        end = stop
    return "".join((*pieces, text[end:]))


def is_in(text: str) -> bool:
    """Tell whether a JSON text, which may hold `{{variables}}`, has a text at `meta.uuid`."""
    return next(_places(text), None) is not None


def _places(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the texts at `meta.uuid` begin and end, quotes left out."""
    depth, matched = 0, 0  # `matched`: how many of the objects around this place belong to the path
    position = 0
    while found := _TOKEN.search(text, position):
        position = found.end()
        word = found[0]
        if word in "{[":
            depth += 1
        elif word in "}]":
            depth -= 1
            if matched > max(depth - 1, 0):
                matched = max(depth - 1, 0)
                if "meta" not in text[position:] and "\\u" not in text[position:]:
                    return  # the usual case: `meta` stands at the beginning, and the rest is long
        elif depth == matched + 1 and (colon := _COLON.match(text, position)) and _is_name(word, _NAMES[matched]):
            position = colon.end()
            value = _TOKEN.match(text, position)
            if matched == 1 and value and value[1]:
                yield value.start() + 1, value.end() - 1
            elif matched == 0 and text[position : position + 1] == "{":
                matched, depth, position = 1, depth + 1, position + 1


def _is_name(quoted: str, name: str) -> bool:
    """Tell whether a quoted text says `name`; letters may be escapes."""
    if "\\" not in quoted:
        return quoted[1:-1] == name
    try:
        return bool(json.loads(quoted) == name)
    except ValueError:
        return False
