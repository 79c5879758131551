"""Sending from the window against the real demo: answers, streams, failures, cancel, several at once."""

from __future__ import annotations

import asyncio
import itertools
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import keyring
from keyring.backend import KeyringBackend
from keyring.errors import PasswordSetError
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QTabWidget,
    QToolButton,
    QTreeWidget,
    QWidget,
)
from until import until
from window_screen import WindowScreen, make_workspace, shown_window

from demo_server import RunningDemo
from firstlight.model.request import Request
from firstlight.store.workspace import Workspace

HELLO = "collections/Chat/hello.yaml"
CHAT = "collections/Chat/streamed-chat.yaml"
ENDLESS = "collections/Chat/endless.yaml"


@asynccontextmanager
async def window_on(demo: RunningDemo, tmp_path: Path) -> AsyncIterator[WindowScreen]:
    folder = make_workspace(tmp_path / "ws", demo.url)
    async with shown_window(folder, demo.credentials.items()) as screen:
        yield screen


def status(screen: WindowScreen) -> str:
    """What stands at the right of the response tabs of the tab in front."""
    strip = screen.tab.pane.findChild(QWidget, "statusLabel")
    assert strip is not None
    return " ".join(label.text() for label in (strip, *strip.findChildren(QLabel)) if isinstance(label, QLabel))


def sending(screen: WindowScreen) -> bool:
    return screen.find(QPushButton, "sendButton", screen.tab).text() == "Cancel"


async def test_ctrl_enter_sends_and_the_stream_is_shown(demo: RunningDemo, tmp_path: Path) -> None:
    async with window_on(demo, tmp_path) as screen:
        await screen.open(CHAT)
        screen.keys("Ctrl+Return", screen.window)

        assert sending(screen)
        await until(lambda: not sending(screen))
        await until(lambda: "200" in status(screen))
        tabs = screen.find(QTabWidget, "responseTabs", screen.tab)
        assert tabs.tabText(tabs.currentIndex()) == "Stream"


async def test_the_first_answer_finds_its_pages_built_one_at_a_time(demo: RunningDemo, tmp_path: Path) -> None:
    async with window_on(demo, tmp_path) as screen:
        await screen.open(HELLO)
        seen: list[list[str]] = []

        def look() -> None:
            """Take note of what there is in this turn of the loop, until the first byte is sent."""
            seen.append([n for n in ("bodyView", "streamView", "consoleView") if screen.window.findChild(QWidget, n)])
            if not status(screen):
                asyncio.get_running_loop().call_soon(look)

        screen.keys("Ctrl+Return", screen.window)
        look()
        await until(lambda: "200" in status(screen))

        turns = [names for names, _ in itertools.groupby(seen)]
        assert turns == [[], ["bodyView"], ["bodyView", "streamView"], ["bodyView", "streamView", "consoleView"]]


async def test_a_cancel_before_the_first_byte_is_told(demo: RunningDemo, tmp_path: Path) -> None:
    async with window_on(demo, tmp_path) as screen:
        await screen.open(HELLO)
        screen.keys("Ctrl+Return", screen.window)
        await asyncio.sleep(0)  # it has begun, and builds what the answer is shown in
        screen.keys("Esc", screen.window)

        await until(lambda: "cancelled" in status(screen))
        assert any("ancelled" in row for row in consoled(screen))


async def test_enter_in_the_url_sends(demo: RunningDemo, tmp_path: Path) -> None:
    async with window_on(demo, tmp_path) as screen:
        screen.keys("Ctrl+T")
        screen.type(f"{demo.url}/hello")
        screen.keys("Return")

        await until(lambda: "200" in status(screen))


async def test_escape_stops_an_endless_stream(demo: RunningDemo, tmp_path: Path) -> None:
    async with window_on(demo, tmp_path) as screen:
        await screen.open(ENDLESS)
        assert not screen.window.action("cancel").isEnabled()
        screen.keys("Ctrl+Return", screen.window)
        await until(lambda: "200" in status(screen))
        screen.keys("Esc", screen.window)

        await until(lambda: not sending(screen))
        assert not screen.window.action("cancel").isEnabled()


async def test_two_tabs_send_at_once(demo: RunningDemo, tmp_path: Path) -> None:
    async with window_on(demo, tmp_path) as screen:
        await screen.open(ENDLESS)
        screen.keys("Ctrl+Return", screen.window)
        await until(lambda: "200" in status(screen))
        await screen.open(HELLO)
        screen.keys("Ctrl+Return", screen.window)
        await until(lambda: "200" in status(screen))
        await until(lambda: not sending(screen))

        screen.click_tab(0)
        assert sending(screen)


async def test_sending_again_replaces_what_runs(demo: RunningDemo, tmp_path: Path) -> None:
    async with window_on(demo, tmp_path) as screen:
        await screen.open(ENDLESS)
        screen.keys("Ctrl+Return", screen.window)
        await until(lambda: "200" in status(screen))
        screen.work.sending.send(screen.tab, screen.tab.request())

        await until(lambda: len(consoled(screen)) == 2)
        await until(lambda: sum("ancelled" in row for row in consoled(screen)) == 1)
        assert sending(screen)


async def test_cancel_at_once_gives_the_send_button_back(demo: RunningDemo, tmp_path: Path) -> None:
    async with window_on(demo, tmp_path) as screen:
        await screen.open(ENDLESS)
        screen.press("sendButton")
        screen.press("sendButton")

        await until(lambda: not sending(screen))


def consoled(screen: WindowScreen) -> list[str]:
    """The rows of the Console, whole."""
    tree = screen.window.findChild(QTreeWidget, "consoleTree")
    assert tree is not None
    rows = [tree.topLevelItem(i) for i in range(tree.topLevelItemCount())]
    return [" ".join(row.text(column) for column in range(tree.columnCount())) for row in rows if row]


class WaitsForItsPerson(KeyringBackend):
    """A keyring of the system that asks for its password, and nobody answers."""

    asked, answer = threading.Event(), threading.Event()

    def get_password(self, _service: str, name: str) -> str | None:
        if name != "probe":
            self.asked.set()
            self.answer.wait(60)
        return None

    def set_password(self, _service: str, _name: str, _value: str) -> None:
        raise PasswordSetError


WaitsForItsPerson.__module__ = "keyring.backends.waiting"  # others than the system's are not trusted


async def test_a_cancel_does_not_wait_for_the_keyring(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    request = Request(name="Needs a secret", url="http://127.0.0.1:9/{{secret:asked-for}}")
    path = Workspace.open(folder).add_request("collections/Chat", request)
    before = keyring.get_keyring()
    keyring.set_keyring(WaitsForItsPerson())
    try:
        async with shown_window(folder) as screen:
            await screen.open(path)
            screen.keys("Ctrl+Return", screen.window)
            await until(WaitsForItsPerson.asked.is_set)
            assert sending(screen)
            screen.press("sendButton")
            await until(lambda: not sending(screen))
            await until(lambda: "ancelled" in consoled(screen)[0])
            assert not WaitsForItsPerson.answer.is_set()
            WaitsForItsPerson.answer.set()
    finally:
        keyring.set_keyring(before)


async def test_closing_a_tab_stops_its_exchange(demo: RunningDemo, tmp_path: Path) -> None:
    async with window_on(demo, tmp_path) as screen:
        await screen.open(ENDLESS)
        screen.keys("Ctrl+Return", screen.window)
        await until(lambda: "200" in status(screen))
        screen.keys("Ctrl+W", screen.window)

        await until(lambda: screen.tab_names == [])
        await until(lambda: any("ancelled" in row for row in consoled(screen)))


async def test_a_variable_nobody_knows_is_named(demo: RunningDemo, tmp_path: Path) -> None:
    async with window_on(demo, tmp_path) as screen:
        screen.keys("Ctrl+T")
        screen.type("http://127.0.0.1/{{who_is_this}}")
        screen.keys("Ctrl+Return", screen.window)

        await until(lambda: not sending(screen))
        card = screen.tab.pane.findChild(QWidget, "errorCard")
        assert card is not None
        await until(card.isVisible)
        assert "who_is_this" in " ".join(label.text() for label in card.findChildren(QLabel))


async def test_the_console_opens_with_its_shortcut_and_its_button(demo: RunningDemo, tmp_path: Path) -> None:
    async with window_on(demo, tmp_path) as screen:
        await screen.open(HELLO)
        screen.keys("Ctrl+Return", screen.window)
        console = await until(lambda: screen.window.findChild(QWidget, "consoleView"))
        assert console is not None
        assert not console.isVisible()
        screen.keys("Ctrl+Alt+C", screen.window)
        assert console.isVisible()
        await until(lambda: any("200" in row for row in consoled(screen)))

        screen.click(screen.find(QWidget, "consoleButton"))
        assert not console.isVisible()


async def test_the_console_opens_before_anything_was_sent(demo: RunningDemo, tmp_path: Path) -> None:
    async with window_on(demo, tmp_path) as screen:
        screen.click(screen.find(QWidget, "consoleButton"))
        assert screen.find(QWidget, "consoleView").isVisible()
        assert consoled(screen) == []
        await screen.open(HELLO)
        screen.keys("Ctrl+Return", screen.window)
        await until(lambda: any("200" in row for row in consoled(screen)))


async def test_what_was_sent_can_be_copied_for_a_support_ticket(demo: RunningDemo, tmp_path: Path) -> None:
    async with window_on(demo, tmp_path) as screen:
        await screen.open(HELLO)
        copy = screen.window.action("copy_ticket").trigger
        copy()
        assert screen.text("messageLabel") == "Nothing has been sent in this tab yet."
        screen.keys("Ctrl+Return", screen.window)
        await until(lambda: "404" in status(screen) or "200" in status(screen))
        copy()
        assert screen.text("messageLabel") == "Copied for a support ticket."
        assert f"GET {demo.url}/hello" in QApplication.clipboard().text()


async def test_a_body_that_was_saved_is_told_with_its_place(demo: RunningDemo, tmp_path: Path) -> None:
    async with window_on(demo, tmp_path) as screen:
        await screen.open(HELLO)
        screen.keys("Ctrl+Return", screen.window)
        await until(lambda: any(code in status(screen) for code in ("200", "404")))
        screen.click(screen.find(QToolButton, "bodySave", screen.tab))
        dialog = await until(lambda: next((d for d in screen.tab.findChildren(QFileDialog) if d.isVisible()), None))
        dialog.findChild(QLineEdit, "fileNameEdit").setText(str(tmp_path / "answer.json"))
        dialog.accept()
        await until(lambda: screen.text("messageLabel") == f"Saved to {tmp_path / 'answer.json'}")
        assert (tmp_path / "answer.json").stat().st_size > 0
