"""A certificate with which this machine proves to a service who it is, as files on the disk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from firstlight.model.host_patterns import matches


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientCertificate:
    """Which services get it, and where it lies."""

    host: str
    """A pattern of model.host_patterns: `api.example.com`, `*.example.com`, `10.0.0.8:8443`, `*`."""
    file: str
    """PEM (certificate, those above it, perhaps the key) or PKCS#12 (`.p12`, `.pfx`); told apart by content."""
    key_file: str = ""
    """PEM with the private key; empty: it is in `file`."""
    passphrase: str = field(default="", repr=False)
    """Of the key, or of the PKCS#12 file."""


def certificate_for(known: Iterable[ClientCertificate], host: str, port: int) -> ClientCertificate | None:
    """Return the first one that is meant for this host."""
    return next((one for one in known if matches(one.host, host, port)), None)
