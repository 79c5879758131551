"""Moving, copying and deleting in the tree, by mouse and by keyboard; undo brings back files, order and tabs."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QMimeData, QModelIndex, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QFrame, QPushButton
from until import until
from window_screen import WindowScreen, make_workspace, shown_window

from firstlight.store.tree import Node
from firstlight.store.workspace import Workspace
from firstlight.ui.sidebar.model import PATH, CollectionModel
from firstlight.ui.sidebar.rows import Rows
from firstlight.ui.sidebar.tree import CollectionTree

CHAT = "collections/Chat"
INNER = "collections/Chat/Inner"
STREAMED, HELLO, ENDLESS = (f"{CHAT}/{name}.yaml" for name in ("streamed-chat", "hello", "endless"))
ALL = ["Chat", "Inner", "Streamed chat", "Hello", "Endless"]


def two_collections(folder: Path) -> Path:
    """The usual workspace, and an empty collection called Other."""
    make_workspace(folder)
    Workspace.open(folder).add_collection("Other")
    return folder


def names(folder: Path, path: str) -> list[str]:
    """Return the names in a collection or folder as a newly opened window shows them."""
    nodes = Workspace.open(folder).tree()
    for part in path.split("/")[1:]:
        nodes = next(node for node in nodes if node.path.endswith(f"/{part}")).children
    return [node.name for node in nodes]


def select(screen: WindowScreen, *paths: str) -> None:
    screen.tree.select(*paths)
    screen.tree.setFocus()


def drag(
    screen: WindowScreen, paths: list[str], target: str, where: str, *, keys: Qt.KeyboardModifier | None = None
) -> bool:
    """Drag rows onto, above or below the row `target`; return whether the tree took them."""
    tree = screen.tree
    data = tree.model().mimeData([screen.row(path) for path in paths])
    rect = tree.visualRect(screen.row(target)) if target else tree.viewport().rect()
    offset = {"on": 0, "above": 1 - rect.height() // 2, "below": rect.height() // 2 - 1}[where]
    point = rect.center() + QPoint(0, offset) if target else rect.bottomLeft() + QPoint(30, -10)
    return _drop(tree, data, point, keys or Qt.KeyboardModifier.NoModifier)


def _drop(tree: CollectionTree, data: QMimeData, point: QPoint, keys: Qt.KeyboardModifier) -> bool:
    """Give the tree the events of a drag. A real one runs a loop of its own, and Qt delivers these to no one else."""
    with_ctrl = keys == Qt.KeyboardModifier.ControlModifier
    action = Qt.DropAction.CopyAction if with_ctrl else Qt.DropAction.MoveAction  # as the system proposes
    mouse = Qt.MouseButton.LeftButton
    tree.dragEnterEvent(QDragEnterEvent(point, action, data, mouse, keys))
    moving = QDragMoveEvent(point, action, data, mouse, keys)
    tree.dragMoveEvent(moving)
    tree.dropEvent(QDropEvent(QPointF(point), action, data, mouse, keys))
    return moving.isAccepted()


async def test_a_request_dragged_between_two_others_stays_there(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    async with shown_window(folder) as screen:
        assert screen.rows == ALL
        assert drag(screen, [ENDLESS], STREAMED, "above")
        await until(lambda: screen.rows == ["Chat", "Inner", "Endless", "Streamed chat", "Hello"])
        assert screen.tree.current_path() == ENDLESS
    assert names(folder, CHAT) == ["Inner", "Endless", "Streamed chat", "Hello"]


async def test_several_rows_dragged_into_another_collection_keep_their_order_and_tabs(tmp_path: Path) -> None:
    folder = two_collections(tmp_path / "ws")
    async with shown_window(folder) as screen:
        await screen.open(HELLO)
        screen.type_url("http://127.0.0.1/typed")
        assert drag(screen, [ENDLESS, STREAMED, HELLO, INNER], "collections/Other", "on")
        await until(lambda: screen.tab.path == "collections/Other/hello.yaml")
        await until(lambda: "Streamed chat" in names(folder, "collections/Other"))
        await until(lambda: screen.tree.current_path() == "collections/Other/Inner")
        assert screen.tab.unsaved()
        assert len(screen.tree.selected_paths()) == 4
    assert names(folder, "collections/Other") == ["Inner", "Streamed chat", "Hello", "Endless"]
    assert names(folder, CHAT) == []


async def test_a_folder_dropped_below_everything_is_a_collection(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    async with shown_window(folder) as screen:
        assert drag(screen, [INNER], "", "on")
        await until(lambda: screen.rows == ["Chat", "Streamed chat", "Hello", "Endless", "Inner"])
    assert [node.kind for node in Workspace.open(folder).tree()] == ["collection", "collection"]


async def test_a_drag_with_ctrl_copies(tmp_path: Path) -> None:
    folder = two_collections(tmp_path / "ws")
    async with shown_window(folder) as screen:
        assert drag(screen, [HELLO], "collections/Other", "on", keys=Qt.KeyboardModifier.ControlModifier)
        await until(lambda: names(folder, "collections/Other") == ["Hello"])
        assert (folder / HELLO).exists()
        await until(lambda: screen.tree.current_path() == "collections/Other/hello.yaml")


@pytest.mark.parametrize(
    ("paths", "target", "where"),
    [
        ([CHAT], INNER, "on"),
        ([INNER], INNER, "on"),
        ([HELLO], CHAT, "above"),
        ([HELLO], "", "on"),
    ],
)
async def test_a_drag_to_where_it_cannot_go_is_refused(
    tmp_path: Path, paths: list[str], target: str, where: str
) -> None:
    folder = make_workspace(tmp_path / "ws")
    async with shown_window(folder) as screen:
        asked: list[object] = []
        screen.tree.place_requested.connect(asked.append)
        assert not drag(screen, paths, target, where)
        assert asked == []


async def test_what_is_dragged_from_elsewhere_is_refused(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        data = QMimeData()
        data.setText("collections/Chat/hello.yaml")
        point = screen.tree.visualRect(screen.row(INNER)).center()
        assert not _drop(screen.tree, data, point, Qt.KeyboardModifier.NoModifier)


async def test_alt_and_an_arrow_move_among_the_neighbours(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    async with shown_window(folder) as screen:
        select(screen, HELLO)
        screen.keys("Alt+Down", screen.tree)
        await until(lambda: screen.rows == ["Chat", "Inner", "Streamed chat", "Endless", "Hello"])
        screen.keys("Alt+Down", screen.tree)  # it is last already
        for expected in (["Hello", "Endless"], ["Endless"]):
            screen.keys("Alt+Up", screen.tree)
            await until(lambda expected=expected: screen.rows[-len(expected) :] == expected)
        await until(lambda: screen.rows == ["Chat", "Inner", "Hello", "Streamed chat", "Endless"])
    assert names(folder, CHAT) == ["Inner", "Hello", "Streamed chat", "Endless"]


async def test_cut_and_paste_move(tmp_path: Path) -> None:
    folder = two_collections(tmp_path / "ws")
    async with shown_window(folder) as screen:
        select(screen, STREAMED, HELLO)
        screen.keys("Ctrl+X", screen.tree)
        select(screen, "collections/Other")
        screen.keys("Ctrl+V", screen.tree)
        await until(lambda: screen.tree.current_path() == "collections/Other/streamed-chat.yaml")
        assert names(folder, "collections/Other") == ["Streamed chat", "Hello"]
        screen.keys("Ctrl+V", screen.tree)  # a second time there is nothing left to move
        assert names(folder, CHAT) == ["Inner", "Endless"]


async def test_copy_and_paste_copy_beside_and_elsewhere(tmp_path: Path) -> None:
    folder = two_collections(tmp_path / "ws")
    async with shown_window(folder) as screen:
        select(screen, HELLO)
        screen.keys("Ctrl+C", screen.tree)
        screen.keys("Ctrl+V", screen.tree)
        await until(lambda: names(folder, CHAT) == ["Inner", "Streamed chat", "Hello", "Hello copy", "Endless"])
        await until(lambda: screen.tree.current_path() == f"{CHAT}/hello-copy.yaml")
        select(screen, "collections/Other")
        screen.keys("Ctrl+V", screen.tree)
        await until(lambda: names(folder, "collections/Other") == ["Hello"])
        await until(lambda: screen.tree.current_path() == "collections/Other/hello.yaml")


async def test_duplicates_are_numbered_and_stand_behind_their_originals(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    async with shown_window(folder) as screen:
        select(screen, CHAT)
        screen.keys("Ctrl+D", screen.tree)
        await until(lambda: screen.tree.current_path() == "collections/Chat-copy")
        assert names(folder, "collections/Chat-copy") == ALL[1:]
        select(screen, HELLO)
        screen.keys("Ctrl+D", screen.tree)
        await until(lambda: screen.tree.current_path() == f"{CHAT}/hello-copy.yaml")
        screen.keys("Ctrl+D", screen.tree)
        await until(lambda: screen.tree.current_path() == f"{CHAT}/hello-copy-2.yaml")
    expected = ["Inner", "Streamed chat", "Hello", "Hello copy", "Hello copy 2", "Endless"]
    assert names(folder, CHAT) == expected


async def test_shift_and_ctrl_select_several_without_opening_them(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        looked_at: list[str] = []
        screen.tree.preview_requested.connect(looked_at.append)
        screen.tree.open_requested.connect(looked_at.append)
        for path, key in (
            (STREAMED, Qt.KeyboardModifier.ShiftModifier),
            (ENDLESS, Qt.KeyboardModifier.ControlModifier),
        ):
            select(screen, HELLO)
            place = screen.tree.visualRect(screen.row(path)).center()
            QTest.mouseClick(screen.tree.viewport(), Qt.MouseButton.LeftButton, key, place)
            assert set(screen.tree.selected_paths()) == {HELLO, path}
        assert looked_at == []


async def test_undo_brings_back_files_order_and_tabs(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    before = {file: file.read_bytes() for file in (folder / CHAT).rglob("*.yaml")}
    async with shown_window(folder) as screen:
        await screen.open(HELLO)
        await screen.open(STREAMED)
        screen.type_url("http://127.0.0.1/precious")
        select(screen, STREAMED, HELLO)
        screen.keys("Del", screen.tree)
        await until(lambda: screen.rows == ["Chat", "Inner", "Endless"])
        await until(lambda: screen.tab_names == ["Streamed chat"])
        assert screen.tab.path == ""
        assert screen.text("undoLabel") == "Deleted 2 entries"

        screen.press("undoButton")
        await until(lambda: screen.rows == ALL)
        await until(lambda: sorted(screen.tab_names) == ["Hello", "Streamed chat"])
        assert {tab.path for tab in screen.window.tabs.tabs()} == {STREAMED, HELLO}
        assert not screen.window.findChild(QFrame, "undoBar").isVisible()
        await until(lambda: not screen.window.action("undo_delete").isEnabled())
    assert {file: file.read_bytes() for file in (folder / CHAT).rglob("*.yaml")} == before


async def test_a_delete_of_yesterday_can_be_undone_too(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    Workspace.open(folder).delete(CHAT)
    async with shown_window(folder) as screen:
        await until(screen.window.action("undo_delete").isEnabled)
        screen.window.action("undo_delete").trigger()
        await until(lambda: screen.rows[:1] == ["Chat"])
        screen.tree.setFocus()
        screen.keys("Ctrl+Z", screen.tree)
        await until(lambda: "Nothing was deleted here" in screen.text("messageLabel"))


async def test_the_undo_key_does_not_dig_out_what_was_deleted_long_ago(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    Workspace.open(folder).delete(HELLO)
    async with shown_window(folder) as screen:
        screen.tree.setFocus()
        screen.keys("Ctrl+Z", screen.tree)
        await until(lambda: "Nothing was deleted here" in screen.text("messageLabel"))
        assert "Hello" not in names(folder, CHAT)


async def test_what_was_copied_in_another_workspace_is_not_pasted(tmp_path: Path) -> None:
    other = make_workspace(tmp_path / "other")
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        select(screen, HELLO)
        screen.keys("Ctrl+C", screen.tree)
        asked: list[object] = []
        screen.tree.place_requested.connect(asked.append)
        assert await screen.work.library.open_workspace(other)
        select(screen, CHAT)
        screen.keys("Ctrl+V", screen.tree)
        assert asked == []


async def test_the_undo_bar_names_what_was_deleted_and_goes(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        select(screen, HELLO)
        screen.keys("Del", screen.tree)
        await until(lambda: "Hello" not in screen.rows)
        assert screen.text("undoLabel") == "Deleted “Hello”"
        assert screen.find(QPushButton, "undoButton").accessibleName() == "Undo delete"
        assert screen.tree.hasFocus()
        screen.keys("Ctrl+Z", screen.tree)
        await until(lambda: "Hello" in screen.rows)
        await until(lambda: not screen.window.findChild(QFrame, "undoBar").isVisible())


async def test_a_move_that_the_disk_refuses_is_told_and_the_tree_shows_what_is(tmp_path: Path) -> None:
    folder = two_collections(tmp_path / "ws")
    async with shown_window(folder) as screen:
        (folder / HELLO).unlink()
        screen.work.library.start("place", screen.work.arranging.duplicate, [HELLO])
        await screen.answer("OK")
        await until(lambda: "Hello" not in screen.rows)


def tree_of(*paths: str) -> list[Node]:
    leaves = tuple(Node(kind="request", path=path, name=path.rpartition("/")[2], method="GET") for path in paths)
    inner = Node(kind="folder", path="collections/A/F", name="F", children=leaves)
    return [Node(kind="collection", path="collections/A", name="A", children=(inner,))]


@pytest.mark.parametrize("text", ["", "a", "F b", "zzz"])
def test_the_model_keeps_qts_rules(text: str) -> None:
    model = CollectionModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_rows(Rows(tree_of("collections/A/F/a", "collections/A/F/b")))
    model.set_filter(text)
    for path in model.paths():
        assert model.index_of(path).data(PATH) == path
        assert _depth(model, model.index_of(path)) == path.count("/")
    model.show_rows(Rows())
    assert not model.index_of("collections/A").isValid()
    del tester


def _depth(model: QAbstractItemModel, index: QModelIndex) -> int:
    return 1 + _depth(model, model.parent(index)) if index.parent().isValid() else 1
