"""HTTP/2 servers that hold back: no room for the body, no settings, no answer to them. Each is named by its phase."""

from __future__ import annotations

import ssl
from pathlib import Path

import h2.errors
import h2.events
import pytest
from h2_server import server_side, stingy
from servers import Authority, Handler, Peer, collect, run, serving

from firstlight.model.exchange import Exchange
from firstlight.model.request import Body, Request, RequestSettings

PATIENCE = RequestSettings(http_version="2", idle_timeout_s=0.4)


@pytest.fixture
def context(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    authority = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.path))
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)
    made = authority.server_context("localhost")
    made.set_alpn_protocols(["h2"])
    return made


def talk(handler: Handler, context: ssl.SSLContext, request: Request) -> Exchange:
    async def work() -> Exchange:
        async with serving(handler, context) as server:
            made = Request(
                method=request.method, url=f"https://localhost:{server.port}/", body=request.body, settings=PATIENCE
            )
            return (await collect(made))[0]

    return run(work())


def check(outcome: Exchange, layer: str, kind: str, words: str) -> None:
    assert outcome.failure is not None
    assert (outcome.failure.layer, outcome.failure.kind) == (layer, kind)
    assert words in str(outcome.failure.message)
    assert outcome.failure.hint


async def mute(peer: Peer) -> None:
    await peer.gone()


async def without_answer(peer: Peer) -> None:
    """Take the request and say nothing of it."""
    await stingy(peer)


async def gives_up_on_settings(peer: Peer) -> None:
    connection = server_side()
    connection.initiate_connection()
    connection.receive_data(await peer.reader.read(65536))
    connection.close_connection(error_code=h2.errors.ErrorCodes.SETTINGS_TIMEOUT)
    await peer.send(connection.data_to_send())
    await peer.gone()


async def resets_half_way(peer: Peer) -> None:
    connection = server_side()
    connection.initiate_connection()
    while data := await peer.reader.read(65536):
        for event in connection.receive_data(data):
            if isinstance(event, h2.events.RequestReceived):
                connection.send_headers(event.stream_id, [(":status", "200"), ("content-type", "text/plain")])
                connection.send_data(event.stream_id, b"the first half")
                connection.reset_stream(event.stream_id, error_code=h2.errors.ErrorCodes.ENHANCE_YOUR_CALM)
        await peer.send(connection.data_to_send())


BIG = Request(method="POST", body=Body(kind="raw", text="x" * 200_000))
SMALL = Request()


def test_a_server_that_makes_no_room_for_the_body(context: ssl.SSLContext) -> None:
    check(talk(stingy, context, BIG), "send", "idle-timeout", "took no more of the request")


def test_a_server_that_never_speaks(context: ssl.SSLContext) -> None:
    check(talk(mute, context, SMALL), "wait", "idle-timeout", "did not answer within 0.4 s")


def test_a_server_that_takes_the_request_and_says_nothing(context: ssl.SSLContext) -> None:
    check(talk(without_answer, context, SMALL), "wait", "idle-timeout", "did not answer")


def test_a_server_that_waited_too_long_for_our_settings(context: ssl.SSLContext) -> None:
    outcome = talk(gives_up_on_settings, context, SMALL)
    check(outcome, "wait", "connection-shut-down", "SETTINGS_TIMEOUT")


def test_a_stream_that_is_reset_half_way_keeps_what_came(context: ssl.SSLContext) -> None:
    outcome = talk(resets_half_way, context, SMALL)
    check(outcome, "read", "stream-reset", "ENHANCE_YOUR_CALM")
    assert outcome.response is not None
    assert outcome.response.body == b"the first half"
