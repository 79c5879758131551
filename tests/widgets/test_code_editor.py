"""The code editor: typing rules, marks, exact text."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from firstlight.ui.text.code_editor import CodeEditor
from firstlight.ui.text.code_editor_brackets import bracket_pair
from firstlight.ui.text.text_view import TextView

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def editor(qtbot: QtBot) -> CodeEditor:
    editor = CodeEditor()
    qtbot.addWidget(editor)
    editor.use_language("json")
    editor.resize(500, 300)
    with qtbot.waitExposed(editor):
        editor.show()
    return editor


def put_cursor(editor: CodeEditor, position: int, anchor: int | None = None) -> None:
    cursor = editor.textCursor()
    cursor.setPosition(position if anchor is None else anchor)
    cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)


def marked(editor: CodeEditor) -> list[str]:
    marks = editor.extraSelections()
    return [mark.cursor.selectedText() for mark in marks]


def test_json_is_indented_while_typed(editor: CodeEditor) -> None:
    for line in ("{", '"a": [', "1,", "2"):
        QTest.keyClicks(editor, line)
        QTest.keyClick(editor, Qt.Key.Key_Return)
    QTest.keyClicks(editor, "]")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QTest.keyClicks(editor, "}")

    assert editor.text() == '{\n  "a": [\n    1,\n    2\n  ]\n}'


def test_enter_between_brackets_opens_a_line_of_its_own(editor: CodeEditor) -> None:
    QTest.keyClicks(editor, "{}")
    QTest.keyClick(editor, Qt.Key.Key_Left)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QTest.keyClicks(editor, "x")

    assert editor.text() == "{\n  x\n}"


def test_tab_and_shift_tab_indent_lines_as_one_undo_step(editor: CodeEditor) -> None:
    editor.show_text("a\n\nb\nc")
    put_cursor(editor, 4, anchor=0)
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    assert editor.text() == "  a\n\n  b\nc"

    QTest.keyClick(editor, Qt.Key.Key_Z, CONTROL)
    assert editor.text() == "a\n\nb\nc"

    put_cursor(editor, 4, anchor=0)
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    QTest.keyClick(editor, Qt.Key.Key_Backtab, SHIFT)
    assert editor.text() == "a\n\nb\nc"


def test_tab_fills_up_to_the_next_step(editor: CodeEditor) -> None:
    QTest.keyClicks(editor, "a")
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    QTest.keyClicks(editor, "b")

    assert editor.text() == "a b"


def test_ctrl_m_lets_tab_leave_the_editor(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    layout = QVBoxLayout(page)
    editor, after = CodeEditor(), QLineEdit()
    layout.addWidget(editor)
    layout.addWidget(after)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    editor.setFocus()
    QTest.keyClick(editor, Qt.Key.Key_M, CONTROL)
    QTest.keyClick(editor, Qt.Key.Key_Tab)

    assert after.hasFocus()
    assert editor.text() == ""


@pytest.mark.parametrize(
    ("text", "position", "pair"),
    [
        ('{"a}": [1]}', 0, (0, 10)),
        ('{"a}": [1]}', 11, (10, 0)),
        ('{"a}": [1]}', 7, (7, 9)),
        ('{"a}": [1]}', 3, None),
        ("[\n [\n ]\n]", 0, (0, 8)),
        ('["😀", {}]', 0, (0, 9)),
        ("{", 0, None),
    ],
)
def test_brackets_are_paired_outside_of_strings(
    editor: CodeEditor, text: str, position: int, pair: tuple[int, int] | None
) -> None:
    editor.show_text(text)

    assert bracket_pair(editor.document(), "json", position) == pair


@pytest.mark.parametrize("text", ["a\r\nb\r\n", "a\u00a0b", "x\u2028y\u2029z", "mixed\r\nline\nends\r", "😀\ttab"])
def test_looking_at_a_text_changes_no_byte(editor: CodeEditor, qtbot: QtBot, text: str) -> None:
    changes: list[int] = []
    editor.edited.connect(lambda: changes.append(1))
    editor.show_text(text)
    editor.use_language("xml")
    editor.use_language("json")
    qtbot.waitUntil(lambda: editor.text() == text)
    assert changes == []

    QTest.keyClicks(editor, "x")
    QTest.keyClick(editor, Qt.Key.Key_Z, CONTROL)
    assert editor.text() == text


def test_windows_line_ends_survive_an_edit(editor: CodeEditor) -> None:
    editor.show_text("a\r\nb")
    QTest.keyClick(editor, Qt.Key.Key_End, CONTROL)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QTest.keyClicks(editor, "c")

    assert editor.text() == "a\r\nb\r\nc"


def test_a_problem_is_marked_at_its_character(editor: CodeEditor) -> None:
    editor.show_text('["😀😀", x]')
    editor.show_problem(1, 8)

    assert "x" in marked(editor)
    editor.show_problem(0, 0)
    assert "x" not in marked(editor)


def test_a_click_on_a_line_number_goes_to_that_line(editor: CodeEditor) -> None:
    editor.show_text("a\nb\nc")
    second = list(editor.visible_lines())[1]
    gutter = editor.childAt(QPoint(5, 5))
    QTest.mousePress(gutter, Qt.MouseButton.LeftButton, pos=QPoint(5, round(second[1] + second[2] / 2)))

    assert editor.textCursor().blockNumber() == 1


def test_ctrl_enter_is_left_to_the_window(editor: CodeEditor) -> None:
    QTest.keyClick(editor, Qt.Key.Key_Return, CONTROL)

    assert editor.text() == ""


def test_rows_are_as_high_in_the_editor_as_in_an_answer_in_any_script(
    editor: CodeEditor,
) -> None:
    editor.show_text('{\n"city": "长江",\n' + '"long": "' + "word " * 60 + '"\n}')
    answer = TextView()
    try:
        lines = list(editor.visible_lines())
        assert [height for _, _, height in lines[:2]] == [answer.rows.metrics.row_height] * 2
        wrapped = lines[2][2] / answer.rows.metrics.row_height
        assert wrapped == round(wrapped) > 1
        cursor = editor.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.Down)
        editor.setTextCursor(cursor)
        assert abs(editor.cursorRect().center().y() - (lines[1][1] + lines[1][2] / 2)) <= 2
    finally:
        answer.deleteLater()


def test_a_bigger_font_makes_the_rows_higher(editor: CodeEditor) -> None:
    editor.show_text("a\nb")
    before = editor.row_height()
    font = editor.font()
    font.setPointSizeF(2 * font.pointSizeF())
    editor.setFont(font)

    assert editor.row_height() > 1.7 * before
    assert [height for _, _, height in editor.visible_lines()] == [editor.row_height()] * 2
