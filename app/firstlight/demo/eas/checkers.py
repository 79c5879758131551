"""The ways to log in at the EAS gateway, tried in the order of the table (VENDORS §5.2)."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from typing import TypeAlias

from starlette.requests import Request

from firstlight.demo import accounts
from firstlight.demo.answers import refuse_text

Check: TypeAlias = Callable[[Request, str], bool]
"""Tells whether the Authorization value opens the service."""


def is_raw_token(_request: Request, given: str) -> bool:
    """Accept the token as it is: no scheme word, the equals signs at its end included."""
    return hmac.compare_digest(given.encode(), accounts.EAS_TOKEN.encode())


def is_bearer_token(request: Request, given: str) -> bool:
    """Accept the token after `Bearer`, once: `Bearer Bearer …` stays wrong."""
    scheme, _, token = given.partition(" ")
    return scheme == "Bearer" and is_raw_token(request, token)


CHECKS: tuple[Check, ...] = (is_raw_token, is_bearer_token)


def authorise(request: Request) -> None:
    """Let the request pass or answer 401 in plain text."""
    given = request.headers.get("authorization", "")
    if not any(check(request, given) for check in CHECKS):
        raise refuse_text(401, "Unauthorized: invalid token" if given else "Unauthorized: token is required")
