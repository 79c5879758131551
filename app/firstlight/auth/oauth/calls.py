"""Builds the calls to the token endpoint of OAuth 2.0: for each grant, and for renewing (RFC 6749 §4, §6)."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from urllib.parse import quote_plus

from firstlight.auth.placing import one_line
from firstlight.model.failure import ExchangeError, failed
from firstlight.model.prepared import EncodedBody, PreparedRequest
from firstlight.model.request import RequestSettings
from firstlight.model.wire_url import wire_url
from firstlight.texts import Phrase

CLIENT, PASSWORD, CODE = "client_credentials", "password", "authorization_code"
_FORM = "application/x-www-form-urlencoded"


def endpoint(values: Mapping[str, str], field: str, label: Phrase) -> str:
    """Return the address in `field` as it is sent.

    Raises:
        ExchangeError: layer `protocol`: it is no http or https address.
    """
    try:
        return wire_url(one_line(values.get(field, ""))).url
    except ExchangeError as error:
        failure = error.failure
        message = Phrase("Authorization, {field}: {problem}", field=label, problem=failure.message)
        raise failed(failure.layer, failure.kind, message, failure.hint) from error


def grant_call(values: Mapping[str, str]) -> PreparedRequest:
    """Return the call for a grant that needs no browser."""
    asked = {"scope": one_line(values.get("scope", "")), "audience": one_line(values.get("audience", ""))}
    if values.get("grant") == PASSWORD:
        asked |= {"username": values.get("username", ""), "password": values.get("password", "")}
    return token_call(values, values.get("grant") or CLIENT, asked)


def token_call(values: Mapping[str, str], grant: str, asked: Mapping[str, str]) -> PreparedRequest:
    """Return the call that asks for a token by `grant` with these parameters, and the client beside them."""
    from authlib.oauth2.rfc6749.parameters import prepare_token_request

    client, secret = one_line(values.get("client_id", "")), one_line(values.get("client_secret", ""))
    in_header = secret and values.get("client_in") != "body"
    own = {} if in_header else {"client_id": client, "client_secret": secret}
    body = prepare_token_request(grant, **{name: value for name, value in {**asked, **own}.items() if value})
    headers = [("Content-Type", _FORM), ("Accept", "application/json")]
    shown = {secret, *(value for name, value in asked.items() if name not in {"scope", "audience", "username"})}
    if in_header:
        basic = b64encode(f"{quote_plus(client)}:{quote_plus(secret)}".encode()).decode()
        headers.append(("Authorization", f"Basic {basic}"))
        shown.add(basic)
    return PreparedRequest(
        method="POST",
        url=endpoint(values, "token_url", Phrase("Token URL")),
        headers=tuple(headers),
        body=EncodedBody(pieces=(body.encode(),)),
        settings=RequestSettings(verify_tls=values.get("certificate") != "ignore", stream="off"),
        secrets=frozenset(filter(None, shown)),
    )
