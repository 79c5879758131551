"""Client certificates as the settings keep them: host and files; the passphrase is a secret and lies with those."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from firstlight.model.client_certificate import ClientCertificate

_PREFIX = "client-certificate "
_FIELDS = ("host", "file", "key_file")


def secret_name(host: str) -> str:
    """Return the name of the secret that holds the passphrase; in the environment it is in capitals, with _."""
    return _PREFIX + host


def entries(saved: Iterable[Any]) -> list[dict[str, Any]]:
    """Return what can be used of what the settings file says, in its order."""
    return [entry for entry in saved if isinstance(entry, dict) and _text(entry, "host") and _text(entry, "file")]


def read(saved: Iterable[Any], secret: Callable[[str], str | None]) -> tuple[ClientCertificate, ...]:
    """Return the certificates, one for each of `entries`. `secret` is asked for their passphrases and may block."""
    return tuple(_read(entry, secret) for entry in entries(saved))


def read_unlocked(saved: Iterable[Any]) -> tuple[ClientCertificate, ...]:
    """Return them without asking for a secret: the name of the passphrase stands in its place."""
    return read(saved, lambda name: name)


def _read(entry: dict[str, Any], secret: Callable[[str], str | None]) -> ClientCertificate:
    host, file, key_file = (_text(entry, name) for name in _FIELDS)
    passphrase = secret(secret_name(host)) if entry.get("passphrase") is True else None
    return ClientCertificate(host=host, file=file, key_file=key_file, passphrase=passphrase or "")


def written(client: ClientCertificate) -> dict[str, Any]:
    """Return one as the settings keep it."""
    kept: dict[str, Any] = {name: getattr(client, name) for name in _FIELDS if getattr(client, name)}
    return {**kept, "passphrase": True} if client.passphrase else kept


def secret_names(saved: Iterable[Any]) -> list[str]:
    """Return the names of the passphrases that are kept."""
    return [secret_name(_text(entry, "host")) for entry in entries(saved) if entry.get("passphrase") is True]


def _text(entry: dict[str, Any], name: str) -> str:
    return str(entry.get(name) or "").strip()
