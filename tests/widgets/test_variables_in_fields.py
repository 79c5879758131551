"""Variables in every field: what their colour says, what hovering says, completion behind `{{`, the way to a value."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QHelpEvent, QInputMethodEvent, QTextCharFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QTableView, QToolTip, QTreeWidget, QWidget
from pytestqt.qtbot import QtBot
from request_screen import AUTHORIZATION, BODY, HEADERS, PARAMS, Screen, focused

from firstlight.model.exchange import Variable
from firstlight.model.request import Authorization, Body, Header, Param, Request
from firstlight.runner.dynamic import BY_NAME
from firstlight.ui.text.code_editor import CodeEditor
from firstlight.ui.theme.current import tokens
from firstlight.ui.variables.entries import missing

VARIABLES = {
    "host": Variable(value="http://127.0.0.1", origin="environment", origin_name="Staging"),
    "Hostess": Variable(value="other", origin="workspace"),
    "nested": Variable(value="{{nowhere}}/x", origin="collection", description="of the model"),
    "pin": Variable(value="1234", origin="run", secret=True),
    "pinned": Variable(value="{{host}}", origin="run", secret=True),
    "pins": Variable(value="1234{{host}}", origin="run", secret=True),
}
OFFERED = [*VARIABLES, "secret:iris-token", "secret:lost", *BY_NAME]
TEXT = "{{host}}/{{nope}}/{{nested}}"


@pytest.fixture
def screen(qtbot: QtBot) -> Iterator[Screen]:
    request = Request(
        url=TEXT,
        params=(Param(name="q", value="a {{host}} b {{nope}}"),),
        headers=(Header(name="X-Own", value="{{host}}"),),
        authorization=Authorization(kind="bearer", values={"token": "{{secret:lost}}"}),
        body=Body(kind="raw", text='{\n  "model": "{{host}} 🚀 {{nope}}"\n}'),
    )
    screen = Screen(qtbot, request)
    known = screen.editor.known
    known.secret_asked.connect(lambda name: known.learn_secret(name, name == "iris-token"))
    known.offer_secrets(["lost", "iris-token"])
    known.show_variables(VARIABLES)
    yield screen
    QToolTip.hideText()


def shown_list(screen: Screen) -> QTreeWidget | None:
    """The list of variables, if it is on screen."""
    frames = screen.editor.window().findChildren(QWidget, "variableSuggestions")
    return next((frame.findChild(QTreeWidget) for frame in frames if frame.isVisible()), None)


def offered(screen: Screen) -> list[str]:
    found = shown_list(screen)
    return [found.topLevelItem(row).text(0) for row in range(found.topLevelItemCount())] if found else []


def hover(widget: QWidget, place: QPoint) -> str:
    """Rest the mouse on a place; return what is said there."""
    QToolTip.hideText()
    while QToolTip.isVisible():  # it goes a moment later
        QTest.qWait(10)
    event = QHelpEvent(QEvent.Type.ToolTip, place, widget.mapToGlobal(place))
    QApplication.sendEvent(widget, event)
    return QToolTip.text()


def body(screen: Screen) -> CodeEditor:
    screen.open(BODY)
    screen.editor.grab()  # a text that was never painted has no lines to click on
    return screen.find(CodeEditor, "bodyEditor")


def in_second_line(editor: CodeEditor) -> QPoint:
    """A place over the first reference of the body."""
    across = editor.fontMetrics().horizontalAdvance('  "model": "{{ho')
    return QPoint(across, editor.cursorRect().top() + int(1.5 * editor.row_height()))


def looks_of(editor: CodeEditor, line: int) -> list[tuple[str, QTextCharFormat]]:
    """The coloured stretches of a line."""
    block = editor.document().findBlockByNumber(line)
    data = block.text().encode("utf-16-le")
    return [
        (data[2 * part.start : 2 * (part.start + part.length)].decode("utf-16-le"), QTextCharFormat(part.format))
        for part in block.layout().formats()
    ]


# Colours


def test_a_reference_without_a_value_looks_otherwise_and_not_by_its_colour_alone(screen: Screen) -> None:
    found = [(text, look) for text, look in looks_of(body(screen), 1) if text.startswith("{{")]
    assert [text for text, _look in found] == ["{{host}}", "{{nope}}"]
    (_, known), (_, lacking) = found
    assert known.foreground().color() == QColor(tokens().syntax_variable)
    assert known.underlineStyle() == QTextCharFormat.UnderlineStyle.NoUnderline
    assert lacking.foreground().color() == QColor(tokens().error)
    assert lacking.underlineStyle() == QTextCharFormat.UnderlineStyle.DashUnderline


def test_colours_follow_when_a_value_comes(screen: Screen) -> None:
    editor = body(screen)
    before = screen.editor.grab().toImage()
    screen.editor.known.show_variables({**VARIABLES, "nope": Variable(value="1", origin="workspace")})
    assert all(look.underlineStyle() == QTextCharFormat.UnderlineStyle.NoUnderline for _, look in looks_of(editor, 1))
    assert screen.editor.grab().toImage() != before


def test_nothing_is_called_missing_before_anybody_has_looked(qtbot: QtBot) -> None:
    screen = Screen(qtbot, Request(body=Body(kind="raw", text="{{nope}}")))
    assert [look.underlineStyle() for _, look in looks_of(body(screen), 0)] == [
        QTextCharFormat.UnderlineStyle.NoUnderline
    ]
    assert hover(screen.url, QPoint(20, 10)) == ""


@pytest.mark.parametrize("table", ["url", "paramsTable"])
def test_a_line_and_a_cell_show_what_lacks_a_value(screen: Screen, table: str) -> None:
    screen.open(PARAMS)
    widget = screen.url if table == "url" else screen.find(QTableView, table).viewport()
    before = widget.grab().toImage()
    names = ("nope", "nowhere", "nested")
    screen.editor.known.show_variables({**VARIABLES, **{name: Variable(value="1", origin="run") for name in names}})
    assert widget.grab().toImage() != before


def test_coloring_does_not_throw_away_a_word_that_is_being_composed(screen: Screen) -> None:
    screen.click(screen.url)
    QApplication.sendEvent(screen.url, QInputMethodEvent("zhong", []))
    shown = screen.url.grab().toImage()
    screen.editor.known.show_variables({})
    assert screen.url.grab().toImage() == shown
    assert screen.url.text() == TEXT + "?q=a {{host}} b {{nope}}"


# Hover


def test_hovering_says_the_value_and_where_it_comes_from(screen: Screen) -> None:
    assert hover(screen.url, QPoint(30, 12)) == "http://127.0.0.1\nEnvironment: Staging"


def test_hovering_over_a_cell_and_a_body_says_the_same(screen: Screen) -> None:
    screen.open(PARAMS)
    table = screen.find(QTableView, "paramsTable")
    cell = table.visualRect(table.model().index(0, 2))
    inside = table.fontMetrics().horizontalAdvance("a {{h")
    assert hover(table.viewport(), QPoint(cell.left() + 16 + inside, cell.center().y())).startswith("http://127")
    assert "Environment" not in hover(table.viewport(), QPoint(cell.left() + 17, cell.center().y()))

    editor = body(screen)
    place = in_second_line(editor)
    assert hover(editor.viewport(), place).startswith("http://127")
    assert hover(editor.viewport(), QPoint(editor.viewport().width() - 5, place.y())) == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{nope}}", "{{nope}} has no value here.\nCtrl+click to set it."),
        ("{{nested}}", "{{nowhere}}/x\nCollection\nof the model\nIts value refers to {{nowhere}}, which has none."),
        ("{{secret:iris-token}}", "This secret is known. It is never shown here."),
        ("{{secret:lost}}", "There is no secret “lost”.\nCtrl+click to set it."),
        ("{{secret:never}}", "There is no secret “never”.\nCtrl+click to set it."),
        ("{{pin}}", "••••••\nThis run"),
        ("{{pins}}", "••••••\nThis run"),
        ("{{pinned}}", "{{host}}\nThis run"),
    ],
)
def test_what_is_said_of_each_kind(screen: Screen, text: str, said: str) -> None:
    screen.url.setText(text)
    assert hover(screen.url, QPoint(30, 12)) == said


# Completion


def enter_url(screen: Screen) -> QWidget:
    screen.click(screen.url)
    screen.url.setText("")
    return screen.url


def enter_cell(screen: Screen) -> QWidget:
    screen.open(PARAMS)
    screen.cell("paramsTable", 1, 2)
    return focused()


def enter_header(screen: Screen) -> QWidget:
    screen.open(HEADERS)
    table = screen.find(QTableView, "headersTable")
    screen.cell("headersTable", table.model().rowCount() - 1, 2)
    return focused()


def enter_auth(screen: Screen) -> QWidget:
    screen.open(AUTHORIZATION)
    edit = screen.find(QLineEdit, "token")
    edit.setText("")
    screen.click(edit)
    return edit


def enter_body(screen: Screen) -> QWidget:
    editor = body(screen)
    editor.setFocus()
    screen.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    screen.key(Qt.Key.Key_Delete)
    return editor


def text_of(widget: QWidget) -> str:
    return widget.text()


FIELDS = (enter_url, enter_cell, enter_header, enter_auth, enter_body)


@pytest.mark.parametrize("enter", FIELDS, ids=lambda enter: enter.__name__)
@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
def test_two_braces_offer_every_name_and_enter_or_tab_takes_one(screen: Screen, enter, key: Qt.Key) -> None:  # type: ignore[no-untyped-def]
    field = enter(screen)
    screen.type("x{{")
    assert offered(screen) == OFFERED
    screen.type("os")
    assert offered(screen)[:3] == ["host", "Hostess", "secret:lost"]
    screen.key(Qt.Key.Key_Down)
    screen.key(key)
    assert text_of(field) == "x{{Hostess}}"
    assert offered(screen) == []
    assert field.hasFocus()
    screen.type("y")
    assert text_of(field) == "x{{Hostess}}y"


@pytest.mark.parametrize("enter", FIELDS, ids=lambda enter: enter.__name__)
def test_esc_closes_the_list_alone_and_typing_opens_it_again(screen: Screen, enter) -> None:  # type: ignore[no-untyped-def]
    field = enter(screen)
    cancelled: list[bool] = []
    screen.editor.cancel_requested.connect(lambda: cancelled.append(True))
    screen.type("{{h")
    assert offered(screen)
    screen.key(Qt.Key.Key_Escape)
    assert offered(screen) == []
    assert text_of(field) == "{{h"
    assert field.hasFocus()
    assert cancelled == []
    screen.type("o")
    assert offered(screen)[0] == "host"


@pytest.mark.parametrize("enter", FIELDS, ids=lambda enter: enter.__name__)
def test_a_click_takes_a_name_and_the_field_keeps_the_keys(screen: Screen, enter) -> None:  # type: ignore[no-untyped-def]
    field = enter(screen)
    screen.type("{{$gui")
    found = shown_list(screen)
    assert found is not None
    row = found.topLevelItem(0)
    screen.click(found.viewport(), found.visualItemRect(row).center())
    assert text_of(field) == "{{$guid}}"
    assert field.hasFocus()


def test_the_taken_name_replaces_what_was_there_and_one_undo_brings_it_back(screen: Screen) -> None:
    screen.click(screen.url)
    screen.url.setText("🚀{{ho}}/x")
    screen.url.setCursorPosition(6)
    screen.type("s")
    screen.key(Qt.Key.Key_Return)
    assert screen.url.text() == "🚀{{host}}/x"
    screen.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert screen.url.text() == "🚀{{hos}}/x"


def test_typing_a_closing_brace_or_something_unknown_closes_the_list(screen: Screen) -> None:
    enter_url(screen)
    screen.type("{{host")
    assert offered(screen)
    screen.type("}}")
    assert offered(screen) == []
    screen.type("{{zzz")
    assert offered(screen) == []


def test_leaving_the_field_closes_the_list(screen: Screen) -> None:
    enter_url(screen)
    screen.type("{{h")
    assert offered(screen)
    screen.open(BODY)
    assert offered(screen) == []


def test_json_that_only_looks_like_a_reference_offers_nothing(screen: Screen) -> None:
    enter_body(screen)
    screen.type('{"a": {{"b')
    assert offered(screen) == []


def test_what_is_chosen_stands_in_the_request(screen: Screen) -> None:
    enter_cell(screen)
    screen.type("{{hos")
    screen.key(Qt.Key.Key_Return)
    assert screen.request.params[1].value == "{{host}}"


# The way to the value


def test_ctrl_click_asks_for_the_value(screen: Screen) -> None:
    asked: list[str] = []
    screen.editor.known.edit_requested.connect(asked.append)
    control = Qt.KeyboardModifier.ControlModifier
    QTest.mouseClick(screen.url, Qt.MouseButton.LeftButton, control, QPoint(30, 12))
    screen.open(PARAMS)
    table = screen.find(QTableView, "paramsTable")
    cell = table.visualRect(table.model().index(0, 2))
    inside = table.fontMetrics().horizontalAdvance("a {{host}} b {{n")
    place = QPoint(cell.left() + 16 + inside, cell.center().y())
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, control, place)
    editor = body(screen)
    place = in_second_line(editor)
    QTest.mouseClick(editor.viewport(), Qt.MouseButton.LeftButton, control, place)
    assert asked == ["host", "nope", "host"]


@pytest.mark.parametrize(("text", "entry"), [("{{host}}", "Edit {{host}}…"), ("{{nope}}", "Set {{nope}}…")])
def test_the_menu_of_a_field_leads_to_the_value_too(screen: Screen, text: str, entry: str) -> None:
    asked: list[str] = []
    screen.editor.known.edit_requested.connect(asked.append)
    screen.click(screen.url)
    screen.url.setText(text)
    screen.url.setCursorPosition(4)
    place = QPoint(30, 12)
    asking = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, screen.url.mapToGlobal(place))
    QApplication.sendEvent(screen.url, asking)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert menu.actions()[0].text() == entry
    screen.key(Qt.Key.Key_Down)
    screen.key(Qt.Key.Key_Return)
    assert asked == [text.strip("{}")]


# What is known


def test_a_variable_lacks_a_value_when_anything_behind_it_does(qtbot: QtBot) -> None:
    known = Screen(qtbot).editor.known
    variables = {
        "a": Variable(value="{{b}}", origin="workspace"),
        "b": Variable(value="{{secret:lost}}", origin="folder"),
        "fine": Variable(value="{{$guid}}{{secret:kept}}{{secret:unasked}}", origin="environment"),
        "round": Variable(value="{{round}}", origin="run"),
    }
    known.show_variables(variables, whole=False)
    assert [missing(known, name) for name in (*variables, "nope")] == [""] * 5
    known.show_variables(variables)
    known.learn_secret("kept", True)
    known.learn_secret("lost", False)
    assert [missing(known, name) for name in (*variables, "nope")] == [
        *("secret:lost", "secret:lost", "", "round"),
        "nope",
    ]


def test_many_ways_to_a_value_are_not_all_gone(qtbot: QtBot) -> None:
    """Ten variables of ten references each: 10^10 ways, looked at with every paint."""
    known = Screen(qtbot).editor.known
    known.show_variables({f"v{n}": Variable(value=f"{{{{v{n + 1}}}}}" * 10, origin="run") for n in range(10)})
    assert missing(known, "v0") == "v10"
    known.show_variables({**known.variables, "v10": Variable(value="x", origin="run")})
    assert missing(known, "v0") == ""


def test_a_dynamic_one_says_what_it_makes(screen: Screen) -> None:
    screen.url.setText("{{$guid}}")
    said = hover(screen.url, QPoint(30, 12))
    assert said.startswith("A UUID (version 4)\nMade anew at each use, such as ")
    assert len(said.rpartition(" ")[2]) == 36
