"""File › Open recent: the way back to other workspaces."""

from __future__ import annotations

import shutil
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu
from until import until
from window_screen import WindowScreen, make_workspace, shown_window

from firstlight.store.settings import load_settings


def lines(screen: WindowScreen) -> list[str]:
    return [line.text().partition("\t")[0] for line in screen.find(QMenu, "recentMenu").actions() if line.text()]


def open_menu(screen: WindowScreen) -> QMenu:
    menu = screen.window.findChild(QMenu, "recentMenu")
    assert menu is not None
    menu.popup(screen.window.mapToGlobal(screen.window.rect().center()))
    return menu


async def test_the_workspace_before_is_two_clicks_away(tmp_path: Path) -> None:
    first, second = make_workspace(tmp_path / "first"), make_workspace(tmp_path / "second")
    async with shown_window(first) as screen:
        menu = open_menu(screen)
        assert lines(screen) == ["No other workspace was open yet"]
        menu.close()
        assert await screen.work.library.open_workspace(second)
        menu = open_menu(screen)
        assert lines(screen) == ["first", "Clear this list"]
        menu.setActiveAction(menu.actions()[0])
        QTest.keyClick(menu, Qt.Key.Key_Return)
        await until(lambda: screen.work.library.workspace.folder == first)
        await until(lambda: load_settings().recent_workspaces == [str(first), str(second)])


async def test_a_workspace_that_is_gone_is_named_and_cannot_be_chosen(tmp_path: Path) -> None:
    first, second = make_workspace(tmp_path / "first"), make_workspace(tmp_path / "second")
    async with shown_window(first) as screen:
        assert await screen.work.library.open_workspace(second)
        shutil.rmtree(first)
        menu = open_menu(screen)
        await until(lambda: lines(screen)[0] == "first (not there)")
        assert not menu.actions()[0].isEnabled()
        menu.close()
        assert screen.find(QLabel, "workspaceName").text() == "Lab"


async def test_the_list_can_be_cleared(tmp_path: Path) -> None:
    first, second = make_workspace(tmp_path / "first"), make_workspace(tmp_path / "second")
    async with shown_window(first) as screen:
        assert await screen.work.library.open_workspace(second)
        menu = open_menu(screen)
        menu.setActiveAction(menu.actions()[-1])
        QTest.keyClick(menu, Qt.Key.Key_Return)
        await until(lambda: load_settings().recent_workspaces == [])
