"""The Console: one row per exchange, unfolded to what was sent and received, secrets hidden."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QToolButton, QTreeWidget
from pytestqt.qtbot import QtBot
from response_screen import TIMINGS, body, clipboard, connection, failed, finished, head, started

from firstlight.advice.explain import explain
from firstlight.model.caution import Caution
from firstlight.model.events import (
    Connected,
    Event,
    Finished,
    HeadersReceived,
    HeadSent,
    Informed,
    Redirected,
    Started,
    TrailersReceived,
)
from firstlight.model.response import Response
from firstlight.texts import Phrase
from firstlight.ui.console import ConsoleView


class ConsoleScreen:
    def __init__(self, qtbot: QtBot, secrets: tuple[str, ...] = ()) -> None:
        self.view = ConsoleView(secrets=lambda: secrets)
        qtbot.addWidget(self.view)
        self.view.resize(900, 400)
        with qtbot.waitExposed(self.view):
            self.view.show()
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
    step = Redirected(
        at_ns=3, status=307, location="https://b.example/x", method="POST", dropped=("X-Auth-Token",),
        reason="Moved", http_version="HTTP/1.1", headers=(("Location", "https://b.example/x"),),
    )  # fmt: skip
    lines = (("Host", "a.example"), ("X-Auth-Token", "typed"), ("Content-Length", "213"))
    sent = HeadSent(at_ns=2, http_version="HTTP/1.1", line="POST /v1/iris HTTP/1.1", headers=lines)
    again = HeadSent(at_ns=4, http_version="HTTP/2", headers=((":method", "POST"), (":path", "/x")))
    hint = Informed(at_ns=5, status=103, reason="Early Hints", http_version="HTTP/1.1", headers=(("Link", "</a.css>"),))
    end = TrailersReceived(at_ns=6, headers=(("X-Checksum", "99"),))
    console.feed(1, started(), *connection(verified=False), sent, step, again, hint)
    console.feed(1, head(200, "application/json", ("X-Subject-Token", "MIIabc")), end, finished(2))
    console.unfold(0)
    assert console.lines(0) == [
        "POST http://127.0.0.1:8000/v1/iris",
        "Body: 213 B",
        "127.0.0.1:8000 · new connection · from 127.0.0.1:51234",
        "TLSv1.3 · AES · http/1.1",
        "TLS certificate not verified",
        "POST /v1/iris HTTP/1.1",
        "Host: a.example",
        "X-Auth-Token: ••••••",
        "Content-Length: 213",
        "HTTP/1.1 307 Moved",
        "Location: https://b.example/x",
        "307 → POST https://b.example/x",
        "Not sent there: X-Auth-Token",
        "HTTP/2",
        ":method: POST",
        ":path: /x",
        "HTTP/1.1 103 Early Hints",
        "Link: </a.css>",
        "HTTP/1.1 200 OK",
        "Content-Type: application/json",
        "X-Subject-Token: ••••••",
        "Trailers",
        "X-Checksum: 99",
        "Retries: none. A request is never repeated by itself.",
    ]


def test_a_kept_connection_tells_which_request_this_is(console: ConsoleScreen) -> None:
    kept = Connected(at_ns=1, address="::1", port=443, reused=True, request_number=3, proxy="http://proxy.example:3128")
    answer = HeadersReceived(at_ns=3, status=200, reason="OK", http_version="HTTP/2", headers=(("server", "x"),))
    console.feed(1, started(), kept, answer)
    console.unfold(0)
    lines = console.lines(0)
    assert "[::1]:443 · kept connection, request 3 on it · through the proxy http://proxy.example:3128" in lines
    assert lines[-3:] == ["HTTP/2", ":status: 200", "server: x"]


def test_what_was_prepared_is_told_when_nothing_was_sent(console: ConsoleScreen) -> None:
    console.feed(1, started(), failed("dns"))
    console.unfold(0)
    assert "Content-Type: application/json" in console.lines(0)


def test_a_secret_that_an_answer_repeats_is_masked(qtbot: QtBot) -> None:
    console = ConsoleScreen(qtbot, secrets=("hunter22",))
    console.feed(1, started(), head(200, "text/plain", ("X-Echo", "it is hunter22")), finished(0))
    console.unfold(0)
    assert "X-Echo: it is ••••••" in console.lines(0)
    console.click("consoleCopyAll")
    assert "hunter22" not in clipboard()
    assert "X-Echo" in clipboard()


def test_the_filter_leaves_what_matches_and_copy_all_copies_that(console: ConsoleScreen, qtbot: QtBot) -> None:
    console.feed(1, started("GET", "http://a.example/iris"), head(200), finished(0))
    console.feed(2, started("GET", "http://b.example/chat"), head(429, "a/b", ("Retry-After", "3")), finished(0))
    field = console.view.findChild(QLineEdit, "consoleFilter")
    assert field is not None
    field.setFocus()
    for words, shown in (("IRIS", [0]), ("429", [1]), ("retry-after get", [1]), ("nothing so", []), ("", [0, 1])):
        field.selectAll()
        qtbot.keyClick(field, Qt.Key.Key_Delete)
        qtbot.keyClicks(field, words)
        assert [row for row in (0, 1) if not console.tree.topLevelItem(row).isHidden()] == shown
    qtbot.keyClicks(field, "chat")
    console.click("consoleCopyAll")
    assert "b.example" in clipboard()
    assert "a.example" not in clipboard()
    console.feed(3, started("GET", "http://c.example/iris"))
    assert console.tree.topLevelItem(2).isHidden()


def test_endless_informational_answers_and_giant_heads_do_not_fill_the_memory(console: ConsoleScreen) -> None:
    console.feed(1, started(), *[Informed(at_ns=1, status=102, reason="Processing") for _ in range(500)])
    console.unfold(0)
    assert console.tree.topLevelItem(0).childCount() < 250
    assert console.lines(0)[-1] == "300 more informational answers"
    for number in range(2, 12):
        console.feed(number, started(), head(200, "a/b", ("X-Giant", "x" * 4_000_000)), finished(0))
    assert console.tree.topLevelItemCount() < 6


def test_an_unfolded_row_goes_on_telling(console: ConsoleScreen) -> None:
    console.feed(1, started())
    console.unfold(0)
    console.feed(1, failed("connect"))
    assert console.row(0)[2] == "failed: connect"
    assert console.lines(0)[-3:-1] == ["127.0.0.1:9 refused the connection.", "Check that the service is running."]


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


def test_a_row_tells_what_the_guards_said_and_what_the_answer_means(console: ConsoleScreen) -> None:
    early = Caution(kind="k", message=Phrase("It is too big."), remedy=Phrase("Send less."))
    late = Caution(kind="l", message=Phrase("Only later."), remedy=Phrase("x."), afterwards=True)
    begun = Started(at_ns=0, method="POST", url="https://x.test/", cautions=(early, late))
    answer = Response(status=413, reason="", http_version="HTTP/1.1", headers=(), body=b'{"error_code": "APIG.0201"}')
    end = Finished(at_ns=9, body_bytes=0, timings=TIMINGS, explanation=explain(answer))
    console.feed(1, begun, *connection(), head(413), end)
    console.unfold(0)
    lines = console.lines(0)
    assert "Note: It is too big. Send less." in lines
    assert not any("Only later" in line for line in lines)
    assert "APIG.0201: The body is larger than the gateway takes (12 MB)." in lines
    assert any(line.startswith("Next: Send a smaller file") for line in lines)
