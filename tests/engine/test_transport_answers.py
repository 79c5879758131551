"""Answers arrive whole, unpacked, in the order and at the moment the bytes came."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from collections.abc import Callable
from contextlib import suppress
from itertools import pairwise

import brotli
import httpx
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st
from servers import Peer, chunked, collect, replies, response, run, scope, serving

from firstlight.model.events import BodyReceived, Cancelled, Event, HeadersReceived, ServerEvent
from firstlight.model.exchange import Exchange
from firstlight.model.request import Body, Request
from firstlight.runner.exchange import exchange
from firstlight.transport import HttpTransport
from firstlight.transport.decoding import PackingError, decoder_for

TEXT = b"First light. " * 500


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "x-gzip": lambda data: gzip.compress(data[:100]) + gzip.compress(data[100:]) + b"\0\0",
    "deflate": zlib.compress,
    "Deflate": raw_deflate,
    "br": brotli.compress,
    "zstd": zstandard.ZstdCompressor().compress,
    "gzip, br": lambda data: brotli.compress(gzip.compress(data)),
    "identity": bytes,
    "unheard-of": bytes,
}


def answer(data: bytes) -> tuple[Exchange, list[Event]]:
    async def work() -> tuple[Exchange, list[Event]]:
        async with serving(replies(data, then_close=True)) as server:
            return await collect(Request(url=server.url))

    return run(work())


@pytest.mark.parametrize("encoding", PACKERS)
def test_content_encodings_are_undone(encoding: str) -> None:
    outcome, _ = answer(response(PACKERS[encoding](TEXT), f"Content-Encoding: {encoding}"))
    assert outcome.failure is None
    assert outcome.response is not None
    assert outcome.response.body == TEXT


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
@given(cuts=st.lists(st.integers(0, 200), max_size=6))
def test_encodings_survive_any_split(encoding: str, cuts: list[int]) -> None:
    packed = PACKERS[encoding](TEXT)
    decoder = decoder_for(encoding)
    assert decoder is not None
    places = sorted({min(cut, len(packed)) for cut in cuts} | {0, len(packed)})
    pieces = [packed[start:end] for start, end in pairwise(places)]
    assert b"".join(out for piece in pieces for out in decoder.feed(piece)) == TEXT
    decoder.close()


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd", "gzip, br"])
def test_data_that_is_not_packed_as_labelled_is_named(encoding: str) -> None:
    outcome, _ = answer(response(b"this is plain text, whatever the label says", f"Content-Encoding: {encoding}"))
    assert outcome.failure is not None
    assert (outcome.failure.layer, outcome.failure.kind) == ("read", "bad-content-encoding")
    assert encoding in str(outcome.failure.message)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
def test_packed_data_that_ends_too_early_is_named_and_what_came_is_kept(encoding: str) -> None:
    packed = PACKERS[encoding](bytes(range(256)) * 400)
    outcome, _ = answer(response(packed[:-6], f"Content-Encoding: {encoding}"))
    assert outcome.failure is not None
    assert outcome.failure.kind == "bad-content-encoding"
    assert outcome.response is not None


@pytest.mark.parametrize(("encoding", "most_bytes"), [("gzip", 256 * 1024), ("br", 512 * 1024), ("zstd", 34_000_000)])
def test_a_bomb_is_unpacked_in_bounded_pieces(encoding: str, most_bytes: int) -> None:
    decoder = decoder_for(encoding)
    assert decoder is not None
    sizes = [len(piece) for piece in decoder.feed(PACKERS[encoding](bytes(100_000_000)))]
    decoder.close()
    assert sum(sizes) == 100_000_000
    assert max(sizes) <= most_bytes
    assert len(sizes) > 20


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd", "gzip, br"])
def test_an_empty_body_with_an_encoding_is_fine(encoding: str) -> None:
    assert answer(response(b"", f"Content-Encoding: {encoding}"))[0].failure is None


def test_a_stage_that_fails_says_so() -> None:
    decoder = decoder_for("zstd")
    assert decoder is not None
    with pytest.raises(PackingError):
        list(decoder.feed(b"not zstd at all"))


def test_the_head_is_told_as_received() -> None:
    lines = ("X-One: 1", "x-one: 2", "X-Utf: Zoë", "Set-Cookie: a=b")
    outcome, events = answer(response(b"x", *lines, status="450 "))
    head = next(event for event in events if isinstance(event, HeadersReceived))
    assert (head.status, head.reason, head.http_version) == (450, "", "HTTP/1.1")
    assert head.headers[1:] == (("X-One", "1"), ("x-one", "2"), ("X-Utf", "Zoë"), ("Set-Cookie", "a=b"))
    assert outcome.response is not None
    assert outcome.response.reason == "Queue Full"
    assert outcome.response.header("X-One") == "1"


def test_a_header_in_latin_1_is_readable() -> None:
    outcome, _ = answer(b"HTTP/1.1 200 OK\r\nX: Zo\xeb\r\nContent-Length: 0\r\n\r\n")
    assert outcome.response is not None
    assert outcome.response.header("X") == "Zoë"


def test_a_reason_of_the_servers_own_is_kept() -> None:
    outcome, _ = answer(response(status="200 Fine by me"))
    assert outcome.response is not None
    assert outcome.response.reason == "Fine by me"


@pytest.mark.parametrize(
    ("data", "status", "body"),
    [
        (b"HTTP/1.0 200 OK\r\n\r\nuntil the end", 200, b"until the end"),
        (b"HTTP/1.1 204 No Content\r\n\r\n", 204, b""),
        (b"HTTP/1.1 304 Not Modified\r\nContent-Length: 99\r\n\r\n", 304, b""),
        (b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + response(b"late"), 200, b"late"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\nTrailer: x\r\n\r\n", 200, b"ab"),
    ],
)
def test_the_shapes_of_an_answer(data: bytes, status: int, body: bytes) -> None:
    outcome, _ = answer(data)
    assert outcome.failure is None
    assert outcome.response is not None
    assert (outcome.response.status, outcome.response.body) == (status, body)


def test_an_answer_is_told_piece_by_piece_as_it_arrives() -> None:
    async def work() -> None:
        pieces: list[bytes] = []
        arrived = asyncio.Event()

        async def handler(peer: Peer) -> None:
            await peer.request()
            await peer.send(chunked(end=False))
            for number in range(5):
                arrived.clear()
                await peer.send(b"1\r\n%d\r\n" % number)
                await arrived.wait()  # the next is sent only once this one was told
            await peer.send(b"0\r\n\r\n")

        def emit(event: Event) -> None:
            if isinstance(event, BodyReceived):
                pieces.append(event.data)
                arrived.set()

        async with serving(handler) as server:
            transport = HttpTransport()
            await exchange(Request(url=server.url), scope(), transport, emit)
            await transport.aclose()
        assert pieces == [b"0", b"1", b"2", b"3", b"4"]

    run(work())


def test_a_packed_stream_is_told_message_by_message() -> None:
    async def work() -> None:
        told: list[str] = []
        arrived = asyncio.Event()

        async def handler(peer: Peer) -> None:
            await peer.request()
            head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Encoding: gzip\r\n\r\n"
            await peer.send(head.encode())
            packer = zlib.compressobj(wbits=31)
            for number in range(3):
                arrived.clear()
                await peer.send(packer.compress(b"data: %d\n\n" % number) + packer.flush(zlib.Z_SYNC_FLUSH))
                await arrived.wait()
            await peer.send(packer.flush())

        def emit(event: Event) -> None:
            if isinstance(event, ServerEvent):
                told.append(event.data)
                arrived.set()

        async with serving(handler) as server:
            transport = HttpTransport()
            outcome = await exchange(Request(url=server.url), scope(), transport, emit)
            await transport.aclose()
            assert outcome.failure is None
        assert told == ["0", "1", "2"]

    run(work())


def test_a_large_answer_arrives_whole_while_others_get_their_turn() -> None:
    body = bytes(range(256)) * 40_000

    async def work() -> None:
        turns = 0

        async def tick() -> None:
            nonlocal turns
            while True:
                await asyncio.sleep(0)
                turns += 1

        async with serving(replies(chunked(*(body[n : n + 200] for n in range(0, len(body), 200))))) as server:
            ticking = asyncio.get_running_loop().create_task(tick())
            outcome, _ = await collect(Request(url=server.url))
            ticking.cancel()
            assert outcome.response is not None
            assert outcome.response.body == body
            assert turns > 20

    run(work())


# Cancelling


async def cancelled_at(server_url: str, phase: asyncio.Event, request: Request) -> list[Event]:
    """Start an exchange, cancel it when `phase` is reached, and return its events."""
    events: list[Event] = []
    transport = HttpTransport()
    running = exchange(request, scope(), transport, events.append)
    task = asyncio.get_running_loop().create_task(running)
    await phase.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await transport.aclose()
    return events


@pytest.mark.parametrize("phase", ["send", "wait", "read"])
def test_cancelling_closes_the_connection_at_once(phase: str) -> None:
    async def work() -> list[Event]:
        reached, closed = asyncio.Event(), asyncio.Event()

        async def handler(peer: Peer) -> None:
            await peer.head()
            if phase == "read":
                await peer.send(chunked(b"part", end=False))
            reached.set()
            if phase == "send":
                await asyncio.sleep(0)
            await peer.gone()
            closed.set()

        async with serving(handler) as server:
            size = 50_000_000 if phase == "send" else 0
            request = Request(method="POST", url=server.url, body=Body(kind="raw", text="x" * size))
            events = await cancelled_at(server.url, reached, request)
            await closed.wait()
            return events

    events = run(work())
    assert isinstance(events[-1], Cancelled)
    assert sum(isinstance(event, Cancelled) for event in events) == 1
    assert events[-1].timings.total_ms is not None


def test_cancelling_while_a_name_is_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    from firstlight.transport import network

    async def work() -> list[Event]:
        reached = asyncio.Event()

        async def never(host: str, port: int) -> list[str]:
            reached.set()
            await asyncio.Event().wait()
            return []

        monkeypatch.setattr(network, "resolve", never)
        return await cancelled_at("", reached, Request(url="http://slow.example/"))

    assert isinstance(run(work())[-1], Cancelled)


def test_after_cancelling_the_next_request_works() -> None:
    async def work() -> None:
        reached = asyncio.Event()

        async def handler(peer: Peer) -> None:
            received = await peer.request()
            if received.target == "/slow":
                reached.set()
                await peer.gone()
            else:
                await peer.send(response(b"fine"))

        async with serving(handler) as server:
            transport = HttpTransport()
            sending = exchange(Request(url=server.url + "/slow"), scope(), transport, lambda event: None)
            task = asyncio.get_running_loop().create_task(sending)
            await reached.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            outcome, _ = await collect(Request(url=server.url + "/quick"), transport)
            await transport.aclose()
            assert outcome.response is not None
            assert outcome.response.body == b"fine"

    run(work())


@pytest.mark.parametrize("kept_open", [False, True])
def test_cancelling_at_any_moment_leaves_no_connection_open(kept_open: bool) -> None:
    async def work() -> None:
        closed: asyncio.Queue[Peer] = asyncio.Queue()

        async def handler(peer: Peer) -> None:
            try:
                while True:
                    await peer.request()
                    await peer.send(chunked(b"one", b"two"))
            finally:
                closed.put_nowait(peer)

        async with serving(handler) as server:
            transport = HttpTransport()
            steps, over = 0, False
            while not over:  # cancelled one step of the loop later each time, until there is nothing left to cancel
                if kept_open:
                    await collect(Request(url=server.url), transport)
                running = exchange(Request(url=server.url), scope(), transport, lambda event: None)
                task = asyncio.get_running_loop().create_task(running)
                for _ in range(steps):
                    await asyncio.sleep(0)
                over = task.done()
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
                steps += 1
            assert steps > 5
            await collect(Request(url=server.url), transport)
            for _ in range(server.connections - 1):  # all but the one that is kept for the next request
                await closed.get()
            await transport.aclose()

    run(work())


def test_another_client_of_the_same_process_works_beside_ours() -> None:
    async def both() -> tuple[int, int]:
        async with serving(replies(response(TEXT))) as server, httpx.AsyncClient(trust_env=False) as client:
            ours, _ = await collect(Request(url=server.url))
            theirs = await client.get(server.url)
            assert ours.response is not None
            return ours.response.status, theirs.status_code

    assert run(both()) == (200, 200)
