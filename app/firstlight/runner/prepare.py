"""From a saved Request to the one that goes over the wire. Signing comes last, on the exact bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from time import time
from urllib.parse import unquote

from firstlight.auth import METHODS, PROJECT, SCHEME, TOKEN, method, secrets_of
from firstlight.auth.occasion import Occasion
from firstlight.bodies import body_kind
from firstlight.bodies.kind import FileLookup
from firstlight.model.access_token import AccessToken
from firstlight.model.changed import changed
from firstlight.model.cookie_rules import matching, telling_values
from firstlight.model.exchange import Scope
from firstlight.model.failure import ExchangeError, failed
from firstlight.model.framing import CONTENT_LENGTH
from firstlight.model.prepared import EncodedBody, FileSlice, PreparedRequest
from firstlight.model.protocols import HTTP, WEBSOCKET, handshake, is_websocket
from firstlight.model.request import FROM_SERVICE, INHERIT, NO_AUTHORIZATION, Authorization, Request, with_inherited
from firstlight.model.secrets import MASK, SECRET_HEADERS, SECRET_PARAMS
from firstlight.model.tokens import is_token
from firstlight.model.urls import join_url
from firstlight.model.wire_url import WireUrl, wire_url
from firstlight.runner.files import find_file
from firstlight.runner.guarding import guarded
from firstlight.runner.header_rows import Rows, checked, left_out, notes_on, sends_cookies, user_rows, with_generated
from firstlight.runner.masking import naming_no_secrets
from firstlight.runner.signing import Stopped, occasion_of_preview, occasion_of_sending
from firstlight.runner.variables import resolve
from firstlight.texts import Phrase

_MOST_HASHED = 2_000_000
"""Characters of a body up to which it is hashed on the loop, in 5 ms."""
_SAYS_NOTHING = frozenset({NO_AUTHORIZATION.kind, INHERIT.kind, FROM_SERVICE.kind})


def prepare(request: Request, scope: Scope, stopped: Stopped = lambda: False) -> PreparedRequest:
    """Fill in the variables, encode the body, build the headers, authorise.

    Opens no socket. Looks up the size of files, and reads them where a signature covers the body: call it in a thread
    when `takes_long`. Once `stopped` says so files are read no further, and a signature over them fits nothing.

    Raises:
        ExchangeError: layer `variable`, `file` or `protocol`.
    """
    prepared = _prepared(
        request, scope, partial(find_file, folder=scope.folder), partial(occasion_of_sending, stopped=stopped)
    )
    if not request.settings.cookies or scope.jar is None:
        return prepared
    sent = matching(scope.jar.cookies(), wire_url(prepared.url), time()) if prepared.sends_cookies else ()
    return changed(prepared, jar=scope.jar, secrets=prepared.secrets | telling_values(sent))


def rehearse(request: Request, scope: Scope, *, sized: bool = False) -> PreparedRequest:
    """Prepare without opening a file or the secret store: what a signature will cover, as far as that is known.

    With `sized` it looks up how big files are, in a thread: a network drive may take seconds.

    Raises:
        ExchangeError: as `prepare`; never layer `file` for a file that is not there.
    """
    known = replace(scope, secret=lambda _name: MASK, token=AccessToken(value=MASK, obtained_at_s=0.0))

    def find(path: str) -> FileSlice:
        with suppress(ExchangeError):
            if sized:
                return find_file(path, scope.folder)
        return FileSlice(path=path, size_bytes=1)

    return _prepared(request, known, find, occasion_of_preview)


def _prepared(
    request: Request, scope: Scope, find: FileLookup, occasion_of: Callable[[EncodedBody], Occasion]
) -> PreparedRequest:
    filled, used_secrets = resolve(with_inherited(request, scope.authorization), scope)
    secrets = frozenset(filter(None, {*used_secrets, *_typed_secrets(filled), *_of_token(scope.token)}))
    filled = changed(filled, authorization=_with_token(filled.authorization, scope.token))
    with naming_no_secrets(secrets):
        return guarded(_assembled(filled, secrets, find, occasion_of), filled, request, scope)


def _assembled(
    request: Request, secrets: frozenset[str], find: FileLookup, occasion_of: Callable[[EncodedBody], Occasion]
) -> PreparedRequest:
    protocol = WEBSOCKET if is_websocket(request) else HTTP
    if protocol == WEBSOCKET:
        request = handshake(request)
    target = wire_url(typed_url(request))
    body = body_kind(request.body.kind).encode(request.body, find)
    rows = user_rows(request.headers)
    prepared = PreparedRequest(
        method=checked_method(request.method),
        url=target.url,
        headers=with_generated(rows, body, request.settings, request.without),
        notes=notes_on(rows, body),
        body=body,
        counted=CONTENT_LENGTH not in left_out(request.without),
        settings=request.settings,
        protocol=protocol,
        sends_cookies=sends_cookies(rows, request.without),
        secrets=secrets,
    )
    authorization = effective_authorization(request, target, rows)
    made = method(authorization.kind).authorise(prepared, authorization.values, occasion_of(body))
    return _checked(made, prepared.headers)


def _with_token(authorization: Authorization, token: AccessToken | None) -> Authorization:
    """Put the token that was obtained for a method where it looks for it."""
    if token is None:
        return authorization
    obtained = {TOKEN: token.value, SCHEME: token.scheme, PROJECT: token.project}
    return replace(authorization, values={**authorization.values, **obtained})


def typed_url(request: Request) -> str:
    """Return the URL of a request whose variables are filled in; a `#` in a parameter begins no fragment."""
    rows = (changed(r, name=r.name.replace("#", "%23"), value=r.value.replace("#", "%23")) for r in request.params)
    return join_url(request.url, tuple(rows))


def takes_long(request: Request, scope: Scope) -> bool:
    """Tell whether preparing this request touches the disk, or hashes so much that a window would stutter."""
    if is_websocket(request):
        return False
    used = body_kind(request.body.kind).fields
    if "path" in used or ("parts" in used and any(part.files for part in request.body.parts)):
        return True
    if len(request.body.text) <= _MOST_HASHED:
        return False
    chosen = with_inherited(request, scope.authorization).authorization.kind
    return chosen == FROM_SERVICE.kind or any(m.kind == chosen and m.sign for m in METHODS)


def effective_authorization(request: Request, target: WireUrl, rows: Rows) -> Authorization:
    """Return what the Authorization tab says, or the user name and password written into the URL, as curl does."""
    written = target.username or target.password
    if (
        request.authorization.kind not in _SAYS_NOTHING
        or not written
        or any(name.lower() == "authorization" for name, _ in rows)
    ):
        return request.authorization
    return Authorization(kind="basic", values={"username": target.username, "password": target.password})


def checked_method(typed: str) -> str:
    """Return the method as it is sent; custom ones keep their letters."""
    name = typed.strip() or "GET"
    if not is_token(name):
        raise failed(
            "protocol",
            "bad-method",
            Phrase("“{name}” cannot be a method.", name=name),
            Phrase("Use a word such as GET or POST: letters, digits and - _ . ! # $ % & ' * + ^ ` | ~ only."),
        )
    return name


def _checked(made: PreparedRequest, before: Rows) -> PreparedRequest:
    """Check what the authorization added: a credential with a control character in it must not travel either."""
    return changed(made, headers=tuple(pair if pair in before else checked(*pair) for pair in made.headers))


def _of_token(token: AccessToken | None) -> tuple[str, ...]:
    return (token.value, token.refresh) if token is not None else ()


def _typed_secrets(request: Request) -> Iterator[str]:
    """Yield the secrets that were typed in place: fields of the authorization, secret headers and parameters."""
    yield from secrets_of(request.authorization)
    for header in request.headers:
        if header.enabled and header.name.strip().lower() in SECRET_HEADERS:
            yield header.value.strip()
            yield header.value.strip().partition(" ")[2]
    for row in (*request.params, *request.path_variables):
        if row.enabled and row.name.lower() in SECRET_PARAMS:
            yield row.value
            yield unquote(row.value)
