"""Whatever interrupts a save, the workspace loads with the old or the new content, nothing mixed, nothing lost."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from firstlight.model.failure import ExchangeError
from firstlight.model.request import Body, Request
from firstlight.store.tree import Node
from firstlight.store.workspace import Workspace

WORK_UNTIL_KILLED = """
import os, random, signal, sys, time
from pathlib import Path
from firstlight.model.request import Body, Request
from firstlight.store.workspace import Workspace

def numbered():
    return random.randrange(10**6)

def save(workspace):
    text = f"{numbered()}\\n" * 20000
    workspace.save_request("collections/C/a.yaml", Request(name="A", body=Body(kind="raw", text=text)))

def place_of_f(workspace):
    return next(c for c in "CD" if (workspace.folder / "collections" / c / "F").exists())

def move(workspace):
    old = place_of_f(workspace)
    workspace.move(f"collections/{old}/F", f"collections/{'D' if old == 'C' else 'C'}")

def the_bs(workspace):
    return [node.path for node in workspace.tree()[0].children if node.name.startswith("B")]

def rename(workspace):
    for path in the_bs(workspace):
        workspace.rename(path, f"B{numbered()}")

def copy(workspace):
    copied = workspace.copy(f"collections/{place_of_f(workspace)}/F", "collections/D", "", f"Copy {numbered()}")
    workspace.delete(copied)

def delete_and_undo(workspace):
    workspace.delete(*the_bs(workspace))
    workspace.undo_delete(workspace.last_deleted())

def work():
    workspace = Workspace.open(Path(sys.argv[1]))
    if not the_bs(workspace):  # killed between a delete and its undo
        workspace.undo_delete(workspace.last_deleted())
    random.seed()
    steps = [save, move, rename, copy, delete_and_undo]
    random.shuffle(steps)
    while True:
        for step in steps:  # each kill meets another one, however slow the disk is
            step(workspace)

for line in sys.stdin:
    child = os.fork()
    if child == 0:
        work()
    time.sleep(random.uniform(0, 0.05))
    os.kill(child, signal.SIGKILL)
    print(os.WTERMSIG(os.waitpid(child, 0)[1]), flush=True)
"""
KILLS = 200


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork, so 200 starts would take minutes")
def test_killing_the_program_at_any_instant_leaves_the_old_or_the_new_content(tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path / "w", "W")
    workspace.add_collection("C")
    workspace.add_collection("D")
    workspace.add_request("collections/C", Request(name="A", body=Body(kind="raw", text="0\n" * 20000)))
    workspace.add_request("collections/C", Request(name="B", url="http://b"))
    folder = workspace.add_folder("collections/C", "F")
    for name in "xyz":
        workspace.add_request(folder, Request(name=name, url=f"http://{name}"))
    with subprocess.Popen(
        [sys.executable, "-c", WORK_UNTIL_KILLED, str(workspace.folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as nursery:
        assert nursery.stdin is not None
        assert nursery.stdout is not None
        for _ in range(KILLS):
            nursery.stdin.write(b"again\n")
            nursery.stdin.flush()
            assert nursery.stdout.readline() == b"9\n"
            assert_whole(Workspace.open(workspace.folder))
        nursery.stdin.close()


def assert_whole(workspace: Workspace) -> None:
    """Every file loads, with content that was written in one go; nothing is there twice, in half or not at all."""
    lines = workspace.load_request("collections/C/a.yaml").body.text.splitlines()
    assert len(lines) == 20000
    assert len(set(lines)) == 1
    nodes = {node.path: node for node in walk(workspace.tree())}
    assert {node.kind for node in nodes.values()} == {"collection", "folder", "request"}
    trash = workspace.folder / ".firstlight/trash"
    assert sum(path.endswith("/F") for path in nodes) == 1
    named_b = [node.path for node in nodes.values() if node.name.startswith("B")]
    assert len([*named_b, *trash.rglob("b*.yaml")]) == 1
    for node in nodes.values():
        if node.kind == "folder":
            assert sorted(child.name for child in node.children) == ["x", "y", "z"]
            assert [workspace.load_request(child.path).url for child in node.children]


def walk(nodes: tuple[Node, ...]) -> list[Node]:
    return [found for node in nodes for found in (node, *walk(node.children))]


SAVE_AGAIN_AND_AGAIN = """
import sys
from pathlib import Path
from firstlight.model.request import Body, Request
from firstlight.store.workspace import Workspace
workspace = Workspace.open(Path(sys.argv[1]))
for number in range(20):
    body = Body(kind="raw", text=f"{number % 10}" * 1_000_000)
    workspace.save_request("collections/C/a.yaml", Request(name="A", body=body))
"""


def test_who_reads_while_we_save_sees_the_old_or_the_new_content(tmp_path: Path) -> None:
    """What a kill leaves is what a reader sees at that instant; a reader looks more often than one can kill."""
    workspace = Workspace.create(tmp_path / "w", "W")
    before = Request(name="A", body=Body(kind="raw", text="x" * 1_000_000))
    path = workspace.add_request(workspace.add_collection("C"), before)
    file = workspace.folder / path
    seen: set[int] = set()
    with subprocess.Popen([sys.executable, "-c", SAVE_AGAIN_AND_AGAIN, str(workspace.folder)]) as child:
        while child.poll() is None:
            seen.add(len(file.read_bytes()))
    assert child.returncode == 0
    assert len(seen) == 1
    assert workspace.load_request(path).body.text == "9" * 1_000_000


SAVE_ONCE = """
import resource, signal, sys
from pathlib import Path
from firstlight.model.failure import ExchangeError
from firstlight.model.request import Body, Request
from firstlight.store.workspace import Workspace
workspace = Workspace.open(Path(sys.argv[1]))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    workspace.save_request("collections/C/a.yaml", Request(name="A", body=Body(kind="raw", text="x" * 100_000)))
except ExchangeError as error:
    print(error.failure.message)
"""


def test_a_disk_without_room_is_named_and_the_old_content_stays(tmp_path: Path) -> None:
    """The operating system refuses to write more than 4 KiB: the write fails in its middle, like on a full disk."""
    workspace = Workspace.create(tmp_path / "w", "W")
    path = workspace.add_request(workspace.add_collection("C"), Request(name="A", url="http://old"))
    child = subprocess.run(
        [sys.executable, "-c", SAVE_ONCE, str(workspace.folder)], capture_output=True, text=True, check=True
    )
    assert child.stdout.strip() == f"Cannot write {workspace.folder / path}: the file would be too large."
    assert workspace.load_request(path).url == "http://old"
    assert sorted(f.name for f in (workspace.folder / "collections/C").iterdir()) == ["a.yaml", "collection.yaml"]


def test_saving_keeps_the_permissions_of_the_file(tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path / "w", "W")
    path = workspace.add_request(workspace.add_collection("C"), Request(name="A"))
    for mode in (0o640, 0o664, 0o600):  # one of them grants more than the usual umask leaves
        (workspace.folder / path).chmod(mode)
        workspace.save_request(path, Request(name="B"))
        assert (workspace.folder / path).stat().st_mode & 0o777 == mode


@contextmanager
def as_somebody_without_rights(*protected: Path, mode: int) -> Iterator[None]:
    """Take the right to write away; root would write anyway, so act as nobody meanwhile."""
    before = [path.stat().st_mode for path in protected]
    root = os.geteuid() == 0
    for path in protected:
        path.chmod(mode)
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
        for path, old in zip(protected, before, strict=True):
            path.chmod(old)


@pytest.fixture
def shared() -> Iterator[Workspace]:
    """A workspace outside of pytest's own folder, which nobody but its owner may enter."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        workspace = Workspace.create(folder / "w", "W")
        workspace.add_request(workspace.add_collection("C"), Request(name="A", url="http://old"))
        yield workspace


def test_a_read_only_folder_is_named_and_nothing_is_lost(shared: Workspace) -> None:
    path, collection = "collections/C/a.yaml", shared.folder / "collections/C"
    with as_somebody_without_rights(collection, mode=0o555):
        for change in (
            lambda: shared.save_request(path, Request(name="A", url="http://new")),
            lambda: shared.add_request("collections/C", Request(name="B")),
            lambda: shared.rename(path, "Z"),
            lambda: shared.delete(path),
        ):
            with pytest.raises(ExchangeError) as caught:
                change()
            message = str(caught.value.failure.message)
            assert message.startswith(f"Cannot write {collection}")
            assert message.endswith(": no permission.")
            assert "unchanged" in str(caught.value.failure.hint)
    assert shared.load_request(path) == Request(name="A", url="http://old")
    assert sorted(f.name for f in collection.iterdir()) == ["a.yaml", "collection.yaml"]


def test_a_read_only_file_is_not_replaced_behind_its_protection(shared: Workspace) -> None:
    path = shared.folder / "collections/C/a.yaml"
    path.parent.chmod(0o777)
    with as_somebody_without_rights(path, mode=0o444), pytest.raises(ExchangeError, match=r"a\.yaml: no permission"):
        shared.save_request("collections/C/a.yaml", Request(name="A", url="http://new"))
    assert shared.load_request("collections/C/a.yaml").url == "http://old"


def test_a_request_file_of_50_mb_is_read_whole_and_saved_and_its_neighbours_are_listed_with_it(tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path / "w", "W")
    collection = workspace.add_collection("C")
    small = workspace.add_request(collection, Request(name="Small"))
    big = f"{collection}/big.yaml"
    head, line = "name: Big\nmethod: POST\nbody:\n  kind: raw\n  text: |\n", "    " + "0123456789abcdef" * 3 + "\n"
    (workspace.folder / big).write_text(head + line * 1_000_000, "utf-8")
    (listed,) = Workspace.open(workspace.folder).tree()
    assert {(node.path, node.problem) for node in listed.children} == {(big, None), (small, None)}
    request = workspace.load_request(big)
    assert len(request.body.text) == 49_000_000
    workspace.save_request(big, replace(request, url="http://x/"))
    assert workspace.load_request(big) == replace(request, url="http://x/")
