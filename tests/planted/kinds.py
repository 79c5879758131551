"""A Request for every entry of METHODS, with a secret in each of its secret fields. A new kind is covered by itself."""

from __future__ import annotations

from collections.abc import Mapping

from firstlight.auth import METHODS, AuthMethod
from firstlight.model.request import Authorization
from planted import Plants

KINDS = tuple(entry for entry in METHODS if any(field.secret for field in entry.fields))

_FORM = "é\"'{}+/=\\&%<p"
"""Around a core: every encoding changes one of these characters."""
_FORMS = {("x-auth-token", "token"): "MII+/={}+/="}
_OPEN = {
    "username": "ada", "key": "X-Own-Key", "ak": "AKOPEN", "access_key": "AKOPEN", "app_key": "app-open",
    "project_id": "p1", "region": "cn-north-4", "service": "modelarts", "account": "acc", "user": "ada",
    "project": "cn-north-4", "client_id": "client",
}  # fmt: skip
"""What stands in fields that are no secrets."""
_VARIANTS: Mapping[str, tuple[Mapping[str, str], ...]] = {
    "huawei-iam": ({"sign_in": "password"}, {"sign_in": "mfa"}, {"sign_in": "aksk"}),
    "oauth2": ({"grant": "client_credentials"}, {"grant": "password", "client_in": "body"}),
    "apikey": ({"in": "header"}, {"in": "query"}),
}
"""Choices that decide which fields count, or where the secret goes."""

CASES = tuple((entry, variant) for entry in KINDS for variant in _VARIANTS.get(entry.kind, ({},)))


def case_name(case: tuple[AuthMethod, Mapping[str, str]]) -> str:
    """Return what a test of this case is called."""
    return "-".join((case[0].kind, *case[1].values()))


def planted_values(case: tuple[AuthMethod, Mapping[str, str]], base: str, plants: Plants) -> dict[str, str]:
    """Fill in every field of the form, with a new secret in each secret one. Tokens come from below `base`."""
    entry, variant = case
    addresses = {"endpoint": f"{base}/iam", "token_url": f"{base}/oauth/token"}
    values = {**_OPEN, **addresses, **variant}
    known = {field.name for field in entry.fields}
    filled = {name: value for name, value in values.items() if name in known}
    for field in entry.fields_for(filled):
        if not field.secret:
            continue
        place = f"{entry.kind}.{field.name}"
        if field.name == "passcode":
            filled[field.name] = plants.plant_base32(place)
        else:
            filled[field.name] = plants.plant(place, _FORMS.get((entry.kind, field.name), _FORM))
    return filled


def authorization(entry: AuthMethod, values: Mapping[str, str]) -> Authorization:
    """Return the Authorization that holds `values`."""
    return Authorization(kind=entry.kind, values=values)
