"""The URL bar and the Params table are two views of one thing. Pure text: no decoding, no normalising."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable
from dataclasses import replace

from firstlight.model.changed import changed
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
    return changed(row, name=_encoded(row.name, "#&="), value=_encoded(row.value, "#&"))


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
    twins = _twins([row for row in old if row.enabled], typed)
    merged = [_with_description(row, twin) for row, twin in zip(typed, twins, strict=True)]
    for position, row in enumerate(old):
        if not row.enabled:
            merged.insert(min(position, len(merged)), row)
    return tuple(merged)


def _twins(enabled: list[Param], typed: tuple[Param, ...]) -> list[Param | None]:
    """Find for each typed row the one it was: the same, or the one in its place that changed, or one of its name.

    No two rows have one twin.
    """
    written = [as_row(row) for row in enabled]
    left = dict.fromkeys(range(len(enabled)))
    same = _positions((row.name, row.value) for row in written)
    found = [_take(same.get((row.name, row.value)), left) for row in typed]
    for place, row in enumerate(typed):
        if found[place] is None and place in left and _is_changed(written[place], row):
            found[place] = place
            del left[place]
    named = _positions(row.name for row in written)
    for place, row in enumerate(typed):
        if found[place] is None:
            found[place] = _take(named.get(row.name), left)
    return [None if place is None else enabled[place] for place in found]


def _is_changed(old: Param, new: Param) -> bool:
    return old.name == new.name or old.value == new.value


def _positions(keys: Iterable[Hashable]) -> dict[Hashable, list[int]]:
    """Return where each key stands, the first place last."""
    places: dict[Hashable, list[int]] = {}
    for place, key in enumerate(keys):
        places.setdefault(key, []).append(place)
    for found in places.values():
        found.reverse()
    return places


def _take(places: list[int] | None, left: dict[int, None]) -> int | None:
    """Take the first of `places` that is left."""
    while places:
        if (place := places.pop()) in left:
            del left[place]
            return place
    return None


def _with_description(row: Param, twin: Param | None) -> Param:
    """Return `row` described as its twin, or the twin itself, whose marks may not be encoded."""
    if twin is None:
        return row
    described = replace(row, description=twin.description)
    return twin if as_row(twin) == described else described
