"""Saving: to the request's file, to a new place, and never a secret in a file."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QTabWidget, QTreeWidget
from until import until
from window_screen import WindowScreen, make_workspace, shown_window

from firstlight.store.workspace import Workspace

HELLO = "collections/Chat/hello.yaml"


async def test_ctrl_s_writes_the_file_and_takes_the_mark_away(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    async with shown_window(folder) as screen:
        await screen.open(HELLO)
        screen.type_url("http://127.0.0.1/new?a=1")
        assert screen.tab.unsaved()
        screen.keys("Ctrl+S")

        await until(lambda: not screen.tab.unsaved())
        text = (folder / HELLO).read_text("utf-8")
        assert "http://127.0.0.1/new" in text
        await until(lambda: screen.text("messageLabel") == "Saved.")


async def test_a_new_request_is_saved_where_the_dialog_says(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    async with shown_window(folder) as screen:
        screen.keys("Ctrl+T")
        screen.type("http://127.0.0.1/fresh")
        screen.keys("Ctrl+S")
        dialog = await screen.dialog("saveDialog")
        name = screen.find(QLineEdit, "saveNameEdit", dialog)
        assert name.text() == "http://127.0.0.1/fresh"
        assert name.selectedText() == name.text()
        name.setFocus()
        screen.type("Fresh", name)
        tree = screen.find(QTreeWidget, "saveTree", dialog)
        screen.click(tree.viewport(), tree.visualItemRect(tree.topLevelItem(0).child(0)).center())
        screen.press("saveAcceptButton", dialog)
        await screen.back(dialog)

        await until(lambda: screen.tab_names == ["Fresh"])
        assert screen.tab.path == "collections/Chat/Inner/fresh.yaml"
        assert "http://127.0.0.1/fresh" in (folder / screen.tab.path).read_text("utf-8")
        await until(lambda: "Fresh" in screen.rows)
        assert screen.tree.current_path() == screen.tab.path


async def test_the_save_dialog_makes_a_collection_on_the_spot(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    async with shown_window(folder) as screen:
        screen.keys("Ctrl+T")
        screen.type("http://127.0.0.1/fresh")
        screen.keys("Ctrl+S")
        dialog = await screen.dialog("saveDialog")
        screen.press("saveNewCollectionButton", dialog)
        tree = screen.find(QTreeWidget, "saveTree", dialog)
        editor = await until(lambda: tree.findChild(QLineEdit))
        screen.keys("Ctrl+A", editor)
        screen.type("Edge nodes", editor)
        screen.keys("Return", editor)
        await until(lambda: tree.findChild(QLineEdit) is None)
        screen.press("saveAcceptButton", dialog)
        await screen.back(dialog)

        await until(lambda: screen.tab.path.startswith("collections/Edge-nodes/"))
        await until(lambda: "Edge nodes" in screen.rows)


async def test_the_save_dialog_wants_a_name_and_can_be_left(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        screen.keys("Ctrl+T")
        screen.type("http://127.0.0.1/fresh")
        screen.keys("Ctrl+S")
        dialog = await screen.dialog("saveDialog")
        name = screen.find(QLineEdit, "saveNameEdit", dialog)
        name.setFocus()
        screen.keys("Ctrl+A", name)
        screen.keys("Del", name)
        assert not _accept(dialog)
        screen.keys("Esc", dialog)
        await screen.back(dialog)

        assert screen.tab.unsaved()
        assert screen.tab.path == ""


def _accept(dialog: QDialog) -> bool:
    from PySide6.QtWidgets import QPushButton

    button = dialog.findChild(QPushButton, "saveAcceptButton")
    assert button is not None
    return button.isEnabled()


async def test_save_as_leaves_the_first_file_alone(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    async with shown_window(folder) as screen:
        before = (folder / HELLO).read_text("utf-8")
        await screen.open(HELLO)
        screen.type_url("http://127.0.0.1/second")
        screen.keys("Ctrl+Shift+S")
        dialog = await screen.dialog("saveDialog")
        name = screen.find(QLineEdit, "saveNameEdit", dialog)
        name.setFocus()
        screen.keys("Ctrl+A", name)
        screen.type("Second", name)
        screen.keys("Return", name)
        await screen.back(dialog)

        await until(lambda: screen.tab_names == ["Second"])
        assert (folder / HELLO).read_text("utf-8") == before
        assert "http://127.0.0.1/second" in (folder / screen.tab.path).read_text("utf-8")


async def test_a_typed_token_never_reaches_the_file(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    async with shown_window(folder) as screen:
        await screen.open(HELLO)
        token = await _type_bearer_token(screen, "very-secret-token-1234")
        screen.keys("Ctrl+S", token)

        await until(lambda: not screen.tab.unsaved())
        text = (folder / HELLO).read_text("utf-8")
        assert "very-secret-token-1234" not in text
        assert "{{secret:" in text
        assert screen.tab.request().authorization.values["token"].startswith("{{secret:")
        assert "very-secret-token-1234" in screen.session.secrets.session.values()
        await until(lambda: "this session" in screen.text("messageLabel"))


async def _type_bearer_token(screen: WindowScreen, token: str) -> QLineEdit:
    tabs = screen.find(QTabWidget, "requestTabs")
    tabs.setCurrentIndex(1)
    kinds = screen.find(QComboBox, "authKindCombo")
    kinds.setFocus()
    for _ in range(kinds.count()):
        if screen.tab.request().authorization.kind == "bearer":
            break
        screen.keys("Down", kinds)
    form = await until(lambda: screen.tab.findChild(QLineEdit, "auth_token") or _first_edit(screen))
    form.setFocus()
    screen.type(token, form)
    assert screen.tab.request().authorization.values["token"] == token
    return form


def _first_edit(screen: WindowScreen) -> QLineEdit | None:
    from PySide6.QtWidgets import QWidget

    form = screen.tab.findChild(QWidget, "authForm")
    return next((edit for edit in form.findChildren(QLineEdit) if edit.isVisible()), None) if form else None


async def test_a_folder_that_cannot_be_written_is_told_and_nothing_is_lost(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    async with shown_window(folder) as screen:
        await screen.open(HELLO)
        screen.type_url("http://127.0.0.1/kept")
        (folder / HELLO).unlink()
        (folder / HELLO).mkdir()
        screen.keys("Ctrl+S")
        await screen.answer("OK")

        assert screen.tab.unsaved()
        assert screen.tab.request().url == "http://127.0.0.1/kept"


async def test_settings_that_cannot_be_written_are_told_and_the_workspace_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a-file"
    file.write_text("no folder", "utf-8")
    monkeypatch.setenv("FIRSTLIGHT_HOME", str(file))
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        await screen.answer("OK")
        await screen.open(HELLO)

        assert screen.tab_names == ["Hello"]


async def test_what_is_typed_while_a_request_is_being_saved_stays_and_is_unsaved(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    async with shown_window(folder) as screen:
        await screen.open(HELLO)
        screen.type_url("http://127.0.0.1/saved")
        slow = threading.Event()
        screen.window.tasks.start(screen.session.disk(slow.wait), name="a slow disk")
        try:
            screen.keys("Ctrl+S")
            await until(lambda: any(task.get_name() == "save" for task in asyncio.all_tasks()))
            await asyncio.sleep(0)  # the task of the save takes what is on screen
            screen.type("-and-more", screen.find(QLineEdit, "urlEdit"))
        finally:
            slow.set()

        await until(lambda: screen.text("messageLabel") == "Saved.")
        assert screen.tab.request().url == "http://127.0.0.1/saved-and-more"
        assert screen.tab.unsaved()
        assert Workspace.open(folder).load_request(HELLO).url == "http://127.0.0.1/saved"
        screen.keys("Ctrl+S")
        await until(lambda: not screen.tab.unsaved())
        assert Workspace.open(folder).load_request(HELLO).url == "http://127.0.0.1/saved-and-more"
