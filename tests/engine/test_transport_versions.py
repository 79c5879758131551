"""HTTP/2 and HTTP/1.1, what stands before and behind an answer, and connections that go elsewhere."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from h2_server import http2_serving, tells
from servers import Authority, closed_port, collect, replies, response, run, serving

from firstlight.model.events import Connected, Event, Informed, ServerEvent, TlsEstablished, TrailersReceived
from firstlight.model.exchange import Exchange
from firstlight.model.request import Body, Request, RequestSettings
from firstlight.transport import HttpTransport


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def certificate(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A trusted certificate for localhost and service.example."""
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.path))
    authority.server_context("localhost", "service.example")
    return authority.path.parent / "localhost30.pem"


def version(version: str, **more: object) -> RequestSettings:
    return RequestSettings(http_version=version, **more)  # type: ignore[arg-type]


def text(outcome: Exchange) -> str:
    assert outcome.failure is None, outcome.failure
    assert outcome.response is not None
    return outcome.response.body.decode()


def talk(certificate: Path | None, *requests: Request) -> list[tuple[Exchange, list[Event]]]:
    async def work() -> list[tuple[Exchange, list[Event]]]:
        async with http2_serving(tells, certificate) as port:
            transport = HttpTransport()
            url = f"{'https' if certificate else 'http'}://localhost:{port}"
            told = [await collect(replace(request, url=url + request.url), transport) for request in requests]
            await transport.aclose()
            return told

    return run(work())


@pytest.mark.parametrize(
    ("wanted", "spoken"), [("auto", "HTTP/2"), ("2", "HTTP/2"), ("1.1", "HTTP/1.1")], ids=["auto", "2", "1.1"]
)
def test_the_version_is_agreed_on_and_told(certificate: Path, wanted: str, spoken: str) -> None:
    [(outcome, events)] = talk(certificate, Request(url="/x", settings=version(wanted)))
    assert text(outcome) == f"{spoken.removeprefix('HTTP/')} GET /x 0"
    assert outcome.response is not None
    assert (outcome.response.http_version, outcome.response.reason) == (spoken, "OK")
    agreed = next(event for event in events if isinstance(event, TlsEstablished))
    assert agreed.protocol == ("h2" if spoken == "HTTP/2" else "http/1.1")


def test_http2_without_tls_by_prior_knowledge() -> None:
    [(outcome, _)] = talk(None, Request(url="/plain", settings=version("2")))
    assert text(outcome) == "2 GET /plain 0"


def test_a_body_of_many_windows_travels_over_http2(certificate: Path) -> None:
    body = Body(kind="raw", text="x" * 3_000_000)
    [(outcome, _)] = talk(certificate, Request(method="POST", url="/", body=body))
    assert text(outcome) == "2 POST / 3000000"


def test_a_stream_over_http2_is_decoded_and_the_connection_used_again(certificate: Path) -> None:
    first, second = talk(certificate, Request(url="/stream"), Request(url="/again"))
    assert [event.data for event in first[1] if isinstance(event, ServerEvent)] == list("01234")
    assert text(second[0]) == "2 GET /again 0"
    assert next(event for event in second[1] if isinstance(event, Connected)).reused


def test_requests_at_the_same_time_do_not_share_a_connection(certificate: Path) -> None:
    async def work() -> None:
        async with http2_serving(tells, certificate) as port:
            transport = HttpTransport()
            requests = [Request(url=f"https://localhost:{port}/{number}") for number in range(8)]
            told = await asyncio.gather(*(collect(request, transport) for request in requests))
            assert [text(outcome) for outcome, _ in told] == [f"2 GET /{number} 0" for number in range(8)]
            assert not any(event.reused for _, events in told for event in events if isinstance(event, Connected))
            again, events = await collect(requests[0], transport)
            assert next(event for event in events if isinstance(event, Connected)).reused
            assert text(again) == "2 GET /0 0"
            await transport.aclose()

    run(work())


def test_a_server_without_http2_is_named_when_nothing_else_will_do(authority: Authority, certificate: Path) -> None:
    async def work() -> Exchange:
        context = authority.server_context("localhost")
        context.set_alpn_protocols(["http/1.1"])
        async with serving(replies(response(b"old")), context) as server:
            url = f"https://localhost:{server.port}/"
            outcome, _ = await collect(Request(url=url))
            assert text(outcome) == "old"
            outcome, _ = await collect(Request(url=url, settings=version("2")))
            return outcome

    failure = run(work()).failure
    assert failure is not None
    # a server that offers only HTTP/1.1 may refuse the handshake (RFC 7301 §3.2) or agree on nothing
    assert (failure.layer, failure.kind) in {("protocol", "no-http2"), ("tls", "handshake-failed")}


def test_a_connection_goes_elsewhere_while_host_and_certificate_stay(authority: Authority, certificate: Path) -> None:
    async def work() -> None:
        async with serving(replies(response(b"vpc")), authority.server_context("service.example")) as server:
            settings = RequestSettings(connect_to=f"127.0.0.1:{server.port}")
            outcome, events = await collect(Request(url="https://service.example/x", settings=settings))
            assert text(outcome) == "vpc"
            assert server.received[0].header("host") == "service.example"
            assert next(event for event in events if isinstance(event, Connected)).address == "127.0.0.1"

    run(work())


@pytest.mark.parametrize("address", ["[::1", "host:port", "a b", "x:99999", "http://x"])
def test_what_is_no_address_to_connect_to(address: str) -> None:
    settings = RequestSettings(connect_to=address)
    outcome, _ = run(collect(Request(url="http://service.example/", settings=settings)))
    assert outcome.failure is not None
    assert (outcome.failure.layer, outcome.failure.kind) == ("connect", "bad-connect-to")
    assert address in str(outcome.failure.message)


def test_a_bare_address_keeps_the_port_of_the_url() -> None:
    port = closed_port()
    settings = RequestSettings(connect_to="127.0.0.1")
    outcome, _ = run(collect(Request(url=f"http://service.example:{port}/", settings=settings)))
    assert outcome.failure is not None
    assert outcome.failure.kind == "connection-refused"
    assert f"127.0.0.1:{port}" in str(outcome.failure.message)


def test_answers_before_the_answer_and_fields_behind_it_are_told() -> None:
    answer = (
        b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n"
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Digest\r\n\r\n"
        b"5\r\nhello\r\n0\r\nX-Digest: abc\r\n\r\n"
    )

    async def work() -> tuple[Exchange, list[Event]]:
        async with serving(replies(answer)) as server:
            return await collect(Request(url=server.url))

    outcome, events = run(work())
    assert text(outcome) == "hello"
    early = next(event for event in events if isinstance(event, Informed))
    assert (early.status, early.reason, early.headers) == (103, "Early Hints", (("Link", "</style.css>"),))
    behind = next(event for event in events if isinstance(event, TrailersReceived))
    assert behind.headers == (("X-Digest", "abc"),)
