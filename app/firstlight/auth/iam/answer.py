"""Reads what IAM says about a token: whose it is, what for, until when by this computer's clock (VENDORS §1.2)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from firstlight.auth.iam.problems import refused
from firstlight.auth.json_errors import read_object
from firstlight.model.access_token import AccessToken
from firstlight.model.failure import failed
from firstlight.model.response import Response
from firstlight.texts import Phrase

_VALID_S = 24 * 3600.0
"""How long a token lives when the answer does not say."""


def read_issued(response: Response, now_s: float, endpoint: str, sign_in: str) -> AccessToken:
    """Return the token in X-Subject-Token. Success is 201, but a gateway may say 200.

    Raises:
        ExchangeError: layer `service`: it was refused, and why.
    """
    token = _header(response, "x-subject-token")
    if response.status not in {200, 201}:
        raise refused(response, endpoint, sign_in)
    if not token:
        raise failed(
            "service",
            "iam-refused",
            Phrase("{endpoint} answers, but its answer holds no X-Subject-Token.", endpoint=endpoint),
            Phrase("Is the endpoint really that of IAM? Its answer is in the Console."),
        )
    return _described(token, response, now_s)


def read_checked(response: Response, now_s: float, endpoint: str, token: str) -> AccessToken:
    """Return what IAM says about `token`. Raises ExchangeError: it does not know it, or it has expired."""
    if response.status != 200:
        raise refused(response, endpoint, "token")
    return _described(token, response, now_s)


def _described(value: str, response: Response, now_s: float) -> AccessToken:
    token = _part(read_object(response.body), "token")
    user = _part(token, "user")
    project = _part(token, "project")
    account = _part(project, "domain") or _part(token, "domain") or _part(user, "domain")
    return AccessToken(
        value=value,
        obtained_at_s=now_s,
        expires_at_s=_expiry(token, response, now_s),
        scope="project" if project else "domain" if _part(token, "domain") else "global",
        project=_text(project, "name"),
        project_id=_text(project, "id"),
        account=_text(account, "name"),
        user=_text(user, "name"),
    )


def _expiry(token: Mapping[str, Any], response: Response, now_s: float) -> float:
    """Return the end of the token by this computer's clock, which may be wrong: IAM's own clock says how much."""
    expires_s = _stamp(_text(token, "expires_at"))
    if expires_s is None:
        return now_s + _VALID_S
    service_now_s = _date(response)
    return expires_s if service_now_s is None else now_s + (expires_s - service_now_s)


def _date(response: Response) -> float | None:
    try:
        return parsedate_to_datetime(_header(response, "date")).timestamp()
    except ValueError:
        return None


def _stamp(text: str) -> float | None:
    """Read `2026-02-13T06:52:13.855000Z`; it is UTC whether it says so or not."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def _header(response: Response, wanted: str) -> str:
    return next((value.strip() for name, value in response.headers if name.lower() == wanted), "")


def _part(value: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = value.get(name)
    return part if isinstance(part, dict) else {}


def _text(value: Mapping[str, Any], name: str) -> str:
    text = value.get(name)
    return text if isinstance(text, str) else ""
