"""Rows of a table: chosen together, moved, ticked, copied, taken back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QMenu, QTableView
from pytestqt.qtbot import QtBot
from request_screen import BODY, HEADERS, PARAMS, Screen, focused

from firstlight.model.request import Body, FormPart, Header, Param, Request

Key, CONTROL, SHIFT, ALT = (
    Qt.Key,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
ABCD = tuple(Header(name=name, value=name.lower(), description=f"the {name}") for name in "ABCD")


@pytest.fixture
def screen(qtbot: QtBot) -> Screen:
    screen = Screen(qtbot, Request(url="http://h/", headers=ABCD))
    screen.open(HEADERS)
    return screen


def table(screen: Screen, name: str = "headersTable") -> QTableView:
    return screen.find(QTableView, name)


def names(screen: Screen) -> str:
    return "".join(row.name for row in screen.request.headers)


def enter(screen: Screen, row: int, column: int = 1) -> None:
    """Choose a cell by keyboard, without editing it."""
    table(screen).setFocus(Qt.FocusReason.TabFocusReason)
    screen.key(Key.Key_Home, CONTROL)
    for _ in range(row):
        screen.key(Key.Key_Down)
    for _ in range(column):
        screen.key(Key.Key_Right)


def place_of(screen: Screen, row: int, *, column: int = 0, grip: bool = False) -> QPoint:
    view = table(screen)
    rect = view.visualRect(view.model().index(row, column))
    return QPoint(rect.left() + 6, rect.center().y()) if grip else rect.center()


def drag(screen: Screen, row: int, below: int) -> None:
    port = table(screen).viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=place_of(screen, row, grip=True))
    target = place_of(screen, below) + QPoint(0, 8)
    QTest.mouseMove(port, target)
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=target)


def test_alt_and_an_arrow_move_the_row_and_it_stays_chosen(screen: Screen) -> None:
    enter(screen, 1)
    screen.key(Key.Key_Up, ALT)
    assert names(screen) == "BACD"
    screen.key(Key.Key_Up, ALT)
    assert names(screen) == "BACD"
    for _ in range(5):
        screen.key(Key.Key_Down, ALT)
    assert names(screen) == "ACDB"
    assert screen.request.headers[3] == ABCD[1]


def test_a_row_moves_while_its_cell_is_edited(screen: Screen) -> None:
    screen.cell("headersTable", 2, 2)
    screen.key(Key.Key_Down, ALT)
    screen.type("!")
    assert names(screen) == "ABDC"
    assert screen.request.headers[3].value.replace("c", "") == "!"


def test_a_row_is_dragged_by_its_grip(screen: Screen) -> None:
    drag(screen, 0, below=2)
    assert names(screen) == "BCAD"
    drag(screen, 3, below=0)
    assert names(screen) == "BDCA"
    drag(screen, 1, below=1)
    assert names(screen) == "BDCA"


def test_several_chosen_rows_are_dragged_together(screen: Screen) -> None:
    enter(screen, 0)
    screen.key(Key.Key_Down, SHIFT)
    drag(screen, 0, below=3)
    assert names(screen) == "CDAB"


def test_chosen_rows_are_deleted_together_and_come_back(screen: Screen) -> None:
    enter(screen, 1)
    screen.key(Key.Key_Down, SHIFT)
    screen.key(Key.Key_Delete)
    assert names(screen) == "AD"
    screen.key(Key.Key_Z, CONTROL)
    assert screen.request.headers == ABCD
    screen.key(Key.Key_Z, CONTROL | SHIFT)
    assert names(screen) == "AD"


def test_control_click_chooses_rows_and_does_not_edit(screen: Screen) -> None:
    enter(screen, 0)
    view = table(screen)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, CONTROL, place_of(screen, 2, column=2))
    screen.key(Key.Key_Delete)
    assert names(screen) == "BD"


def test_every_step_is_taken_back_in_turn(screen: Screen) -> None:
    enter(screen, 0)
    screen.key(Key.Key_Return)
    screen.type("xyz")
    screen.key(Key.Key_Return)
    screen.key(Key.Key_Down, ALT)
    screen.key(Key.Key_A, CONTROL)
    screen.key(Key.Key_Space)
    assert [row.enabled for row in screen.request.headers] == [False] * 4
    screen.key(Key.Key_Z, CONTROL)
    assert [row.enabled for row in screen.request.headers] == [True] * 4
    screen.key(Key.Key_Z, CONTROL)
    screen.key(Key.Key_Z, CONTROL)
    assert screen.request.headers == ABCD
    screen.key(Key.Key_Z, CONTROL)
    assert screen.request.headers == ABCD


def test_the_box_in_the_header_ticks_all_or_none(screen: Screen) -> None:
    box = table(screen).findChild(QCheckBox)
    assert isinstance(box, QCheckBox)
    assert box.checkState() == Qt.CheckState.Checked
    screen.cell("headersTable", 1, 0)
    assert box.checkState() == Qt.CheckState.PartiallyChecked
    screen.click(box)
    assert {row.enabled for row in screen.request.headers} == {True}
    screen.click(box)
    assert {row.enabled for row in screen.request.headers} == {False}
    assert box.checkState() == Qt.CheckState.Unchecked
    screen.editor.show_request(Request())
    assert not box.isVisible()


def test_copied_rows_are_pasted_whole_and_into_another_table(screen: Screen) -> None:
    enter(screen, 0)
    screen.key(Key.Key_Down, SHIFT)
    screen.key(Key.Key_C, CONTROL)
    assert QApplication.clipboard().text() == "A: a\nB: b"
    screen.key(Key.Key_End, CONTROL)
    screen.key(Key.Key_V, CONTROL)
    assert screen.request.headers == (*ABCD, *ABCD[:2])

    screen.open(PARAMS)
    table(screen, "paramsTable").setFocus(Qt.FocusReason.TabFocusReason)
    screen.key(Key.Key_V, CONTROL)
    assert screen.request.params == (
        Param(name="A", value="a", description="the A"),
        Param(name="B", value="b", description="the B"),
    )
    assert screen.url.text() == "http://h/?A=a&B=b"


def test_cut_rows_are_on_the_clipboard(screen: Screen) -> None:
    enter(screen, 3)
    screen.key(Key.Key_X, CONTROL)
    screen.key(Key.Key_Home, CONTROL)
    screen.key(Key.Key_V, CONTROL)
    assert names(screen) == "ADBC"


def test_rows_are_doubled(screen: Screen) -> None:
    enter(screen, 1)
    screen.key(Key.Key_D, CONTROL)
    assert screen.request.headers == (*ABCD[:2], *ABCD[1:])


def test_the_menu_names_what_can_be_done_and_does_it(screen: Screen) -> None:
    view = table(screen)
    view.customContextMenuRequested.emit(place_of(screen, 1))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    words = [action.text() for action in menu.actions() if action.text()]
    assert "Duplicate rows" in words
    entry = next(action for action in menu.actions() if action.text() == "Delete rows")
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(entry).center())
    assert names(screen) == "ACD"


def test_parts_of_a_form_move_with_their_files(qtbot: QtBot) -> None:
    parts = (FormPart(name="image", kind="file", files=("a.jpg",)), FormPart(name="meta", value="{}"))
    screen = Screen(qtbot, Request(body=Body(kind="form-data", parts=parts)))
    screen.open(BODY)
    table(screen, "formDataTable").setFocus(Qt.FocusReason.TabFocusReason)
    screen.key(Key.Key_Down, ALT)
    assert screen.request.body.parts == parts[::-1]
    screen.key(Key.Key_C, CONTROL)
    assert focused() is table(screen, "formDataTable")
