"""The URL bar and the Params table are two views of one thing. Pure text: no decoding, no normalising."""

from __future__ import annotations

from dataclasses import replace

from firstlight.model.request import Param, Request


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


def full_url(request: Request) -> str:
    """Return the URL as the URL bar shows it."""
    return join_url(request.url, request.params)


def with_typed_url(request: Request, text: str) -> Request:
    """Return `request` after the URL bar was edited to `text`.

    Disabled rows keep their place; enabled rows keep their description where name or position still match.
    """
    base, typed = split_url(text)
    return replace(request, url=base, params=merge_rows(request.params, typed))


def merge_rows(old: tuple[Param, ...], typed: tuple[Param, ...]) -> tuple[Param, ...]:
    """Merge the enabled rows read from the URL with the table's disabled rows and descriptions."""
    enabled = [row for row in old if row.enabled]
    described = []
    for position, row in enumerate(typed):
        twin = next((o for o in enabled if o.name == row.name and o.value == row.value), None)
        if twin is None and position < len(enabled):
            neighbour = enabled[position]
            twin = neighbour if row.name == neighbour.name or row.value == neighbour.value else None
        described.append(replace(row, description=twin.description) if twin else row)
    merged = list(described)
    for position, row in enumerate(old):
        if not row.enabled:
            merged.insert(min(position, len(merged)), row)
    return tuple(merged)
