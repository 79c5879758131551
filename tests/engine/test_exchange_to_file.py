"""The body of an answer into a file while it arrives: bounded memory, whole or named as a part."""

from __future__ import annotations

import asyncio
import gzip
import tracemalloc
from pathlib import Path

import pytest
from servers import Handler, Peer, collect, replies, response, run, scope, serving

from firstlight.model.events import BodyReceived, Cancelled, Event, Failed, Finished, Saved, Saving
from firstlight.model.exchange import Exchange
from firstlight.model.failure import ExchangeError
from firstlight.model.network import NetworkSettings
from firstlight.model.request import Request, RequestSettings
from firstlight.runner.exchange import exchange
from firstlight.store.part_file import PartFile, check_place
from firstlight.transport import HttpTransport

BLOCK = bytes(range(256)) * 256


async def download(
    handler: Handler, path: Path, sink: PartFile | None = None, limit: int | None = None
) -> tuple[Exchange, list[Event]]:
    events: list[Event] = []
    async with serving(handler) as server:
        transport = HttpTransport(NetworkSettings(largest_body_bytes=limit))
        try:
            request = Request(url=server.url)
            return await exchange(request, scope(), transport, events.append, sink=sink or PartFile(path)), events
        finally:
            await transport.aclose()


def big(blocks: int, cut: bool = False) -> Handler:
    async def handler(peer: Peer) -> None:
        await peer.request()
        length = (blocks + cut) * len(BLOCK)
        await peer.send(f"HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n".encode())
        for _ in range(blocks):
            await peer.send(BLOCK)

    return handler


def kinds(events: list[Event]) -> set[type]:
    return {type(event) for event in events}


def test_a_body_is_in_its_file_and_not_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(b"older")
    tracemalloc.start()
    outcome, events = run(download(big(1024), path, limit=1_000_000))
    peak_bytes = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert outcome.failure is None
    assert path.stat().st_size == 1024 * len(BLOCK)
    assert path.read_bytes()[-len(BLOCK) :] == BLOCK
    assert peak_bytes < 16_000_000
    assert BodyReceived not in kinds(events)
    assert outcome.response is not None
    assert outcome.response.body == b""
    *_, saving = (event for event in events if isinstance(event, Saving))
    assert saving.received_bytes == 1024 * len(BLOCK)
    assert next(event for event in events if isinstance(event, Saved)).path == str(path)
    assert isinstance(events[-1], Finished)
    assert events[-1].body_bytes == 1024 * len(BLOCK)
    assert [one.name for one in tmp_path.iterdir()] == ["model.bin"]


def test_a_packed_body_is_unpacked_and_an_empty_one_is_an_empty_file(tmp_path: Path) -> None:
    packed = gzip.compress(BLOCK * 50)
    run(download(replies(response(packed, "Content-Encoding: gzip")), tmp_path / "a"))
    assert (tmp_path / "a").read_bytes() == BLOCK * 50
    run(download(replies(response(b"")), tmp_path / "b"))
    assert (tmp_path / "b").read_bytes() == b""


def test_what_broke_off_stays_as_a_part_and_the_older_file_is_untouched(tmp_path: Path) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(b"older")
    outcome, events = run(download(big(40, cut=True), path))
    assert outcome.failure is not None
    assert outcome.failure.kind == "truncated-body"
    assert path.read_bytes() == b"older"
    part = tmp_path / "model.bin.part"
    assert part.read_bytes() == BLOCK * 40
    saved = next(event for event in events if isinstance(event, Saved))
    assert (saved.path, saved.whole) == (str(part), False)
    assert isinstance(events[-1], Failed)


def test_a_damaged_packed_body_is_named(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress(BLOCK * 500))
    packed[-200:] = bytes(200)
    outcome, _ = run(download(replies(response(bytes(packed), "Content-Encoding: gzip")), tmp_path / "a"))
    assert outcome.failure is not None
    assert outcome.failure.kind == "bad-content-encoding"
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize(
    ("answer", "body"),
    [
        (response(b"no such model", status="404 Not Found"), b"no such model"),
        (response(b"data: 1\n\n", "Content-Type: text/event-stream"), b"data: 1\n\n"),
    ],
    ids=["error", "stream"],
)
def test_errors_and_streams_stay_in_memory(tmp_path: Path, answer: bytes, body: bytes) -> None:
    outcome, events = run(download(replies(answer), tmp_path / "a"))
    assert outcome.response is not None
    assert outcome.response.body == body
    assert Saved not in kinds(events)
    assert list(tmp_path.iterdir()) == []


def test_what_the_user_stops_leaves_nothing(tmp_path: Path) -> None:
    async def work() -> None:
        begun = asyncio.Event()

        async def endless(peer: Peer) -> None:
            await peer.request()
            await peer.send(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n")
            while True:
                await peer.send(BLOCK)
                if (tmp_path / "a.part").exists():
                    begun.set()

        events: list[Event] = []
        async with serving(endless) as server, asyncio.TaskGroup() as group:
            transport = HttpTransport()
            sending = exchange(
                Request(url=server.url), scope(), transport, events.append, sink=PartFile(tmp_path / "a")
            )
            task = group.create_task(sending)
            await begun.wait()
            task.cancel()
            await asyncio.wait([task])
            await transport.aclose()
        assert isinstance(events[-1], Cancelled)

    run(work())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
def test_a_full_disk_is_named_and_the_connection_closed(tmp_path: Path) -> None:
    path = tmp_path / "model.bin"
    path.with_name("model.bin.part").symlink_to("/dev/full")
    outcome, events = run(download(big(200), path))
    assert outcome.failure is not None
    assert (outcome.failure.layer, outcome.failure.kind) == ("file", "unwritable")
    assert "the disk is full" in str(outcome.failure.message)
    assert "removed" in str(outcome.failure.hint)
    assert Saved not in kinds(events)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("place", ["", "nowhere/a"])
def test_a_place_that_cannot_be_written_is_refused_before_anything_is_sent(tmp_path: Path, place: str) -> None:
    with pytest.raises(ExchangeError):
        check_place(tmp_path / place)


def test_a_folder_that_goes_away_is_named(tmp_path: Path) -> None:
    outcome, _ = run(download(big(1), tmp_path / "gone" / "a"))
    assert outcome.failure is not None
    assert outcome.failure.layer == "file"


def test_a_slow_disk_slows_the_network_down(tmp_path: Path) -> None:
    async def work() -> None:
        sent = 0
        free = asyncio.Event()

        class Slow(PartFile):
            async def write(self, data: bytes) -> None:
                await free.wait()
                await super().write(data)

        async def handler(peer: Peer) -> None:
            nonlocal sent
            await peer.request()
            await peer.send(f"HTTP/1.1 200 OK\r\nContent-Length: {2000 * len(BLOCK)}\r\n\r\n".encode())
            for _ in range(2000):
                await peer.send(BLOCK)
                sent += 1

        async def look() -> None:
            before = -1
            while sent != before or sent == 0:
                before = sent
                await asyncio.sleep(0.2)
            assert sent < 1000
            free.set()

        async with asyncio.TaskGroup() as group:
            group.create_task(look())
            outcome, _ = await download(handler, tmp_path / "a", Slow(tmp_path / "a"))
        assert outcome.failure is None

    run(work())


def test_without_a_sink_all_is_as_before() -> None:
    async def work() -> None:
        async with serving(replies(response(b"x"))) as server:
            outcome, events = await collect(Request(url=server.url, settings=RequestSettings()))
            assert outcome.response is not None
            assert outcome.response.body == b"x"
            assert Saving not in kinds(events)

    run(work())
