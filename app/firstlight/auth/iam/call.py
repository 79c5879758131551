"""Builds the calls to IAM from the fields of the form: a token for a password, for MFA, for AK/SK; checking one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from firstlight.auth.iam.regions import GLOBAL_ENDPOINT
from firstlight.auth.iam.totp import passcode
from firstlight.auth.placing import one_line
from firstlight.model.failure import ExchangeError, failed
from firstlight.model.prepared import EncodedBody, PreparedRequest
from firstlight.model.request import RequestSettings
from firstlight.model.wire_url import wire_url
from firstlight.texts import Phrase

_PATH = "/v3/auth/tokens"
_ID_LENGTH = 32
_LEFT_OUT = "nocatalog=true"
"""Leaves the list of all services out of the answer: several KB that nobody reads."""


def address(endpoint: str) -> str:
    """Return the address of the token call. `endpoint` may be empty, a bare host, or already name the path.

    Raises:
        ExchangeError: layer `protocol`: it is no address.
    """
    typed = one_line(endpoint) or GLOBAL_ENDPOINT
    base = typed.partition("?")[0].rstrip("/").removesuffix(_PATH).rstrip("/")
    try:
        return wire_url(f"{base}{_PATH}?{_LEFT_OUT}").url
    except ExchangeError as error:
        failure = error.failure
        message = Phrase("Authorization, IAM endpoint: {problem}", problem=failure.message)
        raise failed(failure.layer, failure.kind, message, failure.hint) from error


def token_call(values: Mapping[str, str], now_s: float) -> PreparedRequest:
    """Return the call that obtains a token for these fields."""
    auth: dict[str, Any] = {"identity": _identity(values, now_s), "scope": _scope(values)}
    body = json.dumps({"auth": auth}, ensure_ascii=False).encode("utf-8", "replace")
    secrets = frozenset(filter(None, (values.get("password", ""), one_line(values.get("sk", "")), _code(auth))))
    return PreparedRequest(
        method="POST",
        url=address(values.get("endpoint", "")),
        headers=(("Content-Type", "application/json;charset=utf8"), ("Accept", "application/json")),
        body=EncodedBody(pieces=(body,)),
        settings=settings(values),
        secrets=secrets,
    )


def check_call(endpoint: str, token: str, values: Mapping[str, str]) -> PreparedRequest:
    """Return the call that asks IAM about `token`; it is its own proof (VENDORS §1.2)."""
    return PreparedRequest(
        method="GET",
        url=address(endpoint),
        headers=(("X-Auth-Token", token), ("X-Subject-Token", token), ("Accept", "application/json")),
        settings=settings(values),
        secrets=frozenset({token}),
    )


def settings(values: Mapping[str, str]) -> RequestSettings:
    """Return how the endpoint is reached: its certificate is verified unless that was turned off here."""
    return RequestSettings(verify_tls=values.get("certificate") != "ignore", stream="off")


def is_id(text: str) -> bool:
    """Tell whether `text` is an id of IAM, not a name: 32 hexadecimal digits."""
    return len(text) == _ID_LENGTH and all(letter in "0123456789abcdef" for letter in text.lower())


def _identity(values: Mapping[str, str], now_s: float) -> dict[str, Any]:
    if values.get("sign_in") == "aksk":
        keys = {"access": {"key": one_line(values.get("ak", ""))}, "secret": {"key": one_line(values.get("sk", ""))}}
        return {"methods": ["hw_ak_sk"], "hw_ak_sk": keys}
    user = {**_user(values), "password": values.get("password", "")}
    if values.get("sign_in") != "mfa":
        return {"methods": ["password"], "password": {"user": user}}
    totp = {"user": _user(values), "passcode": passcode(values.get("passcode", ""), now_s)}
    return {"methods": ["password", "totp"], "password": {"user": user}, "totp": totp}


def _user(values: Mapping[str, str]) -> dict[str, Any]:
    """Name the user by id, which is known in all accounts, or by name and account."""
    user = one_line(values.get("user", ""))
    return {"id": user} if is_id(user) else {"name": user, "domain": _named(values.get("account", ""))}


def _scope(values: Mapping[str, str]) -> dict[str, Any]:
    if values.get("scope") == "domain":
        return {"domain": _named(values.get("account", ""))}
    return {"project": _named(values.get("project", ""))}


def _named(typed: str) -> dict[str, str]:
    text = one_line(typed)
    return {"id": text} if is_id(text) else {"name": text}


def _code(auth: Mapping[str, Any]) -> str:
    code: str = auth["identity"].get("totp", {}).get("passcode", "")
    return code
