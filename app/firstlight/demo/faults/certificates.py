"""Makes the certificates of the TLS faults: each wrong in one way, all from an authority that no machine trusts.

`cryptography` is imported with the first one that is asked for: most runs of the demo need none.
"""

from __future__ import annotations

import ssl
import tempfile
import warnings
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.x509 import Certificate, Name

    Key: TypeAlias = EllipticCurvePrivateKey | RSAPrivateKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """What is wrong with a certificate; days count from today."""

    host: str = ""
    """For whom it is; empty: for the host that is asked."""
    from_day: int = -30
    to_day: int = 60
    self_signed: bool = False
    weak: bool = False
    newest: ssl.TLSVersion = ssl.TLSVersion.TLSv1_3
    """The newest version that its server speaks."""


@cache
def server_context(host: str, flaw: Flaw) -> ssl.SSLContext:
    """Return the TLS settings of a server for `host` with that flaw. Takes some milliseconds, once."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    if flaw.weak or flaw.newest < ssl.TLSVersion.TLSv1_2:
        context.set_ciphers("ALL:@SECLEVEL=0")  # OpenSSL would not offer what is too weak
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of versions that are too old, which is the fault
        context.minimum_version = min(flaw.newest, ssl.TLSVersion.TLSv1_2)
        context.maximum_version = flaw.newest
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "certificate.pem")
        path.write_bytes(_pem(host, flaw))
        context.load_cert_chain(path)
    return context


def _pem(host: str, flaw: Flaw) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    key = _new_key(weak=flaw.weak)
    subject = _name(host)
    issuer, issuer_key = (subject, key) if flaw.self_signed else _authority()
    certificate = _signed(subject, key, issuer, issuer_key, host=flaw.host or host, flaw=flaw)
    opened = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return opened + certificate.public_bytes(Encoding.PEM)


@cache
def _authority() -> tuple[Name, Key]:
    return _name("First Light demo authority"), _new_key(weak=False)


def _new_key(*, weak: bool) -> Key:
    from cryptography.hazmat.primitives.asymmetric import ec, rsa

    if weak:
        return rsa.generate_private_key(public_exponent=65537, key_size=1024)  # noqa: S505 - that is the fault
    return ec.generate_private_key(ec.SECP256R1())


def _name(common_name: str) -> Name:
    from cryptography.x509 import Name, NameAttribute
    from cryptography.x509.oid import NameOID

    return Name([NameAttribute(NameOID.COMMON_NAME, common_name)])


def _signed(subject: Name, key: Key, issuer: Name, issuer_key: Key, *, host: str, flaw: Flaw) -> Certificate:
    from cryptography import x509
    from cryptography.hazmat.primitives.hashes import SHA256

    today = datetime.now(UTC)
    builder = x509.CertificateBuilder(
        subject_name=subject,
        issuer_name=issuer,
        public_key=key.public_key(),
        serial_number=x509.random_serial_number(),
        not_valid_before=today + timedelta(days=flaw.from_day),
        not_valid_after=today + timedelta(days=flaw.to_day),
    )
    names = x509.SubjectAlternativeName([x509.DNSName(host)])
    return builder.add_extension(names, critical=False).sign(issuer_key, SHA256())
