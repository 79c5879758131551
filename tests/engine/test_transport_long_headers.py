"""Headers of 100 KiB arrive whole over either version of HTTP; ten thousand lines are refused with their number."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from h2_server import http2_serving
from servers import Authority, Peer, collect, replies, response, run, serving

from firstlight.model.exchange import Exchange
from firstlight.model.request import Header, Request, RequestSettings

LONG = "".join(f"{number:07d}," for number in range(12_800))
"""100 KiB of which no part repeats."""


def value_of(outcome: Exchange, name: str) -> str:
    assert outcome.response is not None, outcome.failure
    return outcome.response.header(name)


def test_a_value_of_100_kib_arrives_whole_and_is_sent_whole() -> None:
    received = bytearray()

    async def handler(peer: Peer) -> None:
        while not received.endswith(b"\r\n\r\n"):  # a StreamReader's lines end at 64 KiB
            received.extend(await peer.reader.read(65536))
        await peer.send(response(b"ok", f"X-Trace: {LONG}", f"X-Again: {LONG}"))

    async def work() -> None:
        async with serving(handler) as server:
            outcome, _ = await collect(Request(url=server.url, headers=(Header(name="X-Sent", value=LONG),)))
            assert value_of(outcome, "x-trace") == LONG
            assert value_of(outcome, "x-again") == LONG
            assert f"X-Sent: {LONG}\r\n".encode() in received

    run(work())


async def long_headers(scope: dict[str, Any], receive: Any, send: Any) -> None:
    if scope["type"] == "http":
        await receive()
        headers = [(b"x-trace", LONG.encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"ok"})


def test_over_http_2_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    authority = Authority(tmp_path)
    authority.server_context("localhost")
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.path))
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)

    async def work() -> None:
        async with http2_serving(long_headers, tmp_path / "localhost30.pem") as port:
            for _ in range(2):  # the settings are acknowledged by the second time
                request = Request(url=f"https://localhost:{port}/", settings=RequestSettings(http_version="2"))
                outcome, _ = await collect(request)
                assert value_of(outcome, "x-trace") == LONG

    run(work())


def test_ten_thousand_lines_are_refused_with_their_number_and_the_limit() -> None:
    async def work() -> None:
        lines = (f"X-{number}: {number}" for number in range(9_999))
        async with serving(replies(response(b"", *lines))) as server:
            outcome, _ = await collect(Request(url=server.url))
            assert outcome.failure is not None
            assert outcome.failure.kind == "too-many-headers"
            assert "has 10,000 header lines; more than 1,000 are not taken" in str(outcome.failure.message)

    run(work())
