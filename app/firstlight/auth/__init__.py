"""The ways to authorise a request, in menu order. A new one is one file and one line here."""

from __future__ import annotations

from firstlight.auth import (
    aksk,
    aksk_derived,
    api_key,
    app_basic,
    app_code,
    app_key,
    app_secret,
    app_signature,
    aws_signature,
    basic,
    bearer,
    digest,
    eas_signature,
    eas_token,
    from_service,
    huawei_iam,
    huawei_token,
    inherit,
    no_auth,
    oauth2,
)
from firstlight.auth.method import PROJECT, SCHEME, TOKEN, AuthMethod, Field
from firstlight.model.failure import failed
from firstlight.model.request import Authorization
from firstlight.texts import Phrase

__all__ = ["METHODS", "PROJECT", "SCHEME", "TOKEN", "AuthMethod", "Field", "method", "secrets_of"]

METHODS: tuple[AuthMethod, ...] = (
    from_service.METHOD,
    inherit.METHOD,
    no_auth.METHOD,
    bearer.METHOD,
    basic.METHOD,
    digest.METHOD,
    api_key.METHOD,
    oauth2.METHOD,
    huawei_iam.METHOD,
    huawei_token.METHOD,
    aksk.METHOD,
    aksk_derived.METHOD,
    app_code.METHOD,
    app_key.METHOD,
    app_signature.METHOD,
    app_secret.METHOD,
    app_basic.METHOD,
    eas_token.METHOD,
    eas_signature.METHOD,
    aws_signature.METHOD,
)
_BY_KIND = {entry.kind: entry for entry in METHODS}


def method(kind: str) -> AuthMethod:
    """Return the method with this kind.

    Raises:
        ExchangeError: layer `variable`, when this version knows no such kind.
    """
    if found := _BY_KIND.get(kind):
        return found
    raise failed(
        "variable",
        "unknown-authorization",
        Phrase("There is no authorization kind “{kind}”.", kind=kind),
        Phrase("Choose one on the Authorization tab; the file may come from a newer version."),
    )


def secrets_of(authorization: Authorization) -> tuple[str, ...]:
    """Return what stands in the secret fields. Raises what `method` raises."""
    fields = method(authorization.kind).fields
    return tuple(
        authorization.values[field.name] for field in fields if field.secret and field.name in authorization.values
    )
