"""What RFC 6265 says of cookies, and what its successor (6265bis) and every browser add to it. Pure.

Own code and not http.cookiejar: that one follows RFC 2965, calls localhost `localhost.local`, and cannot say why it
refuses a cookie. Its reader of dates is used.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import structs

from firstlight.model.cookies import Cookie, CookieVerdict
from firstlight.model.host_patterns import is_address, is_loopback
from firstlight.model.public_suffixes import is_public_suffix
from firstlight.model.wire_url import WireUrl
from firstlight.texts import Phrase

MOST_PER_DOMAIN = 180
_MOST_BYTES = 4096
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_SECONDS = re.compile(r"-?\d{1,18}")
_NEVER_S = 400 * 86400.0
"""The longest a cookie may live (6265bis §5.5): services write 9999-12-31."""
_SHORTEST_SESSION = 12


def read_set_cookie(line: str, url: WireUrl, now_s: float) -> CookieVerdict:
    """Read the value of a Set-Cookie header that came from `url`."""
    pair, *attributes = line.split(";")
    name, equals, value = pair.partition("=")
    told: dict[str, str] = {}
    for attribute in attributes:
        key, _, content = attribute.partition("=")
        told[key.strip().lower()] = content.strip()
    host = _host(url)
    domain = told.get("domain", "").removeprefix(".").lower()
    cookie = Cookie(
        name=name.strip(),
        value=value.strip(),
        domain=domain or host,
        host_only=not domain or (domain == host and (is_address(host) or is_public_suffix(host))),
        path=told["path"] if told.get("path", "").startswith("/") else default_path(url.target),
        expires_s=_end(told, now_s),
        secure="secure" in told,
        http_only="httponly" in told,
        same_site=told.get("samesite", ""),
        created_s=now_s,
    )
    reason = (Phrase() if equals and cookie.name else Phrase("it has no name")) or _fault(cookie, line, url, told)
    if reason:
        return CookieVerdict(cookie=cookie, state="rejected", reason=reason)
    return CookieVerdict(cookie=cookie, state="deleted" if has_ended(cookie, now_s) else "kept")


def _fault(cookie: Cookie, line: str, url: WireUrl, told: dict[str, str]) -> Phrase:
    """Return why the cookie must not be kept; an empty phrase when it may."""
    host, domain, name = _host(url), cookie.domain, cookie.name.lower()
    size_bytes = len(cookie.name.encode("utf-8", "replace")) + len(cookie.value.encode("utf-8", "replace"))
    bound = cookie.secure and told.get("path") == "/" and "domain" not in told
    faults = (
        (_CONTROL.search(line), Phrase("it contains a control character")),
        (size_bytes > _MOST_BYTES, Phrase("it is longer than {count} bytes", count=_MOST_BYTES)),
        (
            domain != host and is_address(host),
            Phrase("Domain is {domain}, and {host} is an address", domain=domain, host=host),
        ),
        (
            not is_below(host, domain),
            Phrase("Domain is {domain}, which does not include {host}", domain=domain, host=host),
        ),
        (
            domain != host and is_below(host, domain) and is_public_suffix(domain),
            Phrase("Domain is {domain}: names below it belong to different owners", domain=domain),
        ),
        (cookie.secure and not _is_safe(url), Phrase("it is Secure and came over http")),
        (
            name.startswith("__secure-") and not cookie.secure,
            Phrase("its name begins with {prefix}, so it has to be Secure", prefix="__Secure-"),
        ),
        (
            name.startswith("__host-") and not bound,
            Phrase("its name begins with {prefix}, so it has to be Secure, with Path=/ and without Domain",
                   prefix="__Host-"),
        ),
    )  # fmt: skip
    return next((reason for broken, reason in faults if broken), Phrase())


def matching(cookies: Iterable[Cookie], url: WireUrl, now_s: float) -> list[Cookie]:
    """Return those that a request to `url` carries, in the order in which they are written (RFC 6265 §5.4)."""
    host, path = _host(url), url.target.partition("?")[0]
    found = [
        cookie
        for cookie in cookies
        if (host == cookie.domain or (not cookie.host_only and is_below(host, cookie.domain)))
        and _covers(cookie.path, path)
        and (not cookie.secure or _is_safe(url))
        and not has_ended(cookie, now_s)
    ]
    return sorted(found, key=lambda cookie: (-len(cookie.path), cookie.created_s))


def cookie_line(cookies: Iterable[Cookie]) -> str:
    """Return the value of the Cookie header."""
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in cookies)


def telling_values(cookies: Iterable[Cookie]) -> frozenset[str]:
    """Return the values that let somebody in; shorter ones are words such as `dark` that stand everywhere."""
    return frozenset(cookie.value for cookie in cookies if len(cookie.value) >= _SHORTEST_SESSION)


def with_cookie(cookies: Iterable[Cookie], new: Cookie) -> tuple[Cookie, ...]:
    """Return them with `new`, which keeps its place in the order if it was there; the oldest of too many goes."""
    kept = {cookie.key: cookie for cookie in cookies}
    before = kept.get(new.key)
    kept[new.key] = structs.replace(new, created_s=before.created_s) if before else new
    same = [cookie for cookie in kept.values() if cookie.domain == new.domain]
    if len(same) > MOST_PER_DOMAIN:
        del kept[min(same, key=lambda cookie: cookie.created_s).key]
    return tuple(kept.values())


def has_ended(cookie: Cookie, now_s: float) -> bool:
    """Tell whether its time is over."""
    return cookie.expires_s is not None and cookie.expires_s <= now_s


def is_below(host: str, domain: str) -> bool:
    """Tell whether `host` is `domain` or a host below it (RFC 6265 §5.1.3)."""
    return host == domain or (host.endswith("." + domain) and not is_address(host))


def default_path(target: str) -> str:
    """Return the path of a cookie that names none (RFC 6265 §5.1.4)."""
    return target.partition("?")[0].rpartition("/")[0] or "/"


def _covers(path: str, requested: str) -> bool:
    if requested == path:
        return True
    return requested.startswith(path) and (path.endswith("/") or requested[len(path)] == "/")


def _host(url: WireUrl) -> str:
    return url.host.lower().strip("[]").rstrip(".")


def _is_safe(url: WireUrl) -> bool:
    """Tell whether nobody on the way can read along; as in browsers and curl, this machine counts as safe."""
    return url.scheme == "https" or is_loopback(url.host)


def _end(told: dict[str, str], now_s: float) -> float | None:
    if _SECONDS.fullmatch(told.get("max-age", "")):
        return min(now_s + int(told["max-age"]), now_s + _NEVER_S)
    if "expires" not in told:
        return None
    from http.cookiejar import http2time  # type: ignore[attr-defined]  # documented nowhere, there since Python 2.4

    end = http2time(told["expires"])
    return None if end is None else min(float(end), now_s + _NEVER_S)
