"""The palette: a few letters of anything and Enter, by keyboard or mouse."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QListView
from until import until
from window_screen import WindowScreen, make_workspace, shown_window

from firstlight.ui.palette.entry import Entry, best


def entries(*titles: str, place: str = "") -> list[Entry]:
    return [Entry(title=title, place=place, run=print) for title in titles]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("chat", ["Chat", "Chat with a key", "Streamed chat", "Unchatty"]),
        ("sc", ["Streamed chat"]),
        ("chat str", ["Streamed chat"]),
        ("CHAT KEY", ["Chat with a key"]),
        ("zzz", []),
        ("", ["Unchatty", "Streamed chat", "Chat with a key", "Chat"]),
    ],
)
def test_what_fits_best_comes_first(text: str, expected: list[str]) -> None:
    found = best(entries("Unchatty", "Streamed chat", "Chat with a key", "Chat"), text, 10)
    assert [entry.title for entry in found] == expected


def test_the_place_is_searched_last_and_chinese_as_well() -> None:
    offered = [*entries("Predict", place="流式 › Iris"), *entries("流式对话")]
    assert [entry.title for entry in best(offered, "流式", 10)] == ["流式对话", "Predict"]
    assert [entry.title for entry in best(offered, "流式", 1)] == ["流式对话"]


async def palette(screen: WindowScreen, text: str = "") -> tuple[QDialog, QLineEdit]:
    screen.keys("Ctrl+K", screen.window)
    dialog = await screen.dialog("palette")
    edit = screen.find(QLineEdit, "paletteEdit", dialog)
    QTest.keyClicks(edit, text)
    return dialog, edit


def shown(dialog: QDialog) -> list[str]:
    rows = dialog.findChildren(QListView, "paletteList")[0].model()
    return [rows.index(row, 0).data() for row in range(rows.rowCount())]


async def test_a_request_opens_by_keyboard_alone(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        dialog, edit = await palette(screen, "hello")
        assert shown(dialog) == ["Hello", "Hello"]
        QTest.keyClick(edit, Qt.Key.Key_Down)
        QTest.keyClick(edit, Qt.Key.Key_Return)
        tab = await until(lambda: screen.tab if screen.tab and screen.tab.path else None)
        assert tab.path == "collections/Chat/hello.yaml"  # the folder stands first


async def test_an_action_and_a_setting_run(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        _, edit = await palette(screen, "beside")
        QTest.keyClick(edit, Qt.Key.Key_Return)
        await until(screen.window.action("side_by_side").isChecked)

        _, edit = await palette(screen, "largest answer")
        QTest.keyClick(edit, Qt.Key.Key_Return)
        dialog = await screen.dialog("settingsDialog")
        await until(lambda: getattr(QApplication.focusWidget(), "objectName", str)() == "largest_body_mb")
        screen.keys("Esc", dialog)
        await until(lambda: not screen.work.settings.is_shown())


async def test_a_row_is_chosen_by_mouse(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        dialog, _ = await palette(screen, "streamed")
        rows = screen.find(QListView, "paletteList", dialog)
        QTest.mouseClick(
            rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.visualRect(rows.model().index(0, 0)).center()
        )
        await until(lambda: screen.tab is not None and screen.tab.name == "Streamed chat")


async def test_nothing_found_is_said_and_esc_leaves_all_as_it_was(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        dialog, edit = await palette(screen, "no such thing")
        assert shown(dialog) == []
        assert any(
            label.isVisible() and label.text() == "Nothing is called so." for label in dialog.findChildren(QLabel)
        )
        QTest.keyClick(edit, Qt.Key.Key_Return)
        assert dialog.isVisible()
        QTest.keyClick(edit, Qt.Key.Key_Escape)
        await until(lambda: not screen.window.findChildren(QDialog))
        assert screen.window.tabs.tabs() == ()
