"""Finds the secrets in a Request before it is saved, and puts references into their places.

What is secret: the secret fields of the authorization, headers and parameters by name (model.secrets), and the
password in a URL. Text that only refers to variables or secrets is no secret itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol

from firstlight.auth import METHODS
from firstlight.model.collection import Collection, VariableRow
from firstlight.model.exchange import Variable
from firstlight.model.request import Authorization, Request
from firstlight.model.secrets import REFERENCE, SECRET_HEADERS, SECRET_PARAMS, USER_INFO
from firstlight.model.service import Service
from firstlight.model.urls import full_url, join_url, split_url
from firstlight.store.file_names import slug

if TYPE_CHECKING:
    from firstlight.store.secrets import SecretStore

_SCHEME = re.compile(
    r"(?:bearer|basic|token|digest|apikey|api-key|key|appcode|negotiate|sdk-hmac-sha256|aws4-hmac-sha256)\s+", re.I
)
"""Words that say how to read the secret behind them; they stay readable."""
_SECRET_FIELDS = frozenset(field.name for method in METHODS for field in method.fields if field.secret)
_VARIABLE = re.compile(r"\{\{[ \t]*+([^{} \t]++(?:[ \t]++[^{} \t]++)*+)[ \t]*+\}\}")  # linear, whatever is typed
_FILLED_IN = re.compile(r"(\{\{[^{}]*\}\})")


def stash(request: Request, key: str, secrets: Keeper) -> Request:
    """Return `request` with references instead of literal secrets, which are in `secrets` now. May block.

    `key` is the request's path or name: the secrets are named after it, so a person recognises them.
    """
    namer = _Namer(key, secrets)
    if _is_command(request):
        request = replace(request, url=namer.hide(full_url(request), "command"), params=())
    return replace(
        request,
        url=_hidden_user(request.url, namer),
        params=tuple(_named_row(row, namer, SECRET_PARAMS) for row in request.params),
        path_variables=tuple(_named_row(row, namer, SECRET_PARAMS) for row in request.path_variables),
        headers=tuple(_named_row(row, namer, SECRET_HEADERS) for row in request.headers),
        authorization=_authorization(request.authorization, namer),
        body=replace(
            request.body,
            parts=tuple(_named_row(part, namer, SECRET_PARAMS) for part in request.body.parts),
            pairs=tuple(_named_row(pair, namer, SECRET_PARAMS) for pair in request.body.pairs),
        ),
    )


def stash_rows(rows: tuple[VariableRow, ...], key: str, secrets: Keeper) -> tuple[VariableRow, ...]:
    """Return `rows` with references instead of the values of the secret ones. `key` is as in stash. May block."""
    namer = _Namer(key, secrets)
    return tuple(replace(row, value=namer.hide(row.value, row.name)) if row.secret else row for row in rows)


def stash_authorization(authorization: Authorization, key: str, secrets: Keeper) -> Authorization:
    """Return `authorization` with references instead of literal secrets. `key` is as in stash. May block."""
    return _authorization(authorization, _Namer(key, secrets))


def stash_service(service: Service, key: str, secrets: Keeper) -> Service:
    """Return `service` with references instead of literal secrets. `key` is as in stash. May block."""
    namer = _Namer(key, secrets)
    return replace(
        service,
        channels=tuple(replace(channel, url=_hidden_url(channel.url, namer)) for channel in service.channels),
        credentials=tuple(
            replace(entry, authorization=_authorization(entry.authorization, namer.within(entry.name)))
            for entry in service.credentials
        ),
        headers=tuple(_named_row(row, namer, SECRET_HEADERS) for row in service.headers),
    )


def stash_page(page: Any, key: str, secrets: Keeper) -> Any:
    """Return a page of the workspace with references instead of literal secrets. `key` is as in stash. May block."""
    if isinstance(page, Service):
        return stash_service(page, key, secrets)
    hidden: dict[str, Any] = {"variables": stash_rows(page.variables, key, secrets)}
    if isinstance(page, Collection):
        hidden["authorization"] = stash_authorization(page.authorization, key, secrets)
    return replace(page, **hidden)


def page_holds_secrets(page: Any) -> bool:
    """Whether `stash_page` would put something into the store."""
    return bool(stash_page(page, "", _Nowhere()) != page)


def stash_values(variables: Mapping[str, Variable], secrets: Keeper) -> dict[str, Variable]:
    """Return `variables` with references instead of what a page written by hand says of the secret ones. May block."""
    namer = _Namer("variable", secrets)
    return {
        name: replace(variable, value=namer.hide(variable.value, name)) if variable.secret else variable
        for name, variable in variables.items()
    }


def hidden(request: Request, key: str) -> Request:
    """Return `request` as `stash` would, to look at: no secret is kept anywhere."""
    return stash(request, key, _Nowhere())


def holds_secrets(request: Request) -> bool:
    """Whether `stash` would put something into the store."""
    return hidden(request, "") != request


def names_in(*values: object) -> frozenset[str]:
    """Return the names of all secrets that a Request, or any other value of the model, refers to."""
    return frozenset(match[1].strip() for text in _texts(values) for match in REFERENCE.finditer(text))


def needed_names(request: Request, variables: Mapping[str, Variable]) -> frozenset[str]:
    """Return the names of the secrets that `request` needs, those behind the variables it uses included.

    Not those of all variables: a request without secrets must not make a locked keyring ask for its password.
    """
    texts, seen, found = list(_texts(request)), set[str](), set[str]()
    while texts:
        text = texts.pop()
        found |= names_in(text)
        for name in _VARIABLE.findall(text):
            if name in variables and name not in seen:
                seen.add(name)
                texts.append(variables[name].value)
    return frozenset(found)


def prefetch(request: Request, variables: Mapping[str, Variable], secrets: SecretStore) -> Callable[[str], str | None]:
    """Read every secret the request can need and return what Scope.secret wants: a look-up that never blocks."""
    return look_up_in(read_secrets(request, variables, secrets), secrets)


def read_secrets(request: Request, variables: Mapping[str, Variable], secrets: SecretStore) -> Mapping[str, str | None]:
    """Return the secrets that `request` needs by name, None for those that nobody knows. May block."""
    return {name: secrets.get(name) for name in needed_names(request, variables)}


def look_up_in(known: Mapping[str, str | None], secrets: SecretStore) -> Callable[[str], str | None]:
    """Return a look-up in what read_secrets found.

    It raises ExchangeError for a secret that lies behind a lock: that one is not missing, and to type it anew would be
    the wrong advice.
    """
    problems = {name: secrets.problem(name) for name, value in known.items() if value is None}

    def look_up(name: str) -> str | None:
        if (problem := problems.get(name)) is not None:
            raise problem
        return known.get(name)

    return look_up


class Keeper(Protocol):
    """What stash needs of a SecretStore."""

    def get(self, name: str) -> str | None:
        """Return the secret, or None."""

    def set(self, name: str, value: str) -> object:
        """Keep the secret."""


class Scratch:
    """Keeps secrets for as long as one snippet is written; a name that the request refers to is taken already."""

    def __init__(self, request: Request) -> None:
        self._known = dict.fromkeys(names_in(request), "")

    def get(self, name: str) -> str | None:
        return self._known.get(name)

    def set(self, name: str, value: str) -> None:
        self._known[name] = value


class _Nowhere:
    """Knows nothing and keeps nothing."""

    def get(self, name: str) -> str | None:
        return None

    def set(self, name: str, value: str) -> None:
        """Forget it at once."""


def _is_command(request: Request) -> bool:
    """Tell whether a cURL command was put into the URL: whatever it holds, it may hold a token."""
    if "curl" not in request.url[:300].lower():
        return False
    from firstlight.formats.curl import looks_like_curl

    return looks_like_curl(request.url)


class _Namer:
    """Puts values into the store under names nobody uses for something else."""

    def __init__(self, key: str, secrets: Keeper) -> None:
        self._key = key
        short = re.sub(r"^(?:collections|environments|services)/|\.ya?ml$", "", key)
        # In ASCII, so that any shell can set the environment variable of the same name.
        self._prefix = slug(re.sub(r"[^\x00-\x7f]+", "-", short), "request").lower()
        self._secrets = secrets

    def within(self, part: str) -> _Namer:
        """Return a namer for a part of the same thing."""
        return _Namer(f"{self._key.removesuffix('.yaml')}/{part}", self._secrets)

    def hide(self, value: str, purpose: str) -> str:
        """Return `value` with its literal text as references; a scheme word and references stay."""
        scheme = match[0] if (match := _SCHEME.match(value)) else ""
        pieces = _FILLED_IN.split(value[len(scheme) :])
        return scheme + "".join(
            piece if _FILLED_IN.fullmatch(piece) or not piece.strip() else self._reference(piece, purpose)
            for piece in pieces
        )

    def _reference(self, value: str, purpose: str) -> str:
        base = f"{self._prefix}-{slug(purpose, 'secret').lower()}"
        name, number = base, 1
        while (known := self._secrets.get(name)) not in {None, value}:
            number += 1
            name = f"{base}-{number}"
        if known is None:
            self._secrets.set(name, value)
        return f"{{{{secret:{name}}}}}"


def _hidden_user(url: str, namer: _Namer) -> str:
    return USER_INFO.sub(lambda match: match["before"] + namer.hide(match["password"], "password"), url)


def _hidden_url(url: str, namer: _Namer) -> str:
    base, rows = split_url(_hidden_user(url, namer))
    return join_url(base, tuple(_named_row(row, namer, SECRET_PARAMS) for row in rows))


def _named_row(row: Any, namer: _Namer, secret_names: Iterable[str]) -> Any:
    name = row.name.strip().lower()
    if name not in secret_names or not row.value:
        return row
    purpose = "token" if name == "authorization" else name
    return replace(row, value=namer.hide(row.value, purpose))


def _authorization(authorization: Authorization, namer: _Namer) -> Authorization:
    """Hide the secret fields, those of other kinds as well; of a kind this version does not know, every field."""
    known = next((method for method in METHODS if method.kind == authorization.kind), None)
    own = {field.name for field in known.fields if not field.secret} if known else set()
    secret = {name for name in authorization.values if not known or name in _SECRET_FIELDS - own}
    hidden = {
        name: namer.hide(value, name) if name in secret and value else value
        for name, value in authorization.values.items()
    }
    return replace(authorization, values=hidden)


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, tuple | list):
        for part in value:
            yield from _texts(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))
