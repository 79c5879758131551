"""Closing tabs, one or many, never losing work unasked; and having them back."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QMessageBox, QTabBar, QTabWidget, QToolButton
from until import until
from window_screen import WindowScreen, make_workspace, shown_window

HELLO = "collections/Chat/hello.yaml"
CHAT = "collections/Chat/streamed-chat.yaml"
ENDLESS = "collections/Chat/endless.yaml"
NAMES = ["Hello", "Streamed chat", "Endless"]


async def three(screen: WindowScreen) -> None:
    for path in (HELLO, CHAT, ENDLESS):
        await screen.open(path)
    assert screen.tab_names == NAMES


def tab_menu(screen: WindowScreen, position: int) -> QMenu:
    """Ask for the menu of a tab with the right button."""
    bar = screen.find(QTabBar, "tabBar")
    place = bar.tabRect(position).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, bar.mapToGlobal(place))
    QApplication.sendEvent(bar, event)
    return screen.find(QMenu, "tabMenu")


async def choose(screen: WindowScreen, menu: QMenu, name: str) -> None:
    """Choose a line of an open menu by keyboard."""
    line = next(action for action in menu.actions() if action.objectName() == name)
    assert line.isEnabled()
    menu.setActiveAction(line)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    await until(lambda: not menu.isVisible())


async def test_the_menu_of_a_tab_acts_on_that_tab(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        await three(screen)
        await choose(screen, tab_menu(screen, 0), "close_tab")
        await until(lambda: screen.tab_names == ["Streamed chat", "Endless"])
        await choose(screen, tab_menu(screen, 0), "close_tabs_right")
        await until(lambda: screen.tab_names == ["Streamed chat"])
        menu = tab_menu(screen, 0)
        off = {action.objectName() for action in menu.actions() if action.objectName() and not action.isEnabled()}
        menu.close()
        assert off == {"close_other_tabs", "close_tabs_right", "move_tab_left", "move_tab_right"}


async def test_others_and_all_close_with_one_question(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    async with shown_window(folder) as screen:
        await three(screen)
        for position in (0, 1):
            screen.click_tab(position)
            screen.type_url(f"http://127.0.0.1/{position}")
        screen.click_tab(2)
        screen.window.action("close_other_tabs").trigger()
        box = await screen.dialog("unsavedDialog")
        assert isinstance(box, QMessageBox)
        assert "2" in box.text()
        assert "Hello" in box.informativeText()
        await screen.answer("Cancel")
        assert screen.tab_names == NAMES

        screen.window.action("close_all_tabs").trigger()
        await screen.answer("Save all")
        await until(lambda: screen.tab_names == [])
        assert "http://127.0.0.1/0" in (folder / HELLO).read_text("utf-8")
        assert "http://127.0.0.1/1" in (folder / CHAT).read_text("utf-8")


async def test_save_all_writes_every_changed_tab(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    async with shown_window(folder) as screen:
        await three(screen)
        assert not screen.window.action("save_all").isEnabled()
        for position in (0, 2):
            screen.click_tab(position)
            screen.type_url(f"http://127.0.0.1/{position}")
        screen.keys("Ctrl+Alt+S")

        await until(lambda: not any(tab.unsaved() for tab in screen.window.tabs.tabs()))
        assert "http://127.0.0.1/0" in (folder / HELLO).read_text("utf-8")
        assert "http://127.0.0.1/2" in (folder / ENDLESS).read_text("utf-8")


async def test_closed_tabs_come_back_last_first_with_what_was_typed(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        await three(screen)
        assert not screen.window.action("reopen_tab").isEnabled()
        screen.click_tab(0)
        screen.type_url("http://127.0.0.1/typed")
        screen.find(QTabWidget, "requestTabs").setCurrentIndex(2)
        screen.keys("Ctrl+W")
        await screen.answer("Don't save")
        screen.keys("Ctrl+T")
        screen.type("http://127.0.0.1/never-saved")
        screen.keys("Ctrl+W")
        await screen.answer("Don't save")
        await until(lambda: screen.tab_names == ["Streamed chat", "Endless"])

        screen.keys("Ctrl+Shift+T", screen.window)
        await until(lambda: len(screen.tab_names) == 3)
        assert screen.find(QLineEdit, "urlEdit").text() == "http://127.0.0.1/never-saved"
        assert screen.tab.unsaved()
        screen.keys("Ctrl+Shift+T", screen.window)
        await until(lambda: len(screen.tab_names) == 4)

        assert screen.tab.path == HELLO
        assert screen.window.tabs.bar.currentIndex() == 0
        assert screen.find(QLineEdit, "urlEdit").text() == "http://127.0.0.1/typed"
        assert screen.find(QTabWidget, "requestTabs").currentIndex() == 2
        assert screen.tab.unsaved()
        assert screen.tab.loaded.url == "{{demo_url}}/hello"


async def test_at_least_twenty_closed_tabs_come_back(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        for number in range(22):
            screen.keys("Ctrl+T", screen.window)
            screen.type(f"http://127.0.0.1/{number}")
        screen.window.action("close_all_tabs").trigger()
        await screen.answer("Don't save")
        await until(lambda: screen.tab_names == [])
        for number in range(22):
            screen.keys("Ctrl+Shift+T", screen.window)
            await until(lambda many=number + 1: len(screen.tab_names) == many)

        assert sorted(screen.tab_names) == sorted(f"http://127.0.0.1/{number}" for number in range(22))


async def test_a_duplicate_is_a_request_of_its_own(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    async with shown_window(folder) as screen:
        await three(screen)
        await choose(screen, tab_menu(screen, 1), "duplicate_tab")
        await until(lambda: len(screen.tab_names) == 4)

        assert screen.tab_names == ["Hello", "Streamed chat", "Streamed chat", "Endless"]
        assert screen.tab.path == ""
        assert screen.tab.unsaved()
        assert screen.tab.request().body.text.startswith('{"model"')


async def test_the_url_of_a_tab_can_be_copied(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        await three(screen)
        await choose(screen, tab_menu(screen, 0), "copy_url")
        await until(lambda: QGuiApplication.clipboard().text() == "{{demo_url}}/hello")


async def test_tabs_are_moved_and_reached_by_keyboard(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        await three(screen)
        screen.keys("Ctrl+Shift+PgUp", screen.window)
        assert screen.tab_names == ["Hello", "Endless", "Streamed chat"]
        assert screen.tab.path == ENDLESS
        screen.keys("Ctrl+1", screen.window)
        assert screen.tab.path == HELLO
        screen.keys("Ctrl+7", screen.window)
        assert screen.tab.path == HELLO
        screen.keys("Ctrl+9", screen.window)
        assert screen.tab.path == CHAT
        screen.keys("Ctrl+1", screen.window)
        screen.keys("Ctrl+Shift+PgDown", screen.window)
        assert screen.tab_names == ["Endless", "Hello", "Streamed chat"]


async def test_a_tab_is_moved_with_the_mouse(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        await three(screen)
        bar = screen.find(QTabBar, "tabBar")
        start, end = bar.tabRect(0).center(), bar.tabRect(2).center() + QPoint(30, 0)
        QTest.mousePress(bar, Qt.MouseButton.LeftButton, pos=start)
        for step in range(1, 11):
            QTest.mouseMove(bar, start + (end - start) * step / 10)
        QTest.mouseRelease(bar, Qt.MouseButton.LeftButton, pos=end)

        assert screen.tab_names == ["Streamed chat", "Endless", "Hello"]
        assert screen.tab.path == HELLO


async def test_many_tabs_are_listed(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        await three(screen)
        assert not [b for b in screen.window.findChildren(QToolButton, "tabListButton") if b.isVisible()]
        for number in range(2):
            screen.keys("Ctrl+T", screen.window)
            screen.type(f"http://127.0.0.1/{number}")
        screen.click(screen.find(QToolButton, "tabListButton"))
        menu = screen.find(QMenu, "tabList")
        assert [line.text() for line in menu.actions()][3:] == [
            "http://127.0.0.1/0 (unsaved)\tGET",
            "http://127.0.0.1/1 (unsaved)\tGET",
        ]
        menu.setActiveAction(menu.actions()[1])
        QTest.keyClick(menu, Qt.Key.Key_Return)

        await until(lambda: screen.tab.path == CHAT)


async def test_fifty_closed_tabs_leave_no_page_behind(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        pages: list[weakref.ref[object]] = []
        for _ in range(50):
            await screen.open(CHAT)
            pages.append(weakref.ref(screen.tab))
            screen.keys("Ctrl+W", screen.window)
            await until(lambda: screen.tab_names == [])

        def left() -> int:
            gc.collect()
            return sum(page() is not None for page in pages)

        await until(lambda: left() == 0)
