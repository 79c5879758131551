"""Tabs: opening, finding, closing, and never losing what was typed."""

from __future__ import annotations

import asyncio
import gc
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QTabBar, QTabWidget, QToolButton
from until import until
from window_screen import WindowScreen, make_workspace, shown_window

HELLO = "collections/Chat/hello.yaml"
CHAT = "collections/Chat/streamed-chat.yaml"
INNER = "collections/Chat/Inner/hello.yaml"


def said(screen: WindowScreen, position: int) -> str:
    """What a screen reader says about a tab."""
    return screen.find(QTabBar, "tabBar").accessibleTabName(position)


async def test_a_double_click_on_a_request_opens_it_and_the_next_one_finds_its_tab(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        await screen.open(HELLO)
        await screen.open(CHAT)
        await screen.open(HELLO)

        assert screen.tab_names == ["Hello", "Streamed chat"]
        assert said(screen, 1) == "POST Streamed chat"


async def test_a_folder_opens_and_closes_with_a_click(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        assert screen.rows == ["Chat", "Inner", "Streamed chat", "Hello", "Endless"]
        screen.click_row("collections/Chat/Inner")
        assert screen.rows == ["Chat", "Inner", "Hello", "Streamed chat", "Hello", "Endless"]
        screen.click_row("collections/Chat")
        assert screen.rows == ["Chat"]


async def test_enter_in_the_tree_opens_the_request(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        screen.tree.setFocus()
        screen.keys("Home", screen.tree)
        for _ in range(3):
            screen.keys("Down", screen.tree)
        screen.keys("Return", screen.tree)

        await until(lambda: screen.tab_names == ["Hello"])


async def test_a_new_tab_waits_for_a_url(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        screen.keys("Ctrl+T")
        assert screen.tab_names == ["New request"]
        focus = QApplication.focusWidget()
        assert focus is not None
        assert focus.objectName() == "urlEdit"

        screen.type("http://127.0.0.1/x")

        assert screen.tab_names == ["http://127.0.0.1/x"]
        assert said(screen, 0) == "GET http://127.0.0.1/x, unsaved"


async def test_an_untouched_new_tab_makes_way_for_a_request(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        screen.click(screen.find(QToolButton, "newTabButton"))
        await screen.open(HELLO)

        assert screen.tab_names == ["Hello"]


async def test_tabs_are_walked_through_by_keyboard(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        for path in (HELLO, CHAT):
            await screen.open(path)
        screen.keys("Ctrl+Tab", screen.window)
        assert screen.tab.path == HELLO
        screen.keys("Ctrl+Shift+Tab", screen.window)
        assert screen.tab.path == CHAT
        screen.keys("Ctrl+PgUp", screen.window)
        assert screen.tab.path == HELLO


async def test_ctrl_w_and_the_middle_button_close_saved_tabs_at_once(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        for path in (HELLO, CHAT):
            await screen.open(path)
        screen.keys("Ctrl+W", screen.window)
        await until(lambda: screen.tab_names == ["Hello"])
        screen.click_tab(0, Qt.MouseButton.MiddleButton)
        await until(lambda: screen.tab_names == [])


async def test_closing_a_changed_tab_asks_and_cancel_keeps_it(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        await screen.open(HELLO)
        screen.type_url("http://127.0.0.1/changed")
        screen.keys("Ctrl+W")
        await screen.answer("Cancel")
        assert screen.tab_names == ["Hello"]

        screen.keys("Ctrl+W")
        await screen.answer("Don't save")
        await until(lambda: screen.tab_names == [])
        assert "changed" not in (tmp_path / "ws" / HELLO).read_text("utf-8")


async def test_closing_a_changed_tab_can_save_it(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        await screen.open(HELLO)
        screen.type_url("http://127.0.0.1/changed")
        screen.keys("Ctrl+W")
        await screen.answer("Save")

        await until(lambda: screen.tab_names == [])
        assert "http://127.0.0.1/changed" in (tmp_path / "ws" / HELLO).read_text("utf-8")


async def test_a_broken_file_says_why_and_opens_once_it_is_corrected(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    good = (folder / HELLO).read_text("utf-8")
    (folder / HELLO).write_text("method: [", "utf-8")
    async with shown_window(folder) as screen:
        assert "Line" in screen.row(HELLO).data(Qt.ItemDataRole.ToolTipRole)
        screen.click_row(HELLO)
        await until(lambda: screen.tab_names == ["hello.yaml"])
        shown = " ".join(label.text() for label in screen.window.findChildren(QLabel) if label.isVisible())
        assert "This file cannot be read" in shown
        assert HELLO in shown

        (folder / HELLO).write_text(good, "utf-8")
        screen.press("retryButton")

        await until(lambda: screen.tab_names == ["Hello"])


async def test_a_tab_that_closes_takes_nothing_of_the_other_tabs_with_it(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        chat = await screen.open(CHAT)
        before = chat.request()
        for _ in range(2):
            screen.keys("Ctrl+T")
            screen.keys("Ctrl+W", screen.window)
            await until(lambda: screen.tab_names == ["Streamed chat"])
            gc.collect()
            await asyncio.sleep(0)  # what is deleted later is deleted now

        assert chat.request() == before
        for part in range(5):
            screen.find(QTabWidget, "requestTabs", chat).setCurrentIndex(part)
        assert chat.request() == before
