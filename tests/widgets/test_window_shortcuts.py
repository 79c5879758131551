"""The sheet of shortcuts: found, changed, taken from another action, given back; tooltips and menus follow."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QDialog,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTabWidget,
    QTreeWidget,
)
from until import until
from window_screen import WindowScreen, make_workspace, shown_window

from firstlight.ui.actions import ACTIONS
from firstlight.ui.keys.bindings import bind, keys_of, read_custom
from firstlight.ui.text.find_bar import FindBar


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[tuple[WindowScreen, QDialog]]:
    async with shown_window(make_workspace(folder)) as screen:
        screen.keys("Ctrl+/", screen.window)
        yield screen, await screen.dialog("shortcutsDialog")
        for dialog in screen.window.findChildren(QDialog):
            screen.keys("Esc", dialog)
        await until(lambda: not screen.window.findChildren(QDialog))
        bind(screen.window.actions_by_name, {})


def pick(screen: WindowScreen, dialog: QDialog, name: str) -> None:
    """Search an action and choose its row by mouse."""
    search = screen.find(QLineEdit, "shortcutsSearch", dialog)
    search.selectAll()
    screen.type(name, search)
    rows = screen.find(QTreeWidget, "shortcutsTable", dialog)
    shown = [rows.topLevelItem(i) for i in range(rows.topLevelItemCount()) if not rows.topLevelItem(i).isHidden()]
    assert len(shown) == 1, [item.text(0) for item in shown]
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.visualItemRect(shown[0]).center())


def press(screen: WindowScreen, dialog: QDialog, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> QPushButton:
    edit = screen.find(QKeySequenceEdit, "shortcutEdit", dialog)
    edit.setFocus()
    QTest.keyClick(edit, key, modifiers)
    return screen.find(QPushButton, "setShortcutButton", dialog)


def notice(screen: WindowScreen, dialog: QDialog) -> str:
    return screen.find(QLabel, "shortcutNotice", dialog).text()


CTRL, ALT, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier


async def test_new_keys_work_are_shown_everywhere_and_kept(tmp_path: Path, home: Path) -> None:
    async with opened(tmp_path / "ws") as (screen, dialog):
        pick(screen, dialog, "file save as")
        screen.click(press(screen, dialog, Qt.Key.Key_G, CTRL | ALT))
        assert [key.toString() for key in screen.window.action("save_as").shortcuts()] == ["Ctrl+Alt+G"]
        settings = home / "settings.json"
        await until(settings.exists)
        await until(lambda: json.loads(settings.read_text())["shortcuts"] == {"save_as": ["Ctrl+Alt+G"]})

        pick(screen, dialog, "view console")
        screen.click(press(screen, dialog, Qt.Key.Key_F9, NONE))
        await until(lambda: screen.window.footer.console.toolTip().endswith("(F9)"))


async def test_keys_in_use_are_named_and_taken(tmp_path: Path) -> None:
    async with opened(tmp_path / "ws") as (screen, dialog):
        pick(screen, dialog, "about")
        button = press(screen, dialog, Qt.Key.Key_S, CTRL)
        assert notice(screen, dialog) == "These keys now mean: File › Save."
        assert button.text() == "Take them"
        screen.click(button)
        assert (keys_of("about"), keys_of("save")) == (("Ctrl+S",), ())

        pick(screen, dialog, "about")
        screen.press("resetShortcutButton", dialog)
        pick(screen, dialog, "file save as")
        screen.press("noShortcutButton", dialog)
        assert (keys_of("about"), keys_of("save_as")) == ((), ())


@pytest.mark.parametrize(
    ("key", "modifiers", "said"),
    [(Qt.Key.Key_C, CTRL, "Text fields need these keys"), (Qt.Key.Key_A, NONE, "needed for typing")],
)
async def test_keys_that_text_fields_need_are_refused(tmp_path: Path, key, modifiers, said: str) -> None:
    async with opened(tmp_path / "ws") as (screen, dialog):
        pick(screen, dialog, "about")
        assert not press(screen, dialog, key, modifiers).isEnabled()
        assert said in notice(screen, dialog)


def test_what_a_hand_wrote_into_the_settings_is_taken_as_far_as_it_makes_sense() -> None:
    saved = {"save": ["Ctrl+Shift+K", 5, ""], "send": "Ctrl+X", "no_such": ["F1"], "copy": ["F2"], "about": []}
    assert read_custom(saved) == {"save": ("Ctrl+Shift+K",), "about": ()}


def test_every_key_of_the_table_can_be_written_back() -> None:
    assert read_custom({spec.name: list(spec.shortcuts) for spec in ACTIONS}) == {
        spec.name: spec.shortcuts for spec in ACTIONS if not spec.shown_only
    }


async def test_find_opens_in_the_focused_pane_by_whatever_keys_it_was_given(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        await screen.open("collections/Chat/streamed-chat.yaml")
        screen.tree.setFocus()
        screen.keys("Ctrl+F", screen.tree)
        await until(screen.window.sidebar.filter.hasFocus)

        bind(screen.window.actions_by_name, {"open_find": ("Ctrl+Alt+F",)})
        screen.tab.findChildren(QTabWidget, "requestTabs")[0].setCurrentIndex(3)
        editor = await until(lambda: next(iter(screen.tab.findChildren(QPlainTextEdit, "bodyEditor")), None))
        editor.setFocus()
        screen.keys("Ctrl+Alt+F", editor)
        await until(lambda: any(bar.isVisible() for bar in screen.tab.editor.findChildren(FindBar)))
        bind(screen.window.actions_by_name, {})
