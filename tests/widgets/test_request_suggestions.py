"""What is suggested while a header is typed, by keyboard alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication
from pytestqt.qtbot import QtBot
from request_screen import HEADERS, Screen

from firstlight.model.request import Header

NAME, VALUE = 1, 2


@pytest.fixture
def screen(qtbot: QtBot) -> Screen:
    screen = Screen(qtbot)
    screen.open(HEADERS)
    return screen


def offered() -> list[str]:
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, QAbstractItemView)
    return [popup.model().index(row, 0).data() for row in range(popup.model().rowCount())]


def test_the_name_of_a_header_is_completed_by_any_part_of_it(screen: Screen) -> None:
    screen.cell("headersTable", 0, NAME)
    screen.type("auth")
    assert offered() == ["Authorization", "X-Auth-Token"]
    screen.key(Qt.Key.Key_Down)
    screen.key(Qt.Key.Key_Down)
    screen.key(Qt.Key.Key_Return)
    assert screen.request.headers == (Header(name="X-Auth-Token"),)


def test_tab_takes_the_only_name_and_goes_on_to_its_usual_values(screen: Screen) -> None:
    screen.cell("headersTable", 0, NAME)
    screen.type("content-ty")
    assert offered() == ["Content-Type"]
    screen.key(Qt.Key.Key_Tab)
    screen.type("json")
    assert offered() == ["application/json", "application/json; charset=utf-8", "application/x-ndjson"]
    screen.key(Qt.Key.Key_Down)
    screen.key(Qt.Key.Key_Return)
    assert screen.request.headers == (Header(name="Content-Type", value="application/json"),)


def test_values_are_those_of_the_header_and_none_of_an_unknown_one(screen: Screen) -> None:
    screen.cell("headersTable", 0, NAME)
    screen.type("x-stage")
    screen.key(Qt.Key.Key_Tab)
    screen.type("r")
    assert offered() == ["RELEASE"]
    screen.key(Qt.Key.Key_Tab)
    screen.cell("headersTable", 1, NAME)
    screen.type("X-Mine")
    screen.key(Qt.Key.Key_Tab)
    screen.type("r")
    assert QApplication.activePopupWidget() is None
    assert screen.request.headers == (Header(name="X-Stage", value="RELEASE"), Header(name="X-Mine", value="r"))


def test_what_is_typed_stays_when_it_only_resembles_a_known_name(screen: Screen) -> None:
    """Request-Id is a header, too, beside X-Request-Id."""
    screen.cell("headersTable", 0, NAME)
    screen.type("Request-Id")
    assert "X-Request-Id" in offered()
    screen.key(Qt.Key.Key_Tab)
    assert screen.request.headers == (Header(name="Request-Id"),)


def test_escape_closes_the_list_and_keeps_what_was_typed(screen: Screen) -> None:
    screen.cell("headersTable", 0, NAME)
    screen.type("acc")
    screen.key(Qt.Key.Key_Escape)
    assert QApplication.activePopupWidget() is None
    assert screen.request.headers == (Header(name="acc"),)
