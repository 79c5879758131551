"""The six digits of a virtual MFA device (RFC 6238, SHA-1, 30 seconds): typed, or made from the device's secret key."""

from __future__ import annotations

import hmac
from base64 import b32decode
from binascii import Error

from firstlight.model.failure import failed
from firstlight.texts import Phrase

STEP_S = 30
_DIGITS = 6


def passcode(typed: str, now_s: float) -> str:
    """Return the code to send: what was typed if it is one, else the code of that secret key at this time.

    Raises:
        ExchangeError: layer `variable`, when it is neither.
    """
    text = "".join(typed.split()).replace("-", "")
    if text.isascii() and text.isdigit() and len(text) == _DIGITS:
        return text
    try:
        key = b32decode(text.upper() + "=" * (-len(text) % 8))
    except (Error, ValueError) as error:
        raise _neither() from error
    if not key:
        raise _neither()
    return code(key, now_s)


def code(key: bytes, now_s: float) -> str:
    """Return the code of the device that holds `key`."""
    digest = hmac.digest(key, int(now_s // STEP_S).to_bytes(8, "big"), "sha1")
    offset = digest[-1] & 15
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return str(number % 10**_DIGITS).zfill(_DIGITS)


def _neither() -> Exception:
    return failed(
        "variable",
        "bad-mfa-code",
        Phrase("The MFA code is neither six digits nor the secret key of a virtual MFA device."),
        Phrase("Type the six digits that the authenticator shows now, or its secret key (letters A–Z, digits 2–7)."),
    )
