"""Cookies as they are kept, and what is asked of the place that keeps them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, Protocol, TypeAlias

import msgspec

from firstlight.texts import Phrase

CookieKey: TypeAlias = tuple[str, str, str]
"""Domain, path, name: a cookie with the same ones takes the place of the earlier one (RFC 6265 §5.3)."""


class Cookie(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One cookie. Its value is a secret."""

    name: str
    value: str
    domain: str
    """In small letters, without a leading dot; an IPv6 address without brackets."""
    host_only: bool = True
    """False: hosts below the domain get it as well."""
    path: str = "/"
    expires_s: float | None = None
    """Seconds since 1970; None: it never ends by itself."""
    secure: bool = False
    http_only: bool = False
    same_site: str = ""
    """As the service wrote it: shown, but without meaning here, where every request is the user's own."""
    created_s: float = 0.0

    @property
    def key(self) -> CookieKey:
        """What it is kept under."""
        return self.domain, self.path, self.name


class CookieVerdict(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What became of one Set-Cookie line."""

    cookie: Cookie
    state: Literal["kept", "deleted", "rejected", "not kept"]
    """`not kept`: cookies are off for this request."""
    reason: Phrase = Phrase()
    """Why it was rejected."""


class Jar(Protocol):
    """Keeps the cookies of a workspace. Called on the loop: neither method blocks."""

    def cookies(self) -> tuple[Cookie, ...]:
        """Return all of them, ended ones included."""

    def change(self, put: Iterable[Cookie] = (), drop: Iterable[CookieKey] = ()) -> None:
        """Keep some cookies and forget others."""
