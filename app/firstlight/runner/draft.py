"""A request as far as it can be prepared now: each part is filled in if it can be, and taken as typed if not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from firstlight.auth import TOKEN, method
from firstlight.auth.occasion import UNKNOWN_HASH, Occasion
from firstlight.bodies import body_kind
from firstlight.model.exchange import Scope, Variable
from firstlight.model.failure import ExchangeError
from firstlight.model.path_variables import path_variable_names
from firstlight.model.prepared import EncodedBody, FileSlice, PreparedRequest
from firstlight.model.request import Authorization, Body, Header, Param, Request
from firstlight.model.secrets import MASK, Masker
from firstlight.model.tokens import is_token
from firstlight.model.wire_url import WireUrl, wire_url
from firstlight.runner.header_rows import Rows
from firstlight.runner.prepare import effective_authorization
from firstlight.runner.signing import occasion_of_preview
from firstlight.runner.variables import resolve

_LONGEST_TEXT = 500_000
"""Characters of a body up to which it is counted, in 1 ms; the length of a longer one is told when it is sent."""
_VARYING = re.compile(r"\{\{[ \t]*(?:\$|secret:)")
_LATER = timedelta(days=40)
_NOWHERE = WireUrl(scheme="https", host="", port=443, target="/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is known."""

    target: WireUrl
    """Its host is empty while the URL has none."""
    body: EncodedBody
    sized: bool
    """False: the length of the body is not known yet."""
    authorization: Rows
    """The header lines of the authorization, secrets masked."""


def draft(request: Request, scope: Scope, rows: tuple[Header, ...]) -> Draft:
    """Prepare what can be prepared; `rows` are the request's header rows filled in."""
    target = likely_target(request, scope)
    body, sized = _body(request.body, scope)
    own = tuple((row.name.strip(), row.value.strip()) for row in rows if row.enabled)
    names = {name.lower() for name, _ in own}
    typed = () if not body.content_type or "content-type" in names else (("Content-Type", body.content_type),)
    unsigned = PreparedRequest(
        method=request.method or "GET",
        url=target.url if target.host else "https://host/",
        headers=(*own, *typed),
        body=body,
    )
    return Draft(
        target=target,
        body=body,
        sized=sized,
        authorization=_authorization(request, scope, target, unsigned),
    )


def filled_row(row: Header, scope: Scope) -> Header:
    """Return a header row filled in, or as typed."""
    if "{{" in row.name + row.value:
        with suppress(ExchangeError):
            return resolve(Request(headers=(row,)), scope)[0].headers[0]
    return row


def likely_target(request: Request, scope: Scope) -> WireUrl:
    """Return where a request will go; its host is empty while that is not known."""
    stand_ins = tuple(Param(name=name, value="x") for name in path_variable_names(request.url))
    asked = Request(url=request.url, service=request.service, channel=request.channel, path_variables=stand_ins)
    with suppress(ExchangeError):
        return wire_url(resolve(asked, scope)[0].url)
    return _NOWHERE


def _body(body: Body, scope: Scope) -> tuple[EncodedBody, bool]:
    """Encode what is known of the body, and tell whether its length is known."""
    sized = len(body.text) <= _LONGEST_TEXT
    body = body if sized else replace(body, text="x")
    variables = _Noting(scope.variables)

    def unopened(path: str) -> FileSlice:
        nonlocal sized
        sized = False
        return FileSlice(path=path, size_bytes=1)

    try:
        filled = resolve(Request(body=body), replace(scope, variables=variables))[0].body
        sized = sized and not _varies(body, variables.looked_up)
        body = filled
    except ExchangeError:
        sized = False
    try:
        return body_kind(body.kind).encode(body, unopened), sized
    except ExchangeError:  # no file chosen yet
        return EncodedBody(), False


class _Noting(dict[str, Variable]):
    """Variables that remember what was asked of them."""

    def __init__(self, variables: Mapping[str, Variable]) -> None:
        super().__init__(variables)
        self.looked_up: list[str] = []

    def get(self, name: str, default: Any = None) -> Any:
        found = super().get(name, default)
        if found is not None:
            self.looked_up.append(found.value)
        return found


def _varies(body: Body, looked_up: Iterable[str]) -> bool:
    """Tell whether the length is another one each time, or known to the secret store alone."""
    used = (getattr(body, name) for name in body_kind(body.kind).fields)
    return any(_VARYING.search(part if isinstance(part, str) else repr(part)) for part in (*used, *looked_up))


def _authorization(request: Request, scope: Scope, target: WireUrl, unsigned: PreparedRequest) -> Rows:
    asked = effective_authorization(request, target, unsigned.headers)
    with suppress(ExchangeError):
        asked = resolve(Request(authorization=asked), scope)[0].authorization
    now = occasion_of_preview(unsigned.body)
    later = replace(now, at=now.at + _LATER)
    try:
        signed, signed_later = (_signed(unsigned, asked, occasion) for occasion in (now, later))
    except ExchangeError:  # a field that everything depends on is empty
        return ()
    masker = Masker.of(signed.secrets)
    fixed = {*signed_later.headers}
    return tuple(
        (name, _shown(masker, name, value, varies=(name, value) not in fixed))
        for name, value in signed.headers
        if (name, value) not in unsigned.headers and is_token(name)
    )


def _shown(masker: Masker, name: str, value: str, *, varies: bool) -> str:
    """Return the value as it may be shown; nothing where it is another one each time, such as a date."""
    masked = masker.mask_header(name, value)
    return "" if UNKNOWN_HASH in value or (varies and masked == value) else masked


def _signed(unsigned: PreparedRequest, authorization: Authorization, occasion: Occasion) -> PreparedRequest:
    chosen = method(authorization.kind)
    stand_ins = {field.name: MASK for field in chosen.fields if field.secret and not field.choices}
    stand_ins[TOKEN] = MASK
    typed = {name: value for name, value in authorization.values.items() if value}
    return chosen.authorise(unsigned, stand_ins | typed, occasion)
