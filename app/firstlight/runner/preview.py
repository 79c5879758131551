"""The headers a request will get, told before it is sent: the same code builds them, on what is known so far.

Opens no file and no secret store. What cannot be known yet (a variable without a value, the size of a file) is told
as such and never guessed.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from msgspec import structs

from firstlight.model.cookie_rules import cookie_line, matching
from firstlight.model.exchange import Scope
from firstlight.model.framing import CONTENT_LENGTH, HOST, TRANSFER_ENCODING, length
from firstlight.model.handshake_lines import handshake_lines
from firstlight.model.prepared import PreparedRequest
from firstlight.model.protocols import handshake, is_websocket
from firstlight.model.request import Header, Request, with_inherited
from firstlight.model.route import credential_of
from firstlight.model.secrets import MASK, Masker
from firstlight.runner.draft import Draft, draft, filled_row
from firstlight.runner.header_rows import CONTENT_TYPE, generated, left_out, notes_on
from firstlight.texts import Phrase

Source: TypeAlias = Literal["app", "service", "body", "authorization", "cookies"]
State: TypeAlias = Literal["sent", "left out", "overridden"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneratedHeader:
    """A header line that First Light adds."""

    name: str
    value: str
    """As it may be shown: secrets are masked. Empty: known when it is sent."""
    source: Source = "app"
    state: State = "sent"
    optional: bool = True
    """HTTP allows to leave it out, and it is not the credential that was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderPreview:
    """What stands above the user's rows, and what is said about these."""

    generated: tuple[GeneratedHeader, ...] = ()
    """In the order of the wire."""
    notes: Mapping[int, Phrase] = field(default_factory=dict)
    """Position of a row of the user → what happens to it."""
    lost: frozenset[int] = frozenset()
    """Positions of rows that are not sent, because the authorization sends its own."""


def preview(request: Request, scope: Scope) -> HeaderPreview:
    """Return the headers that are added to `request`, whether it can be sent already or not."""
    known = replace(scope, secret=lambda _name: MASK)
    request = with_inherited(request, scope.authorization)
    if credential := scope.service and credential_of(request, scope.service):
        request = replace(request, authorization=credential.authorization)
    of_service = tuple(filled_row(row, known) for row in (scope.service.headers if scope.service else ()))
    rows = tuple(filled_row(row, known) for row in request.headers)
    made = draft(handshake(request) if is_websocket(request) else request, known, rows)
    lost = _lost(rows, made)
    return HeaderPreview(
        generated=tuple(_judged(_lines(request, made, scope, of_service), request, rows, made)),
        notes=dict(_notes(rows, made, lost)),
        lost=lost,
    )


def _lines(request: Request, made: Draft, scope: Scope, of_service: tuple[Header, ...]) -> Iterator[GeneratedHeader]:
    yield GeneratedHeader(name="Host", value=made.target.authority if made.target.host else "", optional=False)
    given = {row.name.strip().lower() for row in of_service if row.enabled}
    for row in of_service:
        if row.enabled:
            yield GeneratedHeader(name=row.name, value=Masker().mask_header(row.name, row.value), source="service")
    for name, value in generated(made.body, request.settings):
        if name.lower() in given:
            continue
        shown = value.partition("boundary=")[0] + "boundary=…" if "boundary=" in value else value
        yield GeneratedHeader(name=name, value=shown, source="body" if name == CONTENT_TYPE else "app")
    for name, value in made.authorization:
        yield GeneratedHeader(name=name, value=value, source="authorization", optional=False)
    yield from _cookies(request, made, scope)
    yield from _of_handshake(request) if is_websocket(request) else _of_length(request, made)


def _of_handshake(request: Request) -> Iterator[GeneratedHeader]:
    for name, value in handshake_lines(request.settings, key=""):
        yield GeneratedHeader(name=name, value=value, optional=False)


def _of_length(request: Request, made: Draft) -> Iterator[GeneratedHeader]:
    counted = PreparedRequest(method=request.method, url="", body=made.body)
    for name, value in length(counted):
        yield GeneratedHeader(name=name, value=value if made.sized else "", source="body")
        if CONTENT_LENGTH in left_out(request.without):
            for instead, how in length(replace(counted, counted=False)):
                yield GeneratedHeader(name=instead, value=how, source="body", optional=False)


def _cookies(request: Request, made: Draft, scope: Scope) -> Iterator[GeneratedHeader]:
    if not request.settings.cookies or scope.jar is None:
        return
    if found := matching(scope.jar.cookies(), made.target, time.time()):
        masked = cookie_line(structs.replace(cookie, value=MASK) for cookie in found)
        yield GeneratedHeader(name="Cookie", value=masked, source="cookies")


def _judged(
    lines: Iterable[GeneratedHeader], request: Request, rows: tuple[Header, ...], made: Draft
) -> Iterator[GeneratedHeader]:
    """Say of each line whether it travels: the user's rows win over all but the authorization's."""
    without = left_out(request.without) - {HOST}
    own = {row.name.strip().lower() for row in rows if row.enabled}
    if own & {CONTENT_LENGTH, TRANSFER_ENCODING}:
        own |= {CONTENT_LENGTH, TRANSFER_ENCODING}
    signed = {name.lower() for name, _ in made.authorization}
    for line in lines:
        name = line.name.lower()
        if line.source != "authorization" and name in own | signed:
            yield replace(line, state="overridden")
        elif line.optional and name in without:
            yield replace(line, state="left out")
        else:
            yield line


def _lost(rows: tuple[Header, ...], made: Draft) -> frozenset[int]:
    signed = {name.lower() for name, _ in made.authorization}
    return frozenset(p for p, row in enumerate(rows) if row.enabled and row.name.strip().lower() in signed)


def _notes(rows: tuple[Header, ...], made: Draft, lost: frozenset[int]) -> Iterator[tuple[int, Phrase]]:
    for position, row in enumerate(rows):
        name = row.name.strip()
        if position in lost:
            yield position, Phrase("Not sent: the Authorization tab sends its own {name}.", name=name)
        elif row.enabled:
            for note in notes_on(((name, row.value.strip()),), made.body):
                yield position, note
