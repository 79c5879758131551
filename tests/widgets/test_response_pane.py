"""The response pane: idle, sending, an answer, a failure, a cancel; which tab comes to the front."""

from __future__ import annotations

from itertools import pairwise
from time import perf_counter_ns
from typing import cast

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot
from response_screen import (
    BODY,
    HEADERS,
    STREAM,
    TIMING,
    ResponseScreen,
    body,
    chunk,
    clipboard,
    connection,
    failed,
    finished,
    head,
    started,
)

from firstlight.model.events import Cancelled, Event, Failed, Redirected
from firstlight.model.failure import Failure
from firstlight.model.response import Timings
from firstlight.texts import Phrase, use_language
from firstlight.ui.preferences import apply_language
from firstlight.ui.response.failure_text import HEADLINES
from firstlight.ui.response.waterfall import Waterfall
from firstlight.ui.text.text_view import TextView

JSON = '{"name": "山鸢尾", "score": 1.10, "big": 12345678901234567890}'.encode()


@pytest.fixture
def screen(qtbot: QtBot) -> ResponseScreen:
    return ResponseScreen(qtbot)


def test_before_anything_was_sent_a_hint_is_shown(screen: ResponseScreen) -> None:
    assert screen.shows("idleView")
    assert not screen.tabs.isVisible()


def test_while_sending_the_elapsed_time_counts(screen: ResponseScreen) -> None:
    screen.feed(started())
    screen.wait(lambda: screen.label("timeLabel") >= "0.2 s")
    assert screen.label("statusLabel") == ""
    assert screen.text() == ""
    screen.feed(head(), body(b"{"))
    screen.wait(lambda: screen.label("sizeLabel") == "1 B")


def test_an_answer_shows_status_time_size_and_the_pretty_body(screen: ResponseScreen) -> None:
    screen.feed(started(), *connection(), head(), body(JSON[:20]), body(JSON[20:]), finished(len(JSON)))
    screen.wait_status("200 OK")
    assert screen.label("timeLabel") == "126 ms"
    assert screen.label("sizeLabel") == f"{len(JSON)} B"
    assert "1.10" in screen.text()
    assert screen.text().startswith('{\n  "name": "山鸢尾",')
    assert f"Response body: {len(JSON)} B" in screen.child(QLabel, "sizeLabel").toolTip()


def test_a_reason_phrase_is_found_where_the_server_sends_none(screen: ResponseScreen) -> None:
    screen.feed(started(), head(404), body(b"{}"), finished(2))
    screen.wait_status("404 Not Found")


def test_raw_and_hex_show_the_same_bytes_their_way(screen: ResponseScreen) -> None:
    screen.feed(started(), head(), body(JSON), finished(len(JSON)))
    screen.wait_status("200 OK")
    screen.click("view_raw")
    assert screen.text() == JSON.decode()
    screen.click("view_hex")
    assert screen.text().startswith("00000000  7b 22 6e 61")
    screen.feed(started(), head(), body(b"[1]"), finished(3))
    screen.wait(lambda: screen.text().endswith("|[1]|"))  # the choice stays for this kind of answer


def test_bytes_that_are_no_text_open_as_hex(screen: ResponseScreen) -> None:
    screen.feed(started(), head(200, "image/png"), body(b"\x89PNG\r\n\x1a\n" + bytes(20)), finished(28))
    screen.wait(lambda: "89 50 4e 47" in screen.text())


def test_broken_json_is_shown_with_the_line_and_the_reason(screen: ResponseScreen) -> None:
    screen.feed(started(), head(), body(b'{"a": 1,\n}'), finished(11))
    screen.wait(lambda: screen.label("bodyProblem").startswith("Not valid JSON, line 1: "))


def test_copy_takes_the_body_as_shown(screen: ResponseScreen) -> None:
    screen.feed(started(), head(), body(b'{"a":1.10}'), finished(10))
    screen.wait_status("200 OK")
    screen.click("bodyCopy")
    assert clipboard() == '{\n  "a": 1.10\n}'


def test_a_failure_names_layer_sight_and_next_step(screen: ResponseScreen) -> None:
    screen.feed(started(), failed("connect"))
    screen.wait(lambda: screen.shows("errorCard"))
    assert screen.label("errorTitle") == "No connection"
    assert screen.label("errorLayer") == "Layer: connect"
    assert screen.label("errorMessage") == "127.0.0.1:9 refused the connection."
    assert screen.label("errorHint") == "Next: Check that the service is running."
    assert screen.label("statusLabel") == "failed"


def test_a_request_that_cannot_be_prepared_replaces_the_answer_before_it(screen: ResponseScreen) -> None:
    screen.feed(started(), head(), body(JSON), finished(len(JSON)))
    screen.wait_status("200 OK")
    missing = Failure(layer="variable", kind="unknown-variable", message=Phrase("No value for base."))
    screen.feed(Failed(at_ns=1, failure=missing))
    screen.wait(lambda: screen.shows("errorCard"))
    assert screen.label("statusLabel") == "failed"
    assert screen.text() == ""


@pytest.mark.parametrize("layer", HEADLINES)
def test_every_layer_has_its_own_headline(screen: ResponseScreen, layer: str) -> None:
    screen.feed(started(), failed(layer))
    screen.wait(lambda: screen.label("errorLayer") == f"Layer: {layer}")
    assert screen.label("errorTitle") == HEADLINES[layer]  # type: ignore[index] # a key of it


def test_what_arrived_before_a_failure_is_kept_and_called_partial(screen: ResponseScreen) -> None:
    screen.feed(started(), head(200, "text/plain"), body(b"half of it"), failed("read", size=10))
    screen.wait(lambda: screen.shows("errorCard"))
    assert screen.text() == "half of it"
    assert "10 B had arrived" in screen.label("errorPartial")
    assert "partial" in screen.label("bodyNote")


def test_a_cancelled_request_keeps_what_arrived(screen: ResponseScreen) -> None:
    cancelled = Cancelled(at_ns=2, body_bytes=4, timings=Timings(total_ms=2500.0))
    screen.feed(started(), head(200, "text/plain"), body(b"some"), cancelled)
    screen.wait(lambda: screen.label("errorTitle") == "Cancelled")
    assert screen.label("errorMessage") == "You stopped it after 2.50 s."
    assert screen.text() == "some"


def test_text_is_readable_while_it_arrives(screen: ResponseScreen) -> None:
    screen.feed(started(), head(200, "text/plain"), body(b"first "))
    screen.wait(lambda: screen.text() == "first ")
    screen.feed(body(b"second"))
    screen.wait(lambda: screen.text() == "first second")


def test_an_unverified_certificate_is_said_in_red(screen: ResponseScreen) -> None:
    screen.feed(started(), *connection(verified=False), head(), body(b"{}"), finished(2))
    screen.wait_status("200 OK")
    assert screen.label("tlsLabel") == "TLS certificate not verified"
    assert screen.child(QLabel, "tlsLabel").property("kind") == "error"
    screen.feed(started(), *connection(), head(201), body(b"{}"), finished(2))
    screen.wait_status("201 Created")
    assert screen.label("tlsLabel") == ""


def test_a_stream_comes_to_the_front_and_the_next_plain_answer_too(screen: ResponseScreen) -> None:
    screen.feed(started(), head(200, "text/event-stream"), *chunk("Hi"))
    screen.wait(lambda: screen.tabs.currentIndex() == STREAM)
    screen.feed(finished(), started(), head(), body(b"{}"), finished(2))
    screen.wait(lambda: screen.tabs.currentIndex() == BODY)


def test_a_tab_that_the_user_chose_stays_until_another_request_is_shown(screen: ResponseScreen) -> None:
    screen.feed(started(), head(), body(b"{}"), finished(2))
    screen.wait_status("200 OK")
    screen.open_tab(HEADERS)
    screen.feed(started(), head(200, "text/event-stream"), *chunk("Hi"), finished())
    screen.wait(lambda: screen.label("timeLabel") == "126 ms" and screen.label("sizeLabel") != "2 B")
    assert screen.tabs.currentIndex() == HEADERS
    screen.pane.clear()
    assert screen.shows("idleView")
    screen.feed(started(), head(200, "text/event-stream"), *chunk("Hi"))
    screen.wait(lambda: screen.tabs.currentIndex() == STREAM)


def test_clear_leaves_nothing_of_the_answer(screen: ResponseScreen) -> None:
    screen.feed(started(), head(), body(JSON), finished(len(JSON)))
    screen.wait_status("200 OK")
    screen.open_tab(HEADERS)
    headers = screen.child(QTableView, "responseHeadersTable").model()
    assert headers.rowCount() > 0
    screen.pane.clear()
    assert screen.shows("idleView")
    assert screen.text() == ""
    screen.feed(started())
    screen.wait(lambda: screen.shows("responseTabs"))
    screen.open_tab(HEADERS)
    assert headers.rowCount() == 0


def test_the_phases_of_the_waterfall_add_up_to_the_total(screen: ResponseScreen) -> None:
    screen.feed(started(), *connection(), head(), body(b"{}"), finished(2))
    screen.wait_status("200 OK")
    screen.open_tab(TIMING)
    lines = dict(screen.child(Waterfall, "waterfall").lines())
    assert lines == {
        "DNS lookup": "1.00 ms",
        "Connect": "2.00 ms",
        "TLS handshake": "12 ms",
        "Send": "0.50 ms",
        "Wait for the first byte": "80 ms",
        "Download": "30 ms",
        "Total": "126 ms",
    }


def test_the_connection_and_its_redirects_are_told(screen: ResponseScreen) -> None:
    step = Redirected(
        at_ns=3, status=307, location="https://b.example/x", method="POST", dropped=("X-Auth-Token",),
        from_url="https://a.example/", from_method="POST",
    )  # fmt: skip
    screen.feed(started(), *connection(), step, head(), body(b"{}"), finished(2))
    screen.wait_status("200 OK")
    screen.open_tab(TIMING)
    told = [label.text() for label in screen.child(QWidget, "timingPage").findChildren(QLabel)]
    assert "127.0.0.1:8000" in told
    assert "TLSv1.3 · AES" in told
    hop = "307 Temporary Redirect\nPOST https://a.example/ → POST https://b.example/x\nNot sent there: X-Auth-Token"
    assert hop in told


def test_the_pane_changes_its_language_while_an_answer_is_shown(screen: ResponseScreen) -> None:
    screen.feed(started(), failed())
    screen.wait(lambda: screen.shows("errorCard"))
    assert screen.child(TextView, "bodyView").placeholder() == "No answer arrived."
    use_language("zh_CN")
    QApplication.sendEvent(screen.pane, QEvent(QEvent.Type.LanguageChange))
    assert [screen.tabs.tabText(number) for number in range(5)] == ["响应体", "流式", "响应头", "Cookie", "耗时"]
    assert screen.child(TextView, "bodyView").placeholder() == "没有收到响应。"
    assert screen.label("errorTitle") == "无法连接"


def test_what_is_said_about_a_body_follows_the_language(screen: ResponseScreen) -> None:
    screen.feed(started(), head(), body(b'{"a": 1,\n}'))
    screen.wait(lambda: screen.label("bodyNote").endswith("Receiving…"))
    use_language("zh_CN")
    QApplication.sendEvent(screen.pane, QEvent(QEvent.Type.LanguageChange))
    assert screen.label("bodyNote").endswith("正在接收…")
    screen.feed(finished(11))
    screen.wait(lambda: screen.label("bodyProblem").startswith("不是有效的 JSON"))
    use_language("en")
    QApplication.sendEvent(screen.pane, QEvent(QEvent.Type.LanguageChange))
    assert screen.label("bodyProblem").startswith("Not valid JSON, line 1: ")


def test_ctrl_f_finds_in_the_body(screen: ResponseScreen) -> None:
    screen.feed(started(), head(), body(JSON), finished(len(JSON)))
    screen.wait_status("200 OK")
    screen.click("bodyFind")
    QTest.keyClicks(screen.child(QLineEdit, "findEdit"), "score")
    screen.wait(lambda: screen.label("findCount") == "1 of 1")
    QTest.keyClick(screen.child(QLineEdit, "findEdit"), Qt.Key.Key_Escape)
    assert not screen.shows("findBar")


@pytest.mark.parametrize(
    ("end", "told"),
    [(failed("service", size=2), "200 OK · failed"), (Cancelled(at_ns=2, body_bytes=2), "200 OK · cancelled")],
    ids=["failed", "cancelled"],
)
def test_a_good_status_is_not_praised_when_the_exchange_ended_badly(
    screen: ResponseScreen, end: Event, told: str
) -> None:
    screen.feed(started(), head(200), body(b"{}"))
    screen.wait_status("200 OK")
    badge = screen.child(QLabel, "statusLabel")
    green = badge.grab().toImage().pixelColor(4, badge.height() // 2)
    screen.feed(end)
    screen.wait_status(told)
    assert badge.grab().toImage().pixelColor(4, badge.height() // 2) != green


def test_in_a_low_pane_the_card_of_a_failure_scrolls_and_no_line_covers_another(screen: ResponseScreen) -> None:
    screen.pane.resize(500, 190)
    screen.feed(started(), head(200, "text/plain"), body(b"half of it"), failed("read", size=10))
    screen.wait(lambda: screen.shows("errorCard"))
    labels = [screen.child(QLabel, name) for name in ("errorTitle", "errorMessage", "errorHint")]
    screen.wait(lambda: all(label.height() >= label.heightForWidth(label.width()) for label in labels))
    assert all(above.geometry().bottom() < below.geometry().top() for above, below in pairwise(labels))
    assert screen.tabs.height() > 80


def test_where_there_is_room_the_whole_card_is_seen(screen: ResponseScreen) -> None:
    screen.pane.resize(1160, 330)
    screen.feed(started(), head(200, "text/event-stream"), *chunk("Hello"), failed("service", size=10))
    screen.wait(lambda: screen.shows("errorCard") and screen.shows("messageTable"))
    QApplication.sendPostedEvents()  # the layouts that were asked for
    card = screen.child(QWidget, "errorCard")
    assert card.visibleRegion().boundingRect() == card.rect()


def test_a_missing_file_can_be_located_from_the_card(screen: ResponseScreen) -> None:
    asked: list[str] = []
    screen.pane.file_requested.connect(asked.append)
    message = Phrase("The file {path} is not there.", path="/data/rose.jpg")
    failure = Failure(layer="file", kind="missing-file", message=message)
    screen.feed(Failed(at_ns=perf_counter_ns(), failure=failure))
    button = screen.child(QPushButton, "locateFileButton")
    screen.wait(button.isVisible)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked == ["/data/rose.jpg"]

    screen.feed(failed("connect"))
    screen.wait(lambda: not button.isVisible())


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("height_px", [248, 150], ids=["900 by 600", "with the Console open"])
def test_what_was_seen_and_the_next_step_can_be_read_in_a_low_pane(
    screen: ResponseScreen, height_px: int, language: str
) -> None:
    app = cast(QApplication, QApplication.instance())
    apply_language(app, language)
    try:
        screen.pane.resize(630, height_px)
        failure = Failure(
            layer="read",
            kind="closed",
            message=Phrase(
                "{address} closed the connection before the answer was complete (received {seen}, expected {wanted}).",
                address="127.0.0.1:36165", seen="10 bytes", wanted="1000",
            ),
            hint=Phrase("The service may have crashed, or a gateway cut it off at its time limit."),
        )  # fmt: skip
        screen.feed(started(), head(200, "text/plain"), body(b"half"), Failed(at_ns=1, failure=failure, body_bytes=4))
        screen.wait(lambda: screen.shows("errorCard"))
        for name in ("errorTitle", "errorMessage", "errorHint"):
            label = screen.child(QLabel, name)
            screen.wait(lambda label=label: label.visibleRegion().boundingRect() == label.rect())
            assert label.height() >= label.heightForWidth(label.width())
        assert screen.tabs.tabBar().visibleRegion().boundingRect().height() > 20  # status and time, too
    finally:
        apply_language(app, "en")


def test_a_card_is_comfortable_again_when_there_is_room(screen: ResponseScreen) -> None:
    screen.pane.resize(630, 150)
    screen.feed(started(), head(200, "text/plain"), body(b"half of it"), failed("read", size=10))
    screen.wait(lambda: screen.shows("errorCard") and not screen.label("errorPartial"))
    screen.pane.resize(630, 500)
    screen.wait(lambda: "10 B had arrived" in screen.label("errorPartial"))
