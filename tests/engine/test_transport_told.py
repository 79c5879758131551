"""What the transport tells about a connection: addresses, certificates, the heads as they travelled."""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import Any

import pytest
from h2_server import http2_serving, tells
from servers import Authority, Peer, chunked, collect, replies, response, run, scope, serving

from firstlight.model.events import (
    Connected,
    Event,
    HeadersReceived,
    HeadSent,
    Informed,
    Redirected,
    Sent,
    TlsEstablished,
    TrailersReceived,
)
from firstlight.model.request import Body, Header, Request, RequestSettings
from firstlight.transport import HttpTransport

UNCHECKED = RequestSettings(verify_tls=False)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


def heads(events: list[Event]) -> list[HeadSent]:
    return [event for event in events if isinstance(event, HeadSent)]


def test_the_head_is_told_as_it_was_sent() -> None:
    async def work() -> None:
        seen: list[bytes] = []

        async def handler(peer: Peer) -> None:
            seen.append(await peer.reader.readuntil(b"\r\n\r\n"))
            await peer.send(response(b"fine"))

        async with serving(handler) as server:
            headers = (Header(name="x-Odd-Case", value="1"), Header(name="Accept", value="a, b"))
            request = Request(
                method="POST", url=f"{server.url}/p?q=1", headers=headers, body=Body(kind="raw", text="abc")
            )
            _, events = await collect(request)
        (head,) = heads(events)
        written = "".join(f"{line}\r\n" for line in (head.line, *(": ".join(pair) for pair in head.headers)))
        assert f"{written}\r\n".encode() == seen[0]
        names = [name for name, _ in head.headers]
        assert names[0] == "Host"
        assert {"x-Odd-Case", "Content-Length"} <= set(names)
        kinds = [type(event) for event in events]
        assert kinds.index(Connected) < kinds.index(HeadSent) < kinds.index(Sent)

    run(work())


def test_secrets_in_the_head_are_masked() -> None:
    async def work() -> None:
        async with serving(replies(response())) as server:
            headers = (Header(name="X-Own", value="a {{secret:pass}}"), Header(name="X-Auth-Token", value="typed"))
            request = Request(url=f"{server.url}/{{{{secret:pass}}}}?key={{{{secret:pass}}}}", headers=headers)
            _, events = await collect(request, where=scope(secrets={"pass": "hunter22"}))
            assert "hunter22" in server.received[0].line
        (head,) = heads(events)
        told = f"{head.line} {head.headers}"
        assert "hunter22" not in told
        assert "typed" not in told
        assert "••••••" in head.line

    run(work())


def test_http_2_tells_its_pseudo_headers(authority: Authority) -> None:
    async def work() -> None:
        authority.server_context("localhost")
        async with http2_serving(tells, authority.path.parent / "localhost30.pem") as port:
            transport = HttpTransport()
            request = Request(url=f"https://localhost:{port}/a", settings=UNCHECKED)
            _, first = await collect(request, transport)
            _, second = await collect(request, transport)
            await transport.aclose()
        for events in (first, second):
            (head,) = heads(events)
            assert head.http_version == "HTTP/2"
            assert head.line == ""
            assert [name for name, _ in head.headers][:4] == [":method", ":authority", ":scheme", ":path"]
            assert dict(head.headers)[":path"] == "/a"
            kinds = [type(event) for event in events]
            assert kinds.index(Connected) < kinds.index(TlsEstablished) < kinds.index(HeadSent) < kinds.index(Sent)

    run(work())


def test_http_2_with_prior_knowledge_tells_its_head() -> None:
    async def work() -> list[Event]:
        async with http2_serving(tells) as port:
            settings = RequestSettings(http_version="2")
            return (await collect(Request(url=f"http://127.0.0.1:{port}/a", settings=settings)))[1]

    assert heads(run(work()))[0].http_version == "HTTP/2"


def test_a_connection_tells_both_ends_and_which_request_this_is() -> None:
    async def work() -> None:
        async with serving(replies(response())) as server:
            transport = HttpTransport()
            told = []
            for _ in range(3):
                _, events = await collect(Request(url=server.url), transport)
                told += [event for event in events if isinstance(event, Connected)]
            await transport.aclose()
            assert [(event.request_number, event.reused) for event in told] == [(1, False), (2, True), (3, True)]
            assert {(event.address, event.port) for event in told} == {("127.0.0.1", server.port)}
            assert len({event.local_port for event in told}) == 1
            assert told[0].local_address == "127.0.0.1"
            assert told[0].local_port not in (0, server.port)
            assert told[0].proxy == ""

    run(work())


def test_a_proxy_is_told_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    async def work() -> list[Event]:
        async with serving(replies(response())) as proxy:
            monkeypatch.setenv("http_proxy", f"http://user:pass-word@127.0.0.1:{proxy.port}")
            return (await collect(Request(url="http://service.example/")))[1]

    events = run(work())
    connected = next(event for event in events if isinstance(event, Connected))
    assert connected.proxy.startswith("http://127.0.0.1:")
    assert "pass-word" not in str(events)
    assert heads(events)[0].line == "GET http://service.example/ HTTP/1.1"


def test_the_chain_of_a_verified_connection_reaches_the_authority(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.path))
    first, second = tls_of_two(authority, RequestSettings())
    assert first.verified
    assert len(first.chain) == 2
    assert ssl.DER_cert_to_PEM_cert(first.chain[1]) == authority.path.read_text()
    assert not first.reused
    assert second.reused
    assert second.chain == first.chain


def test_an_unverified_connection_tells_its_certificate_too(authority: Authority) -> None:
    first, second = tls_of_two(authority, UNCHECKED)
    assert len(first.chain) == 1
    assert first.chain[0]
    assert (second.verified, second.reused) == (False, True)


def tls_of_two(authority: Authority, settings: RequestSettings) -> tuple[TlsEstablished, TlsEstablished]:
    """Return what two requests over one connection tell about TLS."""

    async def work() -> tuple[TlsEstablished, TlsEstablished]:
        async with serving(replies(response()), authority.server_context("localhost")) as server:
            transport = HttpTransport()
            request = Request(url=f"https://localhost:{server.port}/", settings=settings)
            found = []
            for _ in range(2):
                outcome, events = await collect(request, transport)
                assert (outcome.timings.tls_ms is None) == bool(found)  # the second shakes no hands
                found.append(next(event for event in events if isinstance(event, TlsEstablished)))
            await transport.aclose()
            return found[0], found[1]

    return run(work())


def test_a_followed_redirect_tells_both_heads(tmp_path: Path) -> None:
    async def work() -> None:
        moved = response(b"", "Location: /there", "X-Why: moved", status="302 Gone Elsewhere")
        async with serving(replies(moved, chunked(b"here"))) as server:
            settings = RequestSettings(follow_redirects=True)
            _, events = await collect(Request(url=f"{server.url}/here", settings=settings))
        assert [head.line for head in heads(events)] == ["GET /here HTTP/1.1", "GET /there HTTP/1.1"]
        step = next(event for event in events if isinstance(event, Redirected))
        assert (step.reason, step.http_version) == ("Gone Elsewhere", "HTTP/1.1")
        assert ("X-Why", "moved") in step.headers

    run(work())


async def _hints_and_trails(scope: dict[str, Any], receive: Any, send: Any) -> None:
    if scope["type"] != "http":
        return
    await receive()
    await send({"type": "http.response.early_hint", "links": [b"</a.css>; rel=preload"]})
    await send({"type": "http.response.start", "status": 200, "headers": [], "trailers": True})
    await send({"type": "http.response.body", "body": b"ok"})
    await send({"type": "http.response.trailers", "headers": [(b"x-sum", b"99")], "more_trailers": False})


def test_http_2_tells_informational_answers_and_trailers() -> None:
    async def work() -> None:
        async with http2_serving(_hints_and_trails) as port:
            settings = RequestSettings(http_version="2")
            asking = (Header(name="te", value="trailers"),)
            request = Request(url=f"http://127.0.0.1:{port}/", headers=asking, settings=settings)
            outcome, events = await collect(request)
        assert outcome.failure is None
        informed = next(event for event in events if isinstance(event, Informed))
        assert informed.status == 103
        assert ("link", "</a.css>; rel=preload") in informed.headers
        assert not [name for name, _ in informed.headers if name.startswith(":")]
        trailers = next(event for event in events if isinstance(event, TrailersReceived))
        assert ("x-sum", "99") in trailers.headers
        kinds = [type(event) for event in events]
        assert kinds.index(Sent) < kinds.index(Informed) < kinds.index(HeadersReceived)

    run(work())


def test_a_tunnel_tells_what_the_proxy_was_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    async def work() -> None:
        async def tunnel(peer: Peer) -> None:
            await peer.head()
            await peer.send(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")

        async with serving(tunnel) as proxy:
            monkeypatch.setenv("https_proxy", f"http://user:pass-word@127.0.0.1:{proxy.port}")
            _, events = await collect(Request(url="https://service.example/"))
        (head,) = heads(events)
        assert head.line == "CONNECT service.example:443 HTTP/1.1"
        assert dict(head.headers)["Proxy-Authorization"] == "Basic ••••••"

    run(work())
