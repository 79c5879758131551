"""POST /v3.0/OS-CREDENTIAL/securitytokens: a key pair for a while, for whoever holds a token (VENDORS §1.2)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from firstlight.demo.iam.bodies import stamp
from firstlight.demo.iam.problems import bad_value
from firstlight.demo.tokens import TokenMint

_SHORTEST_S, _LONGEST_S, _USUAL_S = 900, 86_400, 900


@dataclass(frozen=True, slots=True, kw_only=True)
class TemporaryKey:
    """A key pair that needs its security token beside it."""

    access: str
    secret: str
    security_token: str
    user_id: str
    project_id: str
    expires_at: float


class TemporaryKeys:
    """Issues them and knows them again."""

    def __init__(self, mint: TokenMint) -> None:
        self._mint = mint
        self._by_access: dict[str, TemporaryKey] = {}

    def issue(self, token: str, duration_s: object) -> TemporaryKey:
        """Return a new pair for the bearer of `token`.

        Raises:
            RefusalError: the duration is not from 900 to 86,400 seconds.
            UnreadableTokenError: the token was not issued here.
        """
        if duration_s is None:
            duration_s = _USUAL_S
        if not isinstance(duration_s, int) or not _SHORTEST_S <= duration_s <= _LONGEST_S:
            raise bad_value("auth.identity.token.duration_seconds", "It must be a number from 900 to 86400.")
        claims = self._mint.read(token)
        key = TemporaryKey(
            access="DEMOTMP" + secrets.token_hex(7).upper()[:13],
            secret=secrets.token_hex(20),
            security_token=secrets.token_urlsafe(96),
            user_id=claims.user_id,
            project_id=claims.project_id,
            expires_at=self._mint.now() + duration_s,
        )
        self._by_access[key.access] = key
        return key

    def find(self, access: str) -> TemporaryKey | None:
        """Return the pair with this access key, expired or not."""
        return self._by_access.get(access)


def key_body(key: TemporaryKey) -> dict[str, Any]:
    """Return the body that hands out a pair."""
    credential = {
        "access": key.access,
        "secret": key.secret,
        "securitytoken": key.security_token,
        "expires_at": stamp(key.expires_at),
    }
    return {"credential": credential}
