"""The charset of a body: told in its bar, doubted where it was guessed, and another one chosen by its menu."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QMenu, QToolButton
from pytestqt.qtbot import QtBot
from response_screen import ResponseScreen, body, finished, head, started

from firstlight.texts import use_language
from firstlight.ui.text.text_view import TextView

GREEK = "Καλημέρα"


@pytest.fixture
def screen(qtbot: QtBot) -> ResponseScreen:
    return ResponseScreen(qtbot)


def show(screen: ResponseScreen, data: bytes, content_type: str, status: int = 200) -> QToolButton:
    screen.feed(started(), head(status, content_type), body(data), finished(len(data)))
    screen.wait(lambda: screen.label("statusLabel").startswith(str(status)))
    return screen.child(QToolButton, "bodyCharset")


def text(screen: ResponseScreen) -> str:
    view = screen.child(TextView, "bodyView")
    view.copy_all()
    return QApplication.clipboard().text()


def choose(button: QToolButton, label: str) -> None:
    button.click()
    menu = button.parent().findChildren(QMenu)[-1]
    next(action for action in menu.actions() if action.text() == label).trigger()
    menu.close()


def test_what_the_answer_says_is_told_without_doubt(screen: ResponseScreen) -> None:
    button = show(screen, "中文".encode("gbk"), "text/plain; charset=gbk")
    assert button.text() == "GB18030"
    assert button.icon().isNull()
    assert text(screen) == "中文"


def test_a_guess_is_doubted_and_another_charset_chosen(screen: ResponseScreen) -> None:
    data = GREEK.encode("utf-16-le")
    button = show(screen, b"caf\xe9 " + data[:0] + b"\xe1", "text/plain")
    assert button.text().endswith("guessed")
    assert not button.icon().isNull()
    choose(button, "Windows-1251")
    assert button.text() == "Windows-1251"
    assert text(screen) == "cafй б"
    assert screen.pane._record.body() == b"caf\xe9 \xe1"
    choose(button, "Automatic")
    assert button.text().endswith("guessed")


def test_text_that_looks_like_bytes_can_be_read_all_the_same(screen: ResponseScreen) -> None:
    button = show(screen, GREEK.encode("utf-16-le"), "application/octet-stream")
    assert not button.isVisible()
    screen.click("view_raw")
    choose(button, "UTF-16 LE")
    assert text(screen) == GREEK


def test_the_next_answer_begins_anew_and_an_unknown_name_is_told_in_chinese(screen: ResponseScreen) -> None:
    choose(show(screen, b"caf\xe9", "text/plain"), "Windows-1251")
    button = show(screen, "中文".encode(), "text/plain; charset=x-klingon", status=201)
    assert button.text() == "UTF-8"
    assert "x-klingon" in button.toolTip()
    use_language("zh_CN")
    QApplication.sendEvent(screen.pane, QEvent(QEvent.Type.LanguageChange))
    assert "未知" in button.toolTip()
    use_language("en")
