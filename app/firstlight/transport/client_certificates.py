"""Reads a client certificate and its key from PEM or PKCS#12, says what is wrong with them, gives them to TLS.

`cryptography` is imported with the first one, and files are read: for a thread. The key never reaches the disk in
the clear: ssl takes it from files alone, so it gets one that is encrypted with a password nobody knows and is gone
a moment later.
"""

from __future__ import annotations

import os
import re
import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from firstlight.model.client_certificate import ClientCertificate
from firstlight.transport.certificates import Certificate, read_chain
from firstlight.transport.failures import client_certificates as failures

if TYPE_CHECKING:
    from cryptography.x509 import Certificate as Parsed

_PEM = b"-----BEGIN "
_KEY = re.compile(rb"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----.+?-----END (?:[A-Z0-9]+ )*PRIVATE KEY-----", re.DOTALL)
_CERTIFICATE = re.compile(rb"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Pair:
    """A private key and the certificates that belong to it, its own first."""

    key: Any
    chain: list[Parsed]


def version(client: ClientCertificate) -> tuple[int, ...]:
    """Return what changes when a file does. Asks the disk; a file that is not there counts as 0."""
    return tuple(_changed_ns(path) for path in (client.file, client.key_file) if path)


def _changed_ns(path: str) -> int:
    try:
        return os.stat(os.path.expanduser(path)).st_mtime_ns
    except OSError:
        return 0


def add_to(context: ssl.SSLContext, client: ClientCertificate) -> None:
    """Let `context` show the certificate to servers that ask for one.

    Raises:
        ExchangeError: layer `tls`; the files cannot be used, and why.
    """
    import secrets
    import tempfile

    from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, PrivateFormat

    pair = _read(client)
    password = secrets.token_bytes(24).hex().encode()
    key = pair.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(password))
    with tempfile.TemporaryDirectory(prefix="firstlight-") as folder:  # only this user may look into it
        file = Path(folder, "client.pem")
        file.write_bytes(key + b"".join(one.public_bytes(Encoding.PEM) for one in pair.chain))
        try:
            context.load_cert_chain(file, password=password)
        except ssl.SSLError as error:
            raise failures.unusable(client, str(error.reason or error)) from error


def inspect(client: ClientCertificate) -> Certificate:
    """Return what the certificate says, having checked that its key is there and fits. Raises like add_to."""
    from cryptography.hazmat.primitives.serialization import Encoding

    pair = _read(client)
    (own,) = read_chain([pair.chain[0].public_bytes(Encoding.DER)])
    return own


def _read(client: ClientCertificate) -> _Pair:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    data = _bytes(client.file)
    pair = _from_pem(client, data) if _PEM in data else _from_pkcs12(client, data)
    shape = (Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    if pair.key.public_key().public_bytes(*shape) != pair.chain[0].public_key().public_bytes(*shape):
        raise failures.key_of_another(client)
    return pair


def _bytes(path: str) -> bytes:
    try:
        return Path(path).expanduser().read_bytes()
    except OSError as error:
        raise failures.unreadable(path, error) from error


def _from_pem(client: ClientCertificate, data: bytes) -> _Pair:
    from cryptography.x509 import load_pem_x509_certificate

    found = _CERTIFICATE.findall(data)
    if not found:
        raise failures.nothing_in(client.file, "certificate")
    try:
        chain = [load_pem_x509_certificate(one) for one in found]
    except ValueError as error:
        raise failures.unusable(client, str(error)) from error
    return _Pair(_key_from_pem(client, _bytes(client.key_file) if client.key_file else data), chain)


def _key_from_pem(client: ClientCertificate, data: bytes) -> Any:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    found = _KEY.search(data)
    if not found:
        raise failures.nothing_in(client.key_file or client.file, "key")
    encrypted = b"ENCRYPTED" in found[0]
    if encrypted and not client.passphrase:
        raise failures.wrong_passphrase(client)
    try:
        return load_pem_private_key(found[0], client.passphrase.encode() if encrypted else None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise (failures.wrong_passphrase(client) if encrypted else failures.unusable(client, str(error))) from error


def _from_pkcs12(client: ClientCertificate, data: bytes) -> _Pair:
    from cryptography.hazmat.primitives.serialization.pkcs12 import load_key_and_certificates

    if not data.startswith(b"\x30"):  # the sequence that every PKCS#12 file is
        raise failures.nothing_in(client.file, "certificate")
    try:
        key, own, above = load_key_and_certificates(data, client.passphrase.encode() or None)
    except ValueError as error:  # one error for a wrong passphrase and for a broken file
        raise failures.wrong_passphrase(client) from error
    if own is None:
        raise failures.nothing_in(client.file, "certificate")
    if key is None:
        raise failures.nothing_in(client.file, "key")
    return _Pair(key, [own, *above])
