"""Files of a form-data or binary body: the real dialog, driven by keyboard, and drag and drop."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QMenu, QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot
from request_screen import BODY, HEADERS, Screen, focused
from until import until

from firstlight.model.request import Body, FormPart, Request
from firstlight.ui.figures import size
from firstlight.ui.request.paths import absolute_path, stored_path
from firstlight.ui.theme.current import tokens


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "my workspace"
    (folder / "files").mkdir(parents=True)
    (folder / "files" / "rose.jpg").write_bytes(b"x" * 2048)
    (folder / "files" / "tulip.jpg").write_bytes(b"y")
    return folder


@pytest.fixture
def screen(qtbot: QtBot, workspace: Path) -> Screen:
    screen = Screen(qtbot)
    screen.editor.set_folder(str(workspace))
    screen.open(BODY)
    return screen


async def pick(*files: Path) -> Path:
    """Type file names into the open dialog and press Enter; return the folder it began in."""
    dialog = await until(lambda: next((w for w in QApplication.topLevelWidgets() if _open_dialog(w)), None))
    assert isinstance(dialog, QFileDialog)
    began = Path(dialog.directory().absolutePath())
    edit = dialog.findChild(QLineEdit, "fileNameEdit")
    assert isinstance(edit, QLineEdit)
    edit.setFocus()
    edit.selectAll()
    names = " ".join(f'"{file}"' for file in files) if len(files) > 1 else str(files[0])
    QTest.keyClicks(edit, names)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    await until(lambda: not any(_open_dialog(w) for w in QApplication.topLevelWidgets()))
    return began


def in_menu(screen: Screen, entry: str) -> None:
    """Open the menu of the file cell and choose an entry with the arrow keys."""
    screen.cell("formDataTable", 0, 3)
    menu = focused()
    assert isinstance(menu, QMenu)
    assert entry in [action.text() for action in menu.actions()]
    while (chosen := menu.activeAction()) is None or chosen.text() != entry:
        screen.key(Qt.Key.Key_Down)
    screen.key(Qt.Key.Key_Return)


def _open_dialog(widget: QWidget) -> bool:
    return isinstance(widget, QFileDialog) and widget.isVisible()


def drop(target: QWidget, place: QPoint, *files: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    action, button, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(place, action, data, button, none)
    QApplication.sendEvent(target, entered)
    assert entered.isAccepted()
    QApplication.sendEvent(target, QDropEvent(QPointF(place), action, data, button, none))


async def test_files_are_chosen_for_a_row_and_stored_relative(screen: Screen, workspace: Path) -> None:
    rows = (FormPart(name="images", kind="file"),)
    screen.editor.show_request(Request(body=Body(kind="form-data", parts=rows)))
    screen.cell("formDataTable", 0, 3)
    await pick(workspace / "files" / "rose.jpg")
    await until(lambda: screen.changes)

    assert screen.request.body.parts == (FormPart(name="images", kind="file", files=("files/rose.jpg",)),)
    assert screen.shown("formDataTable")[0][3] == "rose.jpg"


async def test_more_files_join_the_same_key_and_one_can_go_again(screen: Screen, workspace: Path) -> None:
    rows = (FormPart(name="images", kind="file", files=("files/rose.jpg",)),)
    screen.editor.show_request(Request(body=Body(kind="form-data", parts=rows)))
    in_menu(screen, "Add files…")
    await pick(workspace / "files" / "tulip.jpg")
    await until(lambda: screen.request.body.parts[0].files == ("files/rose.jpg", "files/tulip.jpg"))

    in_menu(screen, "Remove files/rose.jpg")
    assert screen.request.body.parts[0].files == ("files/tulip.jpg",)


async def test_another_file_takes_the_place_of_those_chosen_before(screen: Screen, workspace: Path) -> None:
    rows = (FormPart(name="images", kind="file", files=("files/rose.jpg",)),)
    screen.editor.show_request(Request(body=Body(kind="form-data", parts=rows)))
    in_menu(screen, "Choose another file…")
    assert await pick(workspace / "files" / "tulip.jpg") == workspace / "files"
    await until(lambda: screen.request.body.parts[0].files == ("files/tulip.jpg",))

    in_menu(screen, "Add files…")
    await pick(workspace / "files" / "rose.jpg")
    await until(lambda: len(screen.request.body.parts[0].files) == 2)
    in_menu(screen, "Choose other files…")
    await pick(workspace / "files" / "rose.jpg")
    await until(lambda: screen.request.body.parts[0].files == ("files/rose.jpg",))


async def test_closing_the_dialog_changes_nothing(screen: Screen) -> None:
    screen.choose("bodyKindCombo", "binary")
    screen.changes.clear()
    screen.press("chooseFileButton")
    dialog = await until(lambda: next((w for w in QApplication.topLevelWidgets() if _open_dialog(w)), None))
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    await until(lambda: not any(_open_dialog(w) for w in QApplication.topLevelWidgets()))

    assert screen.changes == []


async def test_a_binary_body_shows_its_size_and_can_be_cleared(screen: Screen, workspace: Path) -> None:
    screen.choose("bodyKindCombo", "binary")
    screen.press("chooseFileButton")
    assert await pick(workspace / "files" / "rose.jpg") == workspace
    facts = screen.find(QLabel, "fileFacts")
    await until(lambda: facts.text() == "2.0 KB")
    assert screen.request.body.path == "files/rose.jpg"

    clear = screen.find(QWidget, "clearFileButton")
    clear.setFocus()
    QTest.keyClick(clear, Qt.Key.Key_Space)
    assert screen.request.body.path == ""
    assert not clear.isVisible()


def test_a_missing_file_is_shown_in_red_with_its_path(screen: Screen, qtbot: QtBot) -> None:
    rows = (FormPart(name="images", kind="file", files=("files/gone.jpg",)),)
    screen.editor.show_request(Request(body=Body(kind="form-data", parts=rows, path="files/gone.jpg")))
    qtbot.waitUntil(lambda: screen.shown("formDataTable")[0][3] == "files/gone.jpg is missing")
    cell = screen.find(QTableView, "formDataTable").model().index(0, 3)
    assert cell.data(Qt.ItemDataRole.ForegroundRole) == QColor(tokens().error)

    screen.choose("bodyKindCombo", "binary")
    assert screen.find(QLabel, "fileFacts").text() == "Missing"


def test_files_dropped_onto_the_table_become_a_row(screen: Screen, workspace: Path) -> None:
    screen.choose("bodyKindCombo", "form-data")
    viewport = screen.find(QTableView, "formDataTable").viewport()
    drop(viewport, QPoint(200, viewport.height() - 10), workspace / "files" / "rose.jpg")
    assert screen.request.body.parts == (FormPart(name="", kind="file", files=("files/rose.jpg",)),)

    drop(viewport, QPoint(200, 10), workspace / "files" / "tulip.jpg")
    assert screen.request.body.parts[0].files == ("files/rose.jpg", "files/tulip.jpg")


def test_a_file_dropped_onto_the_binary_body_is_taken(screen: Screen, tmp_path: Path, qtbot: QtBot) -> None:
    outside = tmp_path / "outside.bin"
    outside.write_bytes(b"z" * 5)
    screen.choose("bodyKindCombo", "binary")
    page = screen.find(QPushButton, "chooseFileButton").parentWidget().parentWidget()
    drop(page, QPoint(20, 20), outside)

    assert screen.request.body.path == str(outside)
    qtbot.waitUntil(lambda: screen.find(QLabel, "fileFacts").text() == "5 B")


def test_paths_in_the_workspace_are_relative_and_others_are_not(workspace: Path, tmp_path: Path) -> None:
    inside = workspace / "files" / "rose.jpg"

    assert stored_path(str(workspace), str(inside)) == "files/rose.jpg"
    assert absolute_path(str(workspace), "files/rose.jpg") == str(inside)
    assert stored_path(str(workspace), str(tmp_path / "a")) == str(tmp_path / "a")
    assert stored_path("", str(inside)) == str(inside)
    assert stored_path(str(workspace), str(workspace / ".." / "a")) == str(tmp_path / "a")


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "0 B"), (999, "999 B"), (1500, "1.5 KB"), (12_000_000, "12.0 MB"), (999_960_000, "1.00 GB")],
)
def test_sizes_are_readable(count: int, text: str) -> None:
    assert size(count) == text


async def test_a_missing_file_of_a_row_is_located_in_its_place(
    screen: Screen, workspace: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    moved = tmp_path / "moved.jpg"
    moved.write_bytes(b"m")
    part = FormPart(name="images", kind="file", files=("files/rose.jpg", "files/gone.jpg"), file_names=("", "sent.jpg"))
    screen.editor.show_request(Request(body=Body(kind="form-data", parts=(part,))))
    await until(lambda: "gone.jpg is missing" in screen.shown("formDataTable")[0][3])
    screen.cell("formDataTable", 0, 3)
    for _ in range(3):
        screen.key(Qt.Key.Key_Down)
    screen.key(Qt.Key.Key_Return)
    await pick(moved)
    await until(lambda: screen.request.body.parts[0].files == ("files/rose.jpg", str(moved)))

    assert screen.request.body.parts[0].file_names == ("", "sent.jpg")


@pytest.mark.parametrize("kind", ["form-data", "binary"])
async def test_the_answer_to_a_failure_is_one_press_away(screen: Screen, workspace: Path, kind: str) -> None:
    gone = str(workspace / "files" / "gone.jpg")
    part = FormPart(name="images", kind="file", files=("files/tulip.jpg", gone))
    screen.editor.show_request(Request(body=Body(kind=kind, path="files/gone.jpg", parts=(part,))))
    screen.open(HEADERS)
    screen.editor.locate_file(gone)
    await pick(workspace / "files" / "rose.jpg")
    await until(lambda: screen.changes)

    body = screen.request.body
    if kind == "binary":
        assert body.path == "files/rose.jpg"
    else:
        assert body.parts[0].files == ("files/tulip.jpg", "files/rose.jpg")


def test_names_are_given_to_the_files_of_a_row_and_go_with_them(screen: Screen) -> None:
    part = FormPart(name="i", kind="file", files=("files/rose.jpg", "files/tulip.jpg"), file_names=("", "b.jpg"))
    screen.editor.show_request(Request(body=Body(kind="form-data", parts=(part,))))
    table = screen.find(QTableView, "formDataTable")
    assert not table.isColumnHidden(5)
    assert screen.shown("formDataTable")[0][5] == " | b.jpg"
    screen.cell("formDataTable", 0, 5)
    screen.key(Qt.Key.Key_Home)
    screen.type("a.jpg")
    assert screen.request.body.parts[0].file_names == ("a.jpg", "b.jpg")

    screen.key(Qt.Key.Key_Return)
    screen.cell("formDataTable", 0, 3)
    for _ in range(3):
        screen.key(Qt.Key.Key_Down)
    screen.key(Qt.Key.Key_Return)
    assert screen.request.body.parts[0].files == ("files/tulip.jpg",)
    assert screen.request.body.parts[0].file_names == ("b.jpg",)
