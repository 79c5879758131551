"""Bodies too long to be typed into: they are shown at once, searched, replaced, laid out, and sent to the letter."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QToolButton
from pytestqt.qtbot import QtBot
from request_screen import BODY, Screen, focused

from firstlight.model.request import Body, Request
from firstlight.ui.text.code_editor import CodeEditor
from firstlight.ui.text.editable import LONGEST_LINE, LONGEST_TEXT, breaks_words, is_too_long
from firstlight.ui.text.text_view import TextView

CONTROL = Qt.KeyboardModifier.ControlModifier
LINE = '{"sepal_length": 3.25, "name": "山鸢尾"},\n'
MANY = "[\n" + LINE * (10_000_000 // len(LINE)) + "1]"


@pytest.fixture
def screen(qtbot: QtBot) -> Screen:
    screen = Screen(qtbot, Request(body=Body(kind="raw", text="first")))
    screen.open(BODY)
    screen.find(CodeEditor, "bodyEditor").setFocus()
    return screen


def paste_over(screen: Screen, text: str) -> None:
    screen.key(Qt.Key.Key_A, CONTROL)
    screen.paste(text)


def test_ten_megabytes_are_pasted_shown_and_kept_to_the_letter(screen: Screen) -> None:
    paste_over(screen, MANY)
    view = screen.find(TextView, "bodyEditorLong")
    assert view.isVisible()
    assert not screen.find(CodeEditor, "bodyEditor").isVisible()
    assert focused() is view
    assert screen.request.body.text == MANY
    assert any("too long to be edited" in label.text() for label in screen.editor.findChildren(QLabel))

    screen.key(Qt.Key.Key_Z, CONTROL)
    assert screen.request.body.text == "first"
    assert focused() is screen.find(CodeEditor, "bodyEditor")


def test_a_paste_into_the_middle_joins_what_was_there(screen: Screen) -> None:
    screen.key(Qt.Key.Key_End)
    screen.key(Qt.Key.Key_Left)
    screen.paste("😀" * (LONGEST_LINE + 1))
    assert screen.request.body.text == "firs" + "😀" * (LONGEST_LINE + 1) + "t"


def test_another_text_takes_its_place_and_it_can_be_cleared(screen: Screen) -> None:
    paste_over(screen, MANY)
    screen.paste("[1]")
    assert screen.request.body.text == "[1]"
    assert screen.find(CodeEditor, "bodyEditor").isVisible()
    screen.key(Qt.Key.Key_Z, CONTROL)
    assert screen.request.body.text == "first"

    paste_over(screen, MANY)
    screen.press("bodyEditorLongClear")
    assert screen.request.body.text == ""


def test_one_long_line_can_be_beautified_into_an_editable_text(screen: Screen, qtbot: QtBot) -> None:
    text = "[" + ",".join(["1.10"] * (LONGEST_LINE // 4)) + "]"
    assert is_too_long(text)
    screen.editor.show_request(Request(body=Body(kind="raw", text=text)))
    assert screen.find(TextView, "bodyEditorLong").isVisible()
    screen.press("beautifyButton")
    editor = screen.find(CodeEditor, "bodyEditor")
    qtbot.waitUntil(editor.isVisible)
    assert screen.request.body.text == "[\n  " + ",\n  ".join(["1.10"] * (LONGEST_LINE // 4)) + "\n]"


def test_its_problem_is_told_and_shown(screen: Screen, qtbot: QtBot) -> None:
    screen.editor.show_request(Request(body=Body(kind="raw", text=MANY[:-2] + "]")))
    problem = screen.find(QPushButton, "bodyEditorProblem")
    qtbot.waitUntil(problem.isVisible)
    assert "one too many" in problem.text()
    screen.click(problem)
    assert screen.find(TextView, "bodyEditorLong").selection.text() == ","


def test_what_is_typed_into_a_long_text_stays_out_of_it(screen: Screen) -> None:
    paste_over(screen, MANY)
    screen.type("x")
    assert screen.request.body.text == MANY
    screen.editor.show_request(Request(body=Body(kind="raw", text="other")))
    assert screen.find(CodeEditor, "bodyEditor").text() == "other"


def test_the_limits() -> None:
    assert not is_too_long("x" * LONGEST_LINE)
    assert is_too_long("x" * (LONGEST_LINE + 1))
    assert not is_too_long("x\n" * (LONGEST_TEXT // 2))
    assert is_too_long("x\n" * (LONGEST_TEXT // 2 + 1))
    assert (breaks_words("x" * 2001), breaks_words("x y\n" * 2000)) == (True, False)


def test_of_a_text_of_many_lines_those_that_are_seen_are_coloured(screen: Screen, qtbot: QtBot) -> None:
    paste_over(screen, LINE * 5000)
    editor = screen.find(CodeEditor, "bodyEditor")
    assert editor.isVisible()

    def colored(line: int) -> bool:
        return bool(editor.document().findBlockByNumber(line).layout().formats())

    qtbot.waitUntil(lambda: colored(4999))
    assert not colored(0)
    screen.key(Qt.Key.Key_Home, CONTROL)
    qtbot.waitUntil(lambda: colored(0))
    assert not colored(2500)


def test_find_works_there_too_and_takes_the_place_of_the_editors_bar(screen: Screen) -> None:
    screen.key(Qt.Key.Key_H, CONTROL)
    screen.find(CodeEditor, "bodyEditor").setFocus()
    paste_over(screen, MANY)
    assert not screen.find(QLineEdit, "replaceEdit").isVisible()
    screen.click(screen.find(QToolButton, "bodyMoreButton"))
    screen.key(Qt.Key.Key_Down)
    screen.key(Qt.Key.Key_Return)
    assert [edit.isVisible() for edit in screen.find(TextView, "bodyEditorLong").findChildren(QLineEdit)] == [True]
