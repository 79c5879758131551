"""Moving, copying and deleting in the tree: nothing is lost, nothing is mixed up, and a delete can be undone."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from firstlight.model.failure import ExchangeError
from firstlight.model.request import Request
from firstlight.store.tree import Node
from firstlight.store.workspace import Workspace

C, D = "collections/C", "collections/D"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Two collections: C holds a, b and the folder F (with x and y), D is empty."""
    workspace = Workspace.create(tmp_path / "w", "W")
    workspace.add_collection("C")
    workspace.add_collection("D")
    for name in "ab":
        workspace.add_request(C, Request(name=name, url=f"http://{name}"))
    folder = workspace.add_folder(C, "F")
    for name in "xy":
        workspace.add_request(folder, Request(name=name))
    return workspace


def rows(nodes: tuple[Node, ...]) -> list[object]:
    """Return the tree as nested lists of what a person sees."""
    return [(node.name, rows(node.children)) if node.children else node.name for node in nodes]


def contents(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and ".firstlight" not in file.parts
    }


def test_a_request_moves_among_its_neighbours(workspace: Workspace) -> None:
    assert workspace.move(f"{C}/b.yaml", C, f"{C}/a.yaml") == f"{C}/b.yaml"
    assert rows(workspace.tree()) == [("C", ["b", "a", ("F", ["x", "y"])]), "D"]
    workspace.move(f"{C}/b.yaml", C)
    assert rows(workspace.tree()) == [("C", ["a", ("F", ["x", "y"]), "b"]), "D"]


def test_a_request_moves_to_a_place_in_another_collection(workspace: Workspace) -> None:
    before = (workspace.folder / C / "a.yaml").read_bytes()
    assert workspace.move(f"{C}/a.yaml", f"{C}/F", f"{C}/F/y.yaml") == f"{C}/F/a.yaml"
    assert workspace.move(f"{C}/b.yaml", D) == f"{D}/b.yaml"
    assert rows(workspace.tree()) == [("C", [("F", ["x", "a", "y"])]), ("D", ["b"])]
    assert (workspace.folder / C / "F/a.yaml").read_bytes() == before
    assert "a.yaml" not in (workspace.folder / C / "collection.yaml").read_text()


def test_a_name_that_is_taken_gets_a_number(workspace: Workspace) -> None:
    workspace.add_request(D, Request(name="A", url="http://other"))
    assert workspace.move(f"{C}/a.yaml", D, f"{D}/a.yaml") == f"{D}/a-2.yaml"
    assert rows(workspace.tree())[1] == ("D", ["a", "A"])
    assert workspace.load_request(f"{D}/a-2.yaml").url == "http://a"


def test_folders_become_collections_and_collections_folders(workspace: Workspace) -> None:
    assert workspace.move(f"{C}/F", "collections", C) == "collections/F"
    assert rows(workspace.tree()) == [("F", ["x", "y"]), ("C", ["a", "b"]), "D"]
    assert [node.kind for node in workspace.tree()] == ["collection"] * 3
    assert workspace.move(D, "collections/F", "collections/F/x.yaml") == "collections/F/D"
    assert rows(workspace.tree()) == [("F", ["D", "x", "y"]), ("C", ["a", "b"])]
    assert workspace.add_request("collections/F/D", Request(name="in")) == "collections/F/D/in.yaml"
    assert rows(Workspace.open(workspace.folder).tree())[0] == ("F", [("D", ["in"]), "x", "y"])


def test_collections_are_put_in_order(workspace: Workspace) -> None:
    assert workspace.move(D, "collections", C) == D
    assert [node.name for node in Workspace.open(workspace.folder).tree()] == ["D", "C"]


@pytest.mark.parametrize(
    ("path", "parent", "said"),
    [
        (f"{C}/F", f"{C}/F", "cannot be moved into itself"),
        (C, f"{C}/F", "cannot be moved into itself"),
        (f"{C}/a.yaml", "collections", "lives in a collection"),
        (f"{C}/collection.yaml", D, "stays where it is"),
        (f"{C}/a.yaml", "files", "no collection or folder"),
        (f"{C}/a.yaml", f"{C}/b.yaml", "no collection or folder"),
        (f"{C}/a.yaml", "../elsewhere", "leads out of the workspace"),
        ("../w/firstlight.yaml", D, "leads out of the workspace"),
    ],
)
def test_what_has_no_place_there_is_refused_and_stays(workspace: Workspace, path: str, parent: str, said: str) -> None:
    before = contents(workspace.folder)
    with pytest.raises(ExchangeError, match=said):
        workspace.move(path, parent)
    assert contents(workspace.folder) == before


def test_a_copy_of_a_request_keeps_what_this_version_does_not_know(workspace: Workspace) -> None:
    file = workspace.folder / C / "a.yaml"
    file.write_text(file.read_text() + "future: {deep: [1.10, yes]}\nsettings:\n  retries: 3\n")
    assert workspace.copy(f"{C}/a.yaml", C, f"{C}/b.yaml", "a copy") == f"{C}/a-copy.yaml"
    assert rows(workspace.tree())[0] == ("C", ["a", "a copy", "b", ("F", ["x", "y"])])
    copied = (workspace.folder / C / "a-copy.yaml").read_text()
    assert "name: a copy\n" in copied
    assert "1.10" in copied
    assert "retries: 3" in copied


def test_a_copy_of_a_collection_is_deep_and_exact(workspace: Workspace) -> None:
    folder = workspace.folder / C
    (folder / "notes.md").write_text("not ours, but here")
    (folder / "F/data").mkdir()
    (folder / "F/data/rose.jpg").write_bytes(b"\xff\xd8")
    (folder / "F/link.yaml").symlink_to("x.yaml")
    (folder / "F/.firstlight-12345678.tmp").write_text("half a requ")
    page = folder / "collection.yaml"
    page.write_text(page.read_text() + "future: 1.10\n")
    assert workspace.copy(C, "collections", D, "C copy") == "collections/C-copy"
    inside = ["a", "b", ("F", ["x", "y", "data", "x"])]
    assert rows(workspace.tree()) == [("C", inside), ("C copy", inside), "D"]
    old, new = contents(folder), contents(workspace.folder / "collections/C-copy")
    del old["F/.firstlight-12345678.tmp"]
    named = old.pop("collection.yaml").decode().replace("name: C\n", "name: C copy\n")
    assert new.pop("collection.yaml").decode() == named
    assert new == old
    assert (workspace.folder / "collections/C-copy/F/link.yaml").is_symlink()


def test_a_folder_can_be_copied_into_itself(workspace: Workspace) -> None:
    assert workspace.copy(f"{C}/F", f"{C}/F", "", "F") == f"{C}/F/F"
    assert rows(workspace.tree())[0] == ("C", ["a", "b", ("F", ["x", "y", ("F", ["x", "y"])])])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_copy_that_fails_leaves_nothing_behind(workspace: Workspace) -> None:
    os.mkfifo(workspace.folder / C / "F/pipe.yaml")
    before, shown = contents(workspace.folder), rows(workspace.tree())
    assert [node.kind for node in workspace.tree()[0].children[2].children] == ["request", "request", "broken"]
    with pytest.raises(ExchangeError, match="named pipe"):
        workspace.copy(C, "collections", "", "C copy")
    assert contents(workspace.folder) == before
    assert rows(workspace.tree()) == shown


def test_undo_brings_back_exactly_what_was_deleted(workspace: Workspace) -> None:
    before, shown = contents(workspace.folder), rows(workspace.tree())
    workspace.delete(f"{C}/a.yaml", f"{C}/F", f"{C}/F/x.yaml")
    assert rows(workspace.tree()) == [("C", ["b"]), "D"]

    again = Workspace.open(workspace.folder)  # another window, another day
    deleted = again.last_deleted()
    assert deleted is not None
    assert deleted.paths == (f"{C}/a.yaml", f"{C}/F")
    assert again.undo_delete(deleted) == {path: path for path in deleted.paths}
    assert contents(workspace.folder) == before
    assert rows(again.tree()) == shown
    assert again.last_deleted() is None
    assert list((workspace.folder / ".firstlight/trash").iterdir()) == []


def test_deletes_are_undone_one_after_the_other_and_folders_are_made_again(workspace: Workspace) -> None:
    shown = rows(workspace.tree())
    workspace.delete(f"{C}/F/x.yaml")
    workspace.delete(C)
    for expected in (["D"], [("C", ["a", "b", ("F", ["y"])]), "D"]):
        assert rows(workspace.tree()) == expected
        deleted = workspace.last_deleted()
        assert deleted is not None
        workspace.undo_delete(deleted)
    assert rows(workspace.tree()) == shown
    assert workspace.last_deleted() is None


def test_a_name_given_away_meanwhile_is_not_taken_back(workspace: Workspace) -> None:
    workspace.delete(f"{C}/a.yaml")
    workspace.add_request(C, Request(name="a", url="http://newer"))
    deleted = workspace.last_deleted()
    assert deleted is not None
    assert workspace.undo_delete(deleted) == {f"{C}/a.yaml": f"{C}/a-2.yaml"}
    assert workspace.load_request(f"{C}/a.yaml").url == "http://newer"
    assert workspace.load_request(f"{C}/a-2.yaml").url == "http://a"


def test_what_is_gone_from_the_trash_cannot_be_undone(workspace: Workspace) -> None:
    trashed = workspace.folder / workspace.delete(f"{C}/a.yaml")
    (trashed / f"{C}/a.yaml").unlink()
    assert workspace.last_deleted() is None
    (trashed / "deleted.json").write_text("{")
    assert workspace.last_deleted() is None


def test_the_order_of_collections_comes_back_as_well(workspace: Workspace) -> None:
    workspace.move(D, "collections", C)
    before = contents(workspace.folder)
    workspace.delete(D)
    workspace.delete(C)
    for _ in range(2):
        deleted = workspace.last_deleted()
        assert deleted is not None
        workspace.undo_delete(deleted)
    assert contents(workspace.folder) == before


def test_saving_over_a_file_that_changed_outside_is_refused_once_it_is_noticed(workspace: Workspace) -> None:
    path = f"{C}/a.yaml"
    other = Workspace.open(workspace.folder)
    mine = workspace.load_request(path)
    other.save_request(path, replace(other.load_request(path), url="http://theirs"), over=other.versions.taken(path))
    assert other.versions.taken(path) == workspace.version(path) != workspace.versions.taken(path)
    with pytest.raises(ExchangeError, match="was changed outside since it was read") as caught:
        workspace.save_request(path, mine, over=workspace.versions.taken(path))
    assert caught.value.failure.kind == "changed-outside"
    assert workspace.peek(path).request.url == "http://theirs"
    workspace.save_request(path, mine, over=workspace.version(path))
    assert other.load_request(path) == mine


def test_a_comment_is_a_change_too(workspace: Workspace) -> None:
    """What the model does not hold would be lost by a save: it must be asked about."""
    path = f"{C}/a.yaml"
    mine = workspace.load_request(path)
    file = workspace.folder / path
    file.write_text("# mind the token\n" + file.read_text())
    with pytest.raises(ExchangeError, match="changed outside"):
        workspace.save_request(path, mine, over=workspace.versions.taken(path))
    assert workspace.text_of(path).startswith("# mind the token\n")


def test_what_is_worked_on_stays_known_through_renames_and_moves(workspace: Workspace) -> None:
    for path in (f"{C}/a.yaml", f"{C}/F/x.yaml"):
        workspace.load_request(path)
    assert workspace.rename(f"{C}/a.yaml", "Ant") == f"{C}/ant.yaml"
    workspace.move(f"{C}/ant.yaml", D)
    workspace.move(f"{C}/F", D)
    workspace.rename(D, "E")
    for path in ("collections/E/ant.yaml", "collections/E/F/x.yaml"):
        assert workspace.versions.taken(path) == workspace.version(path)
    assert workspace.versions.taken(f"{C}/a.yaml") is None


def test_a_rename_does_not_hide_that_somebody_changed_the_file(workspace: Workspace) -> None:
    path = f"{C}/a.yaml"
    workspace.load_request(path)
    Workspace.open(workspace.folder).save_request(path, Request(name="a", url="http://theirs"))
    renamed = workspace.rename(path, "Ant")
    assert workspace.peek(renamed).request == Request(name="Ant", url="http://theirs")
    assert workspace.versions.taken(renamed) != workspace.version(renamed)


def test_a_request_whose_folder_was_deleted_outside_is_saved_again(workspace: Workspace) -> None:
    path = f"{C}/F/x.yaml"
    request = workspace.load_request(path)
    workspace.delete(f"{C}/F")
    assert workspace.version(path) == ""
    workspace.save_request(path, request, over=workspace.versions.taken(path))
    assert rows(workspace.tree())[0] == ("C", ["a", "b", ("F", ["x"])])
