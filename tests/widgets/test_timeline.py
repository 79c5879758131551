"""The timeline of a WebSocket keeps the newest and says what it let go; its rows follow."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest

from firstlight.model.events import (
    WebSocketClosed,
    WebSocketMessage,
    WebSocketNotSent,
    WebSocketOpened,
    WebSocketPing,
    WebSocketPong,
)
from firstlight.model.failure import Failure
from firstlight.texts import Phrase
from firstlight.ui.response.message_lines import message_lines
from firstlight.ui.talk.timeline import Entry, Timeline
from firstlight.ui.talk.timeline_rows import TimelineRows
from firstlight.ui.talk.timeline_words import detail, kind_word


def message(number: int, size_bytes: int = 3, direction: str = "in") -> WebSocketMessage:
    return WebSocketMessage(at_ns=number * 1_000_000, direction=direction, text=f"m{number}", size_bytes=size_bytes)


def texts(rows: TimelineRows) -> list[str]:
    return [rows.data(row, 100) for row in range(rows.count)]


def test_what_is_too_much_goes_from_the_front_and_is_counted() -> None:
    timeline = Timeline(most_entries=10)
    for number in range(35):
        timeline.extend([message(number)])
    assert len(timeline.entries) <= 10
    assert timeline.total == 35
    assert timeline.dropped == 35 - len(timeline.entries)
    assert timeline.counts == {"in": 35, "out": 0}
    assert timeline.entries[-1] == message(34)


def test_little_goes_at_a_time() -> None:
    timeline, gone = Timeline(most_entries=1000), [0]
    for number in range(3000):
        timeline.extend([message(number)])
        gone.append(timeline.dropped)
    assert max(later - before for before, later in pairwise(gone)) == 21
    assert (timeline.total, timeline.entries[0]) == (3000, message(timeline.dropped))


def test_large_messages_are_let_go_by_their_bytes() -> None:
    timeline = Timeline(most_bytes=1000)
    timeline.extend([message(number, 300) for number in range(10)])
    assert sum(300 for _ in timeline.entries) <= 1000
    timeline.extend([message(99, 5000)])
    assert timeline.entries == [message(99, 5000)]  # the newest is kept, however large


def test_rows_follow_what_comes_and_what_goes() -> None:
    timeline = Timeline(most_entries=10)
    rows = TimelineRows(timeline, 0)
    timeline.extend([message(number) for number in range(4)])
    assert rows.grow()
    assert (rows.count, rows.lost, texts(rows)) == (4, 0, ["m0", "m1", "m2", "m3"])
    assert not rows.grow()
    timeline.extend([message(number) for number in range(4, 14)])
    assert rows.grow()
    assert rows.lost == 4
    assert texts(rows)[-1] == "m13"
    assert rows.lead(rows.count - 1, rows.widths()).split()[0] == "14"


def test_a_filter_finds_content_and_kind_and_forgets_what_is_gone() -> None:
    timeline = Timeline(most_entries=100)
    timeline.extend(
        [WebSocketOpened(at_ns=0), *(message(n) for n in range(50)), WebSocketPing(at_ns=1, direction="out")]
    )
    by_content, by_kind = TimelineRows(timeline, 0, "M4"), TimelineRows(timeline, 0, "ping")
    by_content.grow()
    by_kind.grow()
    assert texts(by_content) == ["m4", *(f"m4{n}" for n in range(10))]
    assert by_kind.count == 1
    timeline.extend([message(n) for n in range(50, 140)])
    by_content.grow()
    assert "m4" not in texts(by_content)
    assert by_content.lost > 0


ENTRIES: tuple[tuple[Entry, str, bytes], ...] = (
    (WebSocketOpened(at_ns=0, subprotocol="chat", extensions="permessage-deflate"), "● Opened", b"subprotocol chat"),
    (WebSocketMessage(at_ns=0, direction="out", text='{"a":1}', size_bytes=7), "↑ JSON", b'{\n  "a": 1\n}'),
    (WebSocketMessage(at_ns=0, direction="in", text="[DONE]", size_bytes=6), "↓ Text", b"[DONE]"),
    (WebSocketMessage(at_ns=0, direction="in", data=b"\x00\xff", size_bytes=2), "↓ Binary", b"00 ff"),
    (WebSocketMessage(at_ns=0, direction="out", path="/x/rose.jpg", size_bytes=9), "↑ File", b"/x/rose.jpg"),
    (WebSocketPing(at_ns=0, direction="in", data=b"hi"), "↓ Ping", b"hi"),
    (WebSocketPong(at_ns=0, round_trip_ms=1.5), "↓ Pong", b"1.5"),
    (WebSocketClosed(at_ns=0, code=1000, by="us", clean=False), "○ Closed", b"without an answer"),
    (WebSocketNotSent(at_ns=0, failure=Failure(layer="file", kind="x", message=Phrase("gone"))), "× Not sent", b"gone"),
)


@pytest.mark.parametrize(("entry", "word", "shown"), ENTRIES)
def test_every_entry_has_a_word_a_detail_and_a_line_of_json(entry: Entry, word: str, shown: bytes) -> None:
    assert kind_word(entry) == word
    assert shown in detail(entry)[0]
    line = json.loads(message_lines([entry], 0))
    assert line["at_ms"] == 0
    assert line["kind"] in {"opened", "message", "ping", "pong", "closed", "not_sent"}


def test_a_time_that_is_not_exact_is_marked() -> None:
    timeline = Timeline()
    timeline.extend([message(1), message(2)])
    rows = TimelineRows(timeline, 0, late={2_000_000: 500_000})
    rows.grow()
    first, second = (rows.lead(row, rows.widths()) for row in range(2))
    assert "≈" not in first
    assert " ≈2.0  " in second
    assert len(first) == len(second)
