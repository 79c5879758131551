"""The ways to log in at the EAS gateway, tried in the order of the table (VENDORS §5.2)."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from typing import TypeAlias

from starlette.requests import HTTPConnection

from firstlight.demo.answers import refuse_text
from firstlight.demo.signatures import eas_fits

Check: TypeAlias = Callable[[HTTPConnection, str, bytes, str], bool]
"""Tells whether the Authorization value opens the service with this token to the request with this body."""


def is_raw_token(_request: HTTPConnection, given: str, _body: bytes, token: str) -> bool:
    """Accept the token as it is: no scheme word, the equals signs at its end included."""
    return hmac.compare_digest(given.encode(), token.encode())


def is_bearer_token(request: HTTPConnection, given: str, body: bytes, token: str) -> bool:
    """Accept the token after `Bearer`, once: `Bearer Bearer …` stays wrong."""
    scheme, _, rest = given.partition(" ")
    return scheme == "Bearer" and is_raw_token(request, rest, body, token)


def is_signature(request: HTTPConnection, given: str, body: bytes, token: str) -> bool:
    """Accept the HMAC signature of the official SDKs."""
    return given.startswith("EAS ") and eas_fits(given, token, request, body)


CHECKS: tuple[Check, ...] = (is_raw_token, is_bearer_token, is_signature)


def authorise(request: HTTPConnection, token: str, body: bytes = b"") -> None:
    """Let the request to the service with this token pass or answer 401 in plain text."""
    given = request.headers.get("authorization", "")
    if not any(check(request, given, body, token) for check in CHECKS):
        what = "signature" if given.startswith("EAS ") else "token"
        raise refuse_text(401, f"Unauthorized: invalid {what}" if given else "Unauthorized: token is required")
