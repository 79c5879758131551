"""Quiet lines under the request bar say what will probably go wrong, while the user can still mend it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot
from request_screen import Screen
from response_screen import TIMINGS, ResponseScreen, connection, head
from response_screen import body as arrived

from firstlight.advice.explain import explain
from firstlight.model.caution import Caution
from firstlight.model.events import Finished, Started
from firstlight.model.exchange import Scope
from firstlight.model.request import Authorization, Body, Header, Request
from firstlight.model.response import Response
from firstlight.model.service import Channel, Credential, Service
from firstlight.texts import Phrase, use_language

OPEN = Request(
    method="POST",
    url="http://10.0.0.7/predict",
    authorization=Authorization(kind="x-auth-token", values={"token": "MIIabc"}),
)
SCOPE = Scope(variables={}, secret=lambda _name: None)


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    use_language("en")


def opened(qtbot: QtBot, request: Request) -> Screen:
    screen = Screen(qtbot, request)
    screen.editor.set_scope(SCOPE)
    return screen


def told(screen: Screen) -> str:
    strip = screen.editor.findChild(QFrame, "guardStrip")
    return screen.find(QLabel, "guardText").text() if strip is not None and strip.isVisible() else ""


def test_a_secret_over_plain_http_is_told_and_mended_by_typing(qtbot: QtBot) -> None:
    screen = opened(qtbot, OPEN)
    qtbot.waitUntil(lambda: told(screen).startswith("A secret goes to 10.0.0.7 over plain http"))
    screen.url.setFocus()
    screen.url.setCursorPosition(4)
    screen.type("s")
    assert screen.url.text() == "https://10.0.0.7/predict"
    qtbot.waitUntil(lambda: told(screen) == "")
    assert screen.request.url == "https://10.0.0.7/predict"


def test_a_request_that_is_right_builds_no_strip(qtbot: QtBot) -> None:
    screen = opened(qtbot, Request(method="GET", url="https://example.test/"))
    screen.url.setFocus()
    screen.url.setCursorPosition(len(screen.url.text()))
    screen.type("?a=1")
    qtbot.waitUntil(lambda: not screen.editor.findChild(QFrame, "guardStrip"))
    assert told(screen) == ""


def test_further_lines_are_shown_when_they_are_asked_for(qtbot: QtBot) -> None:
    row = Header(name="Authorization", value="Bearer Bearer x")
    screen = opened(
        qtbot, Request(method="GET", url="http://10.0.0.7/", headers=(row,), body=Body(kind="raw", text="{}"))
    )
    qtbot.waitUntil(lambda: "plain http" in told(screen))
    more = screen.find(QPushButton, "guardMoreButton")
    assert more.text() == "2 more"
    screen.press("guardMoreButton")
    assert len(told(screen).splitlines()) == 3
    assert "Bearer twice" in told(screen)
    screen.press("guardMoreButton")
    assert len(told(screen).splitlines()) == 1


def test_a_line_that_is_waved_away_does_not_come_back_in_this_tab(qtbot: QtBot) -> None:
    screen = opened(qtbot, OPEN)
    qtbot.waitUntil(lambda: "plain http" in told(screen))
    screen.click(screen.find(QToolButton, "guardCloseButton"))
    assert told(screen) == ""
    screen.url.setFocus()
    screen.url.setCursorPosition(len(screen.url.text()))
    screen.type("/x")
    qtbot.waitUntil(lambda: screen.request.url.endswith("/x"))
    assert told(screen) == ""


def test_it_is_said_in_the_language_of_the_window(qtbot: QtBot) -> None:
    screen = opened(qtbot, OPEN)
    qtbot.waitUntil(lambda: "plain http" in told(screen))
    use_language("zh_CN")
    QApplication.sendEvent(screen.find(QFrame, "guardStrip"), QEvent(QEvent.Type.LanguageChange))
    assert told(screen).startswith("机密将以明文 http 发送到 10.0.0.7")


def test_a_request_that_is_not_complete_is_left_alone(qtbot: QtBot, tmp_path: Path) -> None:
    screen = opened(qtbot, Request(method="POST", url="http://{{host}}/x", authorization=OPEN.authorization))
    screen.editor.set_folder(str(tmp_path))
    screen.url.setFocus()
    QTest.keyClick(screen.url, Qt.Key.Key_End)
    screen.type("y")
    qtbot.waitUntil(lambda: bool(screen.changes))
    assert told(screen) == ""


def test_a_guard_that_was_right_is_told_with_the_answer(qtbot: QtBot) -> None:
    screen = ResponseScreen(qtbot)
    data = b'{"error_code": "APIG.0201", "error_msg": "too large"}'
    answer = Response(status=413, reason="", http_version="HTTP/1.1", headers=(), body=data)
    caution = Caution(kind="k", message=Phrase("It is too big."), remedy=Phrase("Send less."), explains=(413,))
    other = Caution(kind="o", message=Phrase("Other."), remedy=Phrase("Other."), explains=(401,))
    screen.feed(Started(at_ns=0, method="POST", url="https://x.test/", cautions=(other, caution)), *connection())
    end = Finished(at_ns=0, body_bytes=len(data), timings=TIMINGS, explanation=explain(answer))
    screen.feed(head(413), arrived(data), end)
    screen.wait(lambda: screen.label("explanationCaution") == "Noticed in the request: It is too big. Send less.")


def test_a_request_of_a_service_is_measured_by_its_channel(qtbot: QtBot) -> None:
    direct = Channel(name="direct", kind="vpc-direct", url="http://10.0.0.7:8080")
    token = Credential(name="token", authorization=OPEN.authorization)
    service = Service(name="Iris", vendor="modelarts", channels=(direct,), credentials=(token,))
    signed = Authorization(kind="service")
    of_service = Request(method="POST", url="/predict", service="Iris", credential="token", authorization=signed)
    screen = opened(qtbot, of_service)
    screen.editor.show_services({"Iris": service})
    qtbot.waitUntil(lambda: bool(told(screen)))
    screen.press("guardMoreButton")
    assert "On this channel nobody checks credentials" in told(screen)
