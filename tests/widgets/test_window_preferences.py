"""Look and language change at once and are kept; the window's parts open and close; About and the footer tell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QMenu, QTabWidget, QToolButton, QWidget
from until import until
from window_screen import WindowScreen, make_workspace, shown_window

from firstlight import __version__
from firstlight.model.request import Body, Request
from firstlight.resources import resource_path
from firstlight.texts import LANGUAGES, use_language
from firstlight.ui.actions import ACTIONS, MENUS, make_actions
from firstlight.ui.icons import icon
from firstlight.ui.main import Arguments, read_arguments
from firstlight.ui.preferences import apply_language, system_language
from firstlight.ui.text.code_editor import CodeEditor
from firstlight.ui.theme.apply import apply_theme
from firstlight.ui.theme.current import tokens


def pick(screen: WindowScreen, button: str, entry: str) -> None:
    """Choose an entry of one of the footer's menus."""
    menu = screen.find(QToolButton, button).menu()
    assert isinstance(menu, QMenu)
    next(action for action in menu.actions() if action.text() == entry).trigger()


def saved(home: Path) -> dict[str, object]:
    file = home / "settings.json"
    return json.loads(file.read_text("utf-8")) if file.exists() else {}


async def test_the_theme_switches_at_once_and_is_kept(tmp_path: Path, home: Path, dressed_app: QApplication) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        screen.window.footer.show_demo("running")
        dot = screen.find(QLabel, "demoDot")
        pick(screen, "themeButton", "Dark")
        assert tokens().name == "dark"
        assert dot.pixmap().toImage().pixelColor(5, 5).name() == tokens().ok
        await until(lambda: saved(home).get("theme") == "dark")
        pick(screen, "themeButton", "Light")
        assert tokens().name == "light"
        await until(lambda: saved(home).get("theme") == "light")
    apply_theme(dressed_app, "light")


async def test_the_language_switches_at_once_and_is_kept(tmp_path: Path, home: Path, dressed_app: QApplication) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        await screen.open("collections/Chat/hello.yaml")
        pick(screen, "languageButton", "简体中文")
        await until(lambda: screen.find(QToolButton, "newButton").text() == "新建")
        assert any("文件" in action.text() for action in screen.window.menuBar().actions())
        await until(lambda: saved(home).get("language") == "zh_CN")

        pick(screen, "languageButton", "English")
        await until(lambda: screen.find(QToolButton, "newButton").text() == "New")
        await until(lambda: saved(home).get("language") == "en")


def test_an_unknown_language_falls_back_to_the_systems(dressed_app: QApplication) -> None:
    assert system_language() in dict(LANGUAGES)
    apply_language(dressed_app, "")
    use_language("en")


async def test_the_sidebar_hides_and_comes_back(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        screen.keys("Ctrl+\\", screen.window)
        assert not screen.window.sidebar.isVisible()
        screen.keys("Ctrl+\\", screen.window)
        assert screen.window.sidebar.isVisible()


async def test_request_and_response_stand_side_by_side_if_wanted(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        await screen.open("collections/Chat/hello.yaml")
        assert screen.tab.orientation() == Qt.Orientation.Vertical
        screen.click(screen.find(QToolButton, "sideBySideButton"))
        assert screen.tab.orientation() == Qt.Orientation.Horizontal
        assert screen.window.action("side_by_side").isChecked()
        await screen.open("collections/Chat/endless.yaml")
        assert screen.tab.orientation() == Qt.Orientation.Horizontal


async def test_ctrl_l_goes_to_the_url(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        await screen.open("collections/Chat/hello.yaml")
        screen.tree.setFocus()
        screen.keys("Ctrl+L", screen.tree)

        focus = QApplication.focusWidget()
        assert isinstance(focus, QLineEdit)
        assert focus.objectName() == "urlEdit"
        assert focus.selectedText() == focus.text() == "{{demo_url}}/hello"


async def test_edit_entries_work_in_the_focused_field(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        screen.type("abc", screen.window.sidebar.filter)
        screen.window.sidebar.filter.setFocus()
        for name in ("select_all", "cut", "paste", "paste", "undo"):
            screen.window.action(name).trigger()

        assert screen.window.sidebar.filter.text() == "abc"


async def test_find_and_replace_open_over_the_focused_body(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        screen.window.action("new_request").trigger()
        tab = await until(screen.window.tabs.current)
        tab.editor.show_request(Request(body=Body(kind="raw", text="{}")))
        screen.find(QTabWidget, "requestTabs", tab).setCurrentIndex(3)
        body = screen.find(CodeEditor, "bodyEditor", tab)
        body.setFocus()
        screen.window.action("open_replace").trigger()

        assert screen.find(QLineEdit, "replaceEdit", tab).isVisible()
        screen.find(QLineEdit, "urlEdit", tab).setFocus()
        screen.window.action("open_find").trigger()
        assert QApplication.focusWidget() is screen.find(QLineEdit, "urlEdit", tab)  # there is nothing to find there


async def test_about_says_which_version_this_is(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        screen.window.action("about").trigger()
        dialog = await screen.dialog("aboutDialog")
        assert screen.find(QLabel, "versionLabel", dialog).text() == f"Version {__version__}"
        screen.keys("Esc", dialog)
        await until(lambda: not _visible_dialogs(screen.window))


def _visible_dialogs(window: QWidget) -> list[QDialog]:
    return [dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()]


@pytest.mark.parametrize("spec", ACTIONS, ids=lambda spec: spec.name)
async def test_every_listed_action_is_in_a_menu_and_every_one_answered(tmp_path: Path, spec) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        action = screen.window.action(spec.name)
        menu = dict(zip((name for name, _title in MENUS), screen.window.menuBar().actions(), strict=True))[spec.menu]
        shown = menu.menu()
        assert isinstance(shown, QMenu)
        assert (action in shown.actions()) == spec.listed
        assert action.text()
        signal = "toggled(bool)" if spec.checkable else "triggered(bool)"
        assert action.receivers(f"2{signal}") > 0


def test_no_two_actions_share_a_shortcut(dressed_app: QApplication) -> None:
    keys = [key.toString() for action in make_actions(dressed_app).values() for key in action.shortcuts()]

    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("path", sorted(resource_path("icons").glob("*.svg")), ids=lambda path: path.stem)
def test_every_icon_can_be_painted_and_follows_the_theme(dressed_app: QApplication, path: Path) -> None:
    assert "currentColor" in path.read_text("utf-8")
    picture = icon(path.stem, "text").pixmap(24, 24).toImage()

    colors = {picture.pixelColor(x, y).name() for x in range(24) for y in range(24) if picture.pixelColor(x, y).alpha()}
    assert tokens().text in colors


@pytest.mark.parametrize(
    ("argv", "expected"),
    [
        ([], Arguments()),
        (["some/folder"], Arguments(workspace=Path("some/folder"))),
        (["demo"], Arguments(demo=True)),
        (["demo", "--port", "8123"], Arguments(demo=True, demo_port=8123)),
    ],
)
def test_the_windows_arguments(argv: list[str], expected: Arguments) -> None:
    assert read_arguments(argv) == expected
