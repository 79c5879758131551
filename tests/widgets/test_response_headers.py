"""The Headers tab: order and duplicates as received, secrets masked and still copyable."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMenu, QTableView
from pytestqt.qtbot import QtBot
from response_screen import HEADERS, ResponseScreen, body, clipboard, finished, head, started
from servers import Peer, collect, run, serving

from firstlight.model.events import Event
from firstlight.model.request import Request, RequestSettings
from firstlight.model.secrets import MASK
from firstlight.ui.preferences import apply_language
from firstlight.ui.text.text_view import TextView

LINES = (("Set-Cookie", "sid=1; Path=/"), ("X-Subject-Token", "MIIabcdef"), ("Set-Cookie", "b=2"), ("Vary", "Accept"))


@pytest.fixture
def screen(qtbot: QtBot) -> ResponseScreen:
    screen = ResponseScreen(qtbot)
    screen.feed(started(), head(200, "application/json", *LINES), body(b"{}"), finished(2))
    screen.wait_status("200 OK")
    screen.open_tab(HEADERS)
    return screen


@pytest.fixture
def table(screen: ResponseScreen) -> QTableView:
    return screen.child(QTableView, "responseHeadersTable")


def rows(table: QTableView) -> list[tuple[str, str]]:
    model = table.model()
    return [(model.index(row, 0).data(), model.index(row, 1).data()) for row in range(model.rowCount())]


def test_order_and_duplicates_stay_and_secrets_are_masked(table: QTableView) -> None:
    assert rows(table) == [
        ("Content-Type", "application/json"),
        ("Set-Cookie", MASK),
        ("X-Subject-Token", MASK),
        ("Set-Cookie", MASK),
        ("Vary", "Accept"),
    ]


def test_secret_values_are_shown_when_asked_for_and_masked_again_with_the_next_answer(
    screen: ResponseScreen, table: QTableView
) -> None:
    screen.click("revealSecrets")
    assert rows(table)[2] == ("X-Subject-Token", "MIIabcdef")
    screen.feed(started(), head(201, "application/json", *LINES), body(b"{}"), finished(2))
    screen.wait_status("201 Created")
    assert rows(table)[2] == ("X-Subject-Token", MASK)


def test_the_menu_copies_the_token_itself(table: QTableView) -> None:
    point = table.visualRect(table.model().index(2, 1)).center()
    table.customContextMenuRequested.emit(point)
    menu = table.findChildren(QMenu)[-1]
    actions = {action.text(): action for action in menu.actions()}
    actions["Copy value"].trigger()
    assert clipboard() == "MIIabcdef"
    actions["Copy name"].trigger()
    assert clipboard() == "X-Subject-Token"
    menu.close()


def test_ctrl_c_copies_lines_as_they_are_shown(table: QTableView) -> None:
    table.setFocus()
    QTest.mouseClick(
        table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(table.model().index(1, 0)).center()
    )
    QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard() == f"Set-Cookie: {MASK}\nX-Subject-Token: {MASK}"


def test_a_long_value_is_cut_in_its_cell_and_shown_whole_when_asked_for(qtbot: QtBot) -> None:
    value = "".join(f"{number:07d}," for number in range(12_800))
    screen = ResponseScreen(qtbot)
    screen.feed(started(), head(200, "text/plain", ("X-Trace", value)), body(b"x"), finished(1))
    screen.wait_status("200 OK")
    screen.open_tab(HEADERS)
    table = screen.child(QTableView, "responseHeadersTable")
    shown = table.model().index(1, 1).data()
    assert (shown[:1000], len(shown)) == (value[:1000], 1001)
    assert len(table.model().index(1, 1).data(Qt.ItemDataRole.ToolTipRole)) == 1001
    table.selectRow(1)
    QTest.keySequence(table, "Ctrl+C")
    assert clipboard() == f"X-Trace: {value}"
    QTest.keyClick(table, Qt.Key.Key_Return)
    dialog = table.findChild(QDialog, "headerValueDialog")
    assert dialog.windowTitle() == "X-Trace"
    assert "102,400 characters" in [label.text() for label in dialog.findChildren(QLabel)]
    dialog.findChild(TextView, "headerValueText").copy_all()
    assert clipboard() == value
    dialog.accept()


BOTH_ENDS = (
    b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n"
    b"HTTP/1.1 103\r\nSet-Cookie: early=secret\r\n\r\n"
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Digest\r\n\r\n"
    b"5\r\nhello\r\n0\r\nX-Digest: abc\r\n\r\n"
)


def shown_of_server(qtbot: QtBot, *answers: bytes, settings: RequestSettings | None = None) -> ResponseScreen:
    """Show the Headers tab of what a bare server really sends."""

    async def handler(peer: Peer) -> None:
        for answer in answers:
            await peer.request()
            await peer.send(answer)

    async def work() -> list[Event]:
        async with serving(handler) as server:
            return (await collect(Request(url=server.url, settings=settings or RequestSettings())))[1]

    screen = ResponseScreen(qtbot)
    screen.feed(*run(work()))
    screen.wait_status("200 OK")
    screen.open_tab(HEADERS)
    return screen


def test_what_came_before_the_answer_and_behind_its_body_stands_in_sections(qtbot: QtBot) -> None:
    screen = shown_of_server(qtbot, BOTH_ENDS)
    table = screen.child(QTableView, "responseHeadersTable")
    assert rows(table) == [
        ("103 Early Hints", "Said before the answer"),
        ("Link", "</style.css>"),
        ("103 Early Hints", "Said before the answer"),
        ("Set-Cookie", MASK),
        ("200 OK", "The answer"),
        ("Transfer-Encoding", "chunked"),
        ("Trailer", "X-Digest"),
        ("Trailers", "Header lines behind the body"),
        ("X-Digest", "abc"),
    ]
    assert "5 headers" in [label.text() for label in screen.pane.findChildren(QLabel)]
    table.setFocus()
    table.selectAll()
    QTest.keySequence(table, "Ctrl+C")
    assert clipboard().splitlines()[-2:] == ["Trailers", "X-Digest: abc"]
    table.setCurrentIndex(table.model().index(0, 0))
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert table.findChild(QDialog, "headerValueDialog") is None  # a title has no value to show
    apply_language(cast(QApplication, QApplication.instance()), "zh_CN")
    try:
        assert rows(table)[-2] == ("尾部字段（Trailer）", "响应体之后的头部行")
        assert rows(table)[0] == ("103 Early Hints", "先于响应发出")
    finally:
        apply_language(cast(QApplication, QApplication.instance()), "en")


def test_a_plain_answer_has_no_sections_and_a_redirect_takes_its_own_with_it(qtbot: QtBot) -> None:
    plain = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
    away = b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n"
    screen = shown_of_server(qtbot, away, plain, settings=RequestSettings(follow_redirects=True))
    assert rows(screen.child(QTableView, "responseHeadersTable")) == [("Content-Length", "0")]
