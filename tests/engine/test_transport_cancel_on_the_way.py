"""Cancel before the service is reached, or past a first answer: proxies, handshakes, tokens, redirects, HTTP/2."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from cancelling import Watch, cancel
from h2_server import http2_serving
from servers import Peer, response, run, scope, serving

from firstlight.model.events import Redirected, Sent
from firstlight.model.network import NetworkSettings
from firstlight.model.request import Authorization, Body, Request, RequestSettings
from firstlight.runner.tokens import Tokens

FOLLOWING = RequestSettings(follow_redirects=True)


def through(proxy: str) -> NetworkSettings:
    return NetworkSettings(proxy_mode="custom", proxy_url=proxy)


@pytest.mark.parametrize("url", ["http://service.example/", "https://service.example/", "wss://service.example/"])
def test_at_an_http_proxy_that_says_nothing(url: str) -> None:
    async def work() -> None:
        watch = Watch()

        async def silent(peer: Peer) -> None:
            await peer.head()
            watch.reached.set()
            await watch.stand(peer)

        async with serving(silent) as proxy:
            request = Request(url=url, protocol="websocket" if url.startswith("wss") else "http")
            await cancel(watch, request, f"http proxy, {url}", through(proxy.url))

    run(work())


@pytest.mark.parametrize("answered", [b"", b"\x05\x00"], ids=["greeting", "wish"])
def test_at_a_socks_proxy_that_says_nothing(answered: bytes) -> None:
    """It leaves the greeting unanswered, or the wish to be connected."""

    async def work() -> None:
        watch = Watch()

        async def silent(peer: Peer) -> None:
            await peer.reader.read(100)
            if answered:
                await peer.send(answered)
                await peer.reader.read(100)
            watch.reached.set()
            await watch.stand(peer)

        async with serving(silent) as proxy:
            request = Request(url="https://service.example/")
            await cancel(watch, request, "socks proxy", through(f"socks5://127.0.0.1:{proxy.port}"))

    run(work())


def test_behind_a_proxy_in_the_handshake() -> None:
    async def work() -> None:
        watch = Watch()

        async def tunnel(peer: Peer) -> None:
            await peer.head()
            await peer.send(b"HTTP/1.1 200 Connection established\r\n\r\n")
            await peer.reader.read(100)  # the client's half of the handshake of TLS; the other half never comes
            watch.reached.set()
            await watch.stand(peer)

        async with serving(tunnel) as proxy:
            await cancel(watch, Request(url="https://service.example/"), "tls in a tunnel", through(proxy.url))

    run(work())


def test_at_the_handshake_of_a_websocket() -> None:
    async def work() -> None:
        watch = Watch()

        async def silent(peer: Peer) -> None:
            assert (await peer.head()).header("upgrade") == "websocket"
            watch.reached.set()
            await watch.stand(peer)

        async with serving(silent) as server:
            request = Request(url=server.url.replace("http", "ws"), protocol="websocket")
            await cancel(watch, request, "websocket handshake")

    run(work())


def test_at_the_call_for_a_token() -> None:
    """The service is never reached; the identity service sees its own connection close."""

    async def work() -> None:
        watch = Watch()

        async def silent(peer: Peer) -> None:
            await peer.request()
            watch.reached.set()
            await watch.stand(peer)

        async with serving(silent) as iam:
            fields = {"endpoint": iam.url, "account": "a", "user": "u", "password": "p", "project": "cn-north-4"}
            request = Request(url="http://127.0.0.1:9/", authorization=Authorization(kind="huawei-iam", values=fields))
            tokens = Tokens()
            await cancel(watch, request, "iam token", where=replace(scope(), tokens=tokens))
            await tokens.aclose()
        assert len(watch.events) == 1, "nothing was sent to the service"

    run(work())


def test_behind_a_redirect() -> None:
    async def work() -> None:
        watch = Watch()

        async def moved_then_silent(peer: Peer) -> None:
            if (await peer.request()).target == "/":
                await peer.send(response(b"", "Location: /there", status="307 Temporary Redirect"))
                await peer.request()
            watch.reached.set()
            await watch.stand(peer)

        async with serving(moved_then_silent) as server:
            body = Body(kind="raw", text="{}")
            await cancel(watch, Request(method="POST", url=server.url, body=body, settings=FOLLOWING), "redirect")
        assert [event for event in watch.events if isinstance(event, Redirected)]

    run(work())


@pytest.mark.parametrize("begun", [False, True], ids=["wait", "download"])
def test_over_http_2(*, begun: bool) -> None:
    async def work() -> None:
        watch = Watch()

        async def application(asked: dict[str, Any], receive: Any, send: Any) -> None:
            if asked["type"] != "http":
                return
            await receive()
            if begun:
                await send({"type": "http.response.start", "status": 200, "headers": []})
                await send({"type": "http.response.body", "body": b"first", "more_body": True})
            watch.reached.set()
            assert (await receive())["type"] == "http.disconnect"
            watch.closed.set()

        async with http2_serving(application) as port:
            request = Request(url=f"http://127.0.0.1:{port}/", settings=RequestSettings(http_version="2"))
            await cancel(watch, request, "http/2, download" if begun else "http/2, wait")
        assert [event for event in watch.events if isinstance(event, Sent)]

    run(work())
