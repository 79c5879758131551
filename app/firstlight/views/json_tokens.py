"""Cuts JSON, and what people and services write instead of it, into tokens. Never raises, never drops a byte.

Taken as they come: NaN and Infinity, Python's None and True, trailing and missing commas, comments, several values
after each other, unquoted and single-quoted names, line breaks inside texts, `{{placeholders}}`, any nesting.
Where the text stops making sense (an open quote, a stray word), the rest is one token of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

OPEN, CLOSE, COMMA, COLON, VALUE, COMMENT, LINE_COMMENT, REST = range(8)
"""Kinds of tokens. A REST includes the blanks before it: nothing is known about them."""

JsonToken: TypeAlias = tuple[int, bytes, bool]
"""(kind, text, whether it follows a comment, or is one, on the same line as the token before it).

A plain tuple: a big body has millions of them.
"""

_ENDS = rb"""(?![^\x00-\x20"'{}\[\],:/])"""
_TOKEN = re.compile(
    rb"""[ \t\r\n]*(?:
      ( "[^"\\\n]*(?:\\[^\n][^"\\\n]*)*" | '[^'\\\n]*(?:\\[^\n][^'\\\n]*)*'       # a text on one line
      | \{\{ [ \t]*[^{}"\s][^{}"\n]* \}\}                                           # a placeholder
      | [-+]?[0-9.][0-9A-Za-z.+_-]* ENDS                                           # a number, or nearly one
      | [+-]?(?:true|false|null|NaN|Infinity|undefined|None|True|False) ENDS
      | [A-Za-z_$\x80-\xff][\w$\x80-\xff-]* (?=[ \t\r\n]*:)                        # a name without quotes
      | "[^"\\]*(?:\\[\s\S][^"\\]*)*" (?=[ \t\r\n]*(?:[,:\]}]|\Z)) )               # a text over several lines
    | (,) | (:) | ([{\[]) | ([}\]])
    | ( /\*[\s\S]*?\*/ ) | ( //[^\r\n]* )
    | (\Z) | ([\s\S]+)
    )""".replace(b"ENDS", _ENDS),
    re.VERBOSE,
)
_END = 8
_KINDS = (REST, VALUE, COMMA, COLON, OPEN, CLOSE, COMMENT, LINE_COMMENT, REST, REST)
"""By number of the group in _TOKEN."""


def tokens(data: bytes) -> Iterator[JsonToken]:
    """Yield the tokens of `data`; joined with the blanks between them they are the text again."""
    before, after_comment = None, False
    for found in _TOKEN.finditer(data):
        group = found.lastindex or _END
        kind = _KINDS[group]
        if kind < COMMENT and not after_comment:
            yield kind, found[group], False
        elif group != _END:
            position = before.end() if before else 0
            if kind == REST:
                yield REST, data[position:], False
            else:
                yield kind, found[group], not _has_line_break(data, position, found.start(group))
                after_comment = kind in (COMMENT, LINE_COMMENT)
        before = found


def _has_line_break(data: bytes, start: int, end: int) -> bool:
    return data.find(b"\n", start, end) >= 0 or data.find(b"\r", start, end) >= 0
