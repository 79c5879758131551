"""The Stream tab: text and reasoning as they grow, the list of messages, the figures."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel
from pytestqt.qtbot import QtBot
from response_screen import STREAM, ResponseScreen, body, chunk, clipboard, failed, finished, head, started, summary

from firstlight.model.events import ServerEvent
from firstlight.texts import use_language
from firstlight.ui.response.message_rows import MessageRows
from firstlight.ui.text.text_view import TextView


@pytest.fixture
def screen(qtbot: QtBot) -> ResponseScreen:
    screen = ResponseScreen(qtbot)
    screen.feed(started(), head(200, "text/event-stream"))
    screen.wait(lambda: screen.tabs.currentIndex() == STREAM)
    return screen


def figure(screen: ResponseScreen, name: str) -> str:
    return screen.label(f"figure_{name}")


def test_the_text_grows_and_reasoning_stands_apart(screen: ResponseScreen) -> None:
    screen.feed(*chunk("Let me think. ", reasoning=True), *chunk("你好"))
    screen.wait(lambda: screen.text("streamText") == "你好")
    assert screen.text("reasoningText") == "Let me think. "
    screen.feed(*chunk(", world"))
    screen.wait(lambda: screen.text("streamText") == "你好, world")


def test_what_stands_where_no_text_is_follows_the_language(screen: ResponseScreen) -> None:
    answer = screen.child(TextView, "streamText")
    screen.wait(lambda: answer.placeholder() == "No text has arrived yet.")
    screen.feed(*chunk("one"))
    screen.wait(lambda: screen.text("streamText") == "one")
    use_language("zh_CN")
    QApplication.sendEvent(screen.pane, QEvent(QEvent.Type.LanguageChange))
    assert answer.placeholder() == "尚未收到文本。"


def test_reasoning_folds_away_and_comes_back(screen: ResponseScreen) -> None:
    assert not screen.shows("reasoningFold")
    screen.feed(*chunk("hm", reasoning=True), *chunk("ok"))
    screen.wait(lambda: screen.shows("reasoningText"))
    screen.click("reasoningFold")
    assert not screen.shows("reasoningText")
    screen.feed(*chunk(" more"))
    screen.wait(lambda: screen.text("streamText") == "ok more")
    assert not screen.shows("reasoningText")
    screen.click("reasoningFold")
    assert screen.shows("reasoningText")


def test_every_message_is_a_row_and_a_picked_one_is_shown_in_full(screen: ResponseScreen) -> None:
    screen.feed(*chunk("one"), *chunk("two"), *chunk("three"))
    screen.wait(lambda: screen.table.count == 3)
    second_row = QPoint(40, 28 + 22 + 8)
    QTest.mouseClick(screen.table.viewport(), Qt.MouseButton.LeftButton, pos=second_row)
    assert '"content": "two"' in screen.text("messageDetail")
    assert screen.text("messageDetail").startswith('{\n  "choices"')
    QTest.keyClick(screen.table, Qt.Key.Key_Down)
    assert '"content": "three"' in screen.text("messageDetail")
    QTest.keyClick(screen.table, Qt.Key.Key_Home)
    QTest.keyClick(screen.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert '"content": "one"' in clipboard()


def test_the_list_follows_the_end_until_the_user_scrolls_up(screen: ResponseScreen) -> None:
    for number in range(200):
        screen.feed(*chunk(f"{number} "))
    bar = screen.table.verticalScrollBar()
    screen.wait(lambda: screen.table.count == 200 and bar.value() == bar.maximum() > 0)
    turn_wheel(screen, +5)
    place = bar.value()
    assert not screen.table.following
    for number in range(50):
        screen.feed(*chunk(f"{number} "))
    screen.wait(lambda: screen.table.count == 250)
    assert bar.value() == place
    QTest.keyClick(screen.table, Qt.Key.Key_End)
    screen.feed(*chunk("last"))
    screen.wait(lambda: screen.table.count == 251)
    assert bar.value() == bar.maximum()


def turn_wheel(screen: ResponseScreen, notches: int) -> None:
    viewport = screen.table.viewport()
    centre = QPointF(viewport.rect().center())
    nothing = QPoint(0, 0)
    event = QWheelEvent(
        centre, viewport.mapToGlobal(centre), nothing, QPoint(0, notches * 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(viewport, event)


def test_the_figures_of_the_summary_are_shown(screen: ResponseScreen) -> None:
    screen.feed(*chunk("a"), *chunk("b"), finished(20, summary()))
    screen.wait(lambda: figure(screen, "ttft") == "83 ms")
    assert figure(screen, "first_answer") == "140 ms"
    assert figure(screen, "latency") == "12.0 / 30.0 / 44.0 ms"
    assert figure(screen, "rate") == "81.2"
    assert figure(screen, "usage") == "12 + 340 = 352"
    assert figure(screen, "finish") == "stop"
    assert figure(screen, "events") == "3"
    assert figure(screen, "truncated") == ""


def test_figures_are_there_while_the_stream_runs(screen: ResponseScreen) -> None:
    screen.feed(*chunk("a"), *chunk("b"))
    screen.wait(lambda: figure(screen, "events") == "2" and figure(screen, "ttft").endswith("ms"))


def test_a_stream_that_was_cut_says_so_in_red(screen: ResponseScreen) -> None:
    screen.feed(*chunk("a"), ServerEvent(at_ns=9, type="message", data="{half", truncated=True))
    screen.feed(finished(20, summary(truncated=True)))
    screen.wait(lambda: figure(screen, "truncated") == "cut off")
    assert screen.child(QLabel, "figure_truncated").property("kind") == "error"
    QTest.keyClick(screen.table, Qt.Key.Key_End)
    assert screen.text("messageDetail") == "The stream ended inside this message.\n\n{half"


def test_an_error_inside_the_stream_is_a_failure_and_the_text_stays(screen: ResponseScreen) -> None:
    screen.feed(*chunk("half an ans"), failed("service", 30, summary()))
    screen.wait(lambda: screen.shows("errorCard"))
    assert screen.label("errorTitle") == "The service reported an error"
    assert screen.label("statusLabel") == "200 OK · failed"
    assert screen.text("streamText") == "half an ans"


def test_rows_leave_out_what_the_row_above_says_already() -> None:
    start = '{"id":"chatcmpl-0123456789","object":"chat.completion.chunk","choices":[{"index":0,"delta":'
    texts = [start + end for end in ('{"content":"The "}}]}', '{"content":"Thames "}}]}')] + ["[DONE]"]
    rows = MessageRows([ServerEvent(at_ns=1, type="message", data=text) for text in texts], 0)
    assert rows.data(0, 500) == texts[0]
    assert rows.data(1, 500) == '…"content":"Thames "}}]}'
    assert rows.data(2, 500) == "[DONE]"


def test_a_filtered_row_begins_with_what_it_was_found_by() -> None:
    start = '{"id":"chatcmpl-0123456789","object":"chat.completion.chunk","choices":[{"index":0,"delta":'
    texts = [start + end for end in ('{"content":"The "}}]}', '{"content":"RIVER "}}]}', '{"content":"RIVER "}}]}')]
    rows = MessageRows([ServerEvent(at_ns=1, type="message", data=text) for text in texts], 0, wanted="river")
    rows.grow()
    assert [rows.data(row, 500) for row in range(rows.count)] == ['…"content":"RIVER "}}]}'] * 2
    rows = MessageRows([ServerEvent(at_ns=1, type="message", data=texts[0])], 0, wanted="chatcmpl")
    rows.grow()
    assert rows.data(0, 500) == texts[0]


def test_several_choices_are_chosen_between(screen: ResponseScreen) -> None:
    screen.feed(*chunk("red"), *chunk("blue", choice=1))
    screen.wait(lambda: screen.shows("choiceCombo"))
    assert screen.text("streamText") == "red"
    combo = screen.child(QComboBox, "choiceCombo")
    combo.setFocus()
    QTest.keyClick(combo, Qt.Key.Key_Down)
    assert screen.text("streamText") == "blue"


def test_events_that_are_no_chat_need_no_text_beside_them(screen: ResponseScreen) -> None:
    screen.feed(body(b"event: tick\ndata: 1\n\n"), ServerEvent(at_ns=1, type="tick", data="1", id="7"))
    screen.wait(lambda: screen.table.count == 1)
    screen.wait(lambda: not screen.shows("streamText"))
    QTest.keyClick(screen.table, Qt.Key.Key_Home)
    assert screen.text("messageDetail") == "id: 7\n\n1"


def test_a_keep_alive_comment_is_a_row_without_data(screen: ResponseScreen) -> None:
    screen.feed(ServerEvent(at_ns=1, type="comment", data="", comment="keep-alive"))
    screen.wait(lambda: screen.table.count == 1)
    QTest.keyClick(screen.table, Qt.Key.Key_Home)
    assert screen.text("messageDetail").startswith(": keep-alive")


def test_a_hundred_thousand_messages_are_all_there(screen: ResponseScreen) -> None:
    for number in range(100_000):
        screen.pane.feed(ServerEvent(at_ns=number, type="message", data=f"event {number}"))
    screen.wait(lambda: screen.table.count == 100_000)
    QTest.keyClick(screen.table, Qt.Key.Key_End)
    assert screen.text("messageDetail") == "event 99999"


def test_the_stream_catches_up_when_its_tab_is_opened(screen: ResponseScreen) -> None:
    screen.open_tab(0)
    screen.feed(*chunk("while "), *chunk("away"), finished(20, summary()))
    screen.wait(lambda: screen.label("timeLabel") == "126 ms")
    screen.open_tab(STREAM)
    assert screen.text("streamText") == "while away"
    assert screen.table.count == 2


def test_a_narrow_pane_puts_the_text_over_the_list(screen: ResponseScreen) -> None:
    screen.feed(*chunk("a"))
    screen.wait(lambda: screen.shows("streamText"))
    text = screen.child(TextView, "streamText")
    wide = text.mapTo(screen.pane, QPoint()).y(), screen.table.mapTo(screen.pane, QPoint()).y()
    screen.pane.resize(560, 600)
    screen.wait(lambda: screen.table.mapTo(screen.pane, QPoint()).y() > wide[1] + 50)
