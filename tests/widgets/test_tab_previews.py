"""The preview tab: a click looks at a request, the next click takes its place; what is worked with stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTabBar
from until import until
from window_screen import WindowScreen, make_workspace, shown_window

HELLO = "collections/Chat/hello.yaml"
CHAT = "collections/Chat/streamed-chat.yaml"
ENDLESS = "collections/Chat/endless.yaml"


async def test_the_next_request_that_is_looked_at_takes_the_place_of_the_last(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        await screen.open(ENDLESS)
        await screen.look_at(HELLO)
        assert screen.is_preview
        await screen.look_at(CHAT)

        assert screen.tab_names == ["Endless", "Streamed chat"]
        assert screen.is_preview
        await screen.look_at(ENDLESS)
        assert screen.tab_names == ["Endless", "Streamed chat"]
        assert not screen.is_preview


async def _edit(screen: WindowScreen) -> None:
    screen.type_url("http://127.0.0.1/edited")


async def _save(screen: WindowScreen) -> None:
    screen.keys("Ctrl+S", screen.window)
    await until(lambda: screen.text("messageLabel") == "Saved.")


async def _send(screen: WindowScreen) -> None:
    screen.keys("Ctrl+Return", screen.window)


async def _double_click_the_tab(screen: WindowScreen) -> None:
    bar = screen.find(QTabBar, "tabBar")
    QTest.mouseDClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(0).center())


async def _double_click_the_row(screen: WindowScreen) -> None:
    place = screen.tree.visualRect(screen.row(HELLO)).center()
    QTest.mouseDClick(screen.tree.viewport(), Qt.MouseButton.LeftButton, pos=place)


async def _choose_keep(screen: WindowScreen) -> None:
    screen.window.action("keep_tab").trigger()


WAYS = [_edit, _save, _send, _double_click_the_tab, _double_click_the_row, _choose_keep]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__.strip("_"))
async def test_a_preview_that_is_worked_with_stays(tmp_path: Path, way: object) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        await screen.look_at(HELLO)
        assert screen.is_preview
        assert callable(way)
        await way(screen)
        await until(lambda: not screen.is_preview)
        await screen.look_at(CHAT)

        assert screen.tab_names == ["Hello", "Streamed chat"]


async def test_the_name_of_a_preview_is_in_italics(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        await screen.look_at(HELLO)
        bar = screen.find(QTabBar, "tabBar")
        slanted = bar.grab().toImage()
        width = bar.tabRect(0).width()
        screen.window.action("keep_tab").trigger()

        assert bar.grab().toImage() != slanted
        assert abs(bar.tabRect(0).width() - width) <= 8
