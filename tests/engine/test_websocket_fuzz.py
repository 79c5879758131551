"""Frames in any order, cut anywhere, right and wrong: every message is told, every fault has a name and a code."""

from __future__ import annotations

import asyncio
import random
import struct

from servers import Peer, run, serving
from websocket_peers import BINARY, CLOSE, CONT, PING, PONG, TEXT, accepting, frame, goodbye, incoming, talk

from firstlight.model.events import Event, WebSocketPing
from firstlight.model.exchange import Exchange
from firstlight.model.request import Request, RequestSettings
from firstlight.runner.conversation import Conversation
from firstlight.texts import tr, use_language

ROUNDS = 150
CODES = {"bad-utf8": 1007, "message-too-large": 1009}
"""Kind of a failure → close code; all others are 1002."""


def a_message(pick: random.Random) -> tuple[bytes, str | bytes]:
    """Return the frames of a message, with pings and pongs between them, and what it says."""
    text = "".join(pick.choice("aé初😀 \0") for _ in range(pick.choice([0, 1, 30, 125, 126, 300])))
    is_text = pick.random() < 0.6
    data = text.encode() if is_text else pick.randbytes(pick.choice([0, 1, 125, 126, 70_000]))
    cuts = sorted(pick.randrange(len(data) + 1) for _ in range(pick.choice([0, 0, 1, 2, 7])))
    pieces = [data[start:end] for start, end in zip([0, *cuts], [*cuts, len(data)], strict=True)]
    frames = b""
    for number, piece in enumerate(pieces):
        kind = CONT if number else (TEXT if is_text else BINARY)
        frames += frame(kind, piece, fin=number == len(pieces) - 1)
        if pick.random() < 0.3:
            frames += frame(pick.choice([PING, PONG]), bytes(pick.randrange(126)))
    return frames, text if is_text else data


def a_fault(pick: random.Random) -> bytes:
    """Return a frame that no server may send."""
    return pick.choice(
        [
            frame(TEXT, b"x", reserved=pick.choice([0b001, 0b010, 0b011, 0b110])),
            frame(pick.choice([3, 4, 5, 6, 7, 11, 12, 13, 14, 15]), bytes(pick.randrange(20))),
            frame(pick.choice([TEXT, BINARY, PING]), b"x", mask=True),
            frame(pick.choice([PING, PONG, CLOSE]), bytes(pick.randrange(126, 400))),
            frame(pick.choice([PING, PONG, CLOSE]), b"", fin=False),
            frame(CONT, b"x", fin=pick.random() < 0.5),
            frame(TEXT, b"x", fin=False) + frame(pick.choice([TEXT, BINARY]), b"y"),
            frame(TEXT, pick.choice([b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", "初".encode()[:2]])),
            frame(TEXT, "初".encode()[:1], fin=False) + frame(CONT, b"x"),
            frame(CLOSE, b"\x03"),
            frame(CLOSE, struct.pack("!H", pick.choice([0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65535]))),
            frame(CLOSE, b"\x03\xe8\xff"),
            frame(BINARY, b"x" * 1_000_001),
        ]
    )


def pieces_of(data: bytes, pick: random.Random) -> list[bytes]:
    size = pick.choice([1, 2, 7, 100, 65_536, len(data)]) if len(data) < 3_000 else pick.choice([4_096, 65_536])
    return [data[start : start + size] for start in range(0, len(data), size)]


async def heard(port: int) -> tuple[Exchange, list[Event]]:
    settings = RequestSettings(largest_message_mb=1.0, compress_messages=False)
    return await talk(Request(url=f"ws://127.0.0.1:{port}/", settings=settings), Conversation())


def test_whatever_the_frames_are_and_wherever_they_are_cut() -> None:
    sent: list[bytes] = []
    pick = random.Random(6455)

    async def handler(peer: Peer) -> None:
        asked = await peer.head()
        await peer.send(accepting(asked.header("sec-websocket-key") or ""))
        try:
            for piece in pieces_of(sent[-1], pick):
                await peer.send(piece)
                if len(sent[-1]) < 3_000:
                    await asyncio.sleep(0)
            await peer.reader.read(65_536)
        except ConnectionError:  # it has heard enough: a fault in the middle
            return

    async def work() -> None:
        async with serving(handler) as server:
            for _ in range(ROUNDS):
                messages = [a_message(pick) for _ in range(pick.randrange(5))]
                wrong = a_fault(pick) if pick.random() < 0.6 else b""
                sent.append(b"".join(frames for frames, _ in messages) + (wrong or goodbye(1000, "bye")))
                outcome, events = await heard(server.port)
                said = [message.data if message.text is None else message.text for message in incoming(events)]
                assert said == [content for _, content in messages]
                assert outcome.closed is not None
                if wrong:
                    check_fault(outcome)
                else:
                    assert outcome.failure is None
                    assert (outcome.closed.code, outcome.closed.reason) == (1000, "bye")
                assert all(event.direction == "in" for event in events if isinstance(event, WebSocketPing))

    run(work())


def check_fault(outcome: Exchange) -> None:
    """Its code is the one that was sent and told, in both languages."""
    failure, closed = outcome.failure, outcome.closed
    assert failure is not None
    assert closed is not None
    assert failure.kind != "bad-frame", failure.message  # the library's words, not ours
    code = CODES.get(failure.kind, 1002)
    assert (closed.code, closed.by, closed.clean) == (code, "us", False)
    told = set()
    for language in ("en", "zh_CN"):
        use_language(language)
        try:
            assert str(code) in tr(failure.message)
            told.add(tr(failure.message))
            assert tr(failure.hint)
        finally:
            use_language("en")
    assert len(told) == 2
