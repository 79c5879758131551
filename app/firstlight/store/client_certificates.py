"""Client certificates as the settings keep them: host and files; the passphrase is a secret and lies with those."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from firstlight.model.client_certificate import ClientCertificate

PREFIX = "client-certificate "
"""How the names of their secrets begin; the host follows. In the environment: FIRSTLIGHT_SECRET_CLIENT_CERTIFICATE_…"""
_FIELDS = ("host", "file", "key_file")


def secret_name(host: str) -> str:
    """Return the name of the secret that holds the passphrase."""
    return PREFIX + host


def read(saved: Iterable[Any], secret: Callable[[str], str | None]) -> tuple[ClientCertificate, ...]:
    """Return what the settings say; entries that say nothing are left out. `secret` may block."""
    return tuple(_read(saved, secret))


def _read(saved: Iterable[Any], secret: Callable[[str], str | None]) -> Iterator[ClientCertificate]:
    for entry in saved:
        if not isinstance(entry, dict):
            continue
        host, file, key_file = (str(entry.get(name) or "").strip() for name in _FIELDS)
        if host and file:
            passphrase = secret(secret_name(host)) if entry.get("passphrase") is True else None
            yield ClientCertificate(host=host, file=file, key_file=key_file, passphrase=passphrase or "")


def written(known: Iterable[ClientCertificate]) -> list[dict[str, Any]]:
    """Return them as the settings keep them."""
    return [
        {name: getattr(one, name) for name in _FIELDS if getattr(one, name)}
        | ({"passphrase": True} if one.passphrase else {})
        for one in known
    ]
