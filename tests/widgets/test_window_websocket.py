"""A WebSocket in the window, against the real demo: connecting, talking, its end, in the words on screen."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QTabWidget,
    QToolButton,
    QWidget,
)
from until import until
from window_screen import WindowScreen, make_workspace, shown_window

from demo_server import RunningDemo
from firstlight.model.request import Authorization, Message, Request
from firstlight.store.workspace import Workspace
from firstlight.ui.response.message_table import MessageTable

LOGIN = Authorization(kind="eas-token", values={"token": "{{secret:demo_eas_token}}"})
ECHO = Request(
    name="Talk",
    protocol="websocket",
    url="{{demo_url}}/api/predict/echo",
    authorization=LOGIN,
    messages=(Message(name="Greeting", text="hello"), Message(name="Bytes", kind="binary", text="00 ff")),
)
PATH = "collections/Chat/talk.yaml"


@asynccontextmanager
async def window_on(demo: RunningDemo, tmp_path: Path, request: Request = ECHO) -> AsyncIterator[WindowScreen]:
    folder = make_workspace(tmp_path / "ws", demo.url)
    Workspace.open(folder).add_request("collections/Chat", request)
    async with shown_window(folder, demo.credentials.items()) as screen:
        await screen.open(PATH)
        yield screen


def main_word(screen: WindowScreen) -> str:
    return screen.find(QPushButton, "sendButton", screen.tab).text()


def status(screen: WindowScreen) -> str:
    strip = screen.tab.pane.findChild(QLabel, "statusLabel")
    assert strip is not None
    return strip.text()


def rows(screen: WindowScreen) -> list[str]:
    """Return kind and content of each row of the timeline."""
    table = screen.tab.pane.findChild(MessageTable, "messageTable")
    if table is None:
        return []
    found = table._rows
    return [f"{found.mark(n, found.widths())[0]} {found.data(n, 200)}".strip() for n in range(found.count)]


async def connected(screen: WindowScreen) -> None:
    screen.press("sendButton", screen.tab)
    await until(lambda: main_word(screen) == "Disconnect")
    await until(lambda: status(screen) == "Connected")


async def test_connect_send_and_disconnect(demo: RunningDemo, tmp_path: Path) -> None:
    async with window_on(demo, tmp_path) as screen:
        assert main_word(screen) == "Connect"
        assert screen.find(QComboBox, "methodCombo").currentText() == "WebSocket"
        tabs = screen.find(QTabWidget, "requestTabs", screen.tab)
        assert [tabs.tabText(n) for n in range(tabs.count())][3] == "Messages"
        assert not screen.find(QPushButton, "sendMessageButton").isEnabled()
        await connected(screen)
        screen.press("sendMessageButton")
        await until(lambda: rows(screen)[-1:] == ["↓ Text hello"])
        assert rows(screen)[1:] == ["↑ Text hello", "↓ Text hello"]
        assert rows(screen)[0].startswith("● Opened")
        answers = screen.find(QTabWidget, "responseTabs", screen.tab)
        assert answers.tabText(answers.currentIndex()) == "Messages"
        screen.press("sendButton", screen.tab)
        await until(lambda: main_word(screen) == "Connect")
        await until(lambda: status(screen) == "Closed · 1000")
        await until(lambda: rows(screen)[-1] == "○ Closed 1000 · by this side")
        assert not screen.find(QPushButton, "sendMessageButton").isEnabled()


async def test_ctrl_enter_connects_and_then_sends_the_message_and_esc_disconnects(
    demo: RunningDemo, tmp_path: Path
) -> None:
    async with window_on(demo, tmp_path) as screen:
        screen.keys("Ctrl+Return", screen.window)
        await until(lambda: main_word(screen) == "Disconnect")
        screen.keys("Ctrl+Return", screen.window)
        await until(lambda: "↓ Text hello" in rows(screen))
        screen.keys("Esc", screen.window)
        await until(lambda: main_word(screen) == "Connect")


async def test_what_is_typed_is_sent_and_saved(demo: RunningDemo, tmp_path: Path) -> None:
    async with window_on(demo, tmp_path) as screen:
        await connected(screen)
        screen.click(screen.find(QToolButton, "addMessage"))
        editor = screen.find(QPlainTextEdit, "messageEditor")
        screen.type("{{who}} and {{demo_url}}", editor)
        screen.press("sendMessageButton")
        await until(lambda: rows(screen)[-1].startswith("× Not sent"))
        assert "{{who}}" in rows(screen)[-1]
        screen.keys("Ctrl+A", editor)
        screen.type("at {{demo_url}}", editor)
        screen.press("sendMessageButton")
        await until(lambda: rows(screen)[-1] == f"↓ Text at {demo.url}")
        screen.keys("Ctrl+S", screen.window)
        workspace = screen.session.workspace
        assert workspace is not None
        await until(lambda: len(workspace.load_request(PATH).messages) == 3)
        assert workspace.load_request(PATH).messages[1] == Message(text="at {{demo_url}}")


async def test_binary_messages_are_sent_as_bytes_and_shown_in_hex(demo: RunningDemo, tmp_path: Path) -> None:
    async with window_on(demo, tmp_path) as screen:
        await connected(screen)
        screen.find(QListWidget, "savedMessages").setFocus()
        screen.keys("Down", screen.find(QListWidget, "savedMessages"))
        assert screen.find(QComboBox, "messageEncodingCombo").currentText() == "Hexadecimal"
        screen.press("sendMessageButton")
        await until(lambda: rows(screen)[-1] == "↓ Binary 00 ff")
        table = screen.find(MessageTable, "messageTable")
        table.setFocus()
        screen.keys("End", table)
        screen.keys("Ctrl+C", table)
        assert QGuiApplication.clipboard().text() == "00 ff"
        assert screen.find(QWidget, "messageDetail").isVisible()


async def test_ping_tells_the_round_trip(demo: RunningDemo, tmp_path: Path) -> None:
    async with window_on(demo, tmp_path) as screen:
        await connected(screen)
        screen.press("pingButton")
        await until(lambda: any(row.startswith("↓ Pong answered after") for row in rows(screen)))
        assert "↑ Ping" in rows(screen)


async def test_closing_with_a_code_of_ones_own(demo: RunningDemo, tmp_path: Path) -> None:
    async with window_on(demo, tmp_path) as screen:
        await connected(screen)
        screen.press("closeSocketButton")
        dialog: QDialog = await screen.dialog("closeDialog")
        code = screen.find(QComboBox, "closeCode", dialog)
        for wrong in ("999", "2000", "x"):
            code.lineEdit().selectAll()
            screen.type(wrong, code.lineEdit())
            assert screen.find(QLabel, "closeProblem", dialog).text()
        code.lineEdit().selectAll()
        screen.type("4001", code.lineEdit())
        screen.type("enough", screen.find(QLineEdit, "closeReason", dialog))
        screen.click(next(b for b in dialog.findChildren(QPushButton) if b.text() == "Close"))
        await until(lambda: main_word(screen) == "Connect")
        await until(lambda: rows(screen)[-1].startswith("○ Closed 4001 · enough"))


async def test_a_close_code_of_the_service_is_explained(demo: RunningDemo, tmp_path: Path) -> None:
    message = Message(kind="json", text=json.dumps({"demo_close": 1008, "reason": "token expired"}))
    talk = Request(
        name="Talk", protocol="websocket", url="{{demo_url}}/api/predict/talk", authorization=LOGIN, messages=(message,)
    )
    async with window_on(demo, tmp_path, talk) as screen:
        await connected(screen)
        screen.press("sendMessageButton")
        await until(lambda: status(screen) == "Closed · 1008")
        await until(lambda: rows(screen)[-1] == "○ Closed 1008 · token expired · by the service")
        card = await until(lambda: screen.tab.pane.findChild(QWidget, "explanationCard"))
        assert card.isVisible()
        shown = " ".join(label.text() for label in card.findChildren(QLabel))
        assert "1008" in shown


async def test_generated_text_is_joined_beside_the_messages(demo: RunningDemo, tmp_path: Path) -> None:
    talk = Request(
        name="Talk",
        protocol="websocket",
        url="{{demo_url}}/api/predict/talk",
        authorization=LOGIN,
        messages=(Message(text="hello!"),),
    )
    async with window_on(demo, tmp_path, talk) as screen:
        await connected(screen)
        screen.press("sendMessageButton")
        await until(lambda: "↓ Text [DONE]" in rows(screen))
        record = screen.tab.pane._record
        assert b"Hello" in record.answers[0].text
        assert screen.find(QWidget, "streamText").isVisible()


async def test_a_refused_handshake_shows_the_answer_and_what_to_do(demo: RunningDemo, tmp_path: Path) -> None:
    refused = Request(name="Talk", protocol="websocket", url="{{demo_url}}/api/predict/talk")
    async with window_on(demo, tmp_path, refused) as screen:
        screen.press("sendButton", screen.tab)
        await until(lambda: "401" in status(screen))
        await until(lambda: main_word(screen) == "Connect")
        assert "401" in screen.text("errorMessage")
        assert "Authorization" in screen.text("errorHint")
        tabs = screen.find(QTabWidget, "responseTabs", screen.tab)
        assert tabs.tabText(tabs.currentIndex()) == "Body"
        assert b"token is required" in screen.tab.pane._record.body()


async def test_typing_wss_makes_a_websocket_and_choosing_a_method_makes_http(demo: RunningDemo, tmp_path: Path) -> None:
    async with window_on(demo, tmp_path) as screen:
        screen.keys("Ctrl+T", screen.window)
        screen.type_url("wss://host/path?x=1")
        assert screen.tab.request().protocol == "websocket"
        assert main_word(screen) == "Connect"
        assert screen.tab.method() == "WS"
        combo = screen.find(QComboBox, "methodCombo")
        combo.lineEdit().selectAll()
        screen.type("POST", combo.lineEdit())
        assert screen.find(QLineEdit, "urlEdit").text() == "https://host/path?x=1"
        assert main_word(screen) == "Send"
        assert (screen.tab.request().protocol, screen.tab.request().method) == ("http", "POST")
        combo.lineEdit().selectAll()
        screen.type("websocket", combo.lineEdit())
        assert screen.tab.request().protocol == "websocket"
        assert screen.find(QLineEdit, "urlEdit").text() == "https://host/path?x=1"


async def test_a_tab_that_closes_closes_its_websocket(demo: RunningDemo, tmp_path: Path) -> None:
    async with window_on(demo, tmp_path) as screen:
        await connected(screen)
        work = [task for task in asyncio.all_tasks() if task.get_name().startswith("send Talk")]
        screen.keys("Ctrl+W", screen.window)
        await until(lambda: all(task.done() for task in work))


async def test_the_console_timing_and_code_speak_of_the_websocket(demo: RunningDemo, tmp_path: Path) -> None:
    async with window_on(demo, tmp_path) as screen:
        await connected(screen)
        screen.press("sendButton", screen.tab)
        await until(lambda: main_word(screen) == "Connect")
        await until(lambda: status(screen) == "Closed · 1000")
        tabs = screen.find(QTabWidget, "responseTabs", screen.tab)
        tabs.setCurrentIndex(tabs.count() - 1)
        waterfall = screen.find(QWidget, "waterfall", screen.tab)
        assert "Open (WebSocket)" in waterfall.accessibleDescription()
        assert "Download" not in waterfall.accessibleDescription()
        screen.keys("Ctrl+Alt+P", screen.window)
        await until(lambda: screen.window.findChild(QPlainTextEdit, "codeView") is not None)
        shown = screen.find(QPlainTextEdit, "codeView")
        await until(lambda: "with connect(" in shown.toPlainText())
        kinds = screen.find(QComboBox, "codeKindCombo")
        assert [kinds.itemText(row) for row in range(kinds.count())] == [
            "cURL (bash)", "cURL (Windows cmd)", "cURL (PowerShell)", "Python – websockets",
        ]  # fmt: skip
        QTest.keyClick(kinds, Qt.Key.Key_Home)
        await until(lambda: "tries the handshake alone" in shown.toPlainText())
        assert "Sec-WebSocket-Key" in shown.toPlainText()


async def test_saved_messages_are_moved_and_stay_with_their_text(demo: RunningDemo, tmp_path: Path) -> None:
    async with window_on(demo, tmp_path) as screen:
        saved = screen.find(QListWidget, "savedMessages")
        names = [saved.item(row).text() for row in range(saved.count())]
        saved.setFocus()
        screen.keys("Alt+Down", saved)
        await until(
            lambda: [saved.item(row).text() for row in range(saved.count())] == [names[1], names[0], *names[2:]]
        )
        assert saved.currentRow() == 1
        assert screen.find(QPlainTextEdit, "messageEditor").toPlainText() == "hello"
        screen.keys("Alt+Up", saved)
        await until(lambda: saved.item(0).text() == names[0])
        screen.keys("Alt+Up", saved)
        assert saved.item(0).text() == names[0]
        assert saved.model().moveRow(QModelIndex(), 0, QModelIndex(), 2)  # what a drag does
        await until(lambda: [saved.item(row).text() for row in range(2)] == [names[1], names[0]])
        assert screen.find(QPlainTextEdit, "messageEditor").toPlainText() == "hello"
