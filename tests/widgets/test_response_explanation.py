"""The card over a failing answer: what it means, what to do, and what support wants to know."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFrame, QPushButton
from pytestqt.qtbot import QtBot
from response_screen import TIMINGS, ResponseScreen, body, clipboard, connection, failed, finished, head, started

from firstlight.advice.explain import explain, explain_in_stream
from firstlight.inference.errors import ServiceError, failure_in_stream
from firstlight.model.events import Event, Failed, Finished
from firstlight.model.response import Response
from firstlight.texts import use_language

REFUSED = b'{"error_code": "ModelArts.0202", "error_msg": "The token has expired.", "request_id": "id-of-the-body"}'
URL = "https://1234.apig.cn-north-4.huaweicloudapis.com/v1/infers/7"


@pytest.fixture
def screen(qtbot: QtBot) -> ResponseScreen:
    return ResponseScreen(qtbot)


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    use_language("en")


def refusal(status: int = 401, data: bytes = REFUSED, *headers: tuple[str, str]) -> list[Event]:
    """Return the events of an answer that is explained."""
    top = head(status, "application/json", *headers)
    answer = Response(status=status, reason="", http_version="HTTP/1.1", headers=top.headers, body=data)
    end = Finished(at_ns=0, body_bytes=len(data), timings=TIMINGS, explanation=explain(answer, URL))
    return [started(url=URL), *connection(), top, body(data), end]


def press(screen: ResponseScreen, name: str) -> None:
    QTest.mouseClick(screen.child(QPushButton, name), Qt.MouseButton.LeftButton)


def test_a_refusal_says_what_it_means_and_what_to_do(screen: ResponseScreen) -> None:
    screen.feed(*refusal())
    screen.wait(lambda: screen.label("explanationMeaning") == "The token has expired.")
    assert screen.label("explanationCode") == "ModelArts.0202"
    assert screen.label("explanationRemedy").startswith("Next: Get a new one from IAM")
    assert screen.label("explanationSaid") == ""  # the same words as ours
    assert not screen.shows("errorCard")
    assert screen.text().count("ModelArts.0202") == 1


def test_a_service_that_asks_to_wait_is_heard(screen: ResponseScreen) -> None:
    screen.feed(*refusal(429, b'{"error_code": "ModelArts.4206"}', ("Retry-After", "5")))
    screen.wait(lambda: screen.label("explanationRemedy").endswith("It asks to wait 5 s."))


def test_the_next_answer_that_is_well_takes_the_card_away(screen: ResponseScreen) -> None:
    screen.feed(*refusal())
    screen.wait(lambda: screen.shows("explanationCard"))
    screen.feed(started(), *connection(), head(), body(b"{}"), finished(2))
    screen.wait(lambda: not screen.shows("explanationCard"))
    screen.wait_status("200 OK")


def test_an_error_behind_status_200_is_marked_as_failed(screen: ResponseScreen) -> None:
    screen.feed(*refusal(200, b'{"erno": "MR.0105", "msg": "Recognition failed"}'))
    screen.wait_status("200 OK · failed")
    assert screen.label("explanationCode") == "MR.0105"
    assert screen.label("explanationSaid") == "The service says: Recognition failed"


def test_the_request_id_is_copied(screen: ResponseScreen) -> None:
    screen.feed(*refusal(401, REFUSED, ("X-Request-Id", "id-of-the-header"), ("X-IAM-Trace-Id", "token_9")))
    screen.wait(lambda: screen.shows("explanationCard"))
    assert screen.label("explanationId") == "X-Request-Id: id-of-the-header"
    press(screen, "copyRequestIdButton")
    assert clipboard() == "id-of-the-header"


def test_an_id_that_stands_in_the_body_alone_is_found(screen: ResponseScreen) -> None:
    screen.feed(*refusal())
    screen.wait(lambda: screen.label("explanationId") == "request_id: id-of-the-body")


def test_without_an_id_there_is_none_to_copy(screen: ResponseScreen) -> None:
    screen.feed(*refusal(450, b"queue full"))
    screen.wait(lambda: screen.shows("explanationCard"))
    assert not screen.shows("copyRequestIdButton")
    assert screen.label("explanationId") == ""


def test_a_support_ticket_gets_time_address_outcome_and_ids(screen: ResponseScreen) -> None:
    screen.feed(*refusal(401, REFUSED, ("X-Request-Id", "id-of-the-header")))
    screen.wait(lambda: screen.shows("explanationCard"))
    press(screen, "copyTicketButton")
    lines = dict(line.split(": ", 1) for line in clipboard().splitlines())
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC", lines["Time"])
    assert lines["Request"] == f"POST {URL}"
    assert lines["Region"] == "cn-north-4"
    assert lines["Status"] == "401 Unauthorized"
    assert lines["Code"] == "ModelArts.0202"
    assert lines["X-Request-Id"] == "id-of-the-header"
    assert lines["Remote address"] == "127.0.0.1:8000"


def test_a_failure_without_an_explanation_has_its_own_card_only(screen: ResponseScreen) -> None:
    screen.feed(started(), *connection(), failed())
    screen.wait(lambda: screen.shows("errorCard"))
    assert screen.pane.findChild(QPushButton, "copyTicketButton") is None


def test_an_error_inside_a_stream_is_told_by_one_card(screen: ResponseScreen) -> None:
    told = explain_in_stream(ServiceError(message="no memory", code="500", type="InternalServerError"))
    failure = failure_in_stream(ServiceError(message="no memory", code="500"))
    screen.feed(started(), *connection(), head(), body(b"data: x"))
    screen.feed(Failed(at_ns=0, failure=failure, timings=TIMINGS, explanation=told))
    screen.wait(lambda: screen.label("errorTitle") == "The service failed while it worked on the request.")
    assert screen.label("errorMessage") == "The service reported an error inside its stream: no memory (500)"
    assert screen.label("errorHint").startswith("Next: Look in its log")
    assert screen.pane.findChild(QFrame, "explanationCard") is None


def test_the_card_follows_the_language(screen: ResponseScreen) -> None:
    screen.feed(*refusal())
    screen.wait(lambda: screen.shows("explanationCard"))
    use_language("zh_CN")
    QApplication.sendEvent(
        screen.child(QPushButton, "copyTicketButton").parentWidget(), QEvent(QEvent.Type.LanguageChange)
    )
    assert screen.label("explanationMeaning") == "Token 已过期。"
    assert screen.child(QPushButton, "copyTicketButton").text() == "复制用于提交工单"
