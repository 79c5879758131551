"""Reads certificates for people: who they name, who issued them, until when they hold.

`cryptography` is imported with the first one (10 MB, 60 ms), so this is for a thread.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.x509 import Certificate as Parsed

SOON_DAYS = 30
"""A certificate that ends within so many days should be renewed by now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """What one certificate says (RFC 5280). Only the fingerprint is known of one that cannot be read."""

    sha256: str
    """The fingerprint, as browsers show it: `AB:CD:…`."""
    subject: str = ""
    issuer: str = ""
    names: tuple[str, ...] = ()
    """Hosts and addresses that it is for."""
    not_before: datetime | None = None
    not_after: datetime | None = None

    def days_left(self, now: datetime) -> int | None:
        """Return the whole days that are left; negative when it has ended."""
        return (self.not_after - now).days if self.not_after else None

    def is_for(self, host: str) -> bool:
        """Tell whether one of the names covers `host`; `*` stands for one label (RFC 9525 §6.3)."""
        own = host.lower().strip("[]").rstrip(".")
        parent = own.partition(".")[2]
        return any(name.lower() in (own, f"*.{parent}") for name in self.names)


def read_chain(chain: Iterable[bytes]) -> tuple[Certificate, ...]:
    """Read certificates given as DER."""
    return tuple(_read(der) for der in chain)


def _read(der: bytes) -> Certificate:
    from cryptography.x509 import load_der_x509_certificate

    fingerprint = sha256(der).hexdigest().upper()
    shown = ":".join(fingerprint[at : at + 2] for at in range(0, len(fingerprint), 2))
    try:
        parsed = load_der_x509_certificate(der)
        return Certificate(
            sha256=shown,
            subject=parsed.subject.rfc4514_string(),
            issuer=parsed.issuer.rfc4514_string(),
            names=_names(parsed),
            not_before=parsed.not_valid_before_utc.astimezone(UTC),
            not_after=parsed.not_valid_after_utc.astimezone(UTC),
        )
    except ValueError:  # an unverified peer may send anything that OpenSSL lets pass
        return Certificate(sha256=shown)


def _names(parsed: Parsed) -> tuple[str, ...]:
    from cryptography.x509 import ExtensionNotFound, SubjectAlternativeName

    try:
        found = parsed.extensions.get_extension_for_class(SubjectAlternativeName).value
    except ExtensionNotFound:
        return ()
    return tuple(str(name.value) for name in found)
