"""What a WebSocket server can do wrong is named: frames that break the rules, ends without goodbye, limits."""

from __future__ import annotations

import asyncio
import zlib

import pytest
from servers import Peer, run, scope, serving
from websocket_peers import (
    BINARY,
    CLOSE,
    CONT,
    PING,
    TEXT,
    accepting,
    frame,
    goodbye,
    hear,
    incoming,
    opened,
    outgoing,
    says,
    talk,
)

from firstlight.model.events import Failed, WebSocketClosed
from firstlight.model.exchange import Exchange
from firstlight.model.request import Message, Request, RequestSettings
from firstlight.runner.conversation import Conversation

DEFLATE = "Sec-WebSocket-Extensions: permessage-deflate"


def packed(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return (packer.compress(data) + packer.flush(zlib.Z_SYNC_FLUSH))[:-4]


@pytest.mark.parametrize(
    ("bytes_sent", "kind", "code"),
    [
        (frame(TEXT, b"x", reserved=0b100), "reserved-bits", 1002),
        (frame(TEXT, b"x", reserved=0b001), "reserved-bits", 1002),
        (frame(3, b"x"), "bad-opcode", 1002),
        (frame(15), "bad-opcode", 1002),
        (frame(TEXT, b"x", mask=True), "masked-frame", 1002),
        (frame(PING, b"x" * 126), "long-control-frame", 1002),
        (frame(PING, b"x", fin=False), "fragmented-control-frame", 1002),
        (frame(CLOSE, fin=False), "fragmented-control-frame", 1002),
        (frame(CONT, b"x"), "bad-continuation", 1002),
        (frame(TEXT, b"x", fin=False) + frame(TEXT, b"y"), "bad-continuation", 1002),
        (frame(TEXT, b"x", fin=False) + goodbye(), "bad-continuation", 1002),
        (frame(CLOSE, b"\x03"), "bad-close-frame", 1002),
        (goodbye(1005), "bad-close-frame", 1002),
        (goodbye(999), "bad-close-frame", 1002),
        (frame(CLOSE, b"\x03\xe8\xff\xfe"), "bad-utf8", 1007),
        (frame(TEXT, b"ab\xff"), "bad-utf8", 1007),
        (frame(TEXT, b"\xed\xa0\x80"), "bad-utf8", 1007),
        (frame(TEXT, "初".encode()[:2]), "bad-utf8", 1007),
        (frame(TEXT, "初".encode()[:2], fin=False) + frame(CONT, b"x"), "bad-utf8", 1007),
    ],
)
def test_what_breaks_the_rules_is_named_and_answered(bytes_sent: bytes, kind: str, code: int) -> None:
    heard: list[bytes] = []

    async def handler(peer: Peer) -> None:
        await says(frame(TEXT, b"before"), bytes_sent)(peer)
        heard.append(await peer.reader.read(65536))

    outcome, events = run(hear(handler))
    assert outcome.failure is not None
    assert (outcome.failure.layer, outcome.failure.kind) == ("protocol", kind)
    assert outcome.failure.hint
    assert str(code) in str(outcome.failure.message)
    assert [message.text for message in incoming(events)] == ["before"]
    assert outcome.closed is not None
    assert (outcome.closed.code, outcome.closed.by, outcome.closed.clean) == (code, "us", False)
    assert heard[0][0] == 0x80 | CLOSE
    assert isinstance(events[-1], Failed)


@pytest.mark.parametrize("reset", [False, True])
def test_an_end_without_goodbye(reset: bool) -> None:
    async def handler(peer: Peer) -> None:
        await says(frame(TEXT, b"hello"))(peer)
        if reset:
            peer.reset()

    outcome, events = run(hear(handler))
    assert outcome.failure is not None
    assert (outcome.failure.layer, outcome.failure.kind) == ("read", "closed-without-goodbye")
    assert "1006" in str(outcome.failure.message)
    assert "Ping every" in str(outcome.failure.hint)
    assert outcome.closed is not None
    assert (outcome.closed.code, outcome.closed.clean) == (1006, False)
    assert sum(isinstance(event, WebSocketClosed) for event in events) == 1


def test_a_message_that_is_cut_is_not_told() -> None:
    outcome, events = run(hear(says(frame(TEXT, b"whole") + frame(TEXT, b"half of it")[:-3])))
    assert [message.text for message in incoming(events)] == ["whole"]
    assert outcome.failure is not None
    assert outcome.failure.kind == "closed-without-goodbye"


def test_a_close_without_code_is_no_failure() -> None:
    outcome, _ = run(hear(says(frame(CLOSE))))
    assert outcome.failure is None
    assert outcome.closed is not None
    assert (outcome.closed.code, outcome.closed.by) == (1005, "peer")


@pytest.mark.parametrize("many", [1, 40])
def test_a_message_in_pieces_is_joined_and_its_frames_are_counted(many: int) -> None:
    text = ("初光" * 40).encode()
    size = len(text) // many
    pieces = [text[n * size : (n + 1) * size] for n in range(many - 1)] + [text[(many - 1) * size :]]
    sent = b"".join(
        frame(CONT if n else TEXT, piece, fin=n == many - 1) + frame(PING, b"in between")
        for n, piece in enumerate(pieces)
    )
    outcome, events = run(hear(says(sent + goodbye())))
    assert outcome.failure is None
    assert [(message.text, message.frames) for message in incoming(events)] == [(text.decode(), many)]


def limited(most_mb: float | None) -> Request:
    return Request(settings=RequestSettings(largest_message_mb=most_mb))


@pytest.mark.parametrize(
    "sent",
    [
        frame(BINARY, b"x" * 10_001),
        frame(BINARY, b"x" * 6000, fin=False) + frame(CONT, b"x" * 6000),
        frame(BINARY, packed(b"0" * 5_000_000), reserved=0b100),
    ],
)
def test_a_message_over_the_limit_ends_it_with_1009(sent: bytes) -> None:
    outcome, events = run(hear(says(sent, hang_up=False, lines=(DEFLATE,)), limited(0.01)))
    assert outcome.failure is not None
    assert (outcome.failure.layer, outcome.failure.kind) == ("read", "message-too-large")
    assert "0.01 MB" in str(outcome.failure.message)
    assert not incoming(events)
    assert outcome.closed is not None
    assert outcome.closed.code == 1009


@pytest.mark.parametrize("most_mb", [None, 64.0])
def test_a_message_of_twenty_megabytes_arrives(most_mb: float | None) -> None:
    data = bytes(range(256)) * 80_000
    outcome, events = run(hear(says(frame(BINARY, data) + goodbye()), limited(most_mb)))
    assert outcome.failure is None
    assert [message.data == data for message in incoming(events)] == [True]


def test_compressed_messages_are_unpacked_and_broken_ones_are_named() -> None:
    good = frame(TEXT, packed(b"packed"), reserved=0b100)
    outcome, events = run(hear(says(good, frame(TEXT, b"\xff\xff\xff", reserved=0b100), lines=(DEFLATE,))))
    assert opened(events).extensions == "permessage-deflate"
    assert [message.text for message in incoming(events)] == ["packed"]
    assert outcome.failure is not None
    assert outcome.failure.kind == "bad-compression"


def test_a_peer_that_takes_nothing_is_named() -> None:
    async def deaf(peer: Peer) -> None:
        asked = await peer.head()
        peer.writer.transport.pause_reading()  # type: ignore[attr-defined]
        await peer.send(accepting(asked.header("sec-websocket-key") or ""))
        await asyncio.Event().wait()

    async def work() -> tuple[Exchange, list[object]]:
        request = Request(
            messages=(Message(text="x" * 30_000_000),),
            settings=RequestSettings(idle_timeout_s=0.2, compress_messages=False),
        )
        async with serving(deaf) as server:
            conversation = Conversation()
            conversation.send(request.messages[0], scope())
            outcome, events = await talk(
                Request(url=f"ws://127.0.0.1:{server.port}", settings=request.settings), conversation
            )
            return outcome, list(outgoing(events))

    outcome, sent = run(work())
    assert not sent
    assert outcome.failure is not None
    assert (outcome.failure.layer, outcome.failure.kind) == ("send", "idle-timeout")


@pytest.mark.parametrize("step", [1, 3, 1000])
def test_bytes_that_arrive_in_any_pieces_are_the_same_messages(step: int) -> None:
    sent = (
        frame(TEXT, "初光".encode()) + frame(BINARY, b"x" * 300) + frame(PING) + frame(TEXT, b"") + goodbye(1000, "bye")
    )

    async def handler(peer: Peer) -> None:
        asked = await peer.head()
        await peer.send(accepting(asked.header("sec-websocket-key") or ""))
        for start in range(0, len(sent), step):
            await peer.send(sent[start : start + step])
            await asyncio.sleep(0)

    outcome, events = run(hear(handler))
    assert outcome.failure is None
    assert [message.text if message.data is None else message.data for message in incoming(events)] == [
        "初光", b"x" * 300, "",
    ]  # fmt: skip
    assert outcome.closed is not None
    assert outcome.closed.reason == "bye"
