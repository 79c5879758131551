"""In the window: a missing value is set where it is missing, and the colours follow."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QTreeWidget, QWidget
from until import until
from window_screen import WindowScreen, make_workspace, shown_window

from firstlight.store.workspace import Workspace
from firstlight.ui.variables.entries import missing


async def open_with_url(screen: WindowScreen, text: str) -> QLineEdit:
    await screen.open("collections/Chat/hello.yaml")
    url = screen.find(QLineEdit, "urlEdit")
    screen.type_url(text)
    await until(lambda: screen.tab.editor.known.ready)
    return url


async def follow(screen: WindowScreen, url: QLineEdit, dialog: str) -> QDialog:
    QTest.mouseClick(url, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, QPoint(30, 12))
    return await screen.dialog(dialog)


async def test_a_missing_variable_is_set_in_the_collection(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    async with shown_window(folder) as screen:
        url = await open_with_url(screen, "{{model}}/x")
        known = screen.tab.editor.known
        assert missing(known, "model") == "model"
        dialog = await follow(screen, url, "variableDialog")
        places = screen.find(QComboBox, "variablePlaceCombo", dialog)
        assert [places.itemText(row) for row in range(places.count())] == ["Workspace: Lab", "Collection: Chat"]
        assert places.currentText() == "Collection: Chat"
        value = screen.find(QLineEdit, "variableValueEdit", dialog)
        screen.type("iris-{{demo", value)
        screen.keys("Return", value)  # takes what is offered: the dialog stays
        assert value.text() == "iris-{{demo_url}}"
        screen.keys("Return", value)
        await screen.back(dialog)
        await until(lambda: missing(known, "model") == "")
    assert Workspace.open(folder).load_collection("collections/Chat").variables[0].value == "iris-{{demo_url}}"


async def test_a_variable_that_has_a_value_is_changed_where_it_has_it(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    async with shown_window(folder) as screen:
        url = await open_with_url(screen, "{{demo_url}}/x")
        dialog = await follow(screen, url, "variableDialog")
        assert screen.find(QComboBox, "variablePlaceCombo", dialog).currentText() == "Workspace: Lab"
        value = screen.find(QLineEdit, "variableValueEdit", dialog)
        assert value.selectedText() == "http://127.0.0.1:9"
        screen.type("http://127.0.0.1:8", value)
        screen.keys("Return", value)
        await screen.back(dialog)
        await until(lambda: screen.tab.editor.known.variables["demo_url"].value == "http://127.0.0.1:8")


async def test_a_missing_secret_is_set_from_its_reference(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        screen.session.secrets.load()
        url = await open_with_url(screen, "{{secret:mine}}/x")
        known = screen.tab.editor.known
        await until(lambda: missing(known, "secret:mine"))
        dialog = await follow(screen, url, "secretValueDialog")
        value = screen.find(QLineEdit, "secretValueEdit", dialog)
        screen.type("sk-1", value)
        screen.keys("Return", value)
        await screen.back(dialog)
        await until(lambda: screen.session.secrets.session == {"mine": "sk-1"})
        await until(lambda: not missing(known, "secret:mine"))


async def test_secrets_of_other_requests_are_offered(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        await open_with_url(screen, "{{demo_api")

        def offered() -> list[str]:
            frames = [f for f in screen.window.findChildren(QWidget, "variableSuggestions") if f.isVisible()]
            trees = [frame.findChild(QTreeWidget) for frame in frames]
            return [tree.topLevelItem(row).text(0) for tree in trees for row in range(tree.topLevelItemCount())]

        screen.type("_", screen.find(QLineEdit, "urlEdit"))
        await until(lambda: screen.tab.editor.known.secret_names == ("demo_api_key",))
        screen.keys("Backspace", screen.find(QLineEdit, "urlEdit"))
        await until(lambda: offered() == ["secret:demo_api_key"])
