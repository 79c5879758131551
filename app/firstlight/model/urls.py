"""The URL bar and the Params table are two views of one thing. Pure text: no decoding, no normalising."""

from __future__ import annotations

import re
from dataclasses import replace

from firstlight.model.path_variables import path_rows, renamed_rows
from firstlight.model.request import Param, Request

_MARKS = re.compile(r"\{\{[^{}]*\}\}|[#&=]")


def split_url(text: str) -> tuple[str, tuple[Param, ...]]:
    """Split a typed URL into the part without query (fragment kept) and its rows, byte for byte as typed."""
    before_fragment, hash_sign, fragment = text.partition("#")
    base, question, query = before_fragment.partition("?")
    rows = tuple(_row(piece) for piece in query.split("&")) if question and query else ()
    return base + hash_sign + fragment, rows


def _row(piece: str) -> Param:
    name, equals, value = piece.partition("=")
    return Param(name=name, value=value, bare=not equals)


def join_url(url: str, params: tuple[Param, ...]) -> str:
    """Put the enabled rows back into `url`, before its fragment. The inverse of split_url."""
    query = "&".join(_piece(row) for row in params if row.enabled)
    base, hash_sign, fragment = url.partition("#")
    if query:
        base += ("&" if "?" in base else "?") + query
    return base + hash_sign + fragment


def _piece(row: Param) -> str:
    return row.name if row.bare and not row.value else f"{row.name}={row.value}"


def as_row(row: Param) -> Param:
    """Return `row` with the marks encoded that would end it: typed into the table, `&` and `#` are data.

    What a variable holds is left alone: `?{{query}}` may be several parameters.
    """
    return replace(row, name=_encoded(row.name, "#&="), value=_encoded(row.value, "#&"))


def _encoded(text: str, marks: str) -> str:
    return _MARKS.sub(lambda found: f"%{ord(found[0]):02X}" if found[0] in marks else found[0], text)


def full_url(request: Request) -> str:
    """Return the URL as the URL bar shows it."""
    return join_url(request.url, tuple(map(as_row, request.params)))


def with_typed_url(request: Request, text: str) -> Request:
    """Return `request` after the URL bar was edited to `text`.

    Disabled rows keep their place; enabled rows keep their description where name or position still match.
    """
    base, typed = split_url(text)
    variables = renamed_rows(base, path_rows(request.url, request.path_variables))
    return replace(
        request,
        url=base,
        params=merge_rows(request.params, typed),
        path_variables=tuple(row for row in variables if row.value or row.description),
    )


def merge_rows(old: tuple[Param, ...], typed: tuple[Param, ...]) -> tuple[Param, ...]:
    """Merge the enabled rows read from the URL with the table's disabled rows and descriptions."""
    enabled: list[Param | None] = [row for row in old if row.enabled]
    twins = [_take(enabled, row.name, row.value) for row in typed]
    for position, row in enumerate(typed):
        neighbour = enabled[position] if position < len(enabled) else None
        if twins[position] is None and neighbour and (row.name == neighbour.name or row.value == neighbour.value):
            twins[position], enabled[position] = neighbour, None
    merged = [_with_description(row, twin or _take(enabled, row.name)) for row, twin in zip(typed, twins, strict=True)]
    for position, row in enumerate(old):
        if not row.enabled:
            merged.insert(min(position, len(merged)), row)
    return tuple(merged)


def _with_description(row: Param, twin: Param | None) -> Param:
    """Return `row` described as its twin, or the twin itself, whose marks may not be encoded."""
    if twin is None:
        return row
    described = replace(row, description=twin.description)
    return twin if as_row(twin) == described else described


def _take(rows: list[Param | None], name: str, value: str | None = None) -> Param | None:
    """Take the first row of that name, and value, out of `rows`, so that no two rows have one twin."""
    for position, row in enumerate(rows):
        if row and as_row(row).name == name and value in (None, as_row(row).value):
            rows[position] = None
            return row
    return None
