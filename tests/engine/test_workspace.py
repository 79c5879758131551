"""A workspace on disk: what is saved is found again, in order, whatever the names and whatever happens."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from firstlight.model.failure import ExchangeError
from firstlight.model.request import Body, Request
from firstlight.store.tree import Node
from firstlight.store.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace.create(tmp_path / "my workspace", "Mine")


def rows(nodes: tuple[Node, ...]) -> list[object]:
    """Return the tree as nested lists of what a person sees."""
    return [(node.name, rows(node.children)) if node.children else node.name for node in nodes]


def write(workspace: Workspace, path: str, text: str) -> None:
    file = workspace.folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def problem(error: pytest.ExceptionInfo[ExchangeError]) -> str:
    assert error.value.failure.layer == "file"
    return str(error.value.failure.message)


def test_a_saved_request_is_found_again_after_opening_the_folder_anew(workspace: Workspace) -> None:
    collection = workspace.add_collection("Iris models")
    request = Request(name="Predict one flower", method="POST", url="http://x", body=Body(kind="raw", text="{}\n"))
    path = workspace.add_request(collection, request)
    assert path == "collections/Iris-models/predict-one-flower.yaml"

    again = Workspace.open(workspace.folder)
    assert again.name == "Mine"
    assert again.load_request(path) == request
    (node,) = again.tree()
    assert (node.kind, node.path, node.name) == ("collection", "collections/Iris-models", "Iris models")
    (leaf,) = node.children
    assert (leaf.kind, leaf.path, leaf.name, leaf.method) == ("request", path, "Predict one flower", "POST")


def test_saving_changes_only_that_file(workspace: Workspace) -> None:
    path = workspace.add_request(workspace.add_collection("C"), Request(name="A"))
    before = {f: f.read_bytes() for f in workspace.folder.rglob("*") if f.is_file()}
    workspace.save_request(path, Request(name="A", method="PUT", url="http://x"))
    after = {f: f.read_bytes() for f in workspace.folder.rglob("*") if f.is_file()}
    assert [f.name for f in after if after[f] != before.get(f)] == ["a.yaml"]
    assert before.keys() == after.keys()


def test_new_entries_come_last_and_what_nobody_ordered_comes_after_by_name(workspace: Workspace) -> None:
    collection = workspace.add_collection("C")
    for name in ("Zebra", "Ant"):
        workspace.add_request(collection, Request(name=name))
    workspace.add_folder(collection, "Middle")
    write(workspace, f"{collection}/from-git-b.yaml", "name: b from git\n")
    write(workspace, f"{collection}/from-git-a.yaml", "name: A from git\n")
    assert rows(workspace.tree()) == [("C", ["Zebra", "Ant", "Middle", "A from git", "b from git"])]
    workspace.add_request(collection, Request(name="Newest"))
    assert rows(workspace.tree())[0] == ("C", ["Zebra", "Ant", "Middle", "A from git", "b from git", "Newest"])


def test_the_order_of_the_collections_is_kept_where_it_was_written_down(workspace: Workspace) -> None:
    for name in ("Ant", "Zebra"):
        workspace.add_collection(name)
    assert [node.name for node in workspace.tree()] == ["Ant", "Zebra"]
    assert "order" not in (workspace.folder / "firstlight.yaml").read_text()
    write(workspace, "firstlight.yaml", "format: 1\nname: W\norder: [Zebra, Ant]\n")
    workspace.add_collection("Middle")
    assert [node.name for node in workspace.tree()] == ["Zebra", "Ant", "Middle"]
    workspace.rename("collections/Zebra", "Newt")
    assert [node.name for node in workspace.tree()] == ["Newt", "Ant", "Middle"]
    workspace.delete("collections/Ant")
    assert [node.name for node in workspace.tree()] == ["Newt", "Middle"]


def test_folders_nest_and_keep_their_own_order(workspace: Workspace) -> None:
    outer = workspace.add_folder(workspace.add_collection("C"), "Outer")
    inner = workspace.add_folder(outer, "Inner")
    assert workspace.add_request(inner, Request(name="Leaf")) == "collections/C/Outer/Inner/leaf.yaml"
    workspace.add_request(outer, Request(name="Another"))
    assert rows(workspace.tree()) == [("C", [("Outer", [("Inner", ["Leaf"]), "Another"])])]


def test_renaming_a_request_renames_its_file_and_keeps_its_place(workspace: Workspace) -> None:
    collection = workspace.add_collection("C")
    first, *_ = [workspace.add_request(collection, Request(name=name, url="http://u")) for name in "abc"]
    renamed = workspace.rename(first, "Zed")
    assert renamed == "collections/C/zed.yaml"
    assert rows(workspace.tree()) == [("C", ["Zed", "b", "c"])]
    assert workspace.load_request(renamed).url == "http://u"
    assert not (workspace.folder / first).exists()


def test_renaming_a_collection_or_folder_keeps_everything_in_it(workspace: Workspace) -> None:
    collection = workspace.add_collection("Old")
    folder = workspace.add_folder(collection, "F")
    workspace.add_request(folder, Request(name="R"))
    assert workspace.rename(folder, "G") == "collections/Old/G"
    assert workspace.rename(collection, "New") == "collections/New"
    assert rows(workspace.tree()) == [("New", [("G", ["R"])])]
    assert workspace.rename("collections/New", "new") == "collections/new"


def test_what_is_deleted_can_be_moved_back(workspace: Workspace) -> None:
    collection = workspace.add_collection("C")
    path = workspace.add_request(collection, Request(name="A", url="http://precious"))
    workspace.add_request(collection, Request(name="B"))
    trashed = workspace.delete(path)
    assert rows(workspace.tree()) == [("C", ["B"])]
    assert "a.yaml" not in (workspace.folder / collection / "collection.yaml").read_text()
    assert (workspace.folder / ".firstlight/.gitignore").read_text() == "*\n"
    (workspace.folder / trashed / path).rename(workspace.folder / path)
    assert workspace.load_request(path).url == "http://precious"

    workspace.delete(collection)
    assert workspace.tree() == ()


def test_names_may_be_the_same(workspace: Workspace) -> None:
    collection = workspace.add_collection("C")
    paths = [workspace.add_request(collection, Request(name=name)) for name in ("Same", "same", "SAME!")]
    assert paths == [f"{collection}/same.yaml", f"{collection}/same-2.yaml", f"{collection}/same-3.yaml"]
    assert rows(workspace.tree()) == [("C", ["Same", "same", "SAME!"])]
    assert workspace.rename(paths[1], "Same") == paths[1]
    assert workspace.add_collection("c") == "collections/c-2"


NAMES = [
    "a/b\\c:d*e?f\"g<h>i|j", "CON", "con", "Aux", "COM1", "lpt9.txt", "NUL ", "..", ".", "...", "", " ", "trailing. . ",
    "-leading", "x" * 300, "模型" * 150, "鸢尾花 识别", "🚀🌷", "Ünïcödé", "e\u0301te\u0301", "collection", "folder",
    "\u00e9t\u00e9", "\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd", "\u202egnp.exe",
    "tab\tnew\nline",    "\x00", ".hidden", "~", "a" * 119 + "é", "²³",
    "collection.yaml", "{{name}}", "CONIN$", "%2e%2e",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_any_name_makes_a_file_that_every_system_can_hold(workspace: Workspace, name: str) -> None:
    collection = workspace.add_collection(name)
    folder = workspace.add_folder(collection, name)
    path = workspace.add_request(folder, Request(name=name, url="http://x"))
    for part in path.split("/"):
        assert len(part.encode()) <= 140
        assert not set(part) & set('\\:*?"<>|\0\t\n ')
        assert part == part.rstrip(". ").lstrip(".")
        stem = part.partition(".")[0].upper()
        assert stem not in {"CON", "PRN", "AUX", "NUL"} | {f"{p}{n}" for p in ("COM", "LPT") for n in range(10)}
    assert workspace.load_request(path).name == name
    assert workspace.tree()[0].name == (name or Path(collection).name)
    other = workspace.add_request(collection, Request(name="other"))
    renamed = workspace.rename(other, name)
    assert workspace.load_request(renamed).name == name
    copied = workspace.copy(folder, collection, "", name)
    assert workspace.load_collection(copied).name == name
    moved = workspace.move(renamed, copied)
    assert workspace.load_request(moved).name == name
    workspace.delete(copied)
    deleted = workspace.last_deleted()
    assert deleted is not None
    assert workspace.undo_delete(deleted) == {copied: copied}
    assert workspace.load_request(moved).name == name


def test_a_broken_file_is_a_broken_leaf_with_line_and_reason_and_the_rest_loads(workspace: Workspace) -> None:
    collection = workspace.add_collection("C")
    workspace.add_request(collection, Request(name="Good"))
    write(workspace, f"{collection}/bad.yaml", "name: Bad\nurl: http://x\nheaders:\n\t- name: A\n")
    (workspace.folder / collection / "latin.yaml").write_bytes(b"name: x\nurl: caf\xe9\n")
    good, bad, latin = workspace.tree()[0].children
    assert (good.kind, bad.kind, latin.kind) == ("request", "broken", "broken")
    assert (bad.name, str(bad.problem)) == ("bad.yaml", "Line 4, column 1: A tab stands where only blanks are allowed.")
    assert str(latin.problem).endswith("latin.yaml, line 2: not a UTF-8 text.")
    with pytest.raises(ExchangeError) as caught:
        workspace.load_request(bad.path)
    assert problem(caught).endswith("bad.yaml, line 4, column 1: A tab stands where only blanks are allowed.")
    assert caught.value.failure.kind == "broken-file"


def test_a_broken_collection_page_is_shown_and_its_requests_stay_usable(workspace: Workspace) -> None:
    collection = workspace.add_collection("C")
    workspace.add_request(collection, Request(name="Good"))
    write(workspace, f"{collection}/collection.yaml", "<<<<<<< HEAD\nname: C\n=======\nname: D\n>>>>>>> other\n")
    (node,) = workspace.tree()
    assert [(child.kind, child.name) for child in node.children] == [("broken", "collection.yaml"), ("request", "Good")]
    assert str(node.children[0].problem).endswith("line 1, column 1: A merge conflict of git is not resolved here.")
    workspace.add_request(collection, Request(name="Added"))
    assert [child.name for child in workspace.tree()[0].children] == ["Added", "collection.yaml", "Good"]


def test_folders_in_folders_without_end_are_refused(workspace: Workspace) -> None:
    collection = workspace.folder / workspace.add_collection("C")
    deep = collection.joinpath(*["d"] * 300)
    deep.mkdir(parents=True)
    (deep / "x.yaml").write_text("name: x\n")
    node = workspace.tree()[0]
    levels = 0
    while node.children:
        node, levels = node.children[0], levels + 1
    assert (node.kind, str(node.problem)) == ("broken", "Folders are nested too deeply.")
    assert 40 < levels < 60


def test_a_file_changed_outside_shows_up(workspace: Workspace) -> None:
    path = workspace.add_request(workspace.add_collection("C"), Request(name="Before"))
    assert rows(workspace.tree()) == [("C", ["Before"])]
    write(workspace, path, "name: After the checkout\n")
    assert rows(workspace.tree()) == [("C", ["After the checkout"])]
    (workspace.folder / path).unlink()
    assert workspace.tree()[0].children == ()


def test_folders_without_pages_go_by_their_own_names(workspace: Workspace) -> None:
    write(workspace, "collections/Plain/Sub/x.yaml", "url: http://x\n")
    write(workspace, "collections/Plain/readme.md", "not a request")
    write(workspace, "collections/stray.yaml", "name: not in a collection\n")
    assert rows(workspace.tree()) == [("Plain", [("Sub", ["x"])])]
    workspace.add_request("collections/Plain", Request(name="First"))
    assert rows(workspace.tree()) == [("Plain", [("Sub", ["x"]), "First"])]


def test_a_folder_moved_by_hand_keeps_the_page_it_came_with(workspace: Workspace) -> None:
    folder = workspace.add_folder(workspace.add_collection("C"), "Inner")
    for name in ("Z", "A"):
        workspace.add_request(folder, Request(name=name))
    (workspace.folder / folder).rename(workspace.folder / "collections/Moved")
    assert rows(workspace.tree())[1] == ("Inner", ["Z", "A"])
    workspace.add_request("collections/Moved", Request(name="M"))
    assert rows(workspace.tree())[1] == ("Inner", ["Z", "A", "M"])


def test_variables_come_from_the_nearest_place(workspace: Workspace) -> None:
    write(workspace, "firstlight.yaml", "format: 1\nname: W\nvariables: {a: w, b: w, c: w, d: w}\n")
    write(workspace, "collections/C/collection.yaml", "name: C\nvariables: {b: c, c: c, d: c}\n")
    write(workspace, "collections/C/F/folder.yaml", "name: F\nvariables: {c: f, d: f}\n")
    write(workspace, "environments/staging.yaml", "name: Staging 预发\nvariables: {d: e, port: 8080}\n")
    found = workspace.surroundings("collections/C/F/r.yaml", "Staging 预发").variables
    assert {name: (v.value, v.origin) for name, v in found.items()} == {
        "a": ("w", "workspace"),
        "b": ("c", "collection"),
        "c": ("f", "folder"),
        "d": ("e", "environment"),
        "port": ("8080", "environment"),
    }
    assert workspace.surroundings("collections/C/F/r.yaml").variables["d"].origin == "folder"
    assert {name: v.value for name, v in workspace.surroundings("").variables.items()} == {
        "a": "w",
        "b": "w",
        "c": "w",
        "d": "w",
    }


def test_environments_are_listed_and_an_unknown_one_names_the_others(workspace: Workspace) -> None:
    assert workspace.environments() == ()
    write(workspace, "environments/b.yaml", "variables: {x: 1}\n")
    write(workspace, "environments/a.yaml", "name: Production\n")
    write(workspace, "environments/broken.yaml", "name: [\n")
    assert workspace.environments() == ("b", "broken", "Production")
    with pytest.raises(ExchangeError) as caught:
        workspace.surroundings("", "Prod")
    assert problem(caught) == "There is no environment “Prod” in this workspace."
    assert str(caught.value.failure.hint) == "Its environments: “Production”, “b”, “broken”."
    with pytest.raises(ExchangeError, match=r"broken\.yaml, line 2"):
        workspace.surroundings("", "broken")


def test_a_request_is_found_by_the_names_a_person_sees(workspace: Workspace) -> None:
    collection = workspace.add_collection("Iris / flowers")
    folder = workspace.add_folder(collection, "Errors")
    wanted = workspace.add_request(folder, Request(name="GET /v1/x"))
    assert workspace.find("Iris / flowers/Errors/GET /v1/x") == wanted
    assert workspace.find("iris / FLOWERS/errors/get /v1/x") == wanted
    assert workspace.find(wanted) == wanted
    with pytest.raises(ExchangeError) as caught:
        workspace.find("Iris / flowers/GET /v1/x")
    assert problem(caught) == "There is no request “Iris / flowers/GET /v1/x” in this workspace."
    assert str(caught.value.failure.hint) == "Did you mean “Iris / flowers/Errors/GET /v1/x”?"
    twin = workspace.add_request(folder, Request(name="GET /v1/x"))
    with pytest.raises(ExchangeError) as caught:
        workspace.find("Iris / flowers/Errors/GET /v1/x")
    assert problem(caught) == "2 requests are named “Iris / flowers/Errors/GET /v1/x”."
    assert twin in str(caught.value.failure.hint)


def test_a_request_is_told_from_its_neighbours_and_from_the_folders_around_it(workspace: Workspace) -> None:
    collection = workspace.add_collection("C")
    folder = workspace.add_folder(collection, "A")
    paths = {name: workspace.add_request(collection, Request(name=name)) for name in ("A", "B", "A/B")}
    inner = workspace.add_request(folder, Request(name="C"))
    assert [workspace.find(f"C/{name}") for name in paths] == list(paths.values())
    assert workspace.find("C/A/C") == inner


@pytest.mark.parametrize("path", ["../secret.yaml", "/etc/passwd", "collections/../../x.yaml", "C:\\x", "a\\..\\b", ""])
def test_no_path_leads_out_of_the_workspace(workspace: Workspace, path: str) -> None:
    (workspace.folder.parent / "secret.yaml").write_text("name: secret\n")
    for use in (workspace.load_request, workspace.delete, lambda p: workspace.save_request(p, Request(name="x"))):
        with pytest.raises(ExchangeError) as caught:
            use(path)
        assert caught.value.failure.kind == "outside-workspace"
    assert (workspace.folder.parent / "secret.yaml").read_text() == "name: secret\n"


def test_links_out_of_the_workspace_are_shown_as_broken_and_not_followed(workspace: Workspace, tmp_path: Path) -> None:
    collection = workspace.add_collection("C")
    inside = workspace.add_request(collection, Request(name="Real"))
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.yaml").write_text("name: secret\n")
    folder = workspace.folder / collection
    (folder / "link-file.yaml").symlink_to(outside / "secret.yaml")
    (folder / "link-folder").symlink_to(outside)
    (folder / "link-loop").symlink_to(folder)
    (folder / "link-inside.yaml").symlink_to(workspace.folder / inside)
    nodes = {node.path.rpartition("/")[2]: node for node in workspace.tree()[0].children}
    assert {name for name, node in nodes.items() if node.kind == "broken"} == {
        "link-file.yaml",
        "link-folder",
        "link-loop",
    }
    assert str(nodes["link-file.yaml"].problem) == "The link leads out of the workspace."
    for path in ("link-file.yaml", "link-folder/secret.yaml"):
        with pytest.raises(ExchangeError, match="leads out of the workspace"):
            workspace.load_request(f"{collection}/{path}")
    workspace.save_request(f"{collection}/link-inside.yaml", Request(name="Edited"))
    assert workspace.load_request(inside).name == "Edited"
    assert (folder / "link-inside.yaml").is_symlink()
    workspace.delete(f"{collection}/link-folder")
    assert (outside / "secret.yaml").exists()


def test_opening_says_what_is_wrong_with_the_folder(tmp_path: Path) -> None:
    with pytest.raises(ExchangeError) as caught:
        Workspace.open(tmp_path)
    assert problem(caught) == f"{tmp_path} is not a workspace: it holds no firstlight.yaml."
    (tmp_path / "firstlight.yaml").write_text("format: 7\n")
    with pytest.raises(ExchangeError, match=r"line 1, column 9: The workspace has format 7"):
        Workspace.open(tmp_path)
    with pytest.raises(ExchangeError, match="is a workspace already"):
        Workspace.create(tmp_path, "x")


def test_leftovers_of_a_crash_are_ignored_and_removed_but_not_a_write_that_runs_now(workspace: Workspace) -> None:
    collection = workspace.folder / workspace.add_collection("C")
    old, fresh = collection / ".firstlight-aaaa.tmp", collection / ".firstlight-bbbb.tmp"
    for file in (old, fresh):
        file.write_text("name: half a requ")
    os.utime(old, (time.time() - 3600, time.time() - 3600))
    again = Workspace.open(workspace.folder)
    assert again.tree()[0].children == ()
    assert not old.exists()
    assert fresh.exists()


def test_ten_thousand_requests_are_listed_and_only_changed_files_are_read_again(workspace: Workspace) -> None:
    for c in range(10):
        folder = workspace.folder / workspace.add_collection(f"C{c}")
        for r in range(1000):
            (folder / f"r{r}.yaml").write_text(f"name: Request {r}\nmethod: POST\nurl: http://x/{r}\n")
    first = workspace.tree()
    assert sum(len(node.children) for node in first) == 10_000
    second = workspace.tree()
    assert all(a is b for x, y in zip(first, second, strict=True) for a, b in zip(x.children, y.children, strict=True))


def test_a_fifty_megabyte_request_is_listed_by_its_first_lines_and_loads(workspace: Workspace) -> None:
    collection = workspace.add_collection("C")
    big = Request(
        name="Big 大", method="PUT", url="http://x", body=Body(kind="raw", text="0123456789abcde\n" * 3_276_800)
    )
    path = workspace.add_request(collection, big)
    (leaf,) = Workspace.open(workspace.folder).tree()[0].children
    assert (leaf.name, leaf.method) == ("Big 大", "PUT")
    assert workspace.load_request(path) == big
