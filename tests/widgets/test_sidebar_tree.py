"""The sidebar: rename in place, delete, new folders, collections and requests, filter, context menu."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QToolButton
from until import until
from window_screen import WindowScreen, make_workspace, shown_window

from firstlight.model.request import Request
from firstlight.store.workspace import Workspace

CHAT = "collections/Chat"
HELLO = "collections/Chat/hello.yaml"


def select(screen: WindowScreen, path: str) -> None:
    screen.tree.select(path)
    screen.tree.setFocus()


async def rename(screen: WindowScreen, name: str) -> None:
    """Type `name` into the row being renamed."""
    editor = await until(lambda: screen.tree.findChild(QLineEdit, "renameEdit"))
    screen.keys("Ctrl+A", editor)
    screen.type(name, editor)
    screen.keys("Return", editor)


async def test_f2_renames_a_request_and_its_tab_follows(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    async with shown_window(folder) as screen:
        await screen.open(HELLO)
        select(screen, HELLO)
        screen.keys("F2", screen.tree)
        await rename(screen, "Good morning")

        await until(lambda: screen.tab_names == ["Good morning"])
        assert screen.tab.path == "collections/Chat/good-morning.yaml"
        assert not screen.tab.unsaved()
        await until(lambda: "Good morning" in screen.rows)
        assert not (folder / HELLO).exists()


async def test_renaming_a_collection_takes_its_open_tabs_along(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        await screen.open(HELLO)
        screen.type_url("http://127.0.0.1/typed")
        select(screen, CHAT)
        screen.keys("F2", screen.tree)
        await rename(screen, "Talk")

        await until(lambda: screen.tab.path == "collections/Talk/hello.yaml")
        assert screen.tab.unsaved()
        screen.keys("Ctrl+S", screen.window)
        await until(lambda: not screen.tab.unsaved())
        assert "typed" in (tmp_path / "ws/collections/Talk/hello.yaml").read_text("utf-8")


async def test_escape_leaves_the_name_as_it_was(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        select(screen, HELLO)
        screen.keys("F2", screen.tree)
        editor = await until(lambda: screen.tree.findChild(QLineEdit, "renameEdit"))
        screen.type("No", editor)
        screen.keys("Esc", editor)

        await until(lambda: screen.tree.findChild(QLineEdit, "renameEdit") is None)
        assert "Hello" in screen.rows


async def test_delete_takes_the_file_and_its_tab_away(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    async with shown_window(folder) as screen:
        await screen.open(HELLO)
        select(screen, HELLO)
        screen.keys("Del", screen.tree)
        await until(lambda: "Hello" not in screen.rows)
        await until(lambda: screen.tab_names == [])
        assert not (folder / HELLO).exists()


async def test_after_a_delete_the_neighbour_is_selected(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    paths = [node.path for node in Workspace.open(folder).tree()[0].children]
    async with shown_window(folder) as screen:
        select(screen, HELLO)
        screen.keys("Del", screen.tree)

        await until(lambda: "Hello" not in screen.rows)
        assert screen.tree.current_path() == paths[paths.index(HELLO) + 1]


async def test_the_sidebar_follows_the_tab_in_front(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    other = Workspace.open(folder).add_request(CHAT, Request(name="Other"))
    async with shown_window(folder) as screen:
        await screen.open(HELLO)
        await screen.open(other)
        assert screen.tree.current_path() == other
        screen.keys("Ctrl+Tab", screen.window)
        await until(lambda: screen.tree.current_path() == HELLO)


async def test_deleting_keeps_a_tab_with_typed_changes(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        await screen.open(HELLO)
        screen.type_url("http://127.0.0.1/precious")
        select(screen, CHAT)
        screen.keys("Del", screen.tree)

        await until(lambda: screen.rows == [])
        assert screen.tab_names == ["Hello"]
        assert screen.tab.path == ""
        assert screen.tab.unsaved()


async def test_new_makes_a_collection_that_waits_for_its_name(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    async with shown_window(folder) as screen:
        choose(screen, "New", "Collection")
        await rename(screen, "Iris")

        await until(lambda: "Iris" in screen.rows)
        assert (folder / "collections/Iris/collection.yaml").exists()


def choose(screen: WindowScreen, button: str, entry: str) -> None:
    """Press an entry of the sidebar's New menu."""
    new = screen.find(QToolButton, "newButton")
    assert new.text() == button
    menu = new.menu()
    menu.popup(new.mapToGlobal(QPoint(0, new.height())))
    press_entry(menu, entry)


def press_entry(menu: QMenu, entry: str) -> None:
    action = next(action for action in menu.actions() if action.text().split("\t")[0] == entry)
    assert action.isEnabled()
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())


async def test_the_context_menu_makes_a_folder_and_a_request_in_it(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    async with shown_window(folder) as screen:
        press_entry(await context_menu(screen, CHAT), "New folder")
        await rename(screen, "Streams")
        await until(lambda: "Streams" in screen.rows)

        press_entry(await context_menu(screen, "collections/Chat/Streams"), "New request")
        await rename(screen, "Whole answer")
        await until(lambda: screen.tab_names == ["Whole answer"])
        assert screen.tab.path == "collections/Chat/Streams/whole-answer.yaml"


async def context_menu(screen: WindowScreen, path: str) -> QMenu:
    viewport = screen.tree.viewport()
    place = screen.tree.visualRect(screen.row(path)).center()
    screen.tree.customContextMenuRequested.emit(viewport.mapTo(viewport, place))
    return await until(lambda: next((m for m in screen.window.findChildren(QMenu, "nodeMenu") if m.isVisible()), None))


async def test_the_context_menu_offers_only_what_works(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    (folder / "collections/Chat/bad.yaml").write_text("method: [", "utf-8")
    async with shown_window(folder) as screen:
        entries = {}
        for path in (CHAT, HELLO, "collections/Chat/bad.yaml"):
            menu = await context_menu(screen, path)
            entries[path] = [a.text().split("\t")[0] for a in menu.actions() if a.text()]
            menu.close()

        carrying = ["Cut", "Copy", "Paste", "Delete"]
        files = ["Show in file manager", "Copy path"]
        group = [
            "Open",
            "New request",
            "New folder",
            "Rename",
            "Duplicate",
            *carrying,
            "Expand all",
            "Collapse all",
            *files,
        ]
        assert entries[CHAT] == group
        assert entries[HELLO] == ["Open", "Rename", "Duplicate", *carrying, *files]
        assert entries["collections/Chat/bad.yaml"] == ["Open", *carrying, *files]


async def test_the_menu_offers_paste_once_something_was_copied(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        QApplication.clipboard().setText("not ours")
        for expected in (False, True):
            menu = await context_menu(screen, HELLO)
            paste = next(action for action in menu.actions() if action.text().startswith("Paste"))
            assert paste.isEnabled() is expected
            press_entry(menu, "Copy")


async def test_the_menu_copies_the_path(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    async with shown_window(folder) as screen:
        press_entry(await context_menu(screen, HELLO), "Copy path")
        await until(lambda: QApplication.clipboard().text() == str(folder / HELLO))


async def test_the_menu_opens_and_closes_everything(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        everything = ["Chat", "Inner", "Hello", "Streamed chat", "Hello", "Endless"]
        press_entry(await context_menu(screen, CHAT), "Expand all")
        assert sorted(screen.rows) == sorted(everything)
        press_entry(await context_menu(screen, CHAT), "Collapse all")
        assert screen.rows == ["Chat"]
        screen.window.action("expand_all").trigger()
        assert sorted(screen.rows) == sorted(everything)
        screen.window.action("collapse_all").trigger()
        assert screen.rows == ["Chat"]


async def test_the_filter_shows_matches_and_gives_the_tree_back(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        edit = screen.find(QLineEdit, "collectionFilter")
        before = screen.rows
        screen.type("hello", edit)
        assert screen.rows == ["Chat", "Inner", "Hello", "Hello"]
        screen.type("zzz", edit)
        assert screen.rows == []
        screen.keys("Ctrl+A", edit)
        screen.keys("Del", edit)
        assert screen.rows == before


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("inner", ["Chat", "Inner", "Hello"]),
        ("chat HELLO", ["Chat", "Inner", "Hello", "Hello"]),
        ("post end", ["Chat", "Endless"]),
        ("/v1/chat", ["Chat", "Streamed chat"]),
        ("  ", ["Chat", "Inner", "Streamed chat", "Hello", "Endless"]),
    ],
)
async def test_the_filter_looks_at_names_folders_methods_and_urls(tmp_path: Path, typed: str, shown: list[str]) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        screen.type(typed, screen.find(QLineEdit, "collectionFilter"))
        assert screen.rows == shown


async def test_an_empty_workspace_says_what_to_do(tmp_path: Path) -> None:
    from firstlight.store.workspace import Workspace

    Workspace.create(tmp_path / "ws", "Empty")
    async with shown_window(tmp_path / "ws") as screen:
        assert screen.text("workspaceName") == "Empty"
        assert "empty" in screen.text("emptyLabel")
        assert not screen.tree.isVisible()


async def test_a_workspace_that_is_none_is_told(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        opening = screen.window.tasks.start(screen.work.library.open_workspace(tmp_path), name="open")
        await screen.answer("OK")

        assert not await opening
        assert screen.text("workspaceName") == "Lab"
