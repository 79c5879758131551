"""The text view by mouse and keyboard: reading, selecting, copying, finding, following."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from firstlight.ui.text.text_view import TextView

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton

Show = Callable[..., TextView]


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    def make(text: str | bytes, *, language: str = "", numbers: bool = False) -> TextView:
        view = TextView(numbers=numbers)
        qtbot.addWidget(view)
        view.resize(640, 300)
        with qtbot.waitExposed(view):
            view.show()
        view.setFocus()
        view.set_text(text.encode() if isinstance(text, str) else text, language)
        return view

    return make


def place(view: TextView, text: str, into: int = 0) -> QPoint:
    """Return the point on screen `into` characters behind the start of `text`."""
    offset = view.source.cut(0, view.source.size).find(text.encode()) + len(text[:into].encode())
    row = view.rows.row_at(0)
    y = 0
    while row.end < offset:
        below = view.rows.below(row)
        assert below is not None
        row, y = below, y + view.rows.metrics.row_height
    x = view.margin() + row.layout.x_of(offset, row.number)
    return QPoint(round(x), y + view.rows.metrics.row_height // 2)


def drag(view: TextView, start: QPoint, end: QPoint) -> None:
    QTest.mousePress(view.viewport(), LEFT, pos=start)
    QTest.mouseMove(view.viewport(), end)
    QTest.mouseRelease(view.viewport(), LEFT, pos=end)


def child(view: QWidget, kind: type[QWidget], name: str) -> QWidget:
    found = view.findChild(kind, name)
    assert isinstance(found, QWidget)
    return found


def find(view: TextView, text: str) -> QLabel:
    QTest.keyClick(view, Qt.Key.Key_F, CONTROL)
    edit = child(view, QLineEdit, "findEdit")
    assert isinstance(edit, QLineEdit)
    edit.insert(text)  # as an input method does: QTest types ASCII only
    label = child(view, QLabel, "findCount")
    assert isinstance(label, QLabel)
    return label


def test_dragging_selects_and_ctrl_c_copies_the_exact_text(show: Show) -> None:
    view = show('{"名": "值 😀", "n": 1.10}')
    drag(view, place(view, '"值'), place(view, '"n"'))
    QTest.keyClick(view, Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == '"值 😀", '


def test_a_double_click_takes_the_word_and_a_third_click_the_line(show: Show) -> None:
    view = show("one\nfirst second third\nlast")
    point = place(view, "second", 2)
    QTest.mouseClick(view.viewport(), LEFT, pos=point)
    QTest.mouseDClick(view.viewport(), LEFT, pos=point)
    assert view.selection.text() == "second"
    QTest.mousePress(view.viewport(), LEFT, pos=point)
    assert view.selection.text() == "first second third\n"


def test_shift_click_extends_the_selection(show: Show) -> None:
    view = show("alpha beta gamma")
    QTest.mouseClick(view.viewport(), LEFT, pos=place(view, "alpha"))
    QTest.mouseClick(view.viewport(), LEFT, SHIFT, place(view, "gamma"))
    assert view.selection.text() == "alpha beta "


def test_the_keyboard_selects_by_character_word_line_and_all(show: Show) -> None:
    view = show("héllo 😀 world\nsecond line\nthird")
    QTest.keyClick(view, Qt.Key.Key_Right, SHIFT)
    QTest.keyClick(view, Qt.Key.Key_Right, SHIFT)
    assert view.selection.text() == "hé"
    QTest.keyClick(view, Qt.Key.Key_Right, SHIFT | CONTROL)
    assert view.selection.text() == "héllo 😀 "
    QTest.keyClick(view, Qt.Key.Key_End, SHIFT)
    assert view.selection.text() == "héllo 😀 world"
    QTest.keyClick(view, Qt.Key.Key_Down, SHIFT)
    assert view.selection.text() == "héllo 😀 world\nsecond line"
    QTest.keyClick(view, Qt.Key.Key_End, SHIFT | CONTROL)
    assert view.selection.text().endswith("third")
    QTest.keyClick(view, Qt.Key.Key_Home, CONTROL)
    assert not view.selection.exists()
    QTest.keyClick(view, Qt.Key.Key_A, CONTROL)
    assert view.selection.text() == view.text()


def test_an_emoji_is_one_step_of_the_cursor(show: Show) -> None:
    view = show("a😀b")
    for expected in ("a", "a😀", "a😀b"):
        QTest.keyClick(view, Qt.Key.Key_Right, SHIFT)
        assert view.selection.text() == expected
    QTest.keyClick(view, Qt.Key.Key_Left, SHIFT)
    assert view.selection.text() == "a😀"


def test_bytes_that_are_no_utf8_are_shown_and_counted_right(show: Show) -> None:
    view = show(b"\xff\xfeab\x00c")
    QTest.keyClick(view, Qt.Key.Key_End, SHIFT)
    assert view.selection.span() == (0, 6)
    assert view.selection.text() == "\ufffd\ufffdab\x00c"


def test_ctrl_f_finds_counts_and_walks(show: Show, qtbot: QtBot) -> None:
    view = show("Match one\nmatch two\nno\nmatch three")
    count = find(view, "match")
    qtbot.waitUntil(lambda: count.text() == "1 of 3")
    assert view.selection.text() == "Match"
    edit = child(view, QLineEdit, "findEdit")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert count.text() == "2 of 3"
    QTest.keyClick(edit, Qt.Key.Key_Return, SHIFT)
    QTest.keyClick(edit, Qt.Key.Key_Return, SHIFT)
    assert count.text() == "3 of 3"
    assert view.selection.span()[0] == view.text().rindex("match")


def test_match_case_leaves_the_others_out(show: Show, qtbot: QtBot) -> None:
    view = show("Übung übung ÜBUNG")
    count = find(view, "übung")
    qtbot.waitUntil(lambda: count.text() == "1 of 3")
    QTest.mouseClick(child(view, QToolButton, "findCase"), LEFT)
    qtbot.waitUntil(lambda: count.text() == "1 of 1")
    assert view.selection.text() == "übung"


def test_esc_closes_the_find_bar_and_the_text_has_the_keyboard_again(show: Show, qtbot: QtBot) -> None:
    view = show("abc")
    count = find(view, "zzz")
    qtbot.waitUntil(lambda: count.text() == "No matches")
    QTest.keyClick(child(view, QLineEdit, "findEdit"), Qt.Key.Key_Escape)
    assert not child(view, QWidget, "findBar").isVisible()


def test_a_match_far_away_is_scrolled_to(show: Show, qtbot: QtBot) -> None:
    view = show("\n".join(f"line {number}" for number in range(200_000)))
    count = find(view, "line 199990")
    qtbot.waitUntil(lambda: count.text() == "1 of 1")
    assert view.verticalScrollBar().value() > view.source.size * 0.9


def test_a_million_lines_and_one_long_line_are_read_to_their_end(show: Show) -> None:
    for text in ("a line of text\n" * 1_000_000 + "END", "word " * 2_000_000 + "END"):
        view = show(text, numbers=True)
        QTest.keyClick(view, Qt.Key.Key_End, CONTROL)
        point = view.viewport().rect().bottomRight() - QPoint(1, 1)
        assert view.offset_at(point) == len(text)
        QTest.keyClick(view, Qt.Key.Key_Home, CONTROL)
        assert view.verticalScrollBar().value() == 0


def test_wrapping_shows_the_whole_line_and_unwrapping_gives_a_scroll_bar(show: Show, qtbot: QtBot) -> None:
    view = show("word " * 200)
    assert view.height_needed(10_000) > 5 * view.rows.metrics.row_height
    assert view.horizontalScrollBar().maximum() == 0
    view.set_wrap(False)
    qtbot.waitUntil(lambda: view.horizontalScrollBar().maximum() > 0)
    assert view.height_needed(10_000) == view.rows.metrics.row_height


def test_a_growing_text_is_followed_until_the_user_scrolls_up(show: Show) -> None:
    view = show("")
    view.follow()
    bar = view.verticalScrollBar()
    for number in range(100):
        view.append(f"line {number}\n".encode())
    assert bar.value() == bar.maximum() > 0
    QTest.keyClick(view, Qt.Key.Key_Home, CONTROL)
    view.append(b"more\n" * 50)
    assert bar.value() == 0
    assert not view.following
    QTest.keyClick(view, Qt.Key.Key_End, CONTROL)
    view.append(b"and more\n" * 50)
    assert view.following
    assert bar.value() == bar.maximum()


def test_the_context_menu_copies_and_selects(show: Show) -> None:
    view = show("take this")
    QTest.keyClick(view, Qt.Key.Key_A, CONTROL)
    point = QPoint(20, 10)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, view.mapToGlobal(point))
    QApplication.sendEvent(view.viewport(), event)
    menus = view.findChildren(QMenu)
    assert [action.text() for action in menus[-1].actions()] == ["Copy", "Select all", "Find…"]
    menus[-1].actions()[0].trigger()
    assert QGuiApplication.clipboard().text() == "take this"
    menus[-1].close()
