"""Formats JSON without changing what it says: digits, escapes, order and duplicate keys stay as they came.

Valid JSON takes the fast way (msgspec: 400 MB/s). What it refuses goes token by token (15 MB/s): texts that are
nearly JSON, half characters in escapes, nesting beyond 1,000 levels.
"""

from __future__ import annotations

import msgspec

from firstlight.views.json_problem import JsonProblem, find_problem

__all__ = ["JsonProblem", "find_problem", "format_json", "minify_json"]

_BOM = b"\xef\xbb\xbf"


def format_json(data: bytes, indent: int = 2, *, strict: bool = False) -> bytes:
    """Return `data` laid out like `json.dumps(indent=indent)`; a byte order mark is dropped.

    Raises:
        JsonProblem: `strict` is set and the data is not JSON. Otherwise the part that can be read is formatted.
    """
    return _rewritten(data, indent, strict=strict)


def minify_json(data: bytes, *, strict: bool = False) -> bytes:
    """Return `data` without blanks between its tokens.

    Raises:
        JsonProblem: `strict` is set and the data is not JSON.
    """
    return _rewritten(data, -1, strict=strict)


def _rewritten(data: bytes, indent: int, *, strict: bool) -> bytes:
    data = data.removeprefix(_BOM)
    if strict:
        refused = find_problem(data, editing=False)
        if refused is not None:
            raise refused
    try:
        return msgspec.json.format(data, indent=indent)
    except (msgspec.DecodeError, RecursionError):
        from firstlight.views.json_layout import indented, minified
        from firstlight.views.json_tokens import tokens

        return minified(tokens(data)) if indent < 0 else indented(tokens(data), indent)
