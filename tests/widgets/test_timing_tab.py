"""The Timing tab: both ends of the connection, its certificates and how long they hold; the note of a download."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot
from response_screen import TIMING, ResponseScreen, body, connection, failed, finished, head, started
from until import until

from firstlight.model.events import BodyReceived, CertificateRefused, Connected, HeadersReceived, TlsEstablished
from firstlight.ui.response.exchange_note import note_on
from firstlight.ui.response.record import ExchangeRecord

KEY = ec.generate_private_key(ec.SECP256R1())


@pytest.fixture
def screen(qtbot: QtBot) -> ResponseScreen:
    return ResponseScreen(qtbot)


def certificate(host: str, days: float) -> bytes:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(KEY.public_key())
    builder = builder.serial_number(7).not_valid_before(now - timedelta(days=90))
    builder = builder.not_valid_after(now + timedelta(days=days, hours=1))
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
    return builder.sign(KEY, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def secured(*chain: bytes, verified: bool = True) -> TlsEstablished:
    return TlsEstablished(at_ns=2, version="TLSv1.3", cipher="AES", verified=verified, chain=chain)


def facts(screen: ResponseScreen) -> list[QLabel]:
    found = screen.child(QWidget, "timingPage").findChildren(QLabel)
    return [label for label in found if label.isVisible()]


def value_of(screen: ResponseScreen, name: str) -> QLabel | None:
    return next((label for label in facts(screen) if label.accessibleName() == name), None)


async def test_the_certificates_are_told_with_the_days_that_are_left(screen: ResponseScreen) -> None:
    chain = certificate("service.example", 12), certificate("authority.example", 900)
    screen.feed(started(), *connection()[:2], secured(*chain), head(), body(b"{}"), finished(2))
    await until(lambda: screen.label("statusLabel") == "200 OK")
    screen.open_tab(TIMING)
    await until(lambda: value_of(screen, "Subject"))
    told = [label.text() for label in facts(screen)]
    assert "Certificate of the server · 1/2" in told
    assert told.count("SHA-256 fingerprint") == 2
    assert "CN=authority.example" in told
    until_when = value_of(screen, "Valid until")
    assert until_when is not None
    assert until_when.text().endswith("UTC · 12 days left")
    assert until_when.property("kind") == "warn"


async def test_an_expired_certificate_is_an_error_and_goes_with_the_next_answer(screen: ResponseScreen) -> None:
    screen.feed(started(), *connection()[:2], secured(certificate("old.example", -3), verified=False), head())
    screen.feed(finished(0))
    await until(lambda: screen.label("statusLabel") == "200 OK")
    screen.open_tab(TIMING)
    await until(lambda: value_of(screen, "Valid until"))
    ended = value_of(screen, "Valid until")
    assert ended is not None
    assert ended.text().endswith("expired")
    assert ended.property("kind") == "error"
    screen.feed(started(), *connection()[:2], head(201), finished(0))
    await until(lambda: screen.label("statusLabel").startswith("201"))
    await until(lambda: value_of(screen, "Valid until") is None)


async def test_certificates_that_were_refused_are_shown_until_the_next_connection(screen: ResponseScreen) -> None:
    refused = CertificateRefused(at_ns=2, chain=(certificate("other.example", 50),))
    screen.feed(started(), *connection()[:2], refused, failed("tls"))
    await until(lambda: screen.label("statusLabel") == "failed")
    screen.open_tab(TIMING)
    await until(lambda: value_of(screen, "Names"))
    told = {label.accessibleName(): label for label in facts(screen)}
    assert told["Names"].text() == "other.example"
    assert (told["Certificate"].text(), told["Certificate"].property("kind")) == ("not accepted", "error")
    screen.feed(started(), *connection()[:2], head(), finished(0))
    await until(lambda: value_of(screen, "Names") is None)
    assert value_of(screen, "Certificate") is None


async def test_the_ends_of_a_kept_connection_and_its_count_are_told(screen: ResponseScreen) -> None:
    kept = Connected(
        at_ns=1, address="::1", port=443, local_address="::1", local_port=50_000, reused=True,
        proxy="http://proxy.example:3128", request_number=4,
    )  # fmt: skip
    screen.feed(started(), kept, secured(certificate("a.example", 400)), head(), finished(0))
    await until(lambda: screen.label("statusLabel") == "200 OK")
    screen.open_tab(TIMING)
    await until(lambda: value_of(screen, "Subject"))
    told = {label.accessibleName(): label.text() for label in facts(screen)}
    assert told["Remote address"] == "[::1]:443"
    assert told["Local address"] == "[::1]:50000"
    assert told["Proxy"] == "http://proxy.example:3128"
    assert told["Connection"] == "kept from an earlier request"
    assert told["Request on this connection"] == "number 4"


def received(count: int, at_s: int) -> BodyReceived:
    return BodyReceived(at_ns=at_s * 10**9, data=bytes(count))


def answered(*headers: tuple[str, str]) -> HeadersReceived:
    return HeadersReceived(at_ns=1, status=200, reason="", http_version="HTTP/1.1", headers=headers)


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ((("Content-Length", "10000000"),), "Receiving the body: 4.0 MB of 10.0 MB · 40 % · 1.0 MB/s · 6 s left"),
        ((), "Receiving the body: 4.0 MB · 1.0 MB/s"),
        ((("Content-Length", "9"), ("Content-Encoding", "gzip")), "Receiving the body: 4.0 MB · 1.0 MB/s"),
    ],
)
def test_a_long_answer_tells_bytes_and_speed_while_it_arrives(
    headers: tuple[tuple[str, str], ...], expected: str
) -> None:
    record = ExchangeRecord()
    record.take([started(), answered(*headers)])
    assert note_on(record, 0) is None
    for second in range(1, 5):
        record.take([received(1_000_000, second)])
    note = note_on(record, 4 * 10**9)
    assert note is not None
    assert note.text == expected
    record.take([finished(4_000_000)])
    assert note_on(record, 4 * 10**9) is None
