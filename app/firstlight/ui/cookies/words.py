"""What the tables say of a cookie. No Qt."""

from __future__ import annotations

import time
from datetime import datetime

from firstlight.model.cookie_rules import has_ended
from firstlight.model.cookies import Cookie, CookieVerdict
from firstlight.texts import N_, tr

STATES = {
    "kept": N_("kept"),
    "deleted": N_("deleted, as the service asked"),
    "rejected": N_("rejected: {reason}"),
    "not kept": N_("not kept: cookies are off, or there is no workspace"),
}


def domain_text(cookie: Cookie) -> str:
    """Return where it goes; a leading dot means hosts below as well."""
    return cookie.domain if cookie.host_only else f".{cookie.domain}"


def end_text(cookie: Cookie) -> str:
    """Return until when it is sent."""
    if cookie.expires_s is None:
        return tr("until deleted")
    if has_ended(cookie, time.time()):
        return tr("ended")
    return f"{datetime.fromtimestamp(cookie.expires_s):%Y-%m-%d %H:%M}"


def flags_text(cookie: Cookie) -> str:
    """Return its attributes in their own words."""
    site = f"SameSite={cookie.same_site}" if cookie.same_site else ""
    return " · ".join(filter(None, ("Secure" * cookie.secure, "HttpOnly" * cookie.http_only, site)))


def state_text(verdict: CookieVerdict) -> str:
    """Return what became of it."""
    return tr(STATES[verdict.state], reason=tr(verdict.reason))
