"""Issues tokens that look and behave like IAM's, and reads them back.

A real token is a CMS blob in base64, starts with `MII`, is a few thousand characters long and tells its bearer
nothing. These have the same looks: a DER sequence of the claims, filling, and an HMAC over both with a key that
is made at start. A changed character, another demo's token and an expired one are told apart.
"""

from __future__ import annotations

import binascii
import hmac
import json
import secrets
import time
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Literal, TypeAlias

VALID_S = 24 * 3600.0
"""How long a token lives unless the request says otherwise."""
_FILLING_BYTES = 1900
_MAC_BYTES = 32
_LETTERS = b"+-"
"""IAM writes `-` where base64 has a slash."""

ScopeKind: TypeAlias = Literal["project", "domain", "global"]


class UnreadableTokenError(ValueError):
    """The text is not a token that this demo has issued."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """What a token says. Times are seconds since the epoch."""

    user_id: str
    scope: ScopeKind
    project_id: str = ""
    issued_at: float
    expires_at: float
    methods: tuple[str, ...] = ("password",)
    """How the user signed in."""


class TokenMint:
    """Issues tokens and reads them back; `now` is the clock, so that tests can turn it."""

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self.now = now
        self._key = secrets.token_bytes(32)

    def issue(
        self,
        *,
        user_id: str,
        scope: ScopeKind,
        project_id: str = "",
        valid_s: float = VALID_S,
        methods: tuple[str, ...] = ("password",),
    ) -> str:
        """Return a new token; a negative `valid_s` makes one that has expired already."""
        now = self.now()
        issued_at = now if valid_s >= 0 else now - VALID_S
        claims = Claims(
            user_id=user_id,
            scope=scope,
            project_id=project_id,
            issued_at=issued_at,
            expires_at=now + valid_s,
            methods=methods,
        )
        content = _octets(json.dumps(asdict(claims)).encode()) + _octets(secrets.token_bytes(_FILLING_BYTES))
        mac = hmac.digest(self._key, content, "sha256")
        return b64encode(_der(0x30, content + _octets(mac)), _LETTERS).decode()

    def read(self, token: str) -> Claims:
        """Return what `token` says, expired or not.

        Raises:
            UnreadableTokenError: it was not issued here, or not copied whole.
        """
        try:
            blob = b64decode(token, _LETTERS, validate=True)
            content, mac = _open(blob)
        except (ValueError, IndexError, binascii.Error) as error:
            raise UnreadableTokenError(str(error)) from error
        if not hmac.compare_digest(hmac.digest(self._key, content, "sha256"), mac):
            raise UnreadableTokenError("the signature does not fit")
        if b64encode(blob, _LETTERS).decode() != token:
            # The last letter of base64 has bits that decoding ignores; a changed token stays a changed token.
            raise UnreadableTokenError("the token is not spelled as it was issued")
        claims, _ = _take(content, 0x04)
        return Claims(**json.loads(claims))

    def expired(self, claims: Claims) -> bool:
        """Tell whether the token's time is over."""
        return claims.expires_at <= self.now()


def _der(tag: int, content: bytes) -> bytes:
    """Encode one DER value with a two-byte length: the `30 82` that makes a token start with MII."""
    return bytes((tag, 0x82)) + len(content).to_bytes(2, "big") + content


def _octets(content: bytes) -> bytes:
    return _der(0x04, content)


def _open(blob: bytes) -> tuple[bytes, bytes]:
    """Split a token into the signed content and the signature."""
    inner, rest = _take(blob, 0x30)
    if rest:
        raise ValueError("bytes follow the token")
    cut = len(inner) - len(_octets(bytes(_MAC_BYTES)))
    mac, _ = _take(inner[cut:], 0x04)
    return inner[:cut], mac


def _take(blob: bytes, tag: int) -> tuple[bytes, bytes]:
    """Read one DER value of `tag`; return its content and the bytes after it."""
    if blob[:2] != bytes((tag, 0x82)):
        raise ValueError("not a token")
    end = 4 + int.from_bytes(blob[2:4], "big")
    if len(blob) < end:
        raise ValueError("the token ends early")
    return blob[4:end], blob[end:]
