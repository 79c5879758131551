"""A way to sign in that was pasted together with an address: which kind it is, and its values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from firstlight.texts import Phrase

_SHORTENED = re.compile(r"\*{2,}|[…<>]|\.{3}|\bxxx+\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One credential of a pasted text."""

    kind: str
    """Of METHODS; `token` where only the address tells which one it is."""
    values: Mapping[str, str]
    why: Phrase
    """Where it stood. Never its value: that is a secret."""


def is_shortened(value: str) -> bool:
    """Tell whether a manual or a console hid a part of it: `MIISkAY***80T9wHQ==`, `<EAS_TOKEN>`."""
    return _SHORTENED.search(value) is not None


_SINGLE = {
    "xauthtoken": ("x-auth-token", "token"),
    "xsubjecttoken": ("x-auth-token", "token"),
    "xapigappcode": ("appcode", "appcode"),
    "appcode": ("appcode", "appcode"),
    "apikey": ("bearer", "token"),
    "openaiapikey": ("bearer", "token"),
    "accesstoken": ("token", "token"),
    "eastoken": ("eas-token", "token"),
    "token": ("token", "token"),
}
_PAIRS = (
    ("aksk", (("ak", ("ak", "accesskey", "accesskeyid")), ("sk", ("sk", "secretkey", "secretaccesskey")))),
    ("app-signature", (("app_key", ("appkey",)), ("app_secret", ("appsecret",)))),
    ("app-secret", (("app_key", ("xhwid",)), ("app_secret", ("xhwappkey",)))),
)
NAMES = ("authorization", *_SINGLE, *(name for _, fields in _PAIRS for _, names in fields for name in names))
"""What credentials are called, without signs and in lower case."""


def plain(name: str) -> str:
    """Return a name as NAMES has it."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def from_rows(rows: Iterable[tuple[str, str]]) -> tuple[Given, ...]:
    """Return what (name, value) rows say of signing in; a value that was shortened says nothing."""
    known = {plain(name): (name, value.strip()) for name, value in rows if value.strip() and not is_shortened(value)}
    found = []
    for kind, fields in _PAIRS:
        hits = {field: next((known[name] for name in names if name in known), None) for field, names in fields}
        if all(hits.values()):
            values = {field: hit[1] for field, hit in hits.items() if hit}
            names = ", ".join(hit[0] for hit in hits.values() if hit)
            found.append(Given(kind=kind, values=values, why=_stood_at(names)))
    for name, (kind, field) in _SINGLE.items():
        if name in known:
            found.append(Given(kind=kind, values={field: known[name][1]}, why=_stood_at(known[name][0])))
    if "authorization" in known:
        found.append(_of_authorization(*known["authorization"]))
    return tuple(found)


def _of_authorization(name: str, value: str) -> Given:
    scheme, blank, rest = value.partition(" ")
    if blank and scheme.lower() == "bearer":
        return Given(kind="bearer", values={"token": rest.strip()}, why=_stood_at(name))
    return Given(kind="token", values={"token": value}, why=_stood_at(name))


def _stood_at(name: str) -> Phrase:
    return Phrase("It stood behind {name} in the text.", name=name)
