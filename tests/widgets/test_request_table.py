"""The tables of Params and Headers by keyboard and mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QTableView
from pytestqt.qtbot import QtBot
from request_screen import HEADERS, Screen, focused

from firstlight.model.request import Header, Request
from firstlight.ui.request.pasted_rows import pasted_rows

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def screen(qtbot: QtBot) -> Screen:
    screen = Screen(qtbot)
    screen.open(HEADERS)
    return screen


def table(screen: Screen) -> QTableView:
    return screen.find(QTableView, "headersTable")


def fill(screen: Screen, *headers: Header) -> None:
    screen.editor.show_request(Request(headers=headers))


def test_typing_into_the_empty_row_makes_it_real_and_brings_the_next(screen: Screen) -> None:
    screen.cell("headersTable", 0, 1)
    screen.type("X-One")
    screen.key(Qt.Key.Key_Tab)
    screen.type("1")
    screen.key(Qt.Key.Key_Tab)
    screen.type("why")
    screen.key(Qt.Key.Key_Tab)
    screen.type("X-Two")

    assert screen.request.headers == (Header(name="X-One", value="1", description="why"), Header(name="X-Two"))
    assert table(screen).model().rowCount() == 3


def test_tab_leaves_the_table_behind_the_last_cell(screen: Screen) -> None:
    screen.cell("headersTable", 0, 3)
    screen.key(Qt.Key.Key_Tab)

    assert not table(screen).hasFocus()
    assert not table(screen).isAncestorOf(focused())


def test_only_the_table_with_the_keys_shows_a_selected_cell(screen: Screen) -> None:
    fill(screen, Header(name="A"))
    table(screen).setFocus(Qt.FocusReason.TabFocusReason)
    assert len(table(screen).selectedIndexes()) == 1

    screen.url.setFocus()
    assert table(screen).selectedIndexes() == []
    screen.cell("headersTable", 0, 2)
    screen.click(screen.url)
    assert table(screen).selectedIndexes() == []


def test_shift_tab_goes_back_through_the_cells(screen: Screen) -> None:
    fill(screen, Header(name="A", value="1"))
    screen.cell("headersTable", 1, 1)
    screen.key(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    screen.type("d")

    assert screen.request.headers == (Header(name="A", value="1", description="d"),)


def test_enter_edits_and_enter_is_done(screen: Screen) -> None:
    fill(screen, Header(name="A", value="1"))
    table(screen).setFocus(Qt.FocusReason.TabFocusReason)
    screen.key(Qt.Key.Key_Right)
    screen.key(Qt.Key.Key_Return)
    screen.type("2")
    screen.key(Qt.Key.Key_Return)

    assert screen.request.headers[0].value == "2"
    assert table(screen).hasFocus()


def test_escape_takes_typing_back_and_an_empty_row_does_not_count(screen: Screen) -> None:
    screen.cell("headersTable", 0, 1)
    screen.type("X")
    screen.key(Qt.Key.Key_Escape)  # closes the suggestions
    screen.key(Qt.Key.Key_Escape)

    assert screen.request.headers == ()
    assert table(screen).model().rowCount() == 1


def test_undo_works_inside_a_cell(screen: Screen) -> None:
    fill(screen, Header(name="A", value="before"))
    screen.cell("headersTable", 0, 2)
    screen.key(Qt.Key.Key_End)
    screen.type("X")
    screen.key(Qt.Key.Key_Z, CONTROL)

    assert screen.request.headers[0].value == "before"


@pytest.mark.parametrize(
    ("key", "modifier"), [(Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_Backspace, CONTROL)]
)
def test_a_row_is_removed_and_brought_back_by_keyboard(
    screen: Screen, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    rows = (Header(name="A"), Header(name="B"))
    fill(screen, *rows)
    table(screen).setFocus(Qt.FocusReason.TabFocusReason)
    screen.key(key, modifier)
    assert screen.request.headers == rows[1:]

    screen.key(Qt.Key.Key_Z, CONTROL)
    assert screen.request.headers == rows


def test_the_empty_row_cannot_be_removed(screen: Screen) -> None:
    table(screen).setFocus(Qt.FocusReason.TabFocusReason)
    screen.key(Qt.Key.Key_Delete)

    assert table(screen).model().rowCount() == 1


def test_the_last_column_removes_its_row(screen: Screen) -> None:
    fill(screen, Header(name="A"), Header(name="B"))
    screen.cell("headersTable", 0, 4)

    assert screen.request.headers == (Header(name="B"),)


def test_pasted_lines_become_rows(screen: Screen) -> None:
    fill(screen, Header(name="A"))
    screen.cell("headersTable", 1, 1)
    screen.paste("Accept: application/json\n// X-Off: 1\n\nX-Url: http://h:80/?a=b\n")

    assert screen.request.headers == (
        Header(name="A"),
        Header(name="Accept", value="application/json"),
        Header(name="X-Off", value="1", enabled=False),
        Header(name="X-Url", value="http://h:80/?a=b"),
    )


def test_a_token_with_line_breaks_becomes_one_value(screen: Screen) -> None:
    screen.cell("headersTable", 0, 2)
    screen.paste("MIIabc\n  def==\r\nghi\n")

    assert screen.request.headers[0].value == "MIIabcdef==ghi"


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("https://h\nhttps://i", []),
        ("a=1\nb=", [("a", "1", True), ("b", "", True)]),
        ("Key\tValue\nK\tV W", [("Key", "Value", True), ("K", "V W", True)]),
        ("only: one", []),
        ("a: 1\nnot a row", []),
    ],
)
def test_only_a_text_of_rows_is_read_as_rows(text: str, rows: list[tuple[str, str, bool]]) -> None:
    assert [tuple(row) for row in pasted_rows(text)] == rows


@pytest.mark.parametrize(
    ("header", "shown"),
    [
        (Header(name="X-Auth-Token", value="MIIsecret"), "••••••"),
        (Header(name="authorization", value="Bearer abc.def"), "Bearer ••••••"),
        (Header(name="X-Auth-Token", value="{{secret:token}}"), "{{secret:token}}"),
        (Header(name="Accept", value="text/plain"), "text/plain"),
    ],
)
def test_secret_values_are_hidden_in_the_table(screen: Screen, header: Header, shown: str) -> None:
    fill(screen, header)

    assert screen.shown("headersTable")[0][2] == shown
    assert screen.request.headers == (header,)


def test_a_secret_value_is_shown_while_it_is_edited(screen: Screen) -> None:
    fill(screen, Header(name="X-Auth-Token", value="MIIsecret"))
    screen.cell("headersTable", 0, 2)

    edit = focused()
    assert isinstance(edit, QLineEdit)
    assert edit.text() == "MIIsecret"


def test_header_names_are_suggested_and_tab_moves_on(screen: Screen) -> None:
    screen.cell("headersTable", 0, 1)
    screen.type("x-apig")
    suggestions = focused()
    assert isinstance(suggestions, QListView)
    screen.key(Qt.Key.Key_Down)
    screen.key(Qt.Key.Key_Return)
    screen.key(Qt.Key.Key_Tab)
    screen.type("code")

    assert screen.request.headers == (Header(name="X-Apig-AppCode", value="code"),)


@pytest.mark.parametrize(
    ("typed", "downs", "name"),
    [
        ("content-ty", 0, "Content-Type"),
        ("Accept", 2, "Accept-Encoding"),
        ("Accept", 0, "Accept"),
        ("Request-Id", 0, "Request-Id"),
    ],
)
def test_tab_takes_the_marked_or_the_only_suggestion_and_goes_to_the_value(
    screen: Screen, typed: str, downs: int, name: str
) -> None:
    screen.cell("headersTable", 0, 1)
    screen.type(typed)
    assert isinstance(focused(), QListView)
    for _ in range(downs):
        screen.key(Qt.Key.Key_Down)
    screen.key(Qt.Key.Key_Tab)
    screen.type("x")

    assert screen.request.headers == (Header(name=name, value="x"),)


def test_copying_a_cell_copies_its_value(screen: Screen) -> None:
    fill(screen, Header(name="X-Auth-Token", value="MIIsecret"))
    table(screen).setFocus(Qt.FocusReason.TabFocusReason)
    screen.key(Qt.Key.Key_Right)
    screen.key(Qt.Key.Key_C, CONTROL)

    assert QApplication.clipboard().text() == "MIIsecret"


def test_pasting_onto_a_cell_replaces_its_value(screen: Screen) -> None:
    fill(screen, Header(name="A", value="1"))
    table(screen).setFocus(Qt.FocusReason.TabFocusReason)
    screen.key(Qt.Key.Key_Right)
    screen.paste("two\nthree")

    assert screen.request.headers == (Header(name="A", value="twothree"),)


def test_suggested_names_say_what_they_are_for_and_enter_takes_the_only_one(screen: Screen) -> None:
    screen.cell("headersTable", 0, 1)
    screen.type("x-stag")
    shown = focused()
    assert isinstance(shown, QListView)
    assert shown.width() > 500
    screen.key(Qt.Key.Key_Return)
    assert screen.request.headers == (Header(name="X-Stage"),)
    screen.key(Qt.Key.Key_Tab)
    screen.type("rel")
    screen.key(Qt.Key.Key_Tab)
    assert screen.request.headers == (Header(name="X-Stage", value="RELEASE"),)
