"""Who may ask for tokens, and how a client says who it is: in the header or in the body (RFC 6749 §2.3.1)."""

from __future__ import annotations

import hmac
from base64 import b64decode
from collections.abc import Mapping
from urllib.parse import unquote_plus

from starlette.requests import Request

from firstlight.demo import accounts
from firstlight.demo.answers import RefusalError, refuse_json

SCOPES = frozenset({"infer", "profile"})


def refuse(error: str, description: str, status: int = 400) -> RefusalError:
    """Return a refusal of the token endpoint (RFC 6749 §5.2)."""
    headers = {"Cache-Control": "no-store"} | ({"WWW-Authenticate": "Basic"} if status == 401 else {})
    return refuse_json(status, {"error": error, "error_description": description}, headers)


def client_of(request: Request, form: Mapping[str, str]) -> str:
    """Return the id of the client.

    Raises:
        RefusalError: 401 invalid_client.
    """
    given_id, secret = form.get("client_id", ""), form.get("client_secret", "")
    scheme, _, encoded = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        try:
            given_id, _, secret = b64decode(encoded, validate=True).decode().partition(":")
        except ValueError as error:
            raise refuse("invalid_client", "The Authorization header is not Basic.", 401) from error
        given_id, secret = unquote_plus(given_id), unquote_plus(secret)
    known = accounts.OAUTH_CLIENTS.get(given_id)
    if known is None:
        raise refuse("invalid_client", f"There is no client “{given_id}”.", 401)
    if not hmac.compare_digest(secret.encode(), known.encode()):
        raise refuse("invalid_client", "The client secret is wrong.", 401)
    return given_id


def scope_of(form: Mapping[str, str]) -> str:
    """Return the scope that was asked for, or the usual one. Raises RefusalError: invalid_scope."""
    asked = form.get("scope", "infer").split()
    if unknown := [word for word in asked if word not in SCOPES]:
        raise refuse("invalid_scope", f"There is no scope “{unknown[0]}”.")
    return " ".join(asked)
