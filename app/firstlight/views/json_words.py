"""The words for what is wrong at one place of a text that should be JSON."""

from __future__ import annotations

import re
import unicodedata

from firstlight.texts import Phrase

_STRING_START = re.compile(r'"[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*)*')
_WORD = re.compile(r"""[^\s,:\[\]{}"'/，：、]+""")
_NUMBER_LIKE = re.compile(r"[-+]?[0-9.][0-9A-Za-z.+_-]*\Z")

_LITERALS = {"true": "true", "false": "false", "null": "null", "none": "null", "undefined": "null", "nil": "null"}
_NOT_NUMBERS = frozenset({"nan", "infinity", "-infinity", "+infinity", "inf", "-inf", "+nan", "-nan"})
_WIDE = dict(zip("，、：“”„＂‘’｛｝［］【】", ',,:""""""{}[][]', strict=True))
"""Signs that an input method or a word processor writes instead of those of JSON."""


def unreadable(text: str, offset: int, may_stand: str) -> tuple[int, Phrase]:
    """Return (offset, reason) for something that is no token of JSON at all."""
    if text[offset] == '"':
        return _broken_string(text, offset)
    return offset, _wrong_sign(text, offset) or _wrong_word(text, offset, is_name=may_stand.startswith("name"))


def misplaced(text: str, offset: int, may_stand: str, opener: str) -> tuple[int, Phrase]:
    """Return (offset, reason) for a token that is in order by itself but not in this place."""
    found = text[offset]
    if may_stand == "more":
        return offset, _instead_of_more(found, opener)
    if may_stand == "colon":
        return offset, Phrase("A colon is missing between the name and its value")
    if may_stand.startswith("name"):
        return offset, Phrase("A name in double quotes must stand here")
    return offset, Phrase("A value is missing before {found}", found=found)


def _instead_of_more(found: str, opener: str) -> Phrase:
    if not opener:
        return Phrase("The JSON ends before this: only one value is allowed")
    if found in "}]":
        closer = {"{": "}", "[": "]"}[opener]
        return Phrase("{found} closes nothing here: {closer} is missing", found=found, closer=closer)
    if found == ":":
        return Phrase("A colon cannot stand here")
    return Phrase("A comma is missing before this")


def _wrong_sign(text: str, offset: int) -> Phrase | None:
    char = text[offset]
    if char == "'":
        return Phrase("JSON needs double quotes: \" instead of '")
    if char in _WIDE:
        return Phrase("{char} is not a sign of JSON: write {sign}", char=char, sign=_WIDE[char])
    if text.startswith(("//", "/*", "#"), offset):
        return Phrase("JSON has no comments")
    if char == "/" or not char.isprintable() or char.isspace():
        return Phrase("{char} cannot stand here", char=_named(char))
    return None


def _broken_string(text: str, offset: int) -> tuple[int, Phrase]:
    start = _STRING_START.match(text, offset)
    end = start.end() if start else offset
    if end >= len(text) or text[end] in "\r\n":
        return offset, Phrase("This text has no closing quote on its line")
    if text[end] == "\\":
        escape = text[end : end + 2]
        if escape == "\\u":
            return end, Phrase("{escape} needs four hexadecimal digits", escape=escape)
        return end, Phrase("{escape} is no escape of JSON; a backslash itself is written \\\\", escape=escape.strip())
    written = {"\t": "\\t", "\b": "\\b", "\f": "\\f"}.get(text[end], f"\\u{ord(text[end]):04x}")
    return end, Phrase("{char} inside a text must be written {written}", char=_named(text[end]), written=written)


def _wrong_word(text: str, offset: int, *, is_name: bool) -> Phrase:
    found = _WORD.match(text, offset)
    word = found.group() if found else text[offset]
    if is_name:
        return Phrase("The name {word} needs double quotes", word=_short(word))
    if word.lower() in _LITERALS:
        return Phrase("{word} is not a word of JSON: write {literal}", word=word, literal=_LITERALS[word.lower()])
    if word.lower() in _NOT_NUMBERS:
        return Phrase("{word} is not a number of JSON: use null or a text", word=word)
    if re.match(r"-?0[0-9]+\Z", word):
        return Phrase("The number {word} must not begin with 0", word=_short(word))
    if _NUMBER_LIKE.match(word):
        return Phrase("{word} is not a number of JSON", word=_short(word))
    return Phrase("{word} is not a value: a text needs double quotes", word=_short(word))


def _short(word: str) -> str:
    return word if len(word) <= 24 else word[:23] + "…"


def _named(char: str) -> str:
    """Return a character so that it can be seen: itself, or its code and name."""
    if char.isprintable() and not char.isspace():
        return char
    return f"U+{ord(char):04X} {unicodedata.name(char, '')}".strip()
