"""The Timing tab splits the time into model, gateway and network, and collects what support asks for."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from response_screen import TIMING, ResponseScreen, body, clipboard, connection, finished, head, started

from firstlight.model.events import Started


@pytest.fixture
def screen(qtbot: QtBot) -> ResponseScreen:
    return ResponseScreen(qtbot)


def facts(screen: ResponseScreen) -> dict[str, str]:
    """Return the lines of the Gateway table by their names."""
    table = screen.child(QWidget, "gatewayFacts")
    if not table.isVisible():
        return {}
    return {label.accessibleName(): label.text() for label in table.findChildren(QLabel) if label.accessibleName()}


def test_the_time_is_split_and_limits_and_ids_are_told(screen: ResponseScreen) -> None:
    told = (
        ("X-Apig-Latency", "45"), ("X-Apig-Upstream-Latency", "40"),
        ("X-Apig-RateLimit-api", "remain:9,limit:10,time:10 second"), ("X-Request-Id", "id-1"),
    )  # fmt: skip
    screen.feed(started(), *connection(), head(200, "application/json", *told), body(b"{}"), finished(2))
    screen.open_tab(TIMING)
    screen.wait(lambda: "Model" in facts(screen))
    shown = facts(screen)
    assert shown["Model"] == "40 ms until its first header"
    assert shown["Gateway itself"] == "5.00 ms"
    assert shown["Network"] == "35 ms"  # 80 ms of waiting, 45 of them at the gateway
    assert shown["Rate limit: api"] == "9 of 10 left per 10 second"
    assert shown["Request ID"] == "id-1"


def test_a_gateway_that_was_asked_and_says_nothing_is_told(screen: ResponseScreen) -> None:
    asked = Started(at_ns=0, method="GET", url="https://x.test/", headers=(("X-Apig-Mode", "debug"),))
    screen.feed(asked, *connection(), head(), body(b"{}"), finished(2))
    screen.open_tab(TIMING)
    screen.wait(lambda: "Timings" in facts(screen))
    assert "told none" in facts(screen)["Timings"]


def test_an_answer_without_a_gateway_has_no_such_table(screen: ResponseScreen) -> None:
    screen.feed(started(), *connection(), head(), body(b"{}"), finished(2))
    screen.open_tab(TIMING)
    screen.wait(lambda: screen.shows("ticketButton"))
    assert facts(screen) == {}


def test_a_ticket_can_be_copied_of_an_answer_that_is_well(screen: ResponseScreen) -> None:
    top = head(200, "application/json", ("X-Request-Id", "id-1"))
    screen.feed(started(), *connection(), top, body(b"{}"), finished(2))
    screen.open_tab(TIMING)
    screen.wait(lambda: screen.shows("ticketButton"))
    QTest.mouseClick(screen.child(QPushButton, "ticketButton"), Qt.MouseButton.LeftButton)
    lines = dict(line.split(": ", 1) for line in clipboard().splitlines())
    assert lines["Request"] == "POST http://127.0.0.1:8000/v1/iris"
    assert lines["Status"] == "200 OK"
    assert lines["X-Request-Id"] == "id-1"
