"""Writes JSON tokens with new blanks between them: indented like `json.dumps(indent=2)`, or as short as possible.

Only blanks outside tokens change; formatting twice is formatting once, and minifying forgets any formatting.
"""

from __future__ import annotations

from collections.abc import Iterable

from firstlight.views.json_tokens import CLOSE, COLON, COMMA, COMMENT, LINE_COMMENT, OPEN, REST, VALUE, JsonToken

DEEPEST_INDENT = 256
"""Deeper levels are not indented further: 100,000 brackets in a row would become 20 GB of blanks."""

_PAIRS = frozenset({b"{}", b"[]"})
_BREAK, _BLANK, _NOTHING, _PAIR, _BESIDE = range(5)


def _gap_rule(before: int, kind: int) -> int:
    """Return what stands between two neighbours of these kinds."""
    if kind == REST or (kind in (COMMA, COLON) and before != LINE_COMMENT):
        return _NOTHING
    if before == LINE_COMMENT:
        return _BREAK
    if before == OPEN and kind == CLOSE:
        return _PAIR
    if kind in (COMMENT, LINE_COMMENT) or (before == COMMENT and kind != CLOSE):
        return _BESIDE
    return _BLANK if before == COLON and kind != CLOSE else _BREAK


_RULES = tuple(tuple(_gap_rule(before, kind) for kind in range(REST + 1)) for before in range(REST + 1))


def indented(tokens: Iterable[JsonToken], indent: int) -> bytes:
    """Return the tokens one per line, as `json.dumps(indent=indent)` lays them out."""
    breaks = [b"\n" + b" " * (indent * depth) for depth in range(DEEPEST_INDENT + 1)]
    written: list[bytes] = []
    write = written.append
    depth, before, text_before = 0, REST, b""
    for kind, text, same_line in tokens:
        if kind == CLOSE and depth:
            depth -= 1
        rule = _RULES[before][kind] if written else _NOTHING
        if rule == _BREAK:
            write(breaks[depth if depth < DEEPEST_INDENT else DEEPEST_INDENT])
        elif rule == _BLANK or (rule == _BESIDE and same_line):
            write(b" ")
        elif rule == _BESIDE or (rule == _PAIR and text_before + text not in _PAIRS):
            write(breaks[min(depth, DEEPEST_INDENT)])
        write(text)
        if kind == OPEN:
            depth += 1
        before, text_before = kind, text
    return b"".join(written)


def minified(tokens: Iterable[JsonToken]) -> bytes:
    """Return the tokens without blanks, except where two values would run together.

    Several values at the top level go one per line, so minified NDJSON is NDJSON.
    """
    written: list[bytes] = []
    depth, before, text_before = 0, COMMA, b""
    for kind, text, _ in tokens:
        if kind == CLOSE and depth:
            depth -= 1
        if before == LINE_COMMENT and kind != REST:
            written.append(b"\n")
        elif before in (VALUE, CLOSE) and kind in (VALUE, OPEN):
            written.append(b" " if depth else b"\n")
        elif text_before == text == b"{":
            written.append(b" ")  # never in JSON; `{{` would begin a placeholder
        written.append(text)
        if kind == OPEN:
            depth += 1
        before, text_before = kind, text
    return b"".join(written)
