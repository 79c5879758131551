"""The Body tab: kinds, the raw editor with its checks, form-data."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QPushButton, QTableView, QToolButton
from pytestqt.qtbot import QtBot
from request_screen import BODY, Screen, focused

from firstlight.bodies import BODIES, RAW_LANGUAGES
from firstlight.model.request import Body, FormPart, Param, Request
from firstlight.ui.request.text_checks import INLINE_LIMIT
from firstlight.ui.text.code_editor import CodeEditor

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def screen(qtbot: QtBot) -> Screen:
    screen = Screen(qtbot)
    screen.open(BODY)
    return screen


def show(screen: Screen, text: str) -> CodeEditor:
    screen.editor.show_request(Request(body=Body(kind="raw", text=text)))
    editor = screen.find(CodeEditor, "bodyEditor")
    editor.setFocus()
    return editor


@pytest.mark.parametrize("kind", BODIES, ids=lambda kind: kind.kind)
def test_every_kind_can_be_chosen_by_keyboard(screen: Screen, kind: object) -> None:
    word = kind.kind  # type: ignore[attr-defined]
    screen.choose("bodyKindCombo", kind.label)  # type: ignore[attr-defined]

    assert screen.request.body.kind == word


@pytest.mark.parametrize("language", RAW_LANGUAGES, ids=lambda row: row[0])
def test_every_language_can_be_chosen(screen: Screen, language: tuple[str, str, str]) -> None:
    show(screen, "<p>1</p>")
    screen.choose("bodyLanguageCombo", language[1])

    assert screen.request.body == Body(kind="raw", text="<p>1</p>", language=language[0])
    assert screen.find(QPushButton, "beautifyButton").isVisible() == (language[0] == "json")


def test_switching_kinds_loses_nothing(screen: Screen) -> None:
    body = Body(
        kind="raw",
        text='{"a":1}',
        parts=(FormPart(name="k", value="v", file_names=("n",)),),
        path="files/a.bin",
        pairs=(Param(name="p", value=""),),
        query="{ me }",
        variables='{"n": 1.10}',
        operation="Me",
        new_meta_uuid=True,
    )
    screen.editor.show_request(Request(body=body))
    for kind in ("form-data", "x-www-form-urlencoded", "binary", "GraphQL", "none", "raw"):
        screen.choose("bodyKindCombo", kind)

    assert screen.request.body == body


def test_beautify_changes_no_digit_and_is_one_undo_step(screen: Screen) -> None:
    text = '{"a": [1.10,1e400, 12345678901234567890123], "a":"\\u00e9\\/", "n":{{count}},"s":"x{{y}}"}'
    editor = show(screen, text)
    screen.key(Qt.Key.Key_B, CONTROL)

    assert screen.request.body.text == (
        '{\n  "a": [\n    1.10,\n    1e400,\n    12345678901234567890123\n  ],\n'
        '  "a": "\\u00e9\\/",\n  "n": {{count}},\n  "s": "x{{y}}"\n}'
    )
    screen.key(Qt.Key.Key_Z, CONTROL)
    assert editor.text() == text


def test_the_button_beautifies_too(screen: Screen) -> None:
    show(screen, "[1,2]")
    screen.press("beautifyButton")

    assert screen.request.body.text == "[\n  1,\n  2\n]"


def test_beautifying_broken_json_goes_to_the_place_and_changes_nothing(screen: Screen) -> None:
    editor = show(screen, '{\n  "a": 1,\n  "b" 2\n}')
    screen.key(Qt.Key.Key_B, CONTROL)

    assert editor.text() == '{\n  "a": 1,\n  "b" 2\n}'
    assert (editor.textCursor().blockNumber(), editor.textCursor().positionInBlock()) == (2, 6)
    assert screen.find(QPushButton, "bodyEditorProblem").isVisible()


def test_the_place_of_an_error_is_told_while_typing_and_a_click_goes_there(screen: Screen, qtbot: QtBot) -> None:
    editor = show(screen, "")
    screen.type('{"a": 1')
    screen.key(Qt.Key.Key_Return)
    screen.type("]")
    problem = screen.find(QPushButton, "bodyEditorProblem")
    qtbot.waitUntil(problem.isVisible)
    assert problem.text().startswith("Line 2, column 1: ")

    editor.moveCursor(editor.textCursor().MoveOperation.Start)
    screen.click(problem)
    assert editor.textCursor().blockNumber() == 1
    assert editor.hasFocus()

    screen.key(Qt.Key.Key_Delete)
    screen.type("}")
    qtbot.waitUntil(lambda: not problem.isVisible())


def test_a_long_body_is_checked_beside_the_window(screen: Screen, qtbot: QtBot) -> None:
    show(screen, "[" + "1,\n" * INLINE_LIMIT + "2")
    problem = screen.find(QPushButton, "bodyEditorProblem")
    qtbot.waitUntil(problem.isVisible)
    assert problem.text().startswith(f"Line {INLINE_LIMIT + 1}, column ")

    screen.key(Qt.Key.Key_End, CONTROL)
    screen.type("]")
    qtbot.waitUntil(lambda: not problem.isVisible())


def test_text_in_another_language_is_not_checked(screen: Screen, qtbot: QtBot) -> None:
    show(screen, "{broken")
    problem = screen.find(QPushButton, "bodyEditorProblem")
    qtbot.waitUntil(problem.isVisible)
    screen.choose("bodyLanguageCombo", "Text")

    assert not problem.isVisible()


def test_xml_is_checked_as_well(screen: Screen, qtbot: QtBot) -> None:
    screen.editor.show_request(Request(body=Body(kind="raw", text="<a>\n<b></a>", language="xml")))
    problem = screen.find(QPushButton, "bodyEditorProblem")
    qtbot.waitUntil(problem.isVisible)
    assert problem.text() == "Line 2, column 6: This closes another element than <b> of line 2"


def test_minify_takes_the_blanks_and_nothing_else(screen: Screen) -> None:
    editor = show(screen, '{\n  "a": [1.10, {{n}}],\n  "a": "b c"\n}')
    screen.press("minifyButton")
    assert screen.request.body.text == '{"a":[1.10,{{n}}],"a":"b c"}'
    editor.setFocus()
    screen.key(Qt.Key.Key_Z, CONTROL)
    assert screen.request.body.text.startswith("{\n")


def test_a_form_row_is_typed(screen: Screen) -> None:
    screen.choose("bodyKindCombo", "form-data")
    screen.cell("formDataTable", 0, 1)
    screen.type("key")
    screen.key(Qt.Key.Key_Tab)
    screen.key(Qt.Key.Key_Tab)
    screen.key(Qt.Key.Key_Return)
    screen.type("value")

    assert screen.request.body.parts == (FormPart(name="key", value="value"),)


def test_a_row_becomes_a_file_by_keyboard_and_keeps_its_text(screen: Screen) -> None:
    screen.editor.show_request(Request(body=Body(kind="form-data", parts=(FormPart(name="k", value="v"),))))
    screen.cell("formDataTable", 0, 2)  # opens the menu
    screen.key(Qt.Key.Key_Down)
    screen.key(Qt.Key.Key_Down)
    screen.key(Qt.Key.Key_Return)
    assert screen.request.body.parts == (FormPart(name="k", kind="file", value="v"),)

    focused().setFocus()
    screen.key(Qt.Key.Key_Space)
    assert screen.request.body.parts == (FormPart(name="k", value="v"),)


def test_a_text_part_keeps_its_line_breaks_while_edited(screen: Screen) -> None:
    screen.editor.show_request(Request(body=Body(kind="form-data", parts=(FormPart(name="k", value="a\nb"),))))
    assert screen.shown("formDataTable")[0][3] == "a\nb"
    screen.cell("formDataTable", 0, 3)
    screen.key(Qt.Key.Key_End)
    screen.type("c")

    assert screen.request.body.parts[0].value == "a\nbc"


def test_the_content_type_column_is_shown_on_demand(screen: Screen) -> None:
    screen.choose("bodyKindCombo", "form-data")
    table = screen.find(QTableView, "formDataTable")
    assert table.isColumnHidden(4)
    screen.find(QPushButton, "formColumnsButton").setFocus()
    screen.key(Qt.Key.Key_Space)
    screen.key(Qt.Key.Key_Down)
    screen.key(Qt.Key.Key_Return)

    assert not table.isColumnHidden(4)


def test_a_body_of_a_newer_version_says_so_and_survives(qtbot: QtBot) -> None:
    body = Body(kind="msgpack", text="{ me }", language="json")
    screen = Screen(qtbot, Request(body=body))

    assert screen.find(QComboBox, "bodyKindCombo").currentText() == "msgpack"
    assert any("cannot edit" in label.text() for label in screen.editor.findChildren(QLabel) if label.isVisible())
    assert screen.request.body == body


def test_url_encoded_rows_are_typed_and_kept_as_plain_text(screen: Screen) -> None:
    screen.choose("bodyKindCombo", "x-www-form-urlencoded")
    screen.cell("urlencodedTable", 0, 1)
    screen.type("user name")
    screen.key(Qt.Key.Key_Tab)
    screen.type("a&b=c")
    screen.cell("urlencodedTable", 1, 1)
    screen.type("empty")

    assert screen.request.body == Body(
        kind="x-www-form-urlencoded", pairs=(Param(name="user name", value="a&b=c"), Param(name="empty"))
    )


def test_a_new_meta_uuid_is_offered_where_there_is_one_and_kept_in_the_request(screen: Screen, qtbot: QtBot) -> None:
    editor = show(screen, '{"meta": {"uui": ""}}')
    box = screen.find(QCheckBox, "newMetaUuid")
    assert not box.isVisible()
    editor.moveCursor(editor.textCursor().MoveOperation.Start)
    for _ in range(len('{"meta": {"uui')):
        screen.key(Qt.Key.Key_Right)
    screen.type("d")
    qtbot.waitUntil(box.isVisible)
    box.setFocus()
    screen.key(Qt.Key.Key_Space)
    assert screen.request.body == Body(kind="raw", text='{"meta": {"uuid": ""}}', new_meta_uuid=True)
    screen.choose("bodyLanguageCombo", "Text")
    assert not box.isVisible()


def test_a_new_meta_uuid_can_be_wanted_before_the_json_has_one(screen: Screen) -> None:
    show(screen, "{}")
    screen.click(screen.find(QToolButton, "bodyMoreButton"))
    screen.key(Qt.Key.Key_Up)
    screen.key(Qt.Key.Key_Return)
    box = screen.find(QCheckBox, "newMetaUuid")
    assert box.isVisible()
    assert "has no text at meta.uuid" in box.toolTip()
    assert screen.request.body.new_meta_uuid


def test_find_is_in_the_menu_beside_the_layout(screen: Screen) -> None:
    show(screen, "{}")
    screen.click(screen.find(QToolButton, "bodyMoreButton"))
    screen.key(Qt.Key.Key_Down)
    screen.key(Qt.Key.Key_Down)
    screen.key(Qt.Key.Key_Return)
    assert screen.find(QLineEdit, "replaceEdit").isVisible()
