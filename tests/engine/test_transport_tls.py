"""TLS: what was agreed is told, and a certificate that does not hold is named."""

from __future__ import annotations

import asyncio
import ssl
from pathlib import Path

import pytest
from servers import Authority, Peer, collect, replies, response, run, serving

from firstlight.model.events import CertificateRefused, Connected, Event, Sent, TlsEstablished
from firstlight.model.exchange import Exchange
from firstlight.model.request import Request, RequestSettings
from firstlight.transport import HttpTransport
from firstlight.transport.certificates import read_chain


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def trusted(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> Authority:
    """Trust the test's authority, as a company's machines trust the company's."""
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.path))
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)
    return authority


def talk(context: ssl.SSLContext, *, verify: bool = True, host: str = "localhost") -> tuple[Exchange, list[Event]]:
    async def work() -> tuple[Exchange, list[Event]]:
        async with serving(replies(response(b"secure")), context) as server:
            url = f"https://{host}:{server.port}/"
            return await collect(Request(url=url, settings=RequestSettings(verify_tls=verify)))

    return run(work())


def check(outcome: Exchange, kind: str, *words: str) -> None:
    assert outcome.failure is not None
    assert (outcome.failure.layer, outcome.failure.kind) == ("tls", kind)
    assert outcome.failure.hint
    assert all(word in str(outcome.failure.message) for word in words)


def test_a_good_certificate_and_what_was_agreed(trusted: Authority) -> None:
    outcome, events = talk(trusted.server_context("localhost", "127.0.0.1"))
    assert outcome.response is not None
    assert outcome.response.body == b"secure"
    agreed = next(event for event in events if isinstance(event, TlsEstablished))
    assert agreed.version.startswith("TLSv1.")
    assert agreed.cipher
    assert agreed.verified
    kinds = [type(event) for event in events]
    assert kinds.index(Connected) < kinds.index(TlsEstablished) < kinds.index(Sent)
    assert outcome.timings.tls_ms is not None


def test_an_address_instead_of_a_name(trusted: Authority) -> None:
    outcome, _ = talk(trusted.server_context("127.0.0.1"), host="127.0.0.1")
    assert outcome.response is not None


def test_a_server_that_speaks_tls_1_2_only(trusted: Authority) -> None:
    context = trusted.server_context("localhost")
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    _, events = talk(context)
    assert next(event for event in events if isinstance(event, TlsEstablished)).version == "TLSv1.2"


def test_verification_can_be_turned_off_for_one_request(authority: Authority) -> None:
    outcome, events = talk(authority.server_context("other.example", days=-1), verify=False)
    assert outcome.response is not None
    assert not next(event for event in events if isinstance(event, TlsEstablished)).verified


def test_the_certificates_that_were_refused_are_told(authority: Authority) -> None:
    context = authority.server_context("other.example", days=-1)
    outcome, events = talk(context)
    assert outcome.failure is not None
    (refused,) = [event for event in events if isinstance(event, CertificateRefused)]
    shown = read_chain(refused.chain)
    assert shown[0].names == ("other.example",)
    assert not [event for event in events if isinstance(event, TlsEstablished)]
    assert events.index(refused) == len(events) - 2, "the failure follows"


def test_turning_it_off_once_does_not_turn_it_off_for_the_next(authority: Authority) -> None:
    async def work() -> None:
        async with serving(replies(response()), authority.server_context("localhost")) as server:
            transport, url = HttpTransport(), f"https://localhost:{server.port}/"
            off, _ = await collect(Request(url=url, settings=RequestSettings(verify_tls=False)), transport)
            on, _ = await collect(Request(url=url), transport)
            await transport.aclose()
            assert off.failure is None
            check(on, "certificate-unknown-ca")

    run(work())


def test_an_authority_that_nobody_knows(authority: Authority) -> None:
    check(talk(authority.server_context("localhost"))[0], "certificate-unknown-ca", "localhost")


def test_a_certificate_that_has_expired(trusted: Authority) -> None:
    check(talk(trusted.server_context("localhost", days=-1))[0], "certificate-expired", "localhost")


def test_a_certificate_for_another_host(trusted: Authority) -> None:
    check(talk(trusted.server_context("other.example"))[0], "certificate-wrong-host", "localhost")


def test_https_to_a_port_that_speaks_plain_http() -> None:
    async def handler(peer: Peer) -> None:
        await peer.reader.read(100)
        await peer.send(response(status="400 Bad Request"))

    async def work() -> Exchange:
        async with serving(handler) as server:
            return (await collect(Request(url=f"https://localhost:{server.port}/")))[0]

    check(run(work()), "not-tls", "localhost")


def test_https_to_a_port_whose_server_speaks_first() -> None:
    async def handler(peer: Peer) -> None:
        await peer.send(b"220 mail.example ESMTP\r\n")
        await peer.gone()

    async def work() -> Exchange:
        async with serving(handler) as server:
            return (await collect(Request(url=f"https://localhost:{server.port}/")))[0]

    check(run(work()), "not-tls")


def test_plain_http_to_a_port_that_speaks_tls(authority: Authority) -> None:
    async def work() -> Exchange:
        async with serving(replies(response()), authority.server_context("localhost")) as server:
            return (await collect(Request(url=f"http://127.0.0.1:{server.port}/")))[0]

    failure = run(work()).failure
    assert failure is not None
    assert failure.kind in {"https-port", "no-answer", "connection-reset"}
    assert "https://" in str(failure.hint)


def test_a_server_that_closes_during_the_handshake() -> None:
    async def handler(peer: Peer) -> None:
        await peer.reader.read(100)

    async def work() -> Exchange:
        async with serving(handler) as server:
            return (await collect(Request(url=f"https://localhost:{server.port}/")))[0]

    check(run(work()), "tls-closed")


def test_a_server_that_never_finishes_the_handshake() -> None:
    async def handler(peer: Peer) -> None:
        await peer.gone()

    async def work() -> Exchange:
        async with serving(handler) as server:
            settings = RequestSettings(connect_timeout_s=0.2)
            return (await collect(Request(url=f"https://localhost:{server.port}/", settings=settings)))[0]

    check(run(work()), "tls-timeout", "connect timeout")


@pytest.mark.parametrize("alert", [40, 70], ids=["handshake_failure", "protocol_version"])
def test_no_common_version_or_cipher(alert: int) -> None:
    async def handler(peer: Peer) -> None:
        await peer.reader.read(100)
        await peer.send(bytes([0x15, 3, 3, 0, 2, 2, alert]))
        await peer.gone()

    async def work() -> Exchange:
        async with serving(handler) as server:
            return (await collect(Request(url=f"https://localhost:{server.port}/")))[0]

    check(run(work()), "no-common-tls", "localhost")


def test_a_certificate_file_of_the_environment_that_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "gone.pem"))
    outcome, _ = run(collect(Request(url="https://localhost/")))
    check(outcome, "bad-ca-file", "SSL_CERT_FILE", "gone.pem")


def test_cancelling_during_the_handshake_closes_the_connection() -> None:
    async def work() -> None:
        began, ended = asyncio.Event(), asyncio.Event()

        async def handler(peer: Peer) -> None:
            await peer.reader.read(100)
            began.set()
            await peer.gone()
            ended.set()

        async with serving(handler) as server, asyncio.TaskGroup() as group:
            transport = HttpTransport()
            task = group.create_task(collect(Request(url=f"https://localhost:{server.port}/"), transport))
            await began.wait()
            task.cancel()
            await ended.wait()
            await transport.aclose()

    run(work())


def test_through_a_proxy_tls_reaches_the_service(trusted: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    async def work() -> None:
        async with serving(replies(response(b"inside")), trusted.server_context("service.example")) as service:

            async def tunnel(peer: Peer) -> None:
                await peer.head()
                reader, writer = await asyncio.open_connection("127.0.0.1", service.port)
                await peer.send(b"HTTP/1.1 200 OK\r\n\r\n")
                async with asyncio.TaskGroup() as group:
                    group.create_task(_pump(peer.reader, writer))
                    group.create_task(_pump(reader, peer.writer))

            async with serving(tunnel) as proxy:
                monkeypatch.setenv("https_proxy", proxy.url)
                outcome, events = await collect(Request(url="https://service.example/a/../b"))
                assert outcome.response is not None
                assert outcome.response.body == b"inside"
                assert proxy.received[0].line == "CONNECT service.example:443 HTTP/1.1"
                assert service.received[0].target == "/a/../b"
                assert any(isinstance(event, TlsEstablished) for event in events)

    run(work())


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65536):
        writer.write(data)
    writer.close()
