"""Client certificates against servers that demand one: every form of file, and every way in which it can be wrong."""

from __future__ import annotations

import os
import ssl
import stat
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from client_files import (
    Files,
    encrypted_key,
    old_encrypted_key,
    one_file,
    open_pkcs12,
    pkcs12,
    two_files,
)
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from servers import Authority, Peer, collect, replies, response, run, serving
from tls_server import tls_serving

from firstlight.model.client_certificate import ClientCertificate
from firstlight.model.events import Event, TlsEstablished
from firstlight.model.exchange import Exchange
from firstlight.model.failure import ExchangeError
from firstlight.model.network import NetworkSettings
from firstlight.model.request import Request, RequestSettings
from firstlight.transport import HttpTransport
from firstlight.transport.client_certificates import inspect

VERSIONS = [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3]


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Authority:
    """Trust the test's authority."""
    made = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(made.path))
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)
    return made


FORMS = [one_file, two_files, encrypted_key, old_encrypted_key, pkcs12, open_pkcs12]


def talk(context: ssl.SSLContext, *known: ClientCertificate, verify: bool = True) -> tuple[Exchange, list[Event]]:
    async def work() -> tuple[Exchange, list[Event]]:
        with tls_serving(context) as port:
            transport = HttpTransport(NetworkSettings(client_certificates=known))
            url = f"https://localhost:{port}/"
            try:
                return await collect(Request(url=url, settings=RequestSettings(verify_tls=verify)), transport)
            finally:
                await transport.aclose()

    return run(work())


def failure_of(outcome: Exchange, kind: str) -> str:
    assert outcome.failure is not None
    assert (outcome.failure.layer, outcome.failure.kind) == ("tls", kind)
    assert outcome.failure.hint
    return str(outcome.failure.message)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_file_opens_the_door(
    form: Callable[[Files], ClientCertificate], tmp_path: Path, authority: Authority
) -> None:
    client = form(Files(tmp_path, authority))
    outcome, events = talk(authority.demanding_context("localhost"), client)
    assert outcome.response is not None, outcome.failure
    assert outcome.response.body == b"let in"
    agreed = next(event for event in events if isinstance(event, TlsEstablished))
    assert agreed.client_certificate == client.file


@pytest.mark.parametrize("version", VERSIONS)
def test_it_is_shown_where_the_server_is_not_verified_too(
    version: ssl.TLSVersion, tmp_path: Path, authority: Authority
) -> None:
    context = authority.demanding_context("other.example", version=version)
    outcome, _ = talk(context, one_file(Files(tmp_path, authority)), verify=False)
    assert outcome.response is not None, outcome.failure


@pytest.mark.parametrize("version", VERSIONS)
def test_a_server_that_demands_one_is_named(version: ssl.TLSVersion, authority: Authority) -> None:
    outcome, events = talk(authority.demanding_context("localhost", version=version))
    assert "wants a client certificate" in failure_of(outcome, "client-certificate-wanted")
    assert not any(getattr(event, "client_certificate", "") for event in events)


@pytest.mark.parametrize("version", VERSIONS)
def test_one_of_a_strange_authority_is_refused_and_named(
    version: ssl.TLSVersion, tmp_path: Path, authority: Authority
) -> None:
    (tmp_path / "strange").mkdir()
    client = one_file(Files(tmp_path, Authority(tmp_path / "strange"), "stranger"))
    said = failure_of(talk(authority.demanding_context("localhost", version=version), client)[0],
                      "client-certificate-refused")  # fmt: skip
    assert "stranger.pem" in said


def test_one_that_has_expired_is_refused_and_seen_before(tmp_path: Path, authority: Authority) -> None:
    client = one_file(Files(tmp_path, authority, days=-1))
    context = authority.demanding_context("localhost", version=ssl.TLSVersion.TLSv1_2)
    assert "it has expired" in failure_of(talk(context, client)[0], "client-certificate-refused")
    assert inspect(client).not_after < datetime.now(UTC)


def test_it_goes_to_its_hosts_alone(tmp_path: Path, authority: Authority) -> None:
    files = Files(tmp_path, authority)
    elsewhere = ClientCertificate(host="*.example", file=one_file(files).file)
    outcome, _ = talk(authority.demanding_context("localhost"), elsewhere)
    failure_of(outcome, "client-certificate-wanted")


def test_a_file_that_is_replaced_counts_at_once(tmp_path: Path, authority: Authority) -> None:
    async def work() -> None:
        expired = one_file(Files(tmp_path, authority, days=-1))
        with tls_serving(authority.demanding_context("localhost")) as port:
            transport = HttpTransport(NetworkSettings(client_certificates=(expired,)))
            url = f"https://localhost:{port}/"
            before, _ = await collect(Request(url=url), transport)
            failure_of(before, "client-certificate-refused")
            renewed = one_file(Files(tmp_path, authority))
            assert renewed.file == expired.file
            os.utime(renewed.file, ns=(1, 1))
            after, _ = await collect(Request(url=url), transport)
            await transport.aclose()
            assert after.response is not None

    run(work())


def missing(files: Files) -> ClientCertificate:
    return ClientCertificate(host="*", file=files.write(".crt", files.cert_pem()), key_file="/nowhere/client.key")


def wrong_passphrase(files: Files) -> ClientCertificate:
    return ClientCertificate(host="*", file=pkcs12(files).file, passphrase="guessed")


def wrong_key_passphrase(files: Files) -> ClientCertificate:
    return ClientCertificate(host="*", file=old_encrypted_key(files).file, passphrase="guessed")


def no_passphrase(files: Files) -> ClientCertificate:
    return ClientCertificate(host="*", file=encrypted_key(files).file, key_file=encrypted_key(files).key_file)


def other_key(files: Files) -> ClientCertificate:
    key = ec.generate_private_key(ec.SECP256R1())
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return ClientCertificate(host="*", file=two_files(files).file, key_file=files.write(".other", pem))


def no_key(files: Files) -> ClientCertificate:
    return ClientCertificate(host="*", file=files.write(".crt", files.cert_pem()))


def key_alone(files: Files) -> ClientCertificate:
    return ClientCertificate(host="*", file=files.write(".key", files.key_pem()))


def a_picture(files: Files) -> ClientCertificate:
    return ClientCertificate(host="*", file=files.write(".png", b"\x89PNG\r\n"))


def torn_certificate(files: Files) -> ClientCertificate:
    torn = b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
    return ClientCertificate(host="*", file=files.write(".pem", files.key_pem(), torn))


def torn_key(files: Files) -> ClientCertificate:
    torn = b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"
    return ClientCertificate(host="*", file=files.write(".pem", torn, files.cert_pem()))


def pkcs12_of_a_certificate(files: Files) -> ClientCertificate:
    data = serialize_key_and_certificates(None, None, files.certificate, None, NoEncryption())
    return ClientCertificate(host="*", file=files.write(".p12", data))


WRONG = [
    (missing, "unreadable", "client.key"),
    (wrong_passphrase, "passphrase", "does not open"),
    (wrong_key_passphrase, "passphrase", "does not open"),
    (no_passphrase, "passphrase", "no passphrase is known"),
    (other_key, "key-mismatch", "does not belong"),
    (no_key, "without-key", "holds no private key"),
    (key_alone, "without-certificate", "holds no certificate"),
    (a_picture, "without-certificate", "client.png"),
    (torn_certificate, "unusable", "cannot be used"),
    (torn_key, "unusable", "cannot be used"),
    (pkcs12_of_a_certificate, "without-", "client.p12"),
]


@pytest.mark.parametrize(("form", "kind", "words"), WRONG, ids=[form.__name__ for form, _, _ in WRONG])
def test_what_is_wrong_with_the_files_is_named_before_anything_is_sent(
    form: Callable[[Files], ClientCertificate], kind: str, words: str, tmp_path: Path, authority: Authority
) -> None:
    client = form(Files(tmp_path, authority))
    outcome, events = talk(authority.demanding_context("localhost"), client)
    assert outcome.failure is not None
    assert outcome.failure.layer == "tls"
    assert outcome.failure.kind.startswith(f"client-certificate-{kind}")
    assert words in str(outcome.failure.message)
    assert client.passphrase == "" or client.passphrase not in str(outcome.failure)
    assert not any(isinstance(event, TlsEstablished) for event in events)
    with pytest.raises(ExchangeError) as told:
        inspect(client)
    assert told.value.failure == outcome.failure


def test_plain_http_reads_no_certificate() -> None:
    async def work() -> None:
        async with serving(replies(response(b"plain"))) as server:
            broken = ClientCertificate(host="*", file="/nowhere.pem")
            transport = HttpTransport(NetworkSettings(client_certificates=(broken,)))
            outcome, _ = await collect(Request(url=server.url), transport)
            await transport.aclose()
            assert outcome.response is not None

    run(work())


def test_the_key_is_never_on_the_disk_in_the_clear_and_leaves_nothing_behind(
    tmp_path: Path, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = pkcs12(Files(tmp_path, authority))
    before = tmp_path / "temporary"
    before.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(before))
    seen: list[bytes] = []
    load = ssl.SSLContext.load_cert_chain

    def looked_at(self: ssl.SSLContext, file: Path, **given: bytes) -> None:
        assert stat.S_IMODE(file.parent.stat().st_mode) & 0o077 == 0 or os.name == "nt"
        seen.append(file.read_bytes())
        load(self, file, **given)

    context = authority.demanding_context("localhost")
    monkeypatch.setattr(ssl.SSLContext, "load_cert_chain", looked_at)
    outcome, _ = talk(context, client)
    assert outcome.response is not None
    assert b"BEGIN ENCRYPTED PRIVATE KEY" in seen[0]
    assert list(before.iterdir()) == []


@pytest.mark.parametrize("code", [42, 43, 44, 45, 46, 48, 49, 116])
def test_every_alert_about_our_certificate_is_named(code: int) -> None:
    async def handler(peer: Peer) -> None:
        await peer.reader.read(100)
        await peer.send(bytes([0x15, 3, 3, 0, 2, 2, code]))
        await peer.gone()

    async def work() -> Exchange:
        async with serving(handler) as server:
            return (await collect(Request(url=f"https://localhost:{server.port}/")))[0]

    failure_of(run(work()), "client-certificate-wanted")


def test_what_the_settings_show_of_one(tmp_path: Path, authority: Authority) -> None:
    files = Files(tmp_path, authority, "ada.example")
    told = inspect(pkcs12(files))
    assert told.subject == "CN=ada.example"
    assert told.not_after > datetime.now(UTC)
