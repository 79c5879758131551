"""The Stream tab: filter, pause, export, the gaps between tokens, tool calls, a stream that was held back."""

from __future__ import annotations

import asyncio
import json
from array import array
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot
from response_screen import STREAM, ResponseScreen, chunk, finished, head, started
from until import until

from firstlight.model.events import ServerEvent, Token
from firstlight.model.response import StreamSummary, ToolCall
from firstlight.ui.response.gap_chart import GapChart
from firstlight.ui.response.gaps import Gaps
from firstlight.ui.response.message_lines import message_lines
from firstlight.ui.response.message_rows import MessageRows
from firstlight.ui.response.record import ExchangeRecord
from firstlight.ui.response.stream_figures import stream_figures


@pytest.fixture
def screen(qtbot: QtBot) -> ResponseScreen:
    return streaming(qtbot)


def streaming(qtbot: QtBot) -> ResponseScreen:
    screen = ResponseScreen(qtbot)
    screen.feed(started(), head(200, "text/event-stream"))
    screen.wait(lambda: screen.tabs.currentIndex() == STREAM)
    return screen


def event(data: str, kind: str = "message", at_ns: int = 1) -> ServerEvent:
    return ServerEvent(at_ns=at_ns, type=kind, data=data)


def type_filter(screen: ResponseScreen, text: str) -> None:
    field = screen.child(QLineEdit, "messageFilter")
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text) if text else QTest.keyClick(field, Qt.Key.Key_Delete)


def test_the_filter_looks_at_type_and_data(screen: ResponseScreen) -> None:
    screen.feed(event("red"), event("green", "colour"), event("Red wine"), event("blue"))
    screen.wait(lambda: screen.table.count == 4)
    type_filter(screen, "red")
    assert screen.table.count == 2
    assert screen.label("messageNote") == "2 of 4"
    QTest.keyClick(screen.table, Qt.Key.Key_End)
    assert screen.text("messageDetail") == "Red wine"
    screen.feed(event("more red"))
    screen.wait(lambda: screen.table.count == 3)
    type_filter(screen, "COLOUR")
    assert [message.data for message in screen.table.shown()] == ["green"]
    type_filter(screen, "nothing")
    assert screen.table.count == 0
    type_filter(screen, "")
    assert screen.table.count == 5
    assert screen.label("messageNote") == ""


def test_the_column_of_types_is_as_wide_as_they_are() -> None:
    long = event("x", "content_block_delta")
    for messages, width in (([event("x")], 0), ([event("x"), event("y", "tick")], 10), ([long], 20)):
        rows = MessageRows(messages, 0)
        rows.grow()
        assert rows.widths()[3] == width
    assert "content_block_delta  " in rows.lead(0, rows.widths())


def test_a_long_list_is_filtered_to_its_end(screen: ResponseScreen) -> None:
    screen.feed(*(event(f"event {number}") for number in range(60_000)))
    screen.wait(lambda: screen.table.count == 60_000)
    type_filter(screen, "999")
    screen.wait(lambda: screen.label("messageNote") == "114 of 60,000")


def test_a_pause_holds_the_view_and_not_the_stream(screen: ResponseScreen) -> None:
    screen.feed(*chunk("one "))
    screen.wait(lambda: screen.text("streamText") == "one ")
    screen.click("messagePause")
    assert screen.label("messageNote") == "paused"
    screen.feed(*chunk("two"), finished(20))
    screen.wait(lambda: screen.label("timeLabel") == "126 ms")
    assert (screen.text("streamText"), screen.table.count) == ("one ", 1)
    screen.click("messagePause")
    assert (screen.text("streamText"), screen.table.count) == ("one two", 2)
    assert screen.label("messageNote") == ""


def test_a_new_stream_ends_the_pause(screen: ResponseScreen) -> None:
    screen.feed(*chunk("one "))
    screen.wait(lambda: screen.table.count == 1)
    screen.click("messagePause")
    screen.feed(started(), head(200, "text/event-stream"), *chunk("new"))
    screen.wait(lambda: screen.text("streamText") == "new")
    assert screen.label("messageNote") == ""


def exported() -> bool:
    return not any(task.get_name() == "export messages" for task in asyncio.all_tasks())


async def save_as(screen: ResponseScreen, path: Path) -> None:
    QTest.mouseClick(screen.pane.findChild(object, "messageExport"), Qt.MouseButton.LeftButton)
    dialog = await until(lambda: next((d for d in screen.pane.findChildren(QFileDialog) if d.isVisible()), None))
    name = dialog.findChild(QLineEdit)
    assert name.text() == "stream.jsonl"
    name.setText(str(path))
    QTest.keyClick(name, Qt.Key.Key_Return)


async def test_the_messages_shown_are_exported_with_their_times(qtbot: QtBot, tmp_path: Path) -> None:
    screen = ResponseScreen(qtbot)
    begun = started()
    screen.feed(begun, head(200, "text/event-stream"))
    screen.feed(
        *(event(data, at_ns=begun.at_ns + ms * 1_000_000) for data, ms in (("spring 春", 5), ("x", 6), ("spring", 9)))
    )
    await until(lambda: screen.table.count == 3)
    type_filter(screen, "spring")
    await save_as(screen, tmp_path / "out.jsonl")
    await until(exported)
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert [(line["at_ms"], line["gap_ms"], line["data"]) for line in lines] == [
        (5.0, None, "spring 春"),
        (9.0, 4.0, "spring"),
    ]


async def test_an_export_that_cannot_be_written_says_why(qtbot: QtBot, tmp_path: Path) -> None:
    screen = ResponseScreen(qtbot)
    screen.feed(started(), head(200, "text/event-stream"), event("a"))
    await until(lambda: screen.table.count == 1)
    folder = tmp_path / "gone"
    folder.mkdir()
    QTest.mouseClick(screen.pane.findChild(object, "messageExport"), Qt.MouseButton.LeftButton)
    dialog = await until(lambda: next((d for d in screen.pane.findChildren(QFileDialog) if d.isVisible()), None))
    dialog.findChild(QLineEdit).setText(str(folder / "out.jsonl"))
    folder.rmdir()
    dialog.accept()
    box = await until(lambda: next((b for b in screen.pane.findChildren(QMessageBox) if b.isVisible()), None))
    assert "out.jsonl" in box.text() + box.informativeText()
    box.accept()
    await until(exported)


def test_every_field_of_a_message_is_exported() -> None:
    message = ServerEvent(at_ns=3_000_000, type="a", data="d", id="7", retry=5, comment="c", truncated=True)
    assert json.loads(message_lines([message], 1_000_000)) == {
        "at_ms": 2.0, "gap_ms": None, "type": "a", "data": "d", "id": "7", "retry": 5, "comment": "c",
        "truncated": True,
    }  # fmt: skip


def tokens(*gaps_ms: float) -> list[Token]:
    at_ns, made = 1_000_000_000, [Token(at_ns=1_000_000_000, text="a")]
    for gap in gaps_ms:
        at_ns += int(gap * 1_000_000)
        made.append(Token(at_ns=at_ns, text="a"))
    return made


def test_the_gaps_are_drawn_and_the_long_ones_counted(screen: ResponseScreen) -> None:
    screen.feed(event("x"), *tokens(10, 10, 0, 10, 200, 10))
    screen.wait(lambda: screen.label("gapSum") == "median 10 ms · longest 200 ms · 1 long")
    chart = screen.child(GapChart, "gapChart")
    assert chart.told(1) == "10 ms before token 2"
    assert chart.told(20) == "200 ms before token 6"
    assert chart.told(500) == ""
    picture = chart.grab().toImage()
    low, high = picture.height() - 2, 2
    assert picture.pixelColor(19, low) != picture.pixelColor(1, low)
    assert picture.pixelColor(1, high) != picture.pixelColor(19, high)
    assert chart.accessibleDescription() == screen.child(QLabel, "gapSum").text()


def test_two_tokens_are_no_picture(screen: ResponseScreen) -> None:
    screen.feed(event("x"), *tokens(10))
    screen.wait(lambda: screen.table.count == 1)
    assert not screen.shows("gapStrip")


def test_a_million_gaps_become_some_hundred_columns() -> None:
    gaps, stamps = Gaps(), array("q", (number * 1_000_000 for number in range(20_001)))
    for number in range(15_000, 20_001):
        stamps[number] += 50_000_000
    while gaps.grow(stamps):
        pass
    assert 300 <= len(gaps.columns) <= 600
    assert (gaps.median_ns, gaps.longest) == (1_000_000, (51_000_000, 15_001))
    assert gaps.long_count() == 1
    assert (51_000_000, 15_001) in gaps.columns
    assert gaps.per_column == 64


def test_tool_calls_are_shown_put_together(screen: ResponseScreen) -> None:
    calls = (ToolCall(index=0, id="c1", name="weather", arguments='{"city":"北京"}'), ToolCall(index=1, name="sum"))
    screen.feed(event("x"), finished(20, StreamSummary(kind="sse", events=1, tool_calls=calls)))
    screen.wait(lambda: screen.shows("toolCalls"))
    assert screen.text("toolCalls") == 'weather  c1\n{\n  "city": "北京"\n}\n\nsum\n'
    assert not screen.shows("streamText")
    screen.feed(started(), head(200, "text/event-stream"), *chunk("new"))
    screen.wait(lambda: screen.text("streamText") == "new")
    assert not screen.shows("toolCalls")


def test_a_stream_that_was_held_back_is_told(screen: ResponseScreen) -> None:
    screen.feed(event("x"), finished(20, StreamSummary(kind="sse", events=1, buffered=True)))
    screen.wait(lambda: "came in one piece" in screen.label("exchangeNoteText"))


@pytest.mark.parametrize(
    ("usage", "shown"),
    [
        ({"input_tokens": 25, "output_tokens": 1500}, "25 + 1,500"),
        ({"prompt_eval_count": 3, "eval_count": 4}, "3 + 4"),
        ({"generated_tokens": 4}, "– + 4"),
        ({"prompt_tokens": 1, "completion_tokens": 2}, "1 + 2 = –"),
        ({"total_tokens": 3}, "– + – = 3"),
        ({"other": 3}, ""),
    ],
)
def test_tokens_are_counted_in_the_words_of_every_service(usage: dict[str, object], shown: str) -> None:
    record = ExchangeRecord()
    record.take([started(), finished(1, StreamSummary(kind="sse", usage=usage))])
    assert {figure.name: figure.value for figure in stream_figures(record)}.get("usage", "") == shown
