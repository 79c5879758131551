"""What arrives while the loop is held up is marked with how late its time may be."""

from __future__ import annotations

import asyncio
import threading
import time
from time import perf_counter_ns

import pytest
from servers import Peer, collect, run, scope
from websocket_peers import TEXT, accepting, frame

from causes import Stage
from firstlight.model.events import BodyReceived, Event, Inexact, ServerEvent, WebSocketMessage
from firstlight.model.exchange import Exchange
from firstlight.model.request import Request
from firstlight.runner.conversation import Conversation
from firstlight.runner.exchange import exchange
from firstlight.transport import HttpTransport
from firstlight.transport.heartbeat import Heartbeat
from firstlight.transport.stamped_socket import AVAILABLE

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"


def test_what_arrives_while_the_loop_is_held_up_is_marked(stage: Stage) -> None:
    held, written = threading.Event(), threading.Event()
    written_ns: list[int] = []

    async def handler(peer: Peer) -> None:
        await peer.request()
        await peer.send(HEAD + b"data: on time\n\n")
        await asyncio.to_thread(held.wait, 10)
        await peer.send(b"data: meanwhile\n\n")
        written_ns.append(perf_counter_ns())
        await asyncio.sleep(0.02)
        await peer.send(b"data: and more\n\n")
        written.set()

    url = stage.url(handler)
    events: list[Event] = []

    def emit(event: Event) -> None:
        events.append(event)
        if isinstance(event, BodyReceived) and b"on time" in event.data:
            held.set()
            assert written.wait(10)
            time.sleep(0.05)  # the loop is blocked on purpose; the bytes have been there for a while

    async def work() -> Exchange:
        transport = HttpTransport()
        try:
            return await exchange(Request(url=url), scope(), transport, emit)
        finally:
            await transport.aclose()

    outcome = run(work())

    late = next(event for event in events if isinstance(event, BodyReceived) and b"meanwhile" in event.data)
    mark = next(event for event in events if isinstance(event, Inexact) and event.at_ns == late.at_ns)
    assert b"and more" in late.data, "both waited for the loop"
    assert late.at_ns - mark.late_ns <= written_ns[0]
    assert events.index(mark) < events.index(late)
    assert outcome.stream is not None
    assert outcome.stream.inexact >= 1


@pytest.mark.skipif(not AVAILABLE, reason="only Linux tells when a segment came")
def test_a_single_message_has_its_true_time_although_the_loop_was_held_up(stage: Stage) -> None:
    held, written = threading.Event(), threading.Event()
    written_ns: list[int] = []

    async def handler(peer: Peer) -> None:
        await peer.request()
        await peer.send(HEAD + b"data: on time\n\n")
        await asyncio.to_thread(held.wait, 10)
        await peer.send(b"data: meanwhile\n\n")
        written_ns.append(perf_counter_ns())
        written.set()

    url = stage.url(handler)
    released_ns: list[int] = []
    events: list[Event] = []

    def emit(event: Event) -> None:
        events.append(event)
        if isinstance(event, BodyReceived) and b"on time" in event.data:
            held.set()
            assert written.wait(10)
            time.sleep(0.05)
            released_ns.append(perf_counter_ns())

    async def work() -> None:
        transport = HttpTransport()
        await exchange(Request(url=url), scope(), transport, emit)
        await transport.aclose()

    run(work())

    late = next(event for event in events if isinstance(event, ServerEvent) and event.data == "meanwhile")
    assert late.at_ns < released_ns[0] - 40_000_000, "it came long before it could be read"
    assert not [event for event in events if isinstance(event, Inexact) and event.at_ns == late.at_ns]


def test_a_beat_in_time_makes_the_next_arrival_exact() -> None:
    async def work() -> None:
        heart = Heartbeat()
        assert heart.late_ns(perf_counter_ns() + 10**9) == 0, "nothing runs, nothing is claimed"
        heart.start()
        began_ns = perf_counter_ns()
        assert heart.late_ns(began_ns) == 0
        assert heart.late_ns(began_ns + 50_000_000) >= 50_000_000
        while heart.late_ns(began_ns + 10_000_000):  # noqa: ASYNC110 - until it has beaten in time
            await asyncio.sleep(0.001)
        heart.stop()

    run(work())


def test_the_heart_stops_with_the_last_request(stage: Stage) -> None:
    async def work() -> None:
        transport = HttpTransport()
        await collect(Request(url=stage.url(lambda peer: peer.send(HEAD))), transport)
        assert transport.heartbeat.late_ns(perf_counter_ns() + 10**9) == 0
        await transport.aclose()

    run(work())


def test_messages_of_a_websocket_that_waited_for_the_loop_are_marked(stage: Stage) -> None:
    held, written = threading.Event(), threading.Event()

    async def handler(peer: Peer) -> None:
        asked = await peer.head()
        await peer.send(accepting(asked.header("sec-websocket-key") or "") + frame(TEXT, b"on time"))
        await asyncio.to_thread(held.wait, 10)
        await peer.send(frame(TEXT, b"one") + frame(TEXT, b"two"))
        written.set()
        await peer.reader.read(100)

    request = Request(protocol="websocket", url=stage.url(handler))
    events: list[Event] = []
    conversation = Conversation()

    def emit(event: Event) -> None:
        events.append(event)
        if isinstance(event, WebSocketMessage) and event.text == "on time":
            time.sleep(0.05)  # the loop is blocked on purpose, before anything comes and until it is there
            held.set()
            assert written.wait(10)
        elif isinstance(event, WebSocketMessage) and event.text == "two":
            conversation.close(patience_s=0)

    async def work() -> Exchange:
        transport = HttpTransport()
        try:
            return await exchange(request, scope(), transport, emit, conversation)
        finally:
            await transport.aclose()

    outcome = run(work())
    late = {event.at_ns for event in events if isinstance(event, Inexact)}
    times = {event.text: event.at_ns for event in events if isinstance(event, WebSocketMessage)}
    assert times["two"] in late
    assert times["on time"] not in late
    assert outcome.stream is not None
    assert outcome.stream.inexact == len(late)
