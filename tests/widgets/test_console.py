"""The Console: one row per exchange, unfolded to what was sent and received, secrets hidden."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton, QTreeWidget
from pytestqt.qtbot import QtBot
from response_screen import body, clipboard, connection, failed, finished, head, started

from firstlight.model.events import Event, Redirected
from firstlight.ui.console import ConsoleView


class ConsoleScreen:
    def __init__(self, qtbot: QtBot) -> None:
        self.view = ConsoleView()
        qtbot.addWidget(self.view)
        self.view.resize(900, 400)
        self.view.show()
        qtbot.waitExposed(self.view)
        tree = self.view.findChild(QTreeWidget, "consoleTree")
        assert tree is not None
        self.tree = tree

    def feed(self, number: int, *events: Event) -> None:
        for event in events:
            self.view.feed(number, f"Request {number}", event)

    def row(self, number: int) -> list[str]:
        item = self.tree.topLevelItem(number)
        return [item.text(column) for column in range(1, 6)]

    def lines(self, number: int) -> list[str]:
        item = self.tree.topLevelItem(number)
        return [item.child(line).text(0) for line in range(item.childCount())]

    def unfold(self, number: int) -> None:
        self.tree.setFocus()
        self.tree.setCurrentItem(self.tree.topLevelItem(number))
        QTest.keyClick(self.tree, Qt.Key.Key_Right)

    def click(self, name: str) -> None:
        button = self.view.findChild(QToolButton, name)
        assert button is not None
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def console(qtbot: QtBot) -> ConsoleScreen:
    return ConsoleScreen(qtbot)


def test_an_exchange_is_a_row_that_fills_as_it_goes(console: ConsoleScreen) -> None:
    console.feed(1, started())
    assert console.row(0) == ["POST", "http://127.0.0.1:8000/v1/iris", "sending…", "", ""]
    console.feed(1, *connection(), head(), body(b"{}"), finished(2))
    assert console.row(0) == ["POST", "http://127.0.0.1:8000/v1/iris", "200 OK", "126 ms", "2 B"]
    assert console.tree.topLevelItemCount() == 1


def test_a_row_unfolds_to_what_was_sent_and_received(console: ConsoleScreen) -> None:
    step = Redirected(at_ns=3, status=307, location="https://b.example/x", method="POST", dropped=("X-Auth-Token",))
    console.feed(1, started(), *connection(verified=False), step)
    console.feed(1, head(200, "application/json", ("X-Subject-Token", "MIIabc")), finished(2))
    console.unfold(0)
    assert console.lines(0) == [
        "POST http://127.0.0.1:8000/v1/iris",
        "Content-Type: application/json",
        "X-Auth-Token: ••••••",
        "Body: 213 B",
        "127.0.0.1:8000 · new connection",
        "TLSv1.3 · AES · http/1.1",
        "TLS certificate not verified",
        "307 → POST https://b.example/x",
        "Not sent there: X-Auth-Token",
        "HTTP/1.1 200 OK",
        "Content-Type: application/json",
        "X-Subject-Token: ••••••",
    ]


def test_an_unfolded_row_goes_on_telling(console: ConsoleScreen) -> None:
    console.feed(1, started())
    console.unfold(0)
    console.feed(1, failed("connect"))
    assert console.row(0)[2] == "failed: connect"
    assert console.lines(0)[-2:] == ["127.0.0.1:9 refused the connection.", "Check that the service is running."]


def test_a_picked_exchange_is_copied_whole_and_without_secrets(console: ConsoleScreen) -> None:
    console.feed(1, started(), head(200, "application/json", ("Set-Cookie", "sid=secret; Path=/")), finished(2))
    console.feed(2, started("GET", "http://other/"), finished(0))
    console.tree.setFocus()
    console.tree.setCurrentItem(console.tree.topLevelItem(0))
    QTest.keyClick(console.tree, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "HTTP/1.1 200 OK" in clipboard()
    assert "secret" not in clipboard()
    assert "http://other/" not in clipboard()


def test_clear_forgets_all(console: ConsoleScreen) -> None:
    console.feed(1, started(), finished(0))
    console.click("consoleClear")
    assert console.tree.topLevelItemCount() == 0
    console.click("consoleCopy")
    assert clipboard() == ""


def test_only_the_last_exchanges_are_kept(console: ConsoleScreen) -> None:
    for number in range(520):
        console.feed(number, started("GET", f"http://127.0.0.1/{number}"), finished(0))
    assert console.tree.topLevelItemCount() == 500
    assert console.row(0)[1] == "http://127.0.0.1/20"
