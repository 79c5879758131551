"""What the matrix of failures (tests/causes) does not say of them: times, order, secrets, bytes at the border."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from servers import Handler, Peer, chunked, collect, replies, response, run, scope, serving

from firstlight.model.events import BodyReceived, Failed, HeadersReceived, Started
from firstlight.model.exchange import Exchange
from firstlight.model.request import Authorization, Body, Header, Request, RequestSettings
from firstlight.transport import HttpTransport, network


def outcome_of(handler: Handler, request: Request | None = None, path: str = "/") -> Exchange:
    """Send to a server that behaves like `handler`; check what every failure has in common."""

    async def work() -> Exchange:
        async with serving(handler) as server:
            sent = request or Request()
            outcome, events = await collect(Request(**{**fields(sent), "url": server.url + path}))
        assert isinstance(events[0], Started)
        assert isinstance(events[-1], Failed)
        assert sum(isinstance(event, Failed) for event in events) == 1
        assert events[-1].failure == outcome.failure
        return outcome

    return run(work())


def fields(request: Request) -> dict[str, object]:
    return {name: getattr(request, name) for name in request.__dataclass_fields__}


def check(outcome: Exchange, layer: str, kind: str, *words: str) -> None:
    assert outcome.failure is not None
    assert (outcome.failure.layer, outcome.failure.kind) == (layer, kind)
    assert outcome.failure.hint
    for word in words:
        assert word in str(outcome.failure.message)


def with_row(name: str, value: str) -> Request:
    return Request(url="http://h/", headers=(Header(name=name, value=value),))


def sending(data: bytes) -> Handler:
    """Answer with these bytes and close."""
    return replies(data, then_close=True)


# The way there


def test_a_name_without_address() -> None:
    outcome, _ = run(collect(Request(url="http://no-such-host.invalid/")))
    check(outcome, "dns", "unknown-host", "no-such-host.invalid")
    assert outcome.timings.dns_ms is not None
    assert outcome.timings.connect_ms is None


def test_a_host_with_two_addresses_uses_the_one_that_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    async def both(host: str, port: int) -> list[str]:
        return ["127.0.0.2", "127.0.0.1"]

    async def work() -> tuple[Exchange, list[object]]:
        async with serving(replies(response(b"ok"))) as server:
            outcome, events = await collect(Request(url=f"http://two.example:{server.port}/"))
            return outcome, list(events)

    monkeypatch.setattr(network, "resolve", both)
    outcome, _ = run(work())
    assert outcome.response is not None
    assert outcome.response.body == b"ok"


# Answers that do not come


def test_a_server_that_says_nothing() -> None:
    async def handler(peer: Peer) -> None:
        await peer.request()
        await peer.gone()

    outcome = outcome_of(handler, Request(settings=RequestSettings(idle_timeout_s=0.1)))
    check(outcome, "wait", "idle-timeout", "0.1 s", "idle timeout")
    assert outcome.timings.wait_ms is not None
    assert outcome.timings.wait_ms >= 100


def test_an_answer_that_takes_longer_than_allowed_in_all() -> None:
    async def handler(peer: Peer) -> None:
        await peer.request()
        await peer.send(chunked(b"first", end=False))
        while True:
            await peer.send(b"1\r\nx\r\n")
            await asyncio.sleep(0.01)

    outcome = outcome_of(handler, Request(settings=RequestSettings(total_timeout_s=0.3)))
    check(outcome, "read", "total-timeout", "0.3 s", "total timeout")
    assert outcome.response is not None
    assert outcome.response.body.startswith(b"first")


def test_an_early_refusal_is_shown_although_the_body_was_not_taken() -> None:
    async def handler(peer: Peer) -> None:
        await peer.head()
        await peer.send(response(b"too large", "Connection: close", status="413 Payload Too Large"))
        await asyncio.Event().wait()

    async def work() -> Exchange:
        async with serving(handler) as server:
            body = Body(kind="raw", text="x" * 20_000_000)
            settings = RequestSettings(idle_timeout_s=0.2)
            outcome, _ = await collect(Request(method="POST", url=server.url, body=body, settings=settings))
            return outcome

    outcome = run(work())
    assert outcome.failure is None
    assert outcome.response is not None
    assert (outcome.response.status, outcome.response.body) == (413, b"too large")


# Answers that break the rules


@pytest.mark.parametrize(
    ("answer", "layer", "kind", "words"),
    [
        (b"SSH-2.0-OpenSSH_9.2\r\n", "protocol", "not-http", ["SSH-2.0"]),
        (b"\x15\x03\x03\x00\x02\x02\x28", "protocol", "https-port", ["http://"]),
        (b"HTTP/1.1 abc Oops\r\n\r\n", "protocol", "bad-status-line", ["status line"]),
        (b"HTTP/1.1 200 OK\r\nbad header\r\n\r\n", "protocol", "bad-head", ["header"]),
        (b"HTTP/1.1 200 OK\r\nContent-Length: ten\r\n\r\n", "protocol", "bad-head", ["Content-Length"]),
        (b"HTTP/1.1 200 OK\r\nContent-Le", "read", "truncated-head", []),
        (b"HTTP/1.1 200 OK\r\nX: " + b"x" * 1_100_000, "protocol", "head-too-large", ["1024 KiB"]),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", "read", "truncated-body", ["4 bytes, expected 10"]),
        (chunked(b"half", end=False), "read", "truncated-body", ["incomplete chunked read"]),
        (chunked(b"half", end=False) + b"zz\r\n", "protocol", "bad-chunk", []),
    ],
)  # fmt: skip
def test_bytes_that_are_not_an_answer(answer: bytes, layer: str, kind: str, words: list[str]) -> None:
    outcome = outcome_of(sending(answer))
    check(outcome, layer, kind, *words)
    if b"half" in answer:
        assert outcome.response is not None
        assert outcome.response.body == b"half"


def test_an_answer_broken_off_in_the_middle() -> None:
    async def handler(peer: Peer) -> None:
        await peer.request()
        await peer.send(chunked(b"half", end=False))
        await peer.request()

    async def work() -> Exchange:
        peers: list[Peer] = []

        async def remembered(peer: Peer) -> None:
            peers.append(peer)
            await handler(peer)

        async with serving(remembered) as server:
            transport = HttpTransport()

            def on_body(event: object) -> None:
                if isinstance(event, BodyReceived):
                    peers[0].reset()

            from firstlight.runner.exchange import exchange

            outcome = await exchange(Request(url=server.url), scope(), transport, on_body)
            await transport.aclose()
            return outcome

    outcome = run(work())
    check(outcome, "read", "connection-reset", "middle of the answer")
    assert outcome.response is not None
    assert outcome.response.body == b"half"


def test_a_kept_connection_that_breaks_says_so_and_is_not_repeated() -> None:
    async def handler(peer: Peer) -> None:
        await peer.request()
        await peer.send(response(b"1"))
        await peer.request()

    async def work() -> Exchange:
        async with serving(handler) as server:
            transport = HttpTransport()
            await collect(Request(url=server.url), transport)
            outcome, _ = await collect(Request(method="POST", url=server.url), transport)
            await transport.aclose()
            assert len(server.received) == 2
            return outcome

    outcome = run(work())
    check(outcome, "wait", "no-answer")
    assert outcome.failure is not None
    assert "kept" in str(outcome.failure.hint)


# Files


def test_a_file_that_is_rewritten_while_it_is_sent(tmp_path: Path) -> None:
    path = tmp_path / "big.bin"
    path.write_bytes(b"x" * 30_000_000)

    async def handler(peer: Peer) -> None:
        await peer.head()
        await peer.reader.readexactly(1)
        with path.open("r+b") as file:
            file.write(b"y")
        await peer.gone()

    request = Request(method="POST", body=Body(kind="binary", path=str(path)))
    check(outcome_of(handler, request), "file", "file-changed")


# Secrets


def test_a_failure_never_shows_a_secret() -> None:
    authorization = Authorization(kind="bearer", values={"token": "SSH-2.0-tellnobody"})
    outcome = outcome_of(sending(b"SSH-2.0-tellnobody\r\n"), Request(authorization=authorization))
    assert outcome.failure is not None
    assert "tellnobody" not in str(outcome.failure.message) + str(outcome.failure.hint)


def test_a_request_that_cannot_be_prepared_never_shows_a_secret() -> None:
    where = scope(secrets={"k": "tell nobody"})
    outcome, events = run(collect(Request(url="https://{{secret:k}}/"), where=where))
    check(outcome, "protocol", "bad-url")
    assert "tell nobody" not in repr(events) + str(outcome.failure)


def test_a_status_of_500_is_an_answer() -> None:
    async def work() -> None:
        async with serving(replies(response(b"oops", status="500 Internal Server Error"))) as server:
            outcome, events = await collect(Request(url=server.url))
            assert outcome.failure is None
            assert outcome.response is not None
            assert outcome.response.status == 500
            assert any(isinstance(event, HeadersReceived) for event in events)

    run(work())
