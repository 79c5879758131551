"""Big bodies: how far they are is told while they are sent, and a cancel answers at once."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest
from servers import Peer, collect, replies, response, run, scope, serving

from firstlight.model.events import Cancelled, Event, HeadersReceived, Sent, Started, Uploading
from firstlight.model.prepared import FileSlice
from firstlight.model.request import Body, FormPart, Request
from firstlight.runner.exchange import exchange
from firstlight.transport import HttpTransport
from firstlight.transport.uploading import OpenFile

BIG = 24_000_000


def sparse(folder: Path, size_bytes: int = BIG) -> Path:
    file = folder / "big.bin"
    with file.open("wb") as made:
        made.truncate(size_bytes)
    return file


async def taken_slowly(peer: Peer) -> None:
    """Take the body, but so that it lasts a few tenths of a second at least."""
    received = await peer.head()
    left = int(received.header("content-length") or 0)
    while left:
        left -= len(await peer.reader.read(1 << 18))
        await asyncio.sleep(0.002)
    await peer.send(response(b"ok"))


def test_progress_is_told_in_order_before_the_body_is_sent(tmp_path: Path) -> None:
    async def work() -> list[Event]:
        async with serving(taken_slowly) as server:
            body = Body(kind="binary", path=str(sparse(tmp_path)))
            outcome, events = await collect(Request(method="POST", url=server.url, body=body))
            assert outcome.failure is None
            return events

    events = run(work())
    told = [event for event in events if isinstance(event, Uploading)]
    sent = [event.sent_bytes for event in told]
    assert len(told) >= 2
    assert sent == sorted(set(sent))
    assert 0 < sent[0] < sent[-1] <= BIG
    assert {event.total_bytes for event in told} == {BIG}
    kinds = [type(event) for event in events if not isinstance(event, Uploading)]
    assert kinds.count(Sent) == 1
    last = max(place for place, event in enumerate(events) if isinstance(event, Uploading))
    assert last < next(place for place, event in enumerate(events) if isinstance(event, Sent))


def test_a_form_counts_all_of_its_parts(tmp_path: Path) -> None:
    file = str(sparse(tmp_path))
    body = Body(kind="form-data", parts=(FormPart(name="f", kind="file", files=(file, file)),))

    async def work() -> list[Event]:
        async with serving(taken_slowly) as server:
            return (await collect(Request(method="POST", url=server.url, body=body)))[1]

    events = run(work())
    started = next(event for event in events if isinstance(event, Started))
    assert {e.total_bytes for e in events if isinstance(e, Uploading)} == {started.body_bytes}
    assert started.body_bytes > 2 * BIG


def test_a_small_body_is_not_worth_telling(tmp_path: Path) -> None:
    async def work() -> list[Event]:
        async with serving(replies(response(b"ok"))) as server:
            body = Body(kind="binary", path=str(sparse(tmp_path, 1000)))
            return (await collect(Request(method="POST", url=server.url, body=body)))[1]

    assert not [event for event in run(work()) if isinstance(event, Uploading)]


def test_a_cancel_in_the_middle_ends_at_once_and_closes_the_connection(tmp_path: Path) -> None:
    async def takes_nothing_more(peer: Peer) -> None:
        await peer.head()
        await peer.reader.readexactly(1_000_000)
        reached.set()
        await peer.gone()
        left.set()

    async def work() -> None:
        async with serving(takes_nothing_more) as server:
            transport = HttpTransport()
            request = Request(method="POST", url=server.url, body=Body(kind="binary", path=str(sparse(tmp_path))))
            events: list[Event] = []
            sending = asyncio.create_task(exchange(request, scope(), transport, events.append))  # noqa: TID251
            await reached.wait()
            sending.cancel()
            await asyncio.wait({sending})
            assert isinstance(events[-1], Cancelled)
            assert not any(isinstance(event, Sent | HeadersReceived) for event in events)
            await left.wait()
            await transport.aclose()

    reached, left = asyncio.Event(), asyncio.Event()
    run(work())


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a file that takes its time to open")
def test_a_file_that_is_still_being_opened_when_all_ends_is_closed(tmp_path: Path) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)

    async def other_end() -> int:
        while True:
            try:
                return os.open(fifo, os.O_WRONLY | os.O_NONBLOCK)
            except OSError:  # nobody reads yet
                await asyncio.sleep(0)

    async def fill(written_to: int) -> None:
        while True:
            try:
                os.write(written_to, b"x")
            except BlockingIOError:
                await asyncio.sleep(0)

    async def work() -> None:
        opening = asyncio.get_running_loop().create_task(OpenFile.open(FileSlice(path=str(fifo), size_bytes=9)))
        written_to = await other_end()  # now it opens, and nobody waits for it any more
        opening.cancel()
        with pytest.raises(asyncio.CancelledError):
            await opening
        with pytest.raises(BrokenPipeError):  # nobody has it open
            await fill(written_to)
        os.close(written_to)

    run(work())
