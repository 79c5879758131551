"""Environments, pages of collections and folders, and what requests take from them: by mouse and keyboard."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QTabBar,
    QTableView,
    QTabWidget,
    QTextBrowser,
    QToolButton,
    QTreeWidget,
)
from shiboken6 import isValid
from until import until
from window_screen import WindowScreen, make_workspace, shown_window

from demo_server import RunningDemo
from firstlight.model.collection import Environment, VariableRow
from firstlight.store.settings import load_settings
from firstlight.store.workspace import Workspace
from firstlight.ui.keys.bindings import bind
from firstlight.ui.sidebar.environment_list import EnvironmentList

CHAT = "collections/Chat"


def with_environments(folder: Path, **bases: str) -> Path:
    workspace = Workspace.open(make_workspace(folder))
    for name, base in bases.items():
        rows = (VariableRow(name="demo_url", value=base), VariableRow(name="key", value="{{secret:k}}", secret=True))
        workspace.environment_pages.add(Environment(name=name, variables=rows))
    return folder


async def show_environments(screen: WindowScreen) -> QListWidget:
    bar = screen.find(QTabBar, "sectionBar")
    screen.click(bar, bar.tabRect(2).center())
    shown = screen.window.findChild(QListWidget, "environmentList")
    await until(lambda: shown.isVisible() and shown.count())
    return shown


def written(folder: Path) -> str:
    """Everything that stands in any file."""
    return "".join(file.read_text("utf-8", "replace") for file in folder.rglob("*") if file.is_file())


def names(shown: QListWidget) -> list[str]:
    return [shown.item(row).text() for row in range(shown.count())]


def click_cell(screen: WindowScreen, table: QTableView, row: int, column: int) -> None:
    place = table.visualRect(table.model().index(row, column)).center()
    screen.click(table.viewport(), place)


def new_environment(screen: WindowScreen) -> None:
    screen.window.sidebar.new_button.menu().actions()[-1].trigger()


async def test_an_environment_is_made_named_filled_in_and_saved(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        new_environment(screen)
        shown = await until(
            lambda: (found := screen.window.findChild(QListWidget, "environmentList")).isVisible() and found
        )
        edit = await until(lambda: shown.findChild(QLineEdit))
        edit.selectAll()
        screen.type("Staging", edit)
        screen.keys("Return", edit)
        await until(lambda: screen.tab_names == ["Staging"])
        await until(lambda: shown.currentItem() and shown.currentItem().text() == "Staging")
        table = screen.find(QTableView, "variablesTable")
        click_cell(screen, table, 0, 1)
        screen.type("base")
        screen.keys("Tab")
        screen.type("https://staging")
        assert screen.window.tabs.current().unsaved()
        screen.keys("Ctrl+S", screen.window)
        await until(lambda: not screen.window.tabs.current().unsaved())
        file = tmp_path / "ws/environments/staging.yaml"
        assert file.read_text("utf-8") == "name: Staging\nvariables:\n  base: https://staging\n"


async def test_a_secret_row_is_masked_and_saved_as_a_reference(tmp_path: Path) -> None:
    folder = with_environments(tmp_path / "ws", Staging="http://h")
    async with shown_window(folder) as screen:
        shown = await show_environments(screen)
        await until(lambda: names(shown) == ["Staging"])
        screen.click(shown.viewport(), shown.visualItemRect(shown.item(0)).center())
        table = await until(lambda: screen.window.findChild(QTableView, "variablesTable"))
        click_cell(screen, table, 0, 3)
        QTest.keyClick(QApplication.activePopupWidget(), Qt.Key.Key_Escape)
        screen.keys("Space", table)
        model = table.model()
        assert model.index(0, 3).data() == "Secret"
        assert model.index(0, 2).data() == "••••••"
        screen.click(screen.find(QToolButton, "revealSecretsButton"))
        assert model.index(0, 2).data() == "http://h"
        screen.press("savePageButton")
        await until(lambda: not screen.window.tabs.current().unsaved())
        text = (folder / "environments/staging.yaml").read_text("utf-8")
        assert "http://h" not in text
        assert "{{secret:staging-demo_url}}" in text
        assert screen.session.secrets.get("staging-demo_url") == "http://h"


async def test_the_chosen_environment_is_used_and_remembered(demo: RunningDemo, tmp_path: Path) -> None:
    folder = with_environments(tmp_path / "ws", Here=demo.url, There="http://127.0.0.1:9")
    async with shown_window(folder) as screen:
        tab = await screen.open(f"{CHAT}/hello.yaml")
        combo = screen.find(QComboBox, "environmentCombo")
        await until(lambda: combo.findData("There") > 0)
        screen.keys("Ctrl+E", screen.window)
        assert combo.view().isVisible()
        QTest.keyClick(combo.view(), Qt.Key.Key_Down)
        QTest.keyClick(combo.view(), Qt.Key.Key_Return)
        assert combo.currentText() == "Here"
        await until(lambda: (known := tab.known.lookup("demo_url")) and known.value == demo.url)
        assert tab.known.lookup("demo_url").origin_name == "Here"
        screen.press("sendButton")
        await until(lambda: (label := tab.pane.findChild(QLabel, "statusLabel")) and "200" in label.text())
        await until(lambda: load_settings().environments == {str(folder): "Here"})
    async with shown_window(folder) as screen:
        combo = screen.find(QComboBox, "environmentCombo")
        await until(lambda: combo.currentText() == "Here")


async def test_the_list_of_environments_ends_with_making_one(tmp_path: Path) -> None:
    async with shown_window(with_environments(tmp_path / "ws", Here="http://here")) as screen:
        combo = screen.find(QComboBox, "environmentCombo")
        await until(lambda: combo.findData("Here") > 0)
        combo.setFocus()
        QTest.keyClick(combo, Qt.Key.Key_End)  # a closed list opens: nothing is made in passing
        assert combo.view().isVisible()
        QTest.keyClick(combo.view(), Qt.Key.Key_End)
        QTest.keyClick(combo.view(), Qt.Key.Key_Return)
        await until(lambda: screen.window.findChild(QTableView, "variablesTable"))
        await until(lambda: combo.findData("New environment") > 0)
        assert combo.currentText() == "No environment"


async def test_the_key_for_environments_works_in_a_text_field_that_has_its_own_use_for_it(tmp_path: Path) -> None:
    folder = with_environments(tmp_path / "ws", Here="http://here")
    async with shown_window(folder) as screen:
        await screen.open(f"{CHAT}/hello.yaml")
        combo = screen.find(QComboBox, "environmentCombo")
        bind(screen.window.actions_by_name, {"environments": ("Ctrl+Left",)})
        try:
            screen.keys("Ctrl+Left", screen.find(QLineEdit, "urlEdit"))
            assert combo.view().isVisible()
            combo.hidePopup()
        finally:
            bind(screen.window.actions_by_name, {})


async def test_the_eye_shows_values_and_where_they_come_from(tmp_path: Path) -> None:
    folder = with_environments(tmp_path / "ws", Here="http://here")
    async with shown_window(folder) as screen:
        await screen.open(f"{CHAT}/hello.yaml")
        screen.work.environments.choose("Here")
        await until(lambda: screen.tab.known.lookup("key"))
        screen.click(screen.find(QToolButton, "environmentEye"))
        popup = await until(lambda: screen.window.findChild(QFrame, "variablesPopup"))
        table = popup.findChild(QTreeWidget, "variablesInUse")
        rows = [[table.topLevelItem(row).text(column) for column in range(3)] for row in range(2)]
        assert rows == [
            ["demo_url", "http://here", "Environment “Here”"],
            ["key", "{{secret:k}}", "Environment “Here”"],
        ]
        screen.click(popup.findChild(QPushButton, "environmentPageButton"))
        await until(lambda: screen.tab_names[-1] == "Here")


async def test_environments_are_duplicated_renamed_deleted_and_brought_back(tmp_path: Path) -> None:
    folder = with_environments(tmp_path / "ws", Here="http://here")
    async with shown_window(folder) as screen:
        screen.work.environments.choose("Here")
        shown = await show_environments(screen)
        await until(lambda: names(shown) == ["Here"])
        shown.setFocus()
        screen.keys("Ctrl+D", shown)
        await until(lambda: len(names(shown)) == 2)
        edit = await until(lambda: shown.findChild(QLineEdit))
        screen.keys("Return", edit)
        await until(lambda: shown.findChild(QLineEdit) is None)
        shown.setFocus()
        screen.keys("Home", shown)
        screen.keys("F2", shown)
        edit = await until(lambda: shown.findChild(QLineEdit))
        edit.selectAll()
        screen.type("Nearby", edit)
        screen.keys("Return", edit)
        await until(lambda: "Nearby" in names(shown))
        assert screen.find(QComboBox, "environmentCombo").currentText() == "Nearby"
        shown.setFocus()
        screen.window.findChild(EnvironmentList).select("environments/nearby.yaml")
        screen.keys("Delete", shown)
        await until(lambda: "Nearby" not in names(shown))
        assert screen.find(QComboBox, "environmentCombo").currentText() == "No environment"
        screen.press("undoButton")
        await until(lambda: "Nearby" in names(shown))


async def test_a_page_asks_before_unsaved_work_is_lost(tmp_path: Path) -> None:
    folder = with_environments(tmp_path / "ws", Here="http://here")
    async with shown_window(folder) as screen:
        await screen.work.library.open("environments/here.yaml")
        table = screen.find(QTableView, "variablesTable")
        click_cell(screen, table, 2, 1)
        screen.type("new")
        screen.keys("Ctrl+W", screen.window)
        await screen.answer("Cancel")
        assert screen.tab_names == ["Here"]
        screen.keys("Ctrl+W", screen.window)
        await screen.answer("Save")
        await until(lambda: not screen.tab_names)
        assert "new:" in (folder / "environments/here.yaml").read_text("utf-8")


async def test_a_page_follows_its_file_and_does_not_save_over_a_change_unasked(tmp_path: Path) -> None:
    folder = with_environments(tmp_path / "ws", Here="http://here")
    file = folder / "environments/here.yaml"
    async with shown_window(folder) as screen:
        await screen.work.library.open("environments/here.yaml")
        table = screen.find(QTableView, "variablesTable")
        file.write_text("name: Here\nvariables:\n  a: '1'\n", "utf-8")
        await screen.work.library.refresh()
        await until(lambda: table.model().index(0, 1).data() == "a")
        click_cell(screen, table, 0, 4)
        screen.type("typed")
        file.write_text("name: Here\nvariables:\n  a: '2'\n", "utf-8")
        screen.keys("Ctrl+S", screen.window)
        await screen.answer("Cancel")
        assert "'2'" in file.read_text("utf-8")
        screen.keys("Ctrl+S", screen.window)
        await screen.answer("Save")
        await until(lambda: "typed" in file.read_text("utf-8"))


async def test_a_collection_describes_authorises_and_defines(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    async with shown_window(folder) as screen:
        place = screen.tree.visualRect(screen.row(CHAT)).center()
        screen.click(screen.tree.viewport(), place)
        QTest.mouseDClick(screen.tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
        tabs = await until(lambda: screen.window.findChild(QTabWidget, "groupTabs"))
        edit = screen.find(QPlainTextEdit, "descriptionEdit")
        screen.type("# Hi ![x](http://127.0.0.1:9/x.png)", edit)
        preview = screen.find(QTextBrowser, "descriptionPreview")
        await until(lambda: preview.toPlainText().startswith("Hi"))
        tabs.setCurrentIndex(1)
        kinds = screen.find(QComboBox, "authKindCombo", tabs)
        assert kinds.currentText() == "No auth"
        assert kinds.findText("Inherit from parent") < 0
        kinds.setFocus()
        screen.type("Bearer", kinds)
        QTest.keyClick(kinds, Qt.Key.Key_Down) if kinds.currentText() != "Bearer token" else None
        token = await until(lambda: tabs.findChild(QLineEdit, "token"))
        screen.type("s3cret-1", token)
        screen.keys("Ctrl+S", screen.window)
        await until(lambda: not screen.window.tabs.current().unsaved())
        page = Workspace.open(folder).load_collection(CHAT)
        assert page.description.startswith("# Hi")
        assert page.authorization.values == {"token": "{{secret:chat-token}}"}
        assert len(page.order) == 4


async def test_a_new_request_inherits_and_says_from_where(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    page = folder / CHAT / "collection.yaml"
    page.write_text(page.read_text("utf-8") + "auth:\n  kind: bearer\n  token: '{{secret:k}}'\n", "utf-8")
    async with shown_window(folder) as screen:
        await screen.work.arranging.add_request(f"{CHAT}/Inner")
        assert "kind: inherit" in (folder / CHAT / "Inner/new-request.yaml").read_text("utf-8")
        tabs = screen.find(QTabWidget, "requestTabs", screen.tab)
        tabs.setCurrentIndex(1)
        assert screen.find(QComboBox, "authKindCombo", tabs).currentText() == "Inherit from parent"
        await until(lambda: "Bearer token, from “Chat”" in screen.find(QLabel, "authEffect").text())
        screen.press("inheritedFromButton")
        await until(lambda: screen.tab_names[-1] == "Chat")


async def test_the_tree_opens_pages_by_keyboard_and_menu(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        screen.tree.select(f"{CHAT}/Inner")
        screen.keys("Return", screen.tree)
        await until(lambda: screen.tab_names == ["Inner"])
        screen.window.action("workspace_variables").trigger()
        await until(lambda: screen.tab_names == ["Inner", "Lab"])
        await screen.work.arranging.rename(f"{CHAT}/Inner", "Within")
        assert screen.tab_names == ["Within", "Lab"]


async def test_a_page_knows_whether_a_secret_is_there(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws"), credentials=[("there", "x")]) as screen:
        tab = await screen.open(f"{CHAT}/hello.yaml")
        screen.session.secrets.load()  # or the missing one might lie behind a lock
        asked = {name: tab.known.secret_is_known(name) for name in ("there", "gone")}
        assert asked == {"there": None, "gone": None}
        await until(lambda: tab.known.secret_is_known("there") is True)
        await until(lambda: tab.known.secret_is_known("gone") is False)
        await until(lambda: tab.known.names() == ("demo_url",))
        assert "$guid" in tab.known.dynamic()


async def test_a_tab_that_closes_while_its_secret_is_looked_for_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, answer = threading.Event(), threading.Event()
    async with shown_window(make_workspace(tmp_path / "ws"), credentials=[("slow", "x")]) as screen:
        store = screen.session.secrets
        look = store.where
        monkeypatch.setattr(store, "where", lambda name: (asked.set(), answer.wait(30), look(name))[-1])
        tab = await screen.open(f"{CHAT}/hello.yaml")
        tab.known.secret_is_known("slow")
        await until(asked.is_set)
        screen.keys("Ctrl+W", screen.window)
        await until(lambda: not isValid(tab))
        answer.set()
        await until(lambda: not any(task.get_name() == "look for a secret" for task in asyncio.all_tasks()))


async def test_pages_come_back_with_what_was_typed_and_no_secret_in_a_file(tmp_path: Path) -> None:
    folder = with_environments(tmp_path / "ws", Here="http://here")
    page = folder / CHAT / "collection.yaml"
    page.write_text(page.read_text("utf-8") + "color: red\n", "utf-8")
    async with shown_window(folder) as screen:
        await screen.work.library.open(CHAT)
        screen.type("typed", screen.find(QPlainTextEdit, "descriptionEdit"))
        screen.find(QTabWidget, "groupTabs").setCurrentIndex(2)
        await screen.work.library.open("environments/here.yaml")
        table = screen.find(QTableView, "variablesTable", screen.window.tabs.current())
        click_cell(screen, table, 2, 1)
        screen.type("token")
        screen.keys("Tab")
        screen.type("s3cret-value")
        screen.keys("Tab")
        screen.keys("Space", table)
        await screen.work.keeping.keep()
        names_before = screen.tab_names
        assert "s3cret-value" not in written(tmp_path)
    async with shown_window(folder) as screen:
        await until(lambda: screen.tab_names == names_before == ["Chat", "Here"])
        assert all(tab.unsaved() for tab in screen.window.tabs.tabs())
        screen.click_tab(0)
        tabs = await until(lambda: screen.window.findChild(QTabWidget, "groupTabs"))
        await until(tabs.isVisible)
        assert tabs.currentIndex() == 2
        screen.keys("Ctrl+S", screen.window)
        await until(lambda: not screen.window.tabs.current().unsaved())
        text = page.read_text("utf-8")
        assert "description: typed" in text
        assert "color: red" in text
        screen.click_tab(1)
        await until(lambda: screen.window.tabs.current().kind == "environment")
        screen.keys("Ctrl+S", screen.window)
        await until(lambda: not screen.window.tabs.current().unsaved())
        assert "secret: true" in (folder / "environments/here.yaml").read_text("utf-8")


async def test_a_narrow_window_keeps_room_for_tabs_and_lines_of_a_body(tmp_path: Path) -> None:
    async with shown_window(with_environments(tmp_path / "ws", Here="http://h")) as screen:
        tab = await screen.open(f"{CHAT}/streamed-chat.yaml")
        combo = screen.find(QComboBox, "environmentCombo")
        await until(lambda: combo.count() > 2)
        wide = combo.width()
        screen.window.resize(900, 600)
        await until(lambda: combo.width() < wide / 2)
        screen.keys("Ctrl+E", screen.window)
        await until(combo.view().isVisible)
        assert combo.view().width() >= wide, "the list is as wide as ever"
        QTest.keyClick(combo.view(), Qt.Key.Key_Down)
        QTest.keyClick(combo.view(), Qt.Key.Key_Return)
        await until(lambda: "Here" in combo.toolTip())
        body = next(edit for edit in tab.editor.findChildren(QPlainTextEdit) if edit.isVisible())
        assert body.viewport().height() >= 5 * body.fontMetrics().lineSpacing()
        screen.window.resize(1360, 860)
        await until(lambda: combo.width() == wide)
