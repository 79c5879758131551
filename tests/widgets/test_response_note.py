"""The line over the answer: how far a big body is, and whether meta.uuid came back."""

from __future__ import annotations

from time import perf_counter_ns

import msgspec
import pytest
from PySide6.QtWidgets import QFrame, QLabel
from pytestqt.qtbot import QtBot
from response_screen import TIMINGS, ResponseScreen, body, failed, finished, head, started, summary

from firstlight.model.events import (
    Finished,
    Inexact,
    Sent,
    ServerEvent,
    Uploading,
    WebSocketMessage,
    WebSocketOpened,
)
from firstlight.model.response import MetaUuid, StreamSummary
from firstlight.ui.response.exchange_note import note_on
from firstlight.ui.response.record import ExchangeRecord


@pytest.fixture
def screen(qtbot: QtBot) -> ResponseScreen:
    return ResponseScreen(qtbot)


def uploading(sent: int, total: int = 2_000_000_000, at_ns: int = 0) -> Uploading:
    return Uploading(at_ns=at_ns or perf_counter_ns(), sent_bytes=sent, total_bytes=total)


def ended(found: MetaUuid | None) -> Finished:
    return Finished(at_ns=perf_counter_ns(), body_bytes=2, timings=TIMINGS, meta_uuid=found)


def seen(screen: ResponseScreen) -> bool:
    return screen.child(QFrame, "exchangeNote").isVisible()


def said(screen: ResponseScreen) -> str:
    return screen.child(QLabel, "exchangeNoteText").text() if seen(screen) else ""


def test_a_big_body_tells_bytes_and_percentage_until_the_answer_comes(screen: ResponseScreen) -> None:
    screen.feed(started(), uploading(500_000_000))
    screen.wait(lambda: said(screen).startswith("Sending the body: 500.0 MB of 2.00 GB · 25 %"))
    screen.feed(uploading(1_500_000_000))
    screen.wait(lambda: said(screen).startswith("Sending the body: 1.50 GB of 2.00 GB · 75 %"))
    screen.feed(Sent(at_ns=perf_counter_ns(), body_bytes=2_000_000_000))
    screen.wait(lambda: said(screen) == "The body is sent.")
    screen.feed(head(), body(b"{}"), ended(None))
    screen.wait(lambda: not seen(screen))


def test_the_speed_is_that_of_the_last_seconds() -> None:
    record = ExchangeRecord()
    record.take(
        [started(), uploading(0, at_ns=1), *(uploading(n * 10_000_000, at_ns=n * 10**9) for n in range(1, 101))]
    )
    note = note_on(record, 101 * 10**9)
    assert note is not None
    # 590 MB between the 41st second, the oldest that is remembered, and now, the 101st
    assert note.text == "Sending the body: 1.00 GB of 2.00 GB · 50 % · 9.8 MB/s · 1 min 42 s left"


def test_an_upload_that_failed_leaves_no_line(screen: ResponseScreen) -> None:
    screen.feed(started(), uploading(1))
    screen.wait(lambda: seen(screen))
    screen.feed(failed("send"))
    screen.wait(lambda: not seen(screen))


@pytest.mark.parametrize(
    ("found", "status", "expected"),
    [
        (MetaUuid(sent="a-1", received="a-1"), 200, "meta.uuid matches: a-1"),
        (MetaUuid(sent="a-1", received="b-2"), 200, "meta.uuid differs: sent a-1, received b-2"),
        (MetaUuid(sent="a-1", received="b-2"), 500, "meta.uuid differs: sent a-1, received b-2"),
        (MetaUuid(sent="a-1", received=""), 200, "meta.uuid did not come back; sent a-1"),
        (MetaUuid(sent="a-1", received=""), 401, ""),
        (None, 200, ""),
    ],
)
def test_meta_uuid_is_compared(screen: ResponseScreen, found: MetaUuid | None, status: int, expected: str) -> None:
    screen.feed(started(), head(status), body(b"{}"), ended(found))
    screen.wait(lambda: screen.label("statusLabel").startswith(str(status)))
    assert said(screen) == expected


def test_another_request_begins_without_a_line(screen: ResponseScreen) -> None:
    screen.feed(started(), head(), body(b"{}"), ended(MetaUuid(sent="a", received="a")))
    screen.wait(lambda: seen(screen))
    screen.pane.clear()
    assert not seen(screen)
    screen.feed(started(), head(), body(b"{}"), ended(None))
    screen.wait_status("200 OK")
    assert not seen(screen)


def test_a_stream_whose_times_are_not_all_exact_says_so_and_marks_them(screen: ResponseScreen) -> None:
    at = perf_counter_ns()
    exact = ServerEvent(at_ns=at + 1_000_000, type="message", data="on time")
    late = ServerEvent(at_ns=at + 2_000_000, type="message", data="late")
    mark = Inexact(at_ns=late.at_ns, late_ns=41_000_000)
    screen.feed(started(), head(kind="text/event-stream"), body(b"data: x\n\n"), exact, mark, late)
    screen.feed(finished(9, summary()))
    screen.wait(lambda: seen(screen))

    told = screen.label("exchangeNoteText")
    assert told.startswith("1 arrival could not be timed exactly: this program was busy.")
    assert told.endswith("Times marked ≈ may be up to 41 ms late.")
    screen.table.pick(0)
    assert "≈" not in screen.table.accessibleDescription()
    screen.table.pick(1)
    assert "≈" in screen.table.accessibleDescription()


def test_an_answer_without_its_end_is_doubted_and_a_failure_speaks_for_itself(screen: ResponseScreen) -> None:
    cut = msgspec.structs.replace(summary(), text="Hel", truncated=True)
    whole = msgspec.structs.replace(cut, truncated=False)
    for stream, words in ((cut, "without a finish reason"), (whole, "")):
        screen.feed(started(), head(), Finished(at_ns=perf_counter_ns(), body_bytes=2, timings=TIMINGS, stream=stream))
        screen.wait(lambda words=words: words in said(screen) if words else not seen(screen))  # type: ignore[misc]


def test_a_long_message_of_a_websocket_tells_how_far_it_is_until_it_is_sent() -> None:
    record = ExchangeRecord()
    record.take([started(), head(), WebSocketOpened(at_ns=1), uploading(0, 4_000_000, at_ns=10**9)])
    record.take([uploading(1_000_000, 4_000_000, at_ns=2 * 10**9)])
    note = note_on(record, 2 * 10**9)
    assert note is not None
    assert note.text == "Sending a message: 1.0 MB of 4.0 MB · 25 % · 1.0 MB/s · 3 s left"
    assert record.uploaded == 0.25
    record.take([WebSocketMessage(at_ns=3 * 10**9, direction="in", text="x", size_bytes=1)])
    assert record.uploaded == 0.25
    record.take([WebSocketMessage(at_ns=4 * 10**9, direction="out", path="big.bin", size_bytes=4_000_000)])
    assert record.uploaded is None
    assert note_on(record, 4 * 10**9) is None


def test_a_long_line_takes_several_and_what_does_not_fit_is_cut_with_dots(screen: ResponseScreen) -> None:
    cut = StreamSummary(kind="sse", events=1, truncated=True, unfinished=True)
    screen.pane.resize(640, 400)
    screen.feed(started(), head(200, "text/event-stream"), finished(2, cut))
    screen.wait(lambda: "probably incomplete" in said(screen))
    label = screen.child(QLabel, "exchangeNoteText")
    screen.wait(lambda: label.height() > 1.5 * label.fontMetrics().height())
    screen.wait(lambda: label.heightForWidth(label.width()) <= label.height() + 1)  # every line of it is seen
    screen.pane.resize(200, 400)
    screen.wait(lambda: "…" in said(screen))
    assert "ended it early" in label.toolTip()
