"""What the server has handed out: codes for one use, tokens with an end, renewals that change with each use."""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

CODE_VALID_S = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """Who may do what through which client."""

    client_id: str
    user: str = ""
    """Empty: the client itself."""
    scope: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Code:
    grant: Grant
    redirect_uri: str
    challenge: str
    expires_at: float


class Grants:
    """Kept in memory for as long as the demo runs; `now` is the clock."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._codes: dict[str, _Code] = {}
        self._tokens: dict[str, tuple[Grant, float]] = {}
        self._renewals: dict[str, Grant] = {}

    def new_code(self, grant: Grant, redirect_uri: str, challenge: str) -> str:
        """Hand out a code that is good for one exchange within a minute."""
        code = secrets.token_urlsafe(24)
        expires_at = self._now() + CODE_VALID_S
        self._codes[code] = _Code(grant=grant, redirect_uri=redirect_uri, challenge=challenge, expires_at=expires_at)
        return code

    def redeem(self, code: str, client_id: str, redirect_uri: str, verifier: str) -> Grant | None:
        """Return the grant behind a code; None when anything about it does not fit. A code is gone afterwards."""
        found = self._codes.pop(code, None)
        if found is None or found.expires_at < self._now():
            return None
        fits = found.grant.client_id == client_id and found.redirect_uri == redirect_uri
        return found.grant if fits and found.challenge == challenge_of(verifier) else None

    def new_token(self, grant: Grant, valid_s: float) -> str:
        """Hand out an access token."""
        token = f"demo-at-{secrets.token_urlsafe(32)}"
        self._tokens[token] = (grant, self._now() + valid_s)
        return token

    def new_renewal(self, grant: Grant) -> str:
        """Hand out a refresh token."""
        renewal = f"demo-rt-{secrets.token_urlsafe(32)}"
        self._renewals[renewal] = grant
        return renewal

    def renew(self, renewal: str, client_id: str) -> Grant | None:
        """Return the grant behind a refresh token, which is gone afterwards."""
        found = self._renewals.get(renewal)
        return self._renewals.pop(renewal) if found is not None and found.client_id == client_id else None

    def bearer(self, token: str) -> Grant | None:
        """Return whose token this is; None for an unknown or expired one."""
        grant, expires_at = self._tokens.get(token, (None, 0.0))
        return grant if expires_at > self._now() else None


def challenge_of(verifier: str) -> str:
    """Return the S256 challenge of a PKCE verifier (RFC 7636 §4.2)."""
    return urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()
