"""Reads what the token endpoint of OAuth 2.0 answers (RFC 6749 §5)."""

from __future__ import annotations

from firstlight.auth.json_errors import read_object, refusal
from firstlight.auth.oauth.problems import refused
from firstlight.model.access_token import AccessToken
from firstlight.model.response import Response


def read_token(response: Response, now_s: float, host: str, scope: str) -> AccessToken:
    """Return the token; `scope` is what was asked for, which counts unless the answer says another.

    Raises:
        ExchangeError: layer `service`: it was refused, and why.
    """
    answer = read_object(response.body)
    value = answer.get("access_token")
    if response.status >= 300 or not isinstance(value, str) or not value:
        said = refusal(response.body)
        quoted = " · ".join(filter(None, (str(response.status), said.code, said.message.rstrip("."))))
        raise refused(host, said.code, quoted)
    kind = answer.get("token_type")
    expires_s = _seconds(answer.get("expires_in"))
    return AccessToken(
        value=value,
        obtained_at_s=now_s,
        expires_at_s=None if expires_s is None else now_s + expires_s,
        scheme=kind if isinstance(kind, str) and kind.lower() != "bearer" else "Bearer",
        refresh=_text(answer.get("refresh_token")),
        scope=_text(answer.get("scope")) or scope,
    )


def _seconds(value: object) -> float | None:
    """Read `expires_in`; some services write it as a text."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        return float(value)
    except ValueError:
        return None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
