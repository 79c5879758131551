"""Path variables and bulk edit on the Params tab."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPlainTextEdit, QTableView, QToolButton
from pytestqt.qtbot import QtBot
from request_screen import HEADERS, PARAMS, Screen, focused

from firstlight.model.request import Header, Param, Request

CONTROL = Qt.KeyboardModifier.ControlModifier
KEEP = Param(name="keep", value="1", enabled=False, description="for later")


@pytest.fixture
def screen(qtbot: QtBot) -> Screen:
    return Screen(qtbot)


def variables(screen: Screen) -> list[list[str]]:
    model = screen.find(QTableView, "pathVariablesTable").model()
    return [[model.index(row, column).data() for column in (1, 2, 3)] for row in range(model.rowCount())]


def type_url(screen: Screen, text: str) -> None:
    screen.url.setFocus()
    screen.key(Qt.Key.Key_A, CONTROL)
    screen.type(text)


def switch(screen: Screen) -> QPlainTextEdit:
    """Turn the Params table into text, or back."""
    button = next(b for b in screen.editor.findChildren(QToolButton, "bulkEditButton") if b.isVisible())
    screen.click(button)
    return next(e for e in screen.editor.findChildren(QPlainTextEdit) if e.objectName().endswith("TableText"))


def test_a_segment_with_a_colon_gets_a_row_and_its_value_is_saved(screen: Screen) -> None:
    type_url(screen, "http://h:80/users/:id/x?a=/:no")
    assert variables(screen) == [["id", "", ""]]
    screen.cell("pathVariablesTable", 0, 2)
    screen.type("{{user}}")
    screen.key(Qt.Key.Key_Tab)
    screen.type("whose")

    assert screen.request.path_variables == (Param(name="id", value="{{user}}", description="whose"),)
    assert screen.url.text() == "http://h:80/users/:id/x?a=/:no"
    type_url(screen, "http://h/")
    assert not screen.find(QTableView, "pathVariablesTable").isVisible()
    assert screen.request.path_variables == ()
    type_url(screen, "http://h/:id")
    assert variables(screen) == [["id", "{{user}}", "whose"]]


def test_renaming_the_segment_keeps_the_value(screen: Screen) -> None:
    rows = (Param(name="id", value="7"), Param(name="o", value="9"))
    screen.editor.show_request(Request(url="http://h/:id/:o", path_variables=rows))
    screen.url.setFocus()
    screen.url.setCursorPosition(len("http://h/:id"))
    screen.type("entity")
    assert variables(screen) == [["identity", "7", ""], ["o", "9", ""]]


def test_the_names_are_changed_in_the_url_only(screen: Screen) -> None:
    type_url(screen, "http://h/:id")
    screen.cell("pathVariablesTable", 0, 1)
    screen.type("7")
    assert variables(screen) == [["id", "7", ""]]
    screen.key(Qt.Key.Key_Return)
    screen.key(Qt.Key.Key_Delete)
    assert variables(screen) == [["id", "7", ""]]
    screen.key(Qt.Key.Key_Z, CONTROL)
    assert variables(screen) == [["id", "", ""]]


def test_pasted_lines_fill_the_rows_of_their_names(screen: Screen) -> None:
    type_url(screen, "http://h/:id/:order")
    screen.find(QTableView, "pathVariablesTable").setFocus(Qt.FocusReason.TabFocusReason)
    screen.paste("order: 9\nother: 1\nid: 7")
    assert variables(screen) == [["id", "7", ""], ["order", "9", ""]]


def test_a_request_without_path_variables_is_equal_to_itself(screen: Screen) -> None:
    for request in (Request(url="http://h/:id"), Request(url="http://h/", path_variables=(Param(name="old"),))):
        screen.editor.show_request(request)
        assert screen.request == request


def test_rows_become_text_and_what_is_typed_there_is_in_the_url_at_once(screen: Screen) -> None:
    rows = (Param(name="a", value="1", description="one"), KEEP, Param(name="flag", bare=True))
    screen.editor.show_request(Request(url="http://h/", params=rows))
    text = switch(screen)
    assert text.toPlainText() == "a: 1\n// keep: 1\nflag"
    assert screen.request.params == rows

    screen.key(Qt.Key.Key_Home, CONTROL)
    screen.key(Qt.Key.Key_End)
    screen.type("23")
    screen.key(Qt.Key.Key_End, CONTROL)
    screen.key(Qt.Key.Key_Return)
    screen.type("b:")
    assert screen.url.text() == "http://h/?a=123&flag&b="
    assert screen.request.params == (
        Param(name="a", value="123", description="one"),
        KEEP,
        Param(name="flag", bare=True),
        Param(name="b"),
    )
    switch(screen)
    assert not text.isVisible()
    assert [row[1] for row in screen.shown("paramsTable")] == ["a", "keep", "flag", "b"]


def test_the_text_follows_the_url_and_keeps_descriptions_while_a_name_is_typed(screen: Screen) -> None:
    screen.editor.show_request(Request(url="http://h/", params=(Param(name="ab", value="1", description="one"),)))
    text = switch(screen)
    screen.key(Qt.Key.Key_Home, CONTROL)
    screen.key(Qt.Key.Key_Delete)
    assert screen.request.params[0].name == "b"
    screen.type("a")
    assert screen.request.params[0].description == "one"
    type_url(screen, "http://h/?c=3")
    assert text.toPlainText() == "c: 3"


def test_tab_leaves_the_text(screen: Screen) -> None:
    text = switch(screen)
    assert focused() is text
    screen.key(Qt.Key.Key_Tab)
    assert focused() is not text
    assert screen.request.params == ()


def test_an_untouched_text_loses_nothing_of_odd_rows(screen: Screen) -> None:
    rows = (
        Header(name="", value="", description="only this"),
        Header(name=" //a: b ", value=" \u00a0x\u2028y ", enabled=False),
        Header(name="A", value="1\n2"),
    )
    screen.editor.show_request(Request(headers=rows))
    screen.open(HEADERS)
    switch(screen)
    screen.key(Qt.Key.Key_End, CONTROL)
    screen.key(Qt.Key.Key_Return)
    screen.type("B: 2")
    assert screen.request.headers == (*rows, Header(name="B", value="2"))
    screen.open(PARAMS)
    switch(screen)
    assert screen.request.headers == (*rows, Header(name="B", value="2"))


def test_both_tables_have_the_same_columns(screen: Screen) -> None:
    type_url(screen, "http://h/:id?a=1")
    upper, lower = screen.find(QTableView, "paramsTable"), screen.find(QTableView, "pathVariablesTable")
    assert [upper.columnWidth(c) for c in range(5)] == [lower.columnWidth(c) for c in range(5)]
    upper.horizontalHeader().resizeSection(1, 200)
    assert lower.columnWidth(1) == 200


def test_the_text_stands_where_the_table_stood_above_the_path_variables(screen: Screen) -> None:
    screen.editor.show_request(Request(url="https://h/:id", params=(Param(name="a", value="1"),)))
    table = screen.find(QTableView, "pathVariablesTable")
    text = switch(screen)
    assert screen.find(QTableView, "paramsTable").isHidden()
    assert text.mapTo(screen.editor, QPoint()).y() < table.mapTo(screen.editor, QPoint()).y()
