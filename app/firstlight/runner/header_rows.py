"""The header lines of a request: the user's rows, checked, and what is added to them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

import firstlight
from firstlight.advice.gateway import ASKED
from firstlight.model.failure import failed
from firstlight.model.framing import COOKIE
from firstlight.model.prepared import EncodedBody
from firstlight.model.request import Header, RequestSettings
from firstlight.model.tokens import is_token
from firstlight.runner.places import header_row
from firstlight.texts import Phrase

Rows = tuple[tuple[str, str], ...]

CONTENT_TYPE = "Content-Type"
_CONTROL = re.compile(r"[\x00-\x08\x0A-\x1F\x7F\ud800-\udfff]")


def default_headers() -> Rows:
    """Return the headers that every request gets unless a row of the same name says otherwise."""
    return (
        ("User-Agent", f"FirstLight/{firstlight.__version__}"),
        ("Accept", "*/*"),
        ("Accept-Encoding", "gzip, deflate, br, zstd"),
    )


def user_rows(headers: Iterable[Header]) -> Rows:
    """Return the ticked rows in order, duplicates kept, blanks around values removed.

    Raises:
        ExchangeError: layer `protocol`, when a name or value cannot travel in a header line.
    """
    return tuple(checked(row.name.strip(), row.value) for row in headers if row.enabled and (row.name or row.value))


def checked(name: str, value: str) -> tuple[str, str]:
    """Return the pair as it is sent, or raise: a line break in a value would start a header of its own."""
    if not is_token(name):
        raise failed(
            "protocol",
            "bad-header-name",
            Phrase("“{name}” cannot be the name of a header.", name=name),
            Phrase("Use letters, digits and - _ . only."),
        )
    value = value.strip(" \t")
    if _CONTROL.search(value):
        raise failed(
            "protocol",
            "bad-header-value",
            Phrase("{place}: the value contains a line break or another control character.", place=header_row(name)),
            Phrase("Remove it: it would change the request around it."),
        )
    return name, value


def generated(body: EncodedBody, settings: RequestSettings) -> Rows:
    """Return the headers that this request gets unless it has its own or leaves them out."""
    asked = (ASKED,) if settings.gateway_timings else ()
    typed = ((CONTENT_TYPE, body.content_type),) if body.content_type else ()
    return (*default_headers(), *asked, *typed)


def sends_cookies(rows: Rows, without: Iterable[str]) -> bool:
    """Tell whether the jar writes the Cookie header: the user neither has a row for it nor left it out."""
    return not {COOKIE} & ({name.lower() for name, _ in rows} | left_out(without))


def left_out(names: Iterable[str]) -> frozenset[str]:
    """Return the names of `Request.without` as they are compared."""
    return frozenset(name.strip().lower() for name in names)


def with_generated(rows: Rows, body: EncodedBody, settings: RequestSettings, without: Iterable[str] = ()) -> Rows:
    """Add Content-Type and the defaults where the user has no row of that name and wants one.

    A hand-set multipart Content-Type without boundary gets the body's: without it no server can read the parts.

    Raises:
        ExchangeError: layer `protocol`, when a hand-set Content-Length does not fit the body.
    """
    names = {name.lower() for name, _ in rows} | left_out(without)
    kept = tuple(_fitting(name, value, body) for name, value in rows)
    return kept + tuple((name, value) for name, value in generated(body, settings) if name.lower() not in names)


def notes_on(rows: Rows, body: EncodedBody) -> tuple[Phrase, ...]:
    """Return what with_generated mends in `rows`, for the user to know."""
    mended = (name for name, value in rows if _missing_boundary(name, value, body))
    return tuple(Phrase("The boundary of the form was added to {name}.", name=name) for name in mended)


def _missing_boundary(name: str, value: str, body: EncodedBody) -> str:
    """Return the boundary that a hand-set Content-Type of a form lacks."""
    if name.lower() != "content-type" or "boundary=" in value.lower() or not value.lower().startswith("multipart/"):
        return ""
    return body.content_type.partition("boundary=")[2]


def _fitting(name: str, value: str, body: EncodedBody) -> tuple[str, str]:
    if boundary := _missing_boundary(name, value, body):
        return name, f"{value.rstrip('; ')}; boundary={boundary}"
    if name.lower() == "content-length" and value != str(body.size_bytes):
        raise failed(
            "protocol",
            "bad-content-length",
            Phrase(
                "The header Content-Length says {value}, the body has {size} bytes.", value=value, size=body.size_bytes
            ),
            Phrase("Untick the row: the length is counted for you."),
        )
    return name, value
