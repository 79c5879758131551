"""What has begun is never begun again: a stream that breaks off costs no second answer, a WebSocket stays closed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from servers import Peer, Server, collect, response, run, scope, serving
from websocket_peers import accepting, goodbye, talk

from firstlight.model.exchange import Exchange
from firstlight.model.request import Body, Message, Request
from firstlight.runner.conversation import Conversation
from firstlight.transport import HttpTransport

EVENTS = b'retry: 1\nid: 7\ndata: {"choices": [{"delta": {"content": "Hel"}}]}\n\n'
"""Asks an EventSource of a browser to come back after a millisecond."""
CHUNK = f"{len(EVENTS):x}\r\n".encode() + EVENTS + b"\r\n"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"


async def reset(peer: Peer) -> None:
    await peer.send(HEAD + CHUNK)
    peer.reset()


async def hang_up(peer: Peer) -> None:
    await peer.send(HEAD + CHUNK)


async def end_early(peer: Peer) -> None:
    await peer.send(HEAD + CHUNK + b"0\r\n\r\n")


async def refuse(peer: Peer) -> None:
    await peer.send(response(b"later", "Retry-After: 0", status="503 Service Unavailable"))


async def say_nothing(peer: Peer) -> None:
    peer.reset()


CUTS = [reset, hang_up, end_early, refuse, say_nothing]


@pytest.mark.parametrize("method", ["POST", "GET"])
@pytest.mark.parametrize("cut", CUTS, ids=lambda cut: cut.__name__)
def test_a_stream_that_is_cut_is_never_asked_for_again(cut: object, method: str) -> None:
    async def handler(peer: Peer) -> None:
        await peer.request()
        await (refuse(peer) if peer.server.connections > 1 else cut(peer))  # type: ignore[operator]

    async def work() -> Server:
        transport = HttpTransport()
        async with serving(handler) as server:
            body = Body(kind="raw", text='{"stream": true}') if method == "POST" else Body()
            outcome, _ = await collect(Request(method=method, url=server.url, body=body), transport)
            assert _is_cut(outcome)
            assert server.connections == len(server.received) == 1
            await collect(Request(url=f"{server.url}/next"), transport)  # by now it would have come back
            await transport.aclose()
            return server

    server = run(work())
    assert [received.target for received in server.received] == ["/", "/next"]
    assert server.connections == 2


def _is_cut(outcome: Exchange) -> bool:
    stream, answer = outcome.stream, outcome.response
    return outcome.failure is not None or bool(stream and stream.truncated) or bool(answer and answer.status == 503)


@pytest.mark.parametrize("cut", ["reset", "hang up", "1012 service restart"])
def test_a_websocket_that_is_cut_is_never_opened_again(cut: str) -> None:
    async def handler(peer: Peer) -> None:
        if peer.server.connections > 1:
            await peer.request()
            await refuse(peer)
            return
        asked = await peer.head()
        await peer.send(accepting(asked.header("sec-websocket-key") or ""))
        await peer.reader.readexactly(1)  # the message is on its way
        if cut == "reset":
            peer.reset()
        elif cut.startswith("1012"):
            await peer.send(goodbye(1012, "service restart"))
            await peer.gone()

    async def work() -> Server:
        async with serving(handler) as server:
            request = Request(protocol="websocket", url=server.url.replace("http", "ws"))
            request = replace(request, messages=(Message(text="hello"),))
            outcome, _ = await talk(request, Conversation.of(request, scope()))
            assert outcome.failure is not None or (outcome.closed is not None and outcome.closed.code == 1012)
            assert server.connections == 1
            await collect(Request(url=f"{server.url}/next"))
            return server

    server = run(work())
    assert [received.target for received in server.received] == ["/", "/next"]
    assert server.connections == 2
