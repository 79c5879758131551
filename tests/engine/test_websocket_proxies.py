"""A WebSocket, with and without TLS, through SOCKS5 and HTTP proxies that want a login."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from types import SimpleNamespace
from typing import Any, cast

import pytest
from proxy_servers import Seen, proxy_serving, socks_serving
from servers import Authority, Server, run, scope
from websocket_peers import incoming, real_server

from firstlight.model.events import Connected, Event, Resolved, TlsEstablished, WebSocketMessage
from firstlight.model.exchange import Exchange
from firstlight.model.network import NetworkSettings
from firstlight.model.request import Message, Request
from firstlight.runner.conversation import Conversation
from firstlight.runner.exchange import exchange
from firstlight.transport import HttpTransport

ADA = ("ada", "p@ss:w/rd")
QUOTED = "ada:p%40ss%3Aw%2Frd"
PLAIN, SECURE = "service.example:8080", "service.example:8443"


def proxy_of(kind: str, places: dict[str, Server]) -> AbstractAsyncContextManager[Seen]:
    if kind == "http":
        return proxy_serving(places, ADA)
    return socks_serving(places, ADA)


async def echoed(kind: str, user: str, context: Any) -> tuple[Exchange, list[Event], Seen]:
    """Send one message through a proxy and close when it came back."""
    place = SECURE if context else PLAIN
    conversation, events = Conversation(), list[Event]()
    conversation.send(Message(text="hello 初"), scope())

    def emit(event: Event) -> None:
        events.append(event)
        if isinstance(event, WebSocketMessage) and event.direction == "in":
            conversation.close()

    async with real_server(context=context) as port:
        there = cast(Server, SimpleNamespace(port=port))
        async with proxy_of(kind, {place: there}) as proxy:
            network = NetworkSettings(proxy_mode="custom", proxy_url=f"{kind}://{user}@127.0.0.1:{proxy.port}")
            transport = HttpTransport(network)
            try:
                request = Request(url=f"{'wss' if context else 'ws'}://{place}/talk")
                outcome = await exchange(request, scope(), transport, emit, conversation)
            finally:
                await transport.aclose()
            return outcome, events, proxy


@pytest.mark.parametrize("secure", [False, True], ids=["ws", "wss"])
@pytest.mark.parametrize("kind", ["http", "socks5", "socks5h"])
def test_messages_go_through_a_proxy_with_a_login(
    kind: str, secure: bool, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.path))
    context = authority.server_context("service.example") if secure else None
    outcome, events, proxy = run(echoed(kind, QUOTED, context))
    assert outcome.failure is None
    assert [message.text for message in incoming(events)] == ["hello 初"]
    assert proxy.asked == [SECURE if secure else PLAIN]
    assert proxy.logins == [ADA]
    assert any(isinstance(event, TlsEstablished) for event in events) is secure
    assert not any(isinstance(event, Resolved) for event in events), "the name is looked up over there"
    connected = next(event for event in events if isinstance(event, Connected))
    assert connected.proxy == f"{kind}://127.0.0.1:{proxy.port}"


@pytest.mark.parametrize("kind", ["http", "socks5"])
def test_a_wrong_login_is_named_and_no_message_leaves(kind: str) -> None:
    outcome, events, _ = run(echoed(kind, "ada:guess", None))
    assert outcome.failure is not None
    assert (outcome.failure.layer, outcome.failure.kind) == ("proxy", "proxy-login")
    assert not any(isinstance(event, WebSocketMessage) for event in events)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))
