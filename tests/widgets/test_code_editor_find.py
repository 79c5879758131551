"""Find and replace in the editor of a body: by keyboard, with what is found counted, marked and replaced."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QToolButton
from pytestqt.qtbot import QtBot
from request_screen import BODY, Screen, focused

from firstlight.model.request import Body, Request
from firstlight.ui.text.code_editor import CodeEditor
from firstlight.ui.text.matches import MOST, Matches, Wanted

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
TEXT = '{\n  "rose": "Rose 😀 rose",\n  "prose": 1.10\n}'


@pytest.fixture
def screen(qtbot: QtBot) -> Screen:
    screen = Screen(qtbot, Request(body=Body(kind="raw", text=TEXT)))
    screen.open(BODY)
    editor(screen).setFocus()
    return screen


def editor(screen: Screen) -> CodeEditor:
    return screen.find(CodeEditor, "bodyEditor")


def selected(screen: Screen) -> tuple[int, str]:
    cursor = editor(screen).textCursor()
    return cursor.blockNumber() + 1, cursor.selectedText()


def count(screen: Screen) -> str:
    return screen.find(QLabel, "findCount").text()


def find(screen: Screen, text: str) -> None:
    screen.key(Qt.Key.Key_F, CONTROL)
    screen.type(text)


def test_matches_are_counted_and_walked_through(screen: Screen) -> None:
    find(screen, "rose")
    assert (count(screen), selected(screen)) == ("1 of 4", (2, "rose"))
    screen.key(Qt.Key.Key_Return)
    assert (count(screen), selected(screen)) == ("2 of 4", (2, "Rose"))
    screen.key(Qt.Key.Key_F3, SHIFT)
    screen.key(Qt.Key.Key_F3, SHIFT)
    assert (count(screen), selected(screen)) == ("4 of 4", (3, "rose"))
    screen.key(Qt.Key.Key_F3)
    assert count(screen) == "1 of 4"


def test_case_whole_words_and_patterns_narrow_it_down(screen: Screen) -> None:
    find(screen, "rose")
    screen.click(screen.find(QToolButton, "findCase"))
    assert count(screen) == "1 of 3"
    screen.click(screen.find(QToolButton, "findWord"))
    assert count(screen) == "1 of 2"
    screen.find(QLineEdit, "findEdit").setFocus()
    screen.click(screen.find(QToolButton, "findPattern"))
    screen.find(QLineEdit, "findEdit").setText(r"(r)o\w+")
    assert count(screen) == "1 of 2"
    screen.find(QLineEdit, "findEdit").setText("(")
    assert count(screen).startswith("Not a regular expression: ")
    assert not screen.find(QPushButton, "replaceAll").isEnabled()
    screen.find(QLineEdit, "findEdit").setText("x")
    assert count(screen) == "No matches"


def test_replace_goes_one_by_one(screen: Screen) -> None:
    screen.key(Qt.Key.Key_H, CONTROL)
    screen.type("rose")
    screen.key(Qt.Key.Key_Tab)
    assert focused() is screen.find(QLineEdit, "replaceEdit")
    screen.type("iris")
    screen.key(Qt.Key.Key_Return)
    screen.key(Qt.Key.Key_Return)

    assert screen.request.body.text == TEXT.replace("rose", "iris", 1).replace("Rose", "iris")
    assert selected(screen) == (2, "rose")
    assert count(screen) == "1 of 2"


def test_replace_all_is_one_undo_step_and_leaves_the_rest_as_it_was(screen: Screen) -> None:
    screen.key(Qt.Key.Key_H, CONTROL)
    screen.type("rose")
    screen.find(QLineEdit, "replaceEdit").setText("$1")
    screen.press("replaceAll")

    assert screen.request.body.text == '{\n  "$1": "$1 😀 $1",\n  "p$1": 1.10\n}'
    assert count(screen) == "4 replaced"
    editor(screen).setFocus()
    screen.key(Qt.Key.Key_Z, CONTROL)
    assert screen.request.body.text == TEXT


def test_groups_of_a_pattern_can_be_used_again(screen: Screen) -> None:
    screen.key(Qt.Key.Key_H, CONTROL)
    screen.click(screen.find(QToolButton, "findPattern"))
    screen.find(QLineEdit, "findEdit").setText(r'"(\w+)":')
    screen.find(QLineEdit, "replaceEdit").setText('"$$x-$1-$2": $0')
    screen.press("replaceAll")

    assert screen.request.body.text == ('{\n  "$x-rose-": "rose": "Rose 😀 rose",\n  "$x-prose-": "prose": 1.10\n}')


def test_the_selection_is_what_is_looked_for_and_esc_gives_the_editor_back(screen: Screen) -> None:
    find(screen, "prose")
    screen.key(Qt.Key.Key_Escape)
    assert focused() is editor(screen)
    screen.key(Qt.Key.Key_F, CONTROL)
    assert screen.find(QLineEdit, "findEdit").text() == "prose"
    editor(screen).setFocus()
    screen.key(Qt.Key.Key_Escape)
    assert not screen.find(QLineEdit, "findEdit").isVisible()


def test_what_is_typed_meanwhile_is_found_too(screen: Screen, qtbot: QtBot) -> None:
    find(screen, "tulip")
    assert count(screen) == "No matches"
    editor(screen).setFocus()
    screen.key(Qt.Key.Key_End, CONTROL)
    screen.type("tulip")
    qtbot.waitUntil(lambda: count(screen).endswith("of 1"))


def test_a_replacement_never_puts_back_an_older_text(screen: Screen) -> None:
    """The search lags behind the keys by a moment; a replacement must not."""
    screen.key(Qt.Key.Key_H, CONTROL)
    screen.type("rose")
    cursor = editor(screen).textCursor()
    cursor.movePosition(cursor.MoveOperation.Start)
    cursor.insertText("rose typed ")
    screen.press("replaceAll")
    assert editor(screen).toPlainText().startswith(" typed {")


def test_f3_finds_what_stands_there_now(screen: Screen) -> None:
    find(screen, "prose")
    screen.key(Qt.Key.Key_Escape)
    editor(screen).setPlainText("x\nprose")
    screen.key(Qt.Key.Key_F3)
    assert selected(screen) == (2, "prose")


def test_line_ends_of_windows_survive_a_replacement(screen: Screen) -> None:
    screen.editor.show_request(Request(body=Body(kind="raw", text="a\r\nb\r\na")))
    screen.key(Qt.Key.Key_H, CONTROL)
    screen.find(QLineEdit, "findEdit").setText("a")
    screen.find(QLineEdit, "replaceEdit").setText("c")
    screen.press("replaceAll")

    assert screen.request.body.text == "c\r\nb\r\nc"


def test_a_pattern_that_would_take_for_ever_gives_up() -> None:
    assert Matches("a" * 5000 + "b", Wanted("(a|aa)+$", is_pattern=True)).places == []


def test_an_empty_match_is_none_and_many_are_not_all_listed() -> None:
    assert Matches("aaa", Wanted("x*", is_pattern=True)).places == []
    many = Matches("a" * (MOST + 5), Wanted("a"))
    assert (len(many.places), many.complete) == (MOST, False)
    assert many.replaced("bb") == (0, MOST + 5, "bb" * (MOST + 5))
