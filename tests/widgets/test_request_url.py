"""The URL and the Params table are two views of one thing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot
from request_screen import Screen

from firstlight.model.request import Param, Request


@pytest.fixture
def screen(qtbot: QtBot) -> Screen:
    return Screen(qtbot)


def test_typing_a_url_fills_the_params_table_and_leaves_the_text_alone(screen: Screen) -> None:
    screen.click(screen.url)
    screen.type("https://host/v1?stream=true&n=1&")

    assert screen.url.text() == "https://host/v1?stream=true&n=1&"
    assert [row[1:3] for row in screen.shown("paramsTable")] == [["stream", "true"], ["n", "1"], ["", ""]]
    assert screen.request.url == "https://host/v1"


def test_ticking_a_row_off_takes_it_out_of_the_url_and_keeps_it_in_the_table(screen: Screen) -> None:
    screen.click(screen.url)
    screen.type("http://h/?a=1&b=2")
    screen.cell("paramsTable", 0, 0)

    assert screen.url.text() == "http://h/?b=2"
    assert screen.request.params == (Param(name="a", value="1", enabled=False), Param(name="b", value="2"))

    screen.cell("paramsTable", 0, 0)
    assert screen.url.text() == "http://h/?a=1&b=2"


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_a_row_is_ticked_off_by_keyboard(qtbot: QtBot, key: Qt.Key) -> None:
    screen = Screen(qtbot, Request(url="http://h/", params=(Param(name="a", value="1"),)))
    screen.find(QTableView, "paramsTable").setFocus(Qt.FocusReason.TabFocusReason)
    screen.key(Qt.Key.Key_Left)
    screen.key(key)

    assert screen.url.text() == "http://h/"
    screen.key(key)
    assert screen.url.text() == "http://h/?a=1"


def test_the_url_follows_while_a_param_is_typed(screen: Screen) -> None:
    screen.click(screen.url)
    screen.type("http://h/x#top")
    screen.cell("paramsTable", 0, 1)
    screen.type("q")
    assert screen.url.text() == "http://h/x?q#top"
    screen.key(Qt.Key.Key_Tab)
    screen.type("猫 1")

    assert screen.url.text() == "http://h/x?q=猫 1#top"
    screen.key(Qt.Key.Key_Escape)
    assert screen.url.text() == "http://h/x?q#top"


def test_a_disabled_row_and_a_description_survive_typing_in_the_url(qtbot: QtBot) -> None:
    params = (Param(name="a", value="1", description="first"), Param(name="off", value="x", enabled=False))
    screen = Screen(qtbot, Request(url="http://h/", params=params))
    screen.click(screen.url)
    screen.key(Qt.Key.Key_End)
    screen.type("&b=2")

    assert screen.request.params == (*params, Param(name="b", value="2"))


@pytest.mark.parametrize(
    ("pasted", "url"),
    [
        ("  https://host/v1/infers\n", "https://host/v1/infers"),
        ("https://host/v1/\n    infers/abc \r\n", "https://host/v1/infers/abc"),
        ("\thttp://h/a b ", "http://h/a b"),
    ],
)
def test_a_pasted_url_loses_line_breaks_and_blanks_around(screen: Screen, pasted: str, url: str) -> None:
    screen.click(screen.url)
    screen.paste(pasted)

    assert screen.url.text() == url
    assert screen.request.url == url
    screen.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert screen.url.text() == ""


def test_a_blank_that_is_typed_stays(screen: Screen) -> None:
    screen.click(screen.url)
    screen.type("http://h/a ")

    assert screen.url.text() == "http://h/a "


def test_enter_in_the_url_sends_what_is_on_screen(screen: Screen, qtbot: QtBot) -> None:
    screen.click(screen.url)
    screen.type("http://h/?a=1")
    with qtbot.waitSignal(screen.editor.send_requested) as sent:
        screen.key(Qt.Key.Key_Return)

    assert sent.args == [Request(url="http://h/", params=(Param(name="a", value="1"),))]


def test_showing_what_is_there_already_keeps_the_cursor_and_undo(screen: Screen) -> None:
    screen.click(screen.url)
    screen.type("http://h/?")
    screen.editor.show_request(screen.request)
    screen.type("a=1")

    assert screen.url.text() == "http://h/?a=1"
    screen.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert screen.url.text() == ""


def test_showing_a_request_is_no_change(screen: Screen) -> None:
    screen.editor.show_request(Request(url="http://h/", params=(Param(name="a"),)))

    assert screen.changes == []
    assert screen.url.text() == "http://h/?a="
    assert screen.find(QTableView, "paramsTable").model().rowCount() == 2
