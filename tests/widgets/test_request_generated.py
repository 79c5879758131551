"""The greyed headers above the user's rows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView, QToolButton
from pytestqt.qtbot import QtBot
from request_screen import BODY, HEADERS, Screen

from firstlight.model.exchange import Scope, Variable
from firstlight.model.request import Authorization, Body, FormPart, Header, Request
from firstlight.ui.request.headers_page import choice

NAME, VALUE, SOURCE = 1, 2, 3


@pytest.fixture(autouse=True)
def nothing_chosen_before() -> Iterator[None]:
    yield
    choice.shown = None


@pytest.fixture
def screen(qtbot: QtBot) -> Screen:
    screen = Screen(
        qtbot, Request(url="http://host/", authorization=Authorization(kind="bearer", values={"token": "s3cret"}))
    )
    screen.editor.resize(900, 560)
    screen.open(HEADERS)
    return screen


def table(screen: Screen) -> QTableView:
    return screen.find(QTableView, "generatedHeadersTable")


def lines(screen: Screen) -> dict[str, tuple[str, str]]:
    model = table(screen).model()
    texts = [[model.index(row, column).data() for column in (NAME, VALUE, SOURCE)] for row in range(model.rowCount())]
    return {name: (value, source) for name, value, source in texts}


def struck(screen: Screen, name: str, view: str = "generatedHeadersTable") -> bool:
    model = screen.find(QTableView, view).model()
    row = next(row for row in range(model.rowCount()) if model.index(row, NAME).data() == name)
    font = model.index(row, NAME).data(Qt.ItemDataRole.FontRole)
    return font is not None and font.strikeOut()


def button(screen: Screen) -> QToolButton:
    return screen.find(QToolButton, "generatedHeadersButton")


def test_what_is_added_is_told_with_who_adds_it_and_no_secret(screen: Screen) -> None:
    assert table(screen).isVisible()
    assert lines(screen)["Host"] == ("host", "Added by First Light")
    assert lines(screen)["Authorization"] == ("Bearer ••••••", "Added by Authorization")
    assert button(screen).text() == "5 generated"


def test_a_row_of_the_same_name_strikes_the_generated_one_through(screen: Screen, qtbot: QtBot) -> None:
    screen.cell("headersTable", 0, 1)
    screen.type("user-agent")
    qtbot.waitUntil(lambda: struck(screen, "User-Agent"))
    assert lines(screen)["User-Agent"][1] == "Replaced"
    assert button(screen).text() == "4 generated"


def test_a_header_is_left_out_and_taken_back_by_keyboard(screen: Screen, qtbot: QtBot) -> None:
    table(screen).setFocus(Qt.FocusReason.TabFocusReason)
    screen.key(Qt.Key.Key_Down)
    screen.key(Qt.Key.Key_Space)
    assert screen.request.without == ("User-Agent",)
    qtbot.waitUntil(lambda: lines(screen)["User-Agent"][1] == "Left out")
    screen.key(Qt.Key.Key_Space)
    assert screen.request.without == ()


def test_a_click_on_the_tick_leaves_a_header_out(screen: Screen, qtbot: QtBot) -> None:
    view = table(screen)
    place = view.visualRect(view.model().index(2, 0))
    screen.click(view.viewport(), place.center())
    assert screen.request.without == ("Accept",)
    assert screen.changes[-1].without == ("Accept",)


def test_what_http_requires_cannot_be_left_out(screen: Screen) -> None:
    table(screen).setFocus(Qt.FocusReason.TabFocusReason)
    screen.key(Qt.Key.Key_Space)
    assert screen.request.without == ()


def test_the_row_that_loses_against_the_authorization_says_so(screen: Screen, qtbot: QtBot) -> None:
    screen.cell("headersTable", 0, 1)
    screen.type("Authorization")
    qtbot.waitUntil(lambda: struck(screen, "Authorization", "headersTable"))
    assert not struck(screen, "Authorization")


def test_a_form_type_without_boundary_is_noted_on_its_row(screen: Screen) -> None:
    body = Body(kind="form-data", parts=(FormPart(name="a", value="b"),))
    rows = (Header(name="Content-Type", value="multipart/form-data"),)
    screen.open(BODY)
    screen.editor.show_request(Request(url="http://h", headers=rows, body=body))
    screen.open(HEADERS)
    model = screen.find(QTableView, "headersTable").model()
    told = model.index(0, 3).data(Qt.ItemDataRole.ToolTipRole)
    assert told == "The boundary of the form was added to Content-Type."
    assert model.index(1, 3).data(Qt.ItemDataRole.ToolTipRole) is None


def test_variables_are_filled_in_and_an_unknown_one_costs_nothing_else(screen: Screen, qtbot: QtBot) -> None:
    screen.editor.show_request(Request(url="{{base}}/x"))
    qtbot.waitUntil(lambda: lines(screen)["Host"][0] == "known when it is sent")
    assert "Accept" in lines(screen)
    known = {"base": Variable(value="http://host:81", origin="workspace")}
    screen.editor.set_scope(Scope(variables=known, secret=lambda _name: None))
    qtbot.waitUntil(lambda: lines(screen)["Host"][0] == "host:81")


def test_they_can_be_hidden_in_every_tab_and_shown_again(screen: Screen, qtbot: QtBot) -> None:
    other = Screen(qtbot)
    other.open(HEADERS)
    for shown in (False, True):
        screen.click(button(screen))
        assert table(screen).isVisible() is shown
        assert table(other).isVisible() is shown


def test_both_tables_have_the_same_columns(screen: Screen) -> None:
    below = screen.find(QTableView, "headersTable")
    assert [table(screen).columnWidth(c) for c in range(5)] == [below.columnWidth(c) for c in range(5)]
    below.horizontalHeader().resizeSection(1, 200)
    assert table(screen).columnWidth(1) == 200
