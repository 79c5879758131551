"""A cURL command that is pasted becomes a request; its token never becomes part of a saved URL."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QPushButton
from until import until
from window_screen import WindowScreen, make_workspace, shown_window

from firstlight.model.request import Authorization, Request
from firstlight.store.secret_fields import stash
from firstlight.store.secrets import SecretStore

HELLO = "collections/Chat/hello.yaml"
TOKEN = "MII-planted-token-of-a-test"
COMMAND = f"""curl 'https://h.test/v1/infers?x=1' \\
  -H 'X-Auth-Token: {TOKEN}' \\
  -H 'Content-Type: application/json' \\
  --proxy p:1 \\
  -d '{{"a": 1.10}}'"""


def paste(screen: WindowScreen, text: str) -> None:
    QApplication.clipboard().setText(text)
    screen.keys("Ctrl+V", url(screen))


def url(screen: WindowScreen) -> QLineEdit:
    return screen.find(QLineEdit, "urlEdit")


def is_imported(request: Request) -> bool:
    return (
        (request.method, request.url) == ("POST", "https://h.test/v1/infers")
        and request.authorization == Authorization(kind="x-auth-token", values={"token": TOKEN})
        and request.body.text == '{"a": 1.10}'
        and request.headers == ()
    )


def files(folder: Path) -> str:
    return "".join(file.read_text("utf-8") for file in folder.rglob("*.yaml"))


async def test_pasting_a_command_makes_the_request_in_that_tab_and_names_what_was_left_out(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        screen.keys("Ctrl+T")
        paste(screen, COMMAND)

        assert is_imported(screen.tab.request())
        assert url(screen).text() == "https://h.test/v1/infers?x=1"
        assert screen.text("importNoticeTitle") == "Made from a cURL command. Please check:"
        assert screen.text("importNoticeDetail") == "• Not taken over: --proxy"
        assert len(screen.tab_names) == 1
        assert screen.tab.unsaved()


@pytest.mark.parametrize("way", ["button", "keys"])
async def test_an_import_is_undone(way: str, tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        await screen.open(HELLO)
        before = screen.tab.request()
        screen.click(url(screen))
        paste(screen, "curl -X PUT http://h/other")
        assert (screen.tab.request().url, screen.tab.request().name) == ("http://h/other", "Hello")
        assert screen.text("importNoticeTitle") == "Made from a cURL command."
        if way == "button":
            screen.press("importUndoButton")
        else:
            screen.keys("Ctrl+Z", url(screen))

        assert screen.tab.request() == before
        assert not screen.tab.unsaved()
        assert not screen.window.findChild(QLabel, "importNoticeTitle").isVisible()


async def test_a_tab_with_unsaved_changes_keeps_them(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        await screen.open(HELLO)
        screen.type_url("http://typed")
        paste(screen, COMMAND)

        assert len(screen.tab_names) == 2
        assert is_imported(screen.tab.request())
        screen.click_tab(0)
        assert screen.tab.request().url == "http://typed"


async def test_a_dropped_command_is_a_command_too(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        await screen.open(HELLO)
        data = QMimeData()
        data.setText(COMMAND)
        nothing = Qt.KeyboardModifier.NoModifier
        action = Qt.DropAction.CopyAction
        button = Qt.MouseButton.LeftButton
        entered = QDragEnterEvent(QPoint(5, 5), action, data, button, nothing)
        QApplication.sendEvent(url(screen), entered)
        assert entered.isAccepted()
        QApplication.sendEvent(url(screen), QDropEvent(QPointF(5, 5), action, data, button, nothing))

        assert is_imported(screen.tab.request())


async def test_a_typed_command_becomes_a_request_instead_of_being_sent(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        screen.keys("Ctrl+T")
        screen.type(f"curl -H X-Auth-Token:{TOKEN} http://h/a", url(screen))
        QTest.keyClick(url(screen), Qt.Key.Key_Return)

        assert screen.tab.request().authorization.values == {"token": TOKEN}
        assert not screen.work.sending.is_sending(screen.tab)
        screen.press("importUndoButton")
        assert url(screen).text() == ""


async def test_a_token_in_a_command_never_reaches_a_file(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    async with shown_window(folder) as screen:
        await screen.open(HELLO)
        screen.type_url(f"curl -H X-Auth-Token:{TOKEN} http://h/a")
        screen.keys("Ctrl+S")
        await until(lambda: not screen.tab.unsaved())

        assert "url: http://h/a" in files(folder)
        assert "{{secret:" in files(folder)
        assert TOKEN not in files(folder)
        paste(screen, COMMAND)
        screen.keys("Ctrl+S")
        await until(lambda: not screen.tab.unsaved())
        assert "https://h.test/v1/infers" in files(folder)
        assert TOKEN not in files(folder)


def test_a_command_that_stands_in_a_url_all_the_same_is_a_secret_as_a_whole() -> None:
    secrets = SecretStore()
    saved = stash(Request(url=f"curl -H X-Auth-Token:{TOKEN} http://h/a"), "R", secrets)
    assert TOKEN not in saved.url
    assert secrets.get("r-command") == f"curl -H X-Auth-Token:{TOKEN} http://h/a"


async def test_the_dialog_takes_the_clipboard_and_shows_what_it_means(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        QApplication.clipboard().setText(COMMAND)
        screen.keys("Ctrl+I")
        dialog = await screen.dialog("importDialog")
        edit = screen.find(QPlainTextEdit, "importEdit", dialog)
        shown = {name: screen.find(QLabel, name, dialog) for name in ("importMethod", "importUrl", "importNotes")}
        assert edit.toPlainText() == COMMAND
        assert shown["importMethod"].text() == "POST"
        assert shown["importUrl"].text() == "https://h.test/v1/infers?x=1"
        assert shown["importNotes"].text() == "• Not taken over: --proxy"

        screen.keys("Ctrl+A", edit)
        screen.type("wget http://h", edit)
        button = screen.find(QPushButton, "importAcceptButton", dialog)
        assert not button.isEnabled()
        assert shown["importNotes"].text() == "• This is not a cURL command: it does not begin with curl."
        screen.keys("Ctrl+A", edit)
        screen.type("curl -I http://h/p", edit)
        screen.click(button)
        await screen.back(dialog)
        await until(lambda: screen.tab is not None)

        assert (screen.tab.request().method, screen.tab.request().url) == ("HEAD", "http://h/p")


async def test_the_dialog_leaves_other_texts_on_the_clipboard_alone(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        QApplication.clipboard().setText("https://h/")
        screen.keys("Ctrl+I")
        dialog = await screen.dialog("importDialog")
        assert screen.find(QPlainTextEdit, "importEdit", dialog).toPlainText() == ""
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        await screen.back(dialog)
        assert screen.tab_names == []
