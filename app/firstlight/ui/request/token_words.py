"""What the Authorization tab says about a token: what it is for, how long it lasts, what went wrong. No Qt."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from firstlight.model.access_token import AccessToken
from firstlight.model.failure import Failure
from firstlight.model.request import Authorization
from firstlight.texts import Phrase, tr

LOOK, GET, FORGET, CHECK, STOP = "look", "get", "forget", "check", "stop"
_SHORT_S = 120
"""What is left of a token is told to the second below this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenState:
    """What is known of a token now. Nothing: there is none."""

    token: AccessToken | None = None
    failure: Failure | None = None
    busy: bool = False
    """It is being obtained or checked."""
    elsewhere: tuple[Phrase, Phrase] | None = None
    """What stands against sending it where the request goes, and what to do."""


@dataclass(frozen=True, slots=True)
class TokenWish:
    """What the person wants done about the token of an Authorization, and who is told the outcome."""

    what: str
    """LOOK, GET, FORGET, CHECK or STOP."""
    authorization: Authorization
    show: Callable[[TokenState], None]


def purpose(token: AccessToken) -> str:
    """Say what a token is for, and whose it is."""
    if token.scope == "project":
        said = tr("Project {project}", project=token.project or token.project_id)
    elif token.scope in {"domain", "global"} and token.account:
        said = tr("The whole account (domain scope)")
    else:
        said = tr("Scope: {scope}", scope=token.scope) if token.scope else tr("Token obtained")
    account = tr("account {account}", account=token.account) if token.account else ""
    user = tr("user {user}", user=token.user) if token.user else ""
    return " · ".join(filter(None, (said, account, user)))


def warning(token: AccessToken) -> str:
    """Say what services will refuse the token for; empty when nothing is known to stand against it."""
    if token.scope in {"domain", "global"} and token.account:
        return tr(
            "ModelArts and Pangu refuse a token without a project. Get one with project scope: in the region of the "
            "service, its default project is named like the region."
        )
    if token.scope == "project":
        return tr("It is good for services of this project only; a service in another region wants another token.")
    return ""


def lasting(token: AccessToken, now_s: float) -> str:
    """Say how long the token lasts."""
    left_s = token.left_s(now_s)
    if left_s is None or token.expires_at_s is None:
        return tr("The service did not say how long it is valid.")
    moment = time.strftime("%Y-%m-%d %H:%M", time.localtime(token.expires_at_s))
    if left_s <= 0:
        return tr("Expired at {moment}; the next request gets a new one.", moment=moment)
    return tr("Valid for {time}, until {moment}", time=_span(left_s), moment=moment)


def next_change_s(token: AccessToken, now_s: float) -> float | None:
    """Return after how long `lasting` says something else; None: never."""
    left_s = token.left_s(now_s)
    if left_s is None or left_s <= 0:
        return None
    return 1.0 if left_s < _SHORT_S else left_s % 60 + 0.5


def _span(left_s: float) -> str:
    if left_s < _SHORT_S:
        return tr("{seconds} s", seconds=int(left_s))
    minutes = int(left_s // 60)
    if minutes < 60:
        return tr("{minutes} min", minutes=minutes)
    return tr("{hours} h {minutes} min", hours=minutes // 60, minutes=minutes % 60)
