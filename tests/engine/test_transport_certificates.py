"""Certificates as people read them."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from servers import Authority

from firstlight.transport.certificates import read_chain


def certificate_of(folder: Path, *hosts: str, days: int = 30) -> bytes:
    """Return the DER of a new certificate of the test's authority."""
    Authority(folder).server_context(*hosts, days=days)
    pem = (folder / f"{hosts[0]}{days}.pem").read_text()
    return ssl.PEM_cert_to_DER_cert(pem[pem.index("-----BEGIN CERTIFICATE") :])


def test_a_certificate_says_who_it_names_who_issued_it_and_until_when(tmp_path: Path) -> None:
    der = certificate_of(tmp_path, "service.example", "10.0.0.7", days=12)
    (read,) = read_chain([der])
    assert read.subject == "CN=service.example"
    assert read.issuer == "CN=First Light test authority"
    assert read.names == ("service.example", "10.0.0.7")
    assert read.sha256.replace(":", "").lower() == sha256(der).hexdigest()
    assert read.not_before is not None
    now = datetime.now(UTC)
    assert read.not_before < now
    assert read.days_left(now) == 11
    assert read.days_left(now + timedelta(days=13)) == -2


def test_an_authority_without_names(tmp_path: Path) -> None:
    der = ssl.PEM_cert_to_DER_cert(Authority(tmp_path).path.read_text())
    (read,) = read_chain([der])
    assert read.names == ()
    assert read.subject == read.issuer


def test_what_cannot_be_read_has_its_fingerprint_at_least() -> None:
    (read,) = read_chain([b"no certificate"])
    assert len(read.sha256) == 32 * 3 - 1
    assert read.subject == ""
    assert read.days_left(datetime.now(UTC)) is None
