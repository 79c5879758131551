"""The handshake is an ordinary request until it is answered: its URL, headers, credential, TLS, proxy, redirects."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from servers import Authority, Handler, Peer, replies, response, run, scope, serving
from websocket_peers import accepting, goodbye, hear, opened, real_server, says, talk
from websockets.asyncio.server import ServerConnection

from firstlight.model.events import Failed, HeadersReceived, Redirected, Started, WebSocketOpened
from firstlight.model.exchange import Exchange
from firstlight.model.network import NetworkSettings
from firstlight.model.request import Authorization, Body, Header, Param, Request, RequestSettings
from firstlight.runner.conversation import Conversation
from firstlight.runner.exchange import exchange
from firstlight.transport import HttpTransport


async def greet(connection: ServerConnection) -> None:
    """Leave at once."""
    await connection.close()


def test_params_headers_and_authorization_travel_with_the_handshake_and_no_body_does() -> None:
    async def work() -> None:
        async with serving(says(goodbye())) as server:
            request = Request(
                protocol="websocket",
                method="POST",
                url=f"http://127.0.0.1:{server.port}/v1/:id",
                params=(Param(name="a", value="1"),),
                path_variables=(Param(name="id", value="7"),),
                headers=(Header(name="X-Own", value="{{who}}"),),
                authorization=Authorization(kind="bearer", values={"token": "{{secret:t}}"}),
                body=Body(kind="raw", text="{{nobody}}"),
            )
            where = scope(secrets={"t": "sesame-1234"}, who="Ada")
            outcome, events = await talk(request, Conversation(), where)
        received = server.received[0]
        assert outcome.failure is None
        assert received.line == "GET /v1/7?a=1 HTTP/1.1"
        assert received.header("x-own") == "Ada"
        assert received.header("authorization") == "Bearer sesame-1234"
        assert received.header("upgrade") == "websocket"
        assert received.header("connection") == "Upgrade"
        assert received.header("sec-websocket-version") == "13"
        assert received.header("sec-websocket-extensions") == "permessage-deflate; client_max_window_bits"
        assert received.header("sec-websocket-protocol") is None
        assert received.header("content-length") is None
        assert isinstance(events[0], Started)
        assert events[0].url == f"ws://127.0.0.1:{server.port}/v1/7?a=1"
        assert "sesame" not in str(events)

    run(work())


def test_the_lines_of_the_handshake_come_after_what_is_signed() -> None:
    async def work() -> None:
        async with serving(says(goodbye())) as server:
            signed = Authorization(kind="bearer", values={"token": "x"})
            await talk(Request(url=f"ws://127.0.0.1:{server.port}/", authorization=signed), Conversation())
        names = [name.lower() for name, _ in server.received[0].headers]
        assert names.index("authorization") < names.index("upgrade")

    run(work())


def test_lines_of_the_user_win() -> None:
    async def work() -> None:
        key = "dGhlIHNhbXBsZSBub25jZQ=="
        async with serving(says(goodbye(), lines=("Sec-WebSocket-Protocol: mine",))) as server:
            rows = (
                Header(name="Sec-WebSocket-Key", value=key),
                Header(name="Sec-WebSocket-Protocol", value="other, mine"),
                Header(name="Sec-WebSocket-Extensions", value="x-webkit-deflate-frame"),
            )
            request = Request(url=f"ws://127.0.0.1:{server.port}/", headers=rows)
            outcome, events = await talk(request, Conversation())
        assert outcome.failure is None
        assert opened(events).subprotocol == "mine"
        received = server.received[0]
        assert [value for name, value in received.headers if name == "Sec-WebSocket-Key"] == [key]
        assert received.header("sec-websocket-extensions") == "x-webkit-deflate-frame"

    run(work())


@pytest.mark.parametrize(("offered", "chosen"), [("chat, json", "json"), ("json", "json"), ("other", "")])
def test_subprotocols_are_offered_in_order_and_the_chosen_one_is_told(offered: str, chosen: str) -> None:
    async def work() -> None:
        def choose(_: ServerConnection, names: object) -> str | None:
            return "json" if "json" in names else None  # type: ignore[operator]

        async with real_server(greet, subprotocols=["json"], select_subprotocol=choose) as port:
            settings = RequestSettings(subprotocols=offered)
            outcome, events = await talk(Request(url=f"ws://127.0.0.1:{port}/", settings=settings), Conversation())
        assert outcome.failure is None
        assert opened(events).subprotocol == chosen

    run(work())


REFUSALS = [
    ("200 OK", "ordinary requests"),
    ("301 Moved Permanently", "Location"),
    ("400 Bad Request", "does not accept"),
    ("401 Unauthorized", "Authorization tab"),
    ("403 Forbidden", "rights"),
    ("404 Not Found", "path"),
    ("426 Upgrade Required", "version"),
    ("429 Too Many Requests", "wait"),
    ("450 Queue Full", "body"),
    ("500 Internal Server Error", "log"),
    ("502 Bad Gateway", "no service"),
    ("503 Service Unavailable", "no service"),
]


@pytest.mark.parametrize(("status", "word"), REFUSALS)
def test_a_refused_handshake_is_an_answer_with_an_explanation(status: str, word: str) -> None:
    body = b'{"error_code":"ModelArts.0201","error_msg":"no token"}'
    outcome, events = run(hear(replies(response(body, "X-Request-Id: 7", status=status))))
    assert outcome.response is not None
    assert f"{outcome.response.status} {outcome.response.reason}" == status
    assert outcome.response.body == body
    assert outcome.response.header("x-request-id") == "7"
    assert outcome.failure is not None
    assert (outcome.failure.layer, outcome.failure.kind) == ("protocol", "handshake-refused")
    assert status in str(outcome.failure.message)
    assert word in str(outcome.failure.hint)
    assert isinstance(events[-1], Failed)
    assert not any(isinstance(event, WebSocketOpened) for event in events)


def answering(head: str) -> Handler:
    """Answer the handshake with this head."""

    async def handler(peer: Peer) -> None:
        await peer.head()
        await peer.send(head.replace("\n", "\r\n").encode() + b"\r\n\r\n")
        await peer.gone()

    return handler


def accepted(*lines: str, without: str = "") -> Handler:
    """Answer with a handshake that is right but for these lines."""

    async def handler(peer: Peer) -> None:
        asked = await peer.head()
        head = accepting(asked.header("sec-websocket-key") or "", *lines)
        kept = [line for line in head.split(b"\r\n") if not without or not line.lower().startswith(without.encode())]
        await peer.send(b"\r\n".join(kept))
        await peer.gone()

    return handler


@pytest.mark.parametrize(
    ("handler", "word"),
    [
        (answering("HTTP/1.1 101 Switching Protocols\nUpgrade: websocket\nConnection: Upgrade\n"
                   "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo="), "computed from the key"),
        (accepted(without="sec-websocket-accept"), "computed from the key"),
        (accepted(without="upgrade"), "RFC 6455"),
        (accepted(without="connection"), "RFC 6455"),
        (accepted("Sec-WebSocket-Protocol: surprise"), "subprotocol"),
        (accepted("Sec-WebSocket-Extensions: x-unknown"), "extension"),
    ],
)  # fmt: skip
def test_a_101_that_breaks_the_rules_is_named(handler: Handler, word: str) -> None:
    outcome, events = run(hear(handler))
    assert outcome.failure is not None
    assert (outcome.failure.layer, outcome.failure.kind) == ("protocol", "bad-handshake")
    assert word in str(outcome.failure.hint)
    assert outcome.response is not None
    assert outcome.response.status == 101
    assert any(isinstance(event, HeadersReceived) for event in events)


def test_no_answer_to_the_handshake_is_the_idle_timeout_of_http() -> None:
    async def silent(peer: Peer) -> None:
        await peer.head()
        await peer.gone()

    outcome, _ = run(hear(silent, Request(settings=RequestSettings(idle_timeout_s=0.1))))
    assert outcome.failure is not None
    assert (outcome.failure.layer, outcome.failure.kind) == ("wait", "idle-timeout")


def test_the_total_timeout_counts_for_an_open_websocket_too() -> None:
    settings = RequestSettings(total_timeout_s=0.3)
    outcome, events = run(hear(says(hang_up=False), Request(settings=settings)))
    assert any(isinstance(event, WebSocketOpened) for event in events)
    assert outcome.failure is not None
    assert outcome.failure.kind == "total-timeout"


def test_silence_on_an_open_websocket_is_no_failure() -> None:
    async def later(peer: Peer) -> None:
        await says()(peer)
        await asyncio.sleep(0.3)  # three times the idle timeout: this is what is tested
        await peer.send(goodbye())

    outcome, _ = run(hear(later, Request(settings=RequestSettings(idle_timeout_s=0.1))))
    assert outcome.failure is None


@pytest.mark.parametrize(("scheme", "location"), [("http", "ws"), ("ws", "http"), ("ws", "ws")])
def test_a_redirect_is_followed_and_secrets_stay_behind(scheme: str, location: str) -> None:
    async def work() -> None:
        async with serving(says(goodbye())) as there:
            moved = response(b"", f"Location: {location}://127.0.0.1:{there.port}/new", status="307 Temporary Redirect")
            async with serving(replies(moved)) as here:
                request = Request(
                    protocol="websocket",
                    url=f"{scheme}://127.0.0.1:{here.port}/",
                    headers=(Header(name="X-Auth-Token", value="sesame-1234"),),
                    settings=RequestSettings(follow_redirects=True),
                )
                outcome, events = await talk(request, Conversation())
        assert outcome.failure is None
        step = next(event for event in events if isinstance(event, Redirected))
        assert step.dropped == ("X-Auth-Token",)
        assert there.received[0].header("upgrade") == "websocket"
        assert there.received[0].header("x-auth-token") is None

    run(work())


@pytest.mark.parametrize("url", ["wss://localhost:{port}/x", "https://localhost:{port}/x"])
@pytest.mark.parametrize("version", ["auto", "2"])
def test_wss_and_https_are_the_same_and_use_the_tls_of_http(
    url: str, version: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.path))

    async def work() -> None:
        async with real_server(greet, authority.server_context("localhost")) as port:
            settings = RequestSettings(http_version=version)
            request = Request(protocol="websocket", url=url.format(port=port), settings=settings)
            outcome, events = await talk(request, Conversation())
        assert outcome.failure is None
        kinds = [event.__struct_config__.tag for event in events]
        assert kinds[:6] == ["started", "resolved", "connected", "tls", "request_head", "sent"]
        assert isinstance(events[0], Started)
        assert events[0].url == f"wss://localhost:{port}/x"

    run(work())


def test_a_certificate_that_is_not_trusted_is_named_as_for_http(tmp_path: Path) -> None:
    authority = Authority(tmp_path)

    async def work() -> Exchange:
        async with real_server(greet, authority.server_context("localhost")) as port:
            return (await talk(Request(url=f"wss://localhost:{port}/"), Conversation()))[0]

    outcome = run(work())
    assert outcome.failure is not None
    assert (outcome.failure.layer, outcome.failure.kind) == ("tls", "certificate-unknown-ca")


def test_connect_to_leads_elsewhere_with_the_host_of_the_url() -> None:
    async def work() -> None:
        async with serving(says(goodbye())) as server:
            settings = RequestSettings(connect_to=f"127.0.0.1:{server.port}")
            outcome, _ = await talk(Request(url="ws://service.example/x", settings=settings), Conversation())
        assert outcome.failure is None
        assert server.received[0].header("host") == "service.example"

    run(work())


async def _tunnel(peer: Peer) -> None:
    """Behave as a proxy: take CONNECT, then speak for the service behind it."""
    asked = await peer.head()
    if asked.method != "CONNECT":
        await peer.send(response(status="405 Method Not Allowed"))
        return
    await peer.send(b"HTTP/1.1 200 Connection established\r\n\r\n")
    await says(goodbye(1000, "through the tunnel"))(peer)


def test_a_proxy_is_asked_for_a_tunnel_also_without_tls() -> None:
    async def work() -> None:
        async with serving(_tunnel) as proxy:
            network = NetworkSettings(proxy_mode="custom", proxy_url=f"http://ada:sesame@127.0.0.1:{proxy.port}")
            transport, events = HttpTransport(network), []
            request = Request(url="ws://service.example/x")
            outcome = await exchange(request, scope(), transport, events.append, Conversation())
            await transport.aclose()
        assert outcome.failure is None
        assert outcome.closed is not None
        assert outcome.closed.reason == "through the tunnel"
        assert [received.line for received in proxy.received] == [
            "CONNECT service.example:80 HTTP/1.1", "GET /x HTTP/1.1",
        ]  # fmt: skip
        assert proxy.received[0].header("proxy-authorization") is not None
        assert proxy.received[1].header("proxy-authorization") is None

    run(work())


def test_a_proxy_that_refuses_the_tunnel_is_named() -> None:
    async def work() -> Exchange:
        refusal = response(status="407 Proxy Authentication Required")
        async with serving(replies(refusal)) as proxy:
            transport = HttpTransport(NetworkSettings(proxy_mode="custom", proxy_url=proxy.url))
            request = Request(url="ws://service.example/x")
            outcome = await exchange(request, scope(), transport, lambda _: None, Conversation())
            await transport.aclose()
            return outcome

    outcome = run(work())
    assert outcome.failure is not None
    assert (outcome.failure.layer, outcome.failure.kind) == ("proxy", "proxy-login")


def test_messages_that_came_with_the_head_are_not_lost() -> None:
    from websocket_peers import TEXT, frame, incoming

    outcome, events = run(hear(says(frame(TEXT, b"early") + frame(TEXT, b"bird") + goodbye())))
    assert outcome.failure is None
    assert [message.text for message in incoming(events)] == ["early", "bird"]


def test_an_ordinary_request_after_a_websocket_gets_a_connection_of_its_own() -> None:
    async def both(peer: Peer) -> None:
        asked = await peer.head()
        if asked.header("upgrade"):
            await peer.send(accepting(asked.header("sec-websocket-key") or "") + goodbye())
            await peer.gone()
        else:
            await peer.send(response(b"plain"))

    async def work() -> None:
        async with serving(both) as server:
            transport = HttpTransport()
            url = f"http://127.0.0.1:{server.port}/"
            opening = Request(url=url, protocol="websocket")
            first = await exchange(opening, scope(), transport, lambda _: None, Conversation())
            second = await exchange(Request(url=url), scope(), transport, lambda _: None)
            await transport.aclose()
        assert first.closed is not None
        assert second.response is not None
        assert second.response.body == b"plain"
        assert server.connections == 2

    run(work())
