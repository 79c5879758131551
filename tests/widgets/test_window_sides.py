"""The sides of the window: the sidebar and the Console, and who has the focus when they go."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QTabWidget, QWidget
from until import until
from window_screen import make_workspace, shown_window

HELLO = "collections/Chat/hello.yaml"


@pytest.mark.parametrize(("name", "inside"), [("console", "consoleTree"), ("sidebar", "collectionTree")])
async def test_a_side_that_is_hidden_gives_the_focus_back(tmp_path: Path, name: str, inside: str) -> None:
    async with shown_window(make_workspace(tmp_path / "ws", "http://127.0.0.1:1")) as screen:
        await screen.open(HELLO)
        side = screen.window.action(name)
        side.setChecked(False)
        for place in ("urlEdit", "sendButton"):
            before = screen.find(QWidget, place, screen.tab)
            before.setFocus()
            side.trigger()
            screen.find(QWidget, inside).setFocus()
            assert screen.find(QWidget, inside).hasFocus()
            side.trigger()
            assert before.hasFocus()


async def test_when_who_had_the_focus_is_gone_the_tabs_take_it(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws", "http://127.0.0.1:1")) as screen:
        await screen.open("collections/Chat/endless.yaml")
        await screen.open(HELLO)
        console = screen.window.action("console")
        screen.find(QWidget, "urlEdit", screen.tab).setFocus()
        console.trigger()
        screen.window.action("close_tab").trigger()
        await until(lambda: len(screen.tab_names) == 1)
        screen.find(QWidget, "consoleTree").setFocus()
        console.trigger()
        assert screen.window.tabs.bar.hasFocus()


async def test_a_side_without_the_focus_goes_and_takes_nothing(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws", "http://127.0.0.1:1")) as screen:
        await screen.open(HELLO)
        url = screen.find(QWidget, "urlEdit", screen.tab)
        url.setFocus()
        for _ in range(2):
            screen.window.action("console").trigger()
            assert url.hasFocus()
        assert screen.find(QTabWidget, "requestTabs", screen.tab).isVisible()
