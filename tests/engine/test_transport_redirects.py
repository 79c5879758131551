"""Redirects are followed only when asked, by the rules, and never carry a secret to another origin."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from servers import Authority, Peer, Received, Server, collect, replies, response, run, scope, serving

from firstlight.auth import METHODS, AuthMethod
from firstlight.model.events import Event, HeadersReceived, Redirected
from firstlight.model.exchange import Exchange, Scope
from firstlight.model.request import Authorization, Body, Header, Param, Request, RequestSettings

FOLLOW = RequestSettings(follow_redirects=True)
SECRETS = {"token": "s3cret-token", "username": "ada", "password": "s3cret-token", "value": "s3cret-token",
           "appcode": "s3cret-token", "key": "X-Own-Key", "ak": "AK123456", "sk": "s3cret-token", "region": "r",
           "service": "s", "app_key": "s3cret-token", "app_secret": "s3cret-token", "access_key": "AK1",
           "secret_key": "s3cret-token"}  # fmt: skip


def to(location: str, status: str = "302 Found") -> bytes:
    return response(b"moved", f"Location: {location}", status=status)


def across(request: Request, status: str = "302 Found", where: Scope | None = None) -> tuple[Received, list[Event]]:
    """Send to a server that redirects to another one; return what the other one got."""

    async def work() -> tuple[Received, list[Event]]:
        async with serving(replies(response(b"there"))) as other:

            async def handler(peer: Peer) -> None:
                received = await peer.request()
                _, _, query = received.target.partition("?")
                await peer.send(to(f"{other.url}/landed?{query}", status))

            async with serving(handler) as first:
                filled = Request(**{name: getattr(request, name) for name in request.__dataclass_fields__} | {
                    "url": first.url + "/", "settings": FOLLOW})  # fmt: skip
                outcome, events = await collect(filled, where=where)
                assert outcome.failure is None, outcome.failure
                assert outcome.response is not None
                assert outcome.response.body == b"there"
                return other.received[0], events

    return run(work())


def redirected(events: list[Event]) -> Redirected:
    return next(event for event in events if isinstance(event, Redirected))


def test_off_by_default_the_redirect_is_the_answer() -> None:
    async def work() -> None:
        async with serving(replies(to("/elsewhere"))) as server:
            outcome, events = await collect(Request(url=server.url))
            assert outcome.response is not None
            assert (outcome.response.status, outcome.response.body) == (302, b"moved")
            assert not any(isinstance(event, Redirected) for event in events)
            assert len(server.received) == 1

    run(work())


@pytest.mark.parametrize("location", ["ht!tp://[", "http://", "", "//:x/"])
def test_an_odd_location_is_shown_when_redirects_are_off(location: str) -> None:
    async def work() -> None:
        async with serving(replies(to(location))) as server:
            outcome, _ = await collect(Request(url=server.url))
            assert outcome.failure is None
            assert outcome.response is not None
            assert outcome.response.status == 302

    run(work())


@pytest.mark.parametrize(
    ("status", "method", "then"),
    [
        ("301 Moved", "POST", "GET"), ("302 Found", "POST", "GET"), ("303 See Other", "POST", "GET"),
        ("303 See Other", "PUT", "GET"), ("303 See Other", "HEAD", "HEAD"), ("301 Moved", "PUT", "PUT"),
        ("307 Temporary", "POST", "POST"), ("308 Permanent", "PUT", "PUT"),
    ],
)  # fmt: skip
def test_the_method_and_body_follow_the_standard(status: str, method: str, then: str) -> None:
    async def work() -> None:
        async def handler(peer: Peer) -> None:
            while True:
                received = await peer.request()
                empty = received.method == "HEAD"
                answer = to("/there?x=1", status) if received.target == "/" else response(b"" if empty else b"ok")
                await peer.send(answer.removesuffix(b"moved") if empty else answer)

        async with serving(handler) as server:
            body = Body() if method == "HEAD" else Body(kind="raw", text='{"a": 1}')
            outcome, events = await collect(Request(method=method, url=server.url, body=body, settings=FOLLOW))
            assert outcome.failure is None, outcome.failure
            second = server.received[1]
            assert (second.method, second.target) == (then, "/there?x=1")
            kept = then == method and method != "HEAD"
            assert second.body == (b'{"a": 1}' if kept else b"")
            assert (second.header("content-type") is not None) == kept
            assert redirected(events).method == then
            assert server.connections == 1
            assert sum(isinstance(event, HeadersReceived) for event in events) == 1

    run(work())


@pytest.mark.parametrize("entry", [m for m in METHODS if m.sign], ids=lambda entry: entry.kind)
@pytest.mark.parametrize("location", ["/landed", "http://127.0.0.1:9/landed"])
def test_a_signature_is_never_used_a_second_time(entry: AuthMethod, location: str) -> None:
    async def work() -> None:
        async with serving(replies(to(location))) as server:
            request = Request(url=f"{server.url}/api/predict/x", settings=FOLLOW)
            outcome, _ = await collect(replace(request, authorization=Authorization(kind=entry.kind, values=SECRETS)))
            assert outcome.response is not None
            assert outcome.response.status == 302
            assert outcome.failure is not None
            assert (outcome.failure.layer, outcome.failure.kind) == ("protocol", "redirect-of-a-signed-request")
            assert "signed for it" in str(outcome.failure.hint)
            assert len(server.received) == 1

    run(work())


@pytest.mark.parametrize(
    "entry", [m for m in METHODS if m.fields and not m.sign and not m.acquire], ids=lambda entry: entry.kind
)
def test_no_authorization_travels_to_another_origin(entry: object) -> None:
    kind: str = entry.kind  # type: ignore[attr-defined]
    received, events = across(Request(authorization=Authorization(kind=kind, values=SECRETS)))
    assert "s3cret-token" not in repr(received)
    assert redirected(events).dropped


def test_an_api_key_in_the_query_is_not_repeated_to_another_origin() -> None:
    values = {"key": "api_key", "value": "s3cret-token", "in": "query"}
    request = Request(params=(Param(name="q", value="1"),), authorization=Authorization(kind="apikey", values=values))
    received, events = across(request)
    assert received.target == "/landed?q=1"
    assert redirected(events).dropped == ("api_key",)
    assert "s3cret-token" not in repr([event for event in events if not isinstance(event, HeadersReceived)])


def test_typed_secrets_and_cookies_are_dropped_and_the_rest_stays() -> None:
    rows = (
        Header(name="Cookie", value="session=abc"),
        Header(name="X-Auth-Token", value="MII"),
        Header(name="X-Custom", value="uses s3cret-token inside"),
        Header(name="X-Harmless", value="stays"),
        Header(name="Host", value="virtual.example"),
    )
    params = (Param(name="note", value="{{secret:t}}"),)
    received, events = across(Request(headers=rows, params=params), where=scope(secrets={"t": "s3cret-token"}))
    assert received.header("x-harmless") == "stays"
    assert [received.header(name) for name in ("cookie", "x-auth-token", "x-custom")] == [None] * 3
    assert received.header("host") != "virtual.example"
    assert received.target == "/landed"
    assert set(redirected(events).dropped) == {"Cookie", "X-Auth-Token", "X-Custom", "Host", "note"}


def test_a_body_with_a_secret_stays_at_home() -> None:
    async def work() -> None:
        async with serving(replies(response())) as other, serving(replies(to(other.url, "307 Temporary"))) as first:
            body = Body(kind="raw", text='{"password": "{{secret:p}}"}')
            request = Request(method="POST", url=first.url, body=body, settings=FOLLOW)
            outcome, _ = await collect(request, where=scope(secrets={"p": "s3cret-token"}))
            assert outcome.failure is not None
            assert outcome.failure.kind == "redirect-with-secret-body"
            assert outcome.response is not None
            assert outcome.response.status == 307
            assert other.received == []

    run(work())


def test_a_file_follows_a_redirect_that_keeps_the_method(tmp_path: Path) -> None:
    (tmp_path / "rose.jpg").write_bytes(b"\xff\xd8 a picture")
    request = Request(method="POST", body=Body(kind="binary", path="rose.jpg"))
    received, _ = across(request, "307 Temporary Redirect", scope(tmp_path))
    assert received.body == b"\xff\xd8 a picture"
    assert received.header("content-type") == "image/jpeg"


def test_secrets_stay_on_the_same_origin() -> None:
    async def work() -> None:
        async with serving(replies(to("/next"), response(b"ok"))) as server:
            authorization = Authorization(kind="bearer", values={"token": "s3cret-token"})
            _, events = await collect(Request(url=server.url, authorization=authorization, settings=FOLLOW))
            assert server.received[1].header("authorization") == "Bearer s3cret-token"
            assert redirected(events).dropped == ()

    run(work())


def test_a_secret_that_was_dropped_does_not_come_back() -> None:
    async def work() -> None:
        urls: list[str] = []
        async with serving(replies(response(b"home"))) as third:

            async def second(peer: Peer) -> None:
                await peer.request()
                await peer.send(to(urls[0] + "/back"))

            async def first(peer: Peer) -> None:
                received = await peer.request()
                await peer.send(to(urls[1]) if received.target == "/" else to(third.url))

            async with serving(first) as one, serving(second) as two:
                urls += [one.url, two.url]
                authorization = Authorization(kind="bearer", values={"token": "s3cret-token"})
                await collect(Request(url=one.url, authorization=authorization, settings=FOLLOW))
                assert [received.header("authorization") is None for received in one.received] == [False, True]
                assert third.received[0].header("authorization") is None

    run(work())


def test_after_ten_redirects_the_last_is_shown() -> None:
    async def work() -> tuple[Exchange, Server]:
        async with serving(replies(to("/again"))) as server:
            outcome, _ = await collect(Request(url=server.url, settings=FOLLOW))
            return outcome, server

    outcome, server = run(work())
    assert outcome.failure is not None
    assert outcome.failure.kind == "too-many-redirects"
    assert outcome.response is not None
    assert outcome.response.status == 302
    assert len(server.received) == 11


def test_never_from_https_to_http(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    authority = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.path))

    async def work() -> None:
        async with serving(replies(response())) as plain:
            answer = replies(to(plain.url + "/x"))
            async with serving(answer, authority.server_context("localhost")) as secure:
                request = Request(url=f"https://localhost:{secure.port}/", settings=FOLLOW)
                outcome, events = await collect(request)
                assert outcome.failure is not None
                assert (outcome.failure.layer, outcome.failure.kind) == ("protocol", "redirect-to-plain-http")
                assert "http://127.0.0.1" in str(outcome.failure.message)
                assert outcome.response is not None
                assert (outcome.response.status, outcome.response.body) == (302, b"moved")
                assert plain.received == []
                assert not any(isinstance(event, Redirected) for event in events)

    run(work())


@pytest.mark.parametrize("location", ["ftp://host/", "http://h:port/", "mailto:ada@host", "javascript:1"])
def test_a_location_that_cannot_be_followed_is_named(location: str) -> None:
    async def work() -> None:
        async with serving(replies(to(location))) as server:
            outcome, _ = await collect(Request(url=server.url, settings=FOLLOW))
            assert outcome.failure is not None
            assert outcome.failure.kind == "bad-redirect"
            assert location in str(outcome.failure.message)
            assert outcome.response is not None

    run(work())


@pytest.mark.parametrize("then_close", [False, True])
def test_a_redirect_whose_own_body_never_ends_is_followed_all_the_same(then_close: bool) -> None:
    async def work() -> None:
        async def handler(peer: Peer) -> None:
            if (await peer.request()).target == "/there":
                await peer.send(response(b"there"))
                return
            await peer.send(b"HTTP/1.1 302 Found\r\nLocation: /there\r\nContent-Length: 100\r\n\r\nmov")
            if not then_close:
                await peer.gone()

        async with serving(handler) as server:
            outcome, _ = await collect(Request(url=server.url, settings=FOLLOW))
            assert outcome.failure is None, outcome.failure
            assert outcome.response is not None
            assert outcome.response.body == b"there"

    run(work())


def test_a_300_or_a_missing_location_is_an_answer() -> None:
    async def work() -> None:
        for answer in (response(b"choose", status="300 Multiple Choices"), response(b"x", status="302 Found")):
            async with serving(replies(answer)) as server:
                outcome, _ = await collect(Request(url=server.url, settings=FOLLOW))
                assert outcome.failure is None

    run(work())


def test_times_of_all_hops_add_up() -> None:
    async def work() -> None:
        async with serving(replies(response(b"ok"))) as other, serving(replies(to(other.url))) as first:
            outcome, _ = await collect(Request(url=first.url, settings=FOLLOW))
            t = outcome.timings
            phases = (t.dns_ms, t.connect_ms, t.tls_ms, t.send_ms, t.wait_ms, t.download_ms)
            assert t.total_ms is not None
            assert sum(phase or 0.0 for phase in phases) == pytest.approx(t.total_ms)

    run(work())
