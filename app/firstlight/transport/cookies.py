"""Cookies on the way: a request gets those that are meant for its URL, the jar those that its answer sets."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterable
from dataclasses import replace
from time import perf_counter_ns

from msgspec import structs

from firstlight.model.cookie_rules import cookie_line, matching, read_set_cookie
from firstlight.model.cookies import CookieVerdict
from firstlight.model.events import CookiesReceived
from firstlight.model.exchange import Emit
from firstlight.model.prepared import PreparedRequest
from firstlight.model.public_suffixes import suffixes
from firstlight.model.wire_url import WireUrl, wire_url
from firstlight.transport.redirects import Onward, onward

_ASKS_FOR_DOMAIN = re.compile(r";\s*domain\s*=", re.IGNORECASE)
_TELLING_CHARACTERS = 12
"""Values from this length on are hidden wherever they turn up; `en` or `1` would blank out half of a text."""


def with_cookies(request: PreparedRequest) -> PreparedRequest:
    """Return `request` with the Cookie header that the jar has for its URL now."""
    if request.jar is None or not request.sends_cookies:
        return request
    found = matching(request.jar.cookies(), wire_url(request.url), time.time())
    if not found:
        return request
    secrets = {cookie.value for cookie in found if len(cookie.value) >= _TELLING_CHARACTERS}
    headers = (*request.headers, ("Cookie", cookie_line(found)))
    return replace(request, headers=headers, secrets=request.secrets | secrets)


def with_lost_cookies(step: Onward, sent: PreparedRequest) -> Onward:
    """Return `step` with Cookie among what was dropped, when cookies were `sent` here and none go there."""
    had = any(name == "Cookie" for name, _ in sent.headers) and sent.jar is not None and sent.sends_cookies
    if not had or with_cookies(step.request) is not step.request:
        return step
    return replace(step, dropped=(*step.dropped, "Cookie"))


def follow_once(sent: PreparedRequest, status: int, location: str) -> Onward | None:
    """Return the request that follows a redirect whose request was told not to; as `redirects.onward`."""
    travelling = with_cookies(sent)
    step = onward(replace(sent, secrets=travelling.secrets), status, location)
    return step and with_lost_cookies(step, travelling)


async def get_ready_for(headers: Iterable[tuple[str, str]]) -> None:
    """Read the list of public suffixes, in a thread, before the first cookie that asks for a Domain."""
    if any(name.lower() == "set-cookie" and _ASKS_FOR_DOMAIN.search(value) for name, value in headers):
        await asyncio.to_thread(suffixes)


def keep(request: PreparedRequest, url: WireUrl, headers: Iterable[tuple[str, str]], emit: Emit) -> None:
    """Give the jar what an answer sets, and tell what became of each."""
    lines = [value for name, value in headers if name.lower() == "set-cookie"]
    if not lines:
        return
    verdicts = tuple(read_set_cookie(line, url, time.time()) for line in lines)
    if request.jar is None:
        verdicts = tuple(map(_left, verdicts))
    for verdict in verdicts:  # one by one: a later line counts
        if verdict.state == "kept" and request.jar is not None:
            request.jar.change(put=(verdict.cookie,))
        elif verdict.state == "deleted" and request.jar is not None:
            request.jar.change(drop=(verdict.cookie.key,))
    emit(CookiesReceived(at_ns=perf_counter_ns(), cookies=verdicts))


def _left(verdict: CookieVerdict) -> CookieVerdict:
    return verdict if verdict.state == "rejected" else structs.replace(verdict, state="not kept")
