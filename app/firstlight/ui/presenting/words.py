"""The words that no pattern finds: secrets in use, values of variables, names of accounts in the open requests."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from firstlight.auth import METHODS
from firstlight.model.exchange import Variable
from firstlight.model.presenting import is_identifying, is_telling, telling_values
from firstlight.model.request import Authorization, Request
from firstlight.model.secrets import SECRET_HEADERS
from firstlight.model.service import Service

_MOST_BODY = 100_000
_SECRET_FIELDS = {method.kind: {field.name for field in method.fields if field.secret} for method in METHODS}


def words_of_variables(variables: Mapping[str, Variable]) -> Iterator[str]:
    """Yield the values of secret variables, and of those whose name says that they tell who or where."""
    for name, variable in variables.items():
        if (variable.secret or is_identifying(name)) and is_telling(variable.value):
            yield variable.value


def words_of_request(request: Request) -> Iterator[str]:
    """Yield what a request holds in places that tell who or where."""
    yield from words_of_authorization(request.authorization)
    rows = [(header.name.strip(), header.value.strip()) for header in request.headers]
    rows += [(row.name, row.value) for row in (*request.params, *request.path_variables, *request.body.pairs)]
    rows += [(part.name, part.value) for part in request.body.parts]
    for name, value in rows:
        if (name.lower() in SECRET_HEADERS or is_identifying(name)) and is_telling(value):
            yield value
    if 0 < len(request.body.text) <= _MOST_BODY:
        yield from _words_of_json(request.body.text)


def words_of_page(content: object) -> Iterator[str]:
    """Yield what a tab holds in such places: a Request, a Service, or a page with an Authorization."""
    if isinstance(content, Request):
        yield from words_of_request(content)
    elif isinstance(content, Service):
        for credential in content.credentials:
            yield from words_of_authorization(credential.authorization)
    elif isinstance(authorization := getattr(content, "authorization", None), Authorization):
        yield from words_of_authorization(authorization)


def words_of_authorization(authorization: Authorization) -> Iterator[str]:
    """Yield the secret fields, and those that name an account, a project or a key."""
    secret = _SECRET_FIELDS.get(authorization.kind, set())
    for name, value in authorization.values.items():
        if (name in secret or is_identifying(name)) and is_telling(value):
            yield value


def _words_of_json(text: str) -> Iterator[str]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return
    if isinstance(found, dict):
        yield from telling_values(found)
