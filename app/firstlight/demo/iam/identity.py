"""Reads `auth.identity` of a token request: password, password and totp, or an access key (VENDORS §1.1)."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from typing import Any

from firstlight.demo import accounts
from firstlight.demo.accounts import User
from firstlight.demo.iam.login import Login
from firstlight.demo.iam.problems import bad_value, coded, missing

_PASSWORD, _MFA, _KEYS = ("password",), ("password", "totp"), ("hw_ak_sk",)


def signed_in(auth: Mapping[str, Any], login: Login) -> tuple[User, tuple[str, ...]]:
    """Return who signs in, and with which methods.

    Raises:
        RefusalError: a property is missing or malformed, or what it holds is wrong.
    """
    identity = part(auth, "auth", "identity")
    if "methods" not in identity:
        raise missing("auth.identity.methods")
    methods = identity["methods"]
    known = next((known for known in (_PASSWORD, _MFA, _KEYS) if methods == list(known)), None)
    if known is None:
        raise bad_value("auth.identity.methods", 'It must be ["password"], ["password", "totp"] or ["hw_ak_sk"].')
    if known == _KEYS:
        return _owner(part(identity, "auth.identity", "hw_ak_sk")), known
    user = login.check(part(part(identity, "auth.identity", "password"), "auth.identity.password", "user"))
    login.check_mfa(user, identity if known == _MFA else {})
    return user, known


def part(value: Mapping[str, Any], path: str, name: str) -> dict[str, Any]:
    """Return the object called `name`; `path` is where `value` stands, for the error."""
    found = value.get(name)
    if found is None:
        raise missing(f"{path}.{name}")
    if not isinstance(found, dict):
        raise bad_value(f"{path}.{name}", "It must be an object.")
    return found


def _owner(keys: Mapping[str, Any]) -> User:
    """Return the user of an access key."""
    given = {name: part(keys, "auth.identity.hw_ak_sk", name).get("key") for name in ("access", "secret")}
    for name, key in given.items():
        if not isinstance(key, str):
            raise missing(f"auth.identity.hw_ak_sk.{name}.key")
    known = accounts.ACCESS_KEY
    if given["access"] != known.ak or not hmac.compare_digest(str(given["secret"]).encode(), known.sk.encode()):
        raise coded(401, "IAM.0001", "The access key or its signature is incorrect.")
    return next(user for user in accounts.USERS if user.id == known.user_id)
