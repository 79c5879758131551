"""A WebSocket as the protocol of a request: messages both ways, against the server of `websockets`."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from pathlib import Path

import pytest
from servers import run, scope, serving
from websocket_peers import echo, incoming, opened, outgoing, real_server, says, talk
from websockets.asyncio.server import ServerConnection

from firstlight.model.events import (
    Cancelled,
    Event,
    Finished,
    HeadersReceived,
    Started,
    Token,
    Uploading,
    WebSocketMessage,
    WebSocketNotSent,
    WebSocketPing,
    WebSocketPong,
)
from firstlight.model.exchange import Exchange
from firstlight.model.request import Message, Request, RequestSettings
from firstlight.runner.conversation import Conversation
from firstlight.runner.exchange import exchange
from firstlight.transport import HttpTransport


def asked(port: int, *messages: Message, **settings: object) -> Request:
    return Request(url=f"ws://127.0.0.1:{port}/", messages=messages, settings=RequestSettings(**settings))  # type: ignore[arg-type]


def closing_after(answers: int, conversation: Conversation, events: list[Event]) -> object:
    """Return an `emit` that closes once so many messages have come."""

    def emit(event: Event) -> None:
        events.append(event)
        if len(incoming(events)) == answers and isinstance(event, WebSocketMessage) and event.direction == "in":
            conversation.close()

    return emit


async def ask(request: Request, *, where: object = None) -> tuple[Exchange, list[Event]]:
    """Send the messages of `request` and close when each has been answered."""
    conversation, events = Conversation(), list[Event]()
    for message in request.messages:
        conversation.send(message, where or scope())  # type: ignore[arg-type]
    transport = HttpTransport()
    emit = closing_after(len(request.messages), conversation, events)
    outcome = await exchange(request, where or scope(), transport, emit, conversation)  # type: ignore[arg-type]
    await transport.aclose()
    return outcome, events


@pytest.mark.parametrize("ours", [True, False])
@pytest.mark.parametrize("theirs", ["deflate", None])
def test_messages_of_every_kind_come_back_as_they_went(ours: bool, theirs: str | None, tmp_path: Path) -> None:
    long = "初光 " * 500_000  # 3.5 MB
    (tmp_path / "rose.bin").write_bytes(bytes(range(256)) * 8192)  # 2 MiB
    messages = (
        Message(text="hello"),
        Message(kind="json", text='{"n": 1.10}'),
        Message(kind="binary", text="00 ff 7f"),
        Message(kind="binary", text="/+8=", encoding="base64"),
        Message(text=""),
        Message(text=long),
        Message(kind="file", path="rose.bin"),
    )

    async def work() -> None:
        async with real_server(compression=theirs, max_size=None) as port:
            request = asked(port, *messages, compress_messages=ours)
            outcome, events = await ask(request, where=scope(tmp_path))
        assert outcome.failure is None
        assert bool(opened(events).extensions) is (ours and theirs == "deflate")
        came, went = incoming(events), outgoing(events)
        assert [message.text for message in came] == ["hello", '{"n": 1.10}', None, None, "", long, None]
        assert [message.data for message in came[2:4]] == [b"\x00\xff\x7f", b"\xff\xef"]
        assert came[6].data == (tmp_path / "rose.bin").read_bytes()
        assert [message.size_bytes for message in went] == [message.size_bytes for message in came]
        assert (went[6].path, went[6].data) == (str(tmp_path / "rose.bin"), None)
        assert went[5].frames > 1
        assert outcome.closed is not None
        assert (outcome.closed.code, outcome.closed.by, outcome.closed.clean) == (1000, "us", True)

    run(work())


def test_the_course_of_a_websocket_is_told_in_order() -> None:
    async def work() -> None:
        async with real_server() as port:
            outcome, events = await ask(asked(port, Message(text="x")))
        kinds = [event.__struct_config__.tag for event in events]
        assert kinds == [
            "started", "connected", "request_head", "sent", "headers", "websocket_opened", "websocket_message",
            "websocket_message", "websocket_closed", "finished",
        ]  # fmt: skip
        assert isinstance(events[0], Started)
        assert events[0].url == f"ws://127.0.0.1:{port}/"
        head = next(event for event in events if isinstance(event, HeadersReceived))
        assert (head.status, head.stream) == (101, "websocket")
        times = [event.at_ns for event in events]
        assert times == sorted(times)
        assert outcome.timings.wait_ms is not None
        assert outcome.timings.download_ms is not None
        assert outcome.stream is not None
        assert (outcome.stream.kind, outcome.stream.events) == ("websocket", 1)

    run(work())


def test_without_a_conversation_the_saved_messages_go_and_silence_ends_it() -> None:
    async def work() -> None:
        async with real_server() as port:
            events: list[Event] = []
            transport = HttpTransport()
            request = asked(port, Message(text="a"), Message(text="b"), idle_timeout_s=0.2)
            outcome = await exchange(request, scope(), transport, events.append)
            await transport.aclose()
        assert [message.text for message in incoming(events)] == ["a", "b"]
        assert outcome.closed is not None
        assert (outcome.closed.code, outcome.closed.by) == (1000, "us")

    run(work())


def test_variables_and_secrets_go_into_a_message_and_the_secret_is_not_told() -> None:
    async def work() -> None:
        async with real_server() as port:
            where = scope(secrets={"key": "sesame-1234"}, who="Ada")
            _, events = await ask(asked(port, Message(text="{{who}} {{secret:key}}")), where=where)
        assert outgoing(events)[0].text == "Ada ••••••"
        assert incoming(events)[0].text == "Ada sesame-1234"  # as the service sent it

    run(work())


def test_a_message_that_cannot_be_prepared_is_named_before_anything_is_sent() -> None:
    async def refused(message: Message) -> Exchange:
        async with real_server() as port:
            events: list[Event] = []
            outcome = await exchange(asked(port, message), scope(), HttpTransport(), events.append)
            assert len(events) == 1
            return outcome

    for message, layer, kind in (
        (Message(name="Ask", text="{{nobody}}"), "variable", "unknown-variable"),
        (Message(kind="binary", text="0"), "protocol", "bad-binary-message"),
        (Message(kind="binary", text="0g"), "protocol", "bad-binary-message"),
        (Message(kind="binary", text="a", encoding="base64"), "protocol", "bad-binary-message"),
        (Message(kind="binary", text="ä", encoding="base64"), "protocol", "bad-binary-message"),
        (Message(kind="file", path="nowhere.bin"), "file", "missing-file"),
        (Message(kind="file"), "file", "missing-file"),
        (Message(kind="song"), "variable", "unknown-message-kind"),
    ):
        outcome = run(refused(message))
        assert outcome.sent is None
        assert outcome.failure is not None
        assert (outcome.failure.layer, outcome.failure.kind) == (layer, kind)
        assert outcome.failure.hint


def test_a_message_that_cannot_be_prepared_does_not_end_an_open_connection() -> None:
    async def work() -> None:
        conversation, events = Conversation(), list[Event]()

        def emit(event: Event) -> None:
            events.append(event)
            if isinstance(event, HeadersReceived):
                conversation.send(Message(text="{{nobody}}"), scope())
                conversation.send(Message(text="still here"), scope())
            elif incoming(events) and event is events[-1] and isinstance(event, WebSocketMessage):
                conversation.close(4000, "enough")

        async with real_server() as port:
            transport = HttpTransport()
            outcome = await exchange(asked(port), scope(), transport, emit, conversation)
            await transport.aclose()
        unsent = [event for event in events if isinstance(event, WebSocketNotSent)]
        assert [event.failure.kind for event in unsent] == ["unknown-variable"]
        assert [message.text for message in incoming(events)] == ["still here"]
        assert outcome.closed is not None
        assert (outcome.closed.code, outcome.closed.reason) == (4000, "enough")

    run(work())


def test_a_ping_tells_the_round_trip_and_pings_of_the_server_are_answered() -> None:
    async def pinging(connection: ServerConnection) -> None:
        await (await connection.ping(b"are you there"))
        await connection.send("answered")
        await connection.wait_closed()

    async def work() -> None:
        conversation, events = Conversation(), list[Event]()

        def emit(event: Event) -> None:
            events.append(event)
            if isinstance(event, WebSocketMessage):
                conversation.ping()
            elif isinstance(event, WebSocketPong):
                conversation.close()

        async with real_server(pinging) as port:
            transport = HttpTransport()
            await exchange(asked(port), scope(), transport, emit, conversation)
            await transport.aclose()
        pings = [event for event in events if isinstance(event, WebSocketPing)]
        assert [(ping.direction, ping.data) for ping in pings[:1]] == [("in", b"are you there")]
        assert pings[1].direction == "out"
        pong = next(event for event in events if isinstance(event, WebSocketPong))
        assert pong.round_trip_ms is not None
        assert pong.round_trip_ms > 0

    run(work())


def test_pings_are_sent_as_often_as_the_settings_say() -> None:
    async def work() -> None:
        conversation, events = Conversation(), list[Event]()

        def emit(event: Event) -> None:
            events.append(event)
            if sum(isinstance(event, WebSocketPong) for event in events) == 3:
                conversation.close()

        async with real_server() as port:
            transport = HttpTransport()
            await exchange(asked(port, ping_every_s=0.01), scope(), transport, emit, conversation)
            await transport.aclose()
        assert isinstance(events[-1], Finished)

    run(work())


@pytest.mark.parametrize(("code", "reason"), [(1000, ""), (1001, ""), (1008, "token expired"), (4321, "x" * 123)])
def test_the_close_of_the_server_is_told_with_code_and_reason(code: int, reason: str) -> None:
    async def leaving(connection: ServerConnection) -> None:
        await connection.close(code, reason)

    async def work() -> None:
        async with real_server(leaving) as port:
            outcome, events = await talk(asked(port), Conversation())
        assert outcome.failure is None
        assert outcome.closed is not None
        assert (outcome.closed.code, outcome.closed.reason, outcome.closed.by, outcome.closed.clean) == (
            code, reason, "peer", True,
        )  # fmt: skip
        assert isinstance(events[-1], Finished)
        assert events[-1].closed == outcome.closed

    run(work())


def test_generated_text_is_joined_from_the_messages_of_a_known_shape() -> None:
    def chunk(text: str, finish: str | None = None) -> str:
        choice = {"index": 0, "delta": {"content": text}, "finish_reason": finish}
        return json.dumps({"object": "chat.completion.chunk", "choices": [choice]})

    async def chat(connection: ServerConnection) -> None:
        await connection.send('{"type": "hello"}')
        async for _ in connection:
            await connection.send(chunk("First"))
            await connection.send(chunk(" Light"))
            await connection.send(chunk("", "stop"))

    async def work() -> None:
        conversation, events = Conversation(close_after_s=0.3), list[Event]()

        def emit(event: Event) -> None:
            events.append(event)
            if len(incoming(events)) == 4 and isinstance(event, WebSocketMessage) and event.direction == "in":
                conversation.send(Message(text="again"), scope())

        conversation.send(Message(text="go"), scope())
        async with real_server(chat) as port:
            transport = HttpTransport()
            outcome = await exchange(asked(port), scope(), transport, emit, conversation)
            await transport.aclose()
        assert outcome.stream is not None
        assert outcome.stream.text == "First Light\n\nFirst Light"
        assert (outcome.stream.finish_reason, outcome.stream.events, outcome.stream.truncated) == ("stop", 7, False)
        assert "".join(event.text for event in events if isinstance(event, Token)) == outcome.stream.text
        assert outcome.stream.ttft_ms is not None

    run(work())


def test_cancelling_closes_an_open_websocket() -> None:
    gone = asyncio.Event()

    async def waiting(connection: ServerConnection) -> None:
        await connection.wait_closed()
        gone.set()

    async def work() -> None:
        events: list[Event] = []
        is_open = asyncio.Event()

        def emit(event: Event) -> None:
            events.append(event)
            if isinstance(event, HeadersReceived):
                is_open.set()

        async with real_server(waiting) as port:
            transport = HttpTransport()
            task = asyncio.get_running_loop().create_task(
                exchange(asked(port), scope(), transport, emit, Conversation())
            )
            await is_open.wait()
            await asyncio.sleep(0)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            await gone.wait()
            await transport.aclose()
        assert isinstance(events[-1], Cancelled)

    run(work())


def test_a_peer_that_never_answers_the_goodbye_is_left() -> None:
    async def work() -> None:
        conversation = Conversation()
        conversation.close(patience_s=0.05)
        async with serving(says(hang_up=False)) as server:
            outcome, _ = await talk(asked(server.port), conversation)
        assert outcome.failure is None
        assert outcome.closed is not None
        assert (outcome.closed.code, outcome.closed.by, outcome.closed.clean) == (1000, "us", False)

    run(work())


def test_a_second_goodbye_hangs_up_at_once() -> None:
    async def work() -> None:
        conversation = Conversation()
        conversation.close(patience_s=3600)
        conversation.close()
        async with serving(says(hang_up=False)) as server:
            outcome, _ = await talk(asked(server.port), conversation)
        assert outcome.closed is not None
        assert not outcome.closed.clean

    run(work())


def test_an_echo_of_everything_while_sending_never_locks_up() -> None:
    """Both sides send more than any buffer holds: whoever waited for the other to read would wait for ever."""

    async def work() -> None:
        messages = tuple(Message(text=f"{number} " + "x" * 200_000) for number in range(60))
        async with real_server(echo, compression=None) as port:
            outcome, events = await ask(asked(port, *messages))
        assert outcome.failure is None
        assert [message.text for message in incoming(events)] == [message.text for message in messages]

    run(work())


def test_how_far_a_long_message_is_sent_is_told(tmp_path: Path) -> None:
    (tmp_path / "big.bin").write_bytes(b"x" * 3_000_000)
    for message in (Message(kind="file", path="big.bin"), Message(text="y" * 3_000_000)):

        async def work(message: Message = message) -> list[Event]:
            async with real_server(max_size=None) as port:
                return (await ask(asked(port, message), where=replace(scope(), folder=str(tmp_path))))[1]

        events = run(work())
        told = [event for event in events if isinstance(event, Uploading)]
        assert told[0].sent_bytes == 0
        assert {event.total_bytes for event in told} == {3_000_000}
        assert [event.sent_bytes for event in told] == sorted({event.sent_bytes for event in told})
        assert events.index(told[-1]) < events.index(outgoing(events)[0])
