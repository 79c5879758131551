"""The description of a request: written in Markdown, previewed without loading anything, shown in one line."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QTabWidget, QTextBrowser, QToolButton
from pytestqt.qtbot import QtBot
from request_screen import DESCRIPTION, Screen

from firstlight.model.request import Request


def shown(screen: Screen) -> str:
    return screen.find(QTextBrowser, "descriptionView").toPlainText()


def test_a_description_is_typed_and_stands_under_the_bar(qtbot: QtBot) -> None:
    screen = Screen(qtbot)
    line = screen.find(QLabel, "descriptionLabel")
    assert not line.isVisible()
    screen.open(DESCRIPTION)
    screen.click(screen.find(QPlainTextEdit, "descriptionEdit").viewport())
    screen.type("Says **hello**")
    screen.key(Qt.Key.Key_Return)
    screen.type("- and more")
    assert screen.request.description == "Says **hello**\n- and more"
    assert screen.changes[-1].description == screen.request.description
    assert line.isVisible()
    assert line.text() == "Says hello\n- and more"


def test_what_is_there_is_previewed_and_can_be_rewritten(qtbot: QtBot) -> None:
    screen = Screen(qtbot, Request(description="# Title\n\nSays `hello`."))
    screen.click(screen.find(QLabel, "descriptionLabel"))
    assert screen.find(QTabWidget, "requestTabs").currentIndex() == DESCRIPTION
    assert shown(screen) == "Title\nSays hello."
    screen.click(screen.find(QToolButton, "descriptionWriteButton"))
    screen.key(Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    screen.type(" Twice.")
    screen.click(screen.find(QToolButton, "descriptionPreviewButton"))
    assert shown(screen) == "Title\nSays hello. Twice."
    screen.editor.show_request(Request(description="Another"))
    assert shown(screen) == "Another"
    assert screen.request.description == "Another"


def test_looking_at_a_description_changes_nothing(qtbot: QtBot) -> None:
    request = Request(url="http://x", description="One\n\nTwo\n")
    screen = Screen(qtbot, request)
    screen.open(DESCRIPTION)
    assert screen.request == request
    assert screen.changes == []


@pytest.fixture
def host() -> Iterator[tuple[str, list[str]]]:
    """A server that remembers who asked."""
    asked: list[str] = []

    class Asked(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_arguments: object) -> None:
            """Be quiet."""

    server = HTTPServer(("127.0.0.1", 0), Asked)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_preview_loads_nothing_and_obeys_no_html(qtbot: QtBot, host: tuple[str, list[str]], tmp_path: object) -> None:
    url, asked = host
    picture = f"{tmp_path}/x.png"
    text = f'![p]({url}/a.png) ![f](file://{picture}) <img src="{url}/b.png"> <b>bold</b>'
    screen = Screen(qtbot, Request(description=text))
    screen.open(DESCRIPTION)
    browser = screen.find(QTextBrowser, "descriptionView")
    browser.grab()  # painting is when a picture would be asked for
    assert "<b>bold</b>" in shown(screen)
    qtbot.wait(50)
    assert asked == []
