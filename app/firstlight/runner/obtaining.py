"""Obtains the token that the authorization of a Request needs, before the Request is prepared."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from firstlight.auth import method, secrets_of
from firstlight.model.access_token import TokenRequest
from firstlight.model.exchange import Exchange, Scope, Transport
from firstlight.model.request import Authorization, Request, with_inherited
from firstlight.model.route import as_plain
from firstlight.runner.masking import naming_no_secrets
from firstlight.runner.tokens import Tokens
from firstlight.runner.variables import resolve

_UNAUTHORIZED = 401


def wanted_token(request: Request, scope: Scope) -> TokenRequest | None:
    """Return what the authorization of `request` has to obtain, variables filled in; None: nothing.

    Raises:
        ExchangeError: layer `variable` or `protocol`: a field is empty or wrong.
    """
    request = as_plain(with_inherited(request, scope.authorization), scope.service)
    acquire = method(request.authorization.kind).acquire
    return None if acquire is None else _asking(acquire, request.authorization, scope)


def wanted_check(request: Request, scope: Scope) -> TokenRequest:
    """Return how the service is asked about the token that the person has put in.

    Raises:
        ExchangeError: layer `variable` or `protocol`: a field is empty or wrong.
    """
    check = method(request.authorization.kind).check
    assert check is not None  # noqa: S101 - the button stands under such methods only
    return _asking(check, request.authorization, scope)


def _asking(
    ask: Callable[[Mapping[str, str]], TokenRequest], authorization: Authorization, scope: Scope
) -> TokenRequest:
    filled, secrets = resolve(Request(authorization=authorization), scope)
    with naming_no_secrets({*secrets, *secrets_of(filled.authorization)}):
        return ask(filled.authorization.values)


async def with_token(request: Request, scope: Scope, transport: Transport) -> Scope:
    """Return `scope` with the token that `request` needs; as it is when none is needed, or it is there already.

    Raises:
        ExchangeError: the token could not be obtained: the failure is that of the request.
    """
    if scope.token is not None or (wanted := wanted_token(request, scope)) is None:
        return scope
    source = scope.tokens or Tokens()
    with naming_no_secrets(_secrets(request, scope)):
        return replace(scope, token=await source.token(wanted, transport))


def _secrets(request: Request, scope: Scope) -> Iterator[str]:
    """Yield the secrets of the form: services that refuse them quote those, too, that were not sent."""
    request = as_plain(with_inherited(request, scope.authorization), scope.service)
    filled, used = resolve(Request(authorization=request.authorization), scope)
    yield from (*used, *secrets_of(filled.authorization))


async def doubted(request: Request, scope: Scope, outcome: Exchange) -> None:
    """Let go of a token that the service has just refused. The request is not repeated: accounts lock."""
    refused = outcome.response is not None and outcome.response.status == _UNAUTHORIZED
    if refused and scope.token is not None and scope.tokens is not None:
        wanted = wanted_token(request, scope)
        if wanted is not None:
            await scope.tokens.doubt(wanted, scope.token)
