"""Whatever interrupts a save, the workspace loads with the old or the new content, nothing mixed, nothing lost."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from firstlight.model.failure import ExchangeError
from firstlight.model.request import Body, Request
from firstlight.store.workspace import Workspace

SAVE_FOREVER = """
import sys
from pathlib import Path
from firstlight.model.request import Body, Request
from firstlight.store.workspace import Workspace
workspace = Workspace.open(Path(sys.argv[1]))
number = 0
while True:
    number += 1
    text = f"{number}\\n" * 5000
    workspace.save_request("collections/C/a.yaml", Request(name="A", body=Body(kind="raw", text=text)))
    if number % 5 == 0:
        workspace.delete(workspace.add_request("collections/C", Request(name="B")))
    print(number, flush=True)
"""


def test_killing_the_program_while_it_saves_leaves_the_old_or_the_new_content(tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path / "w", "W")
    path = workspace.add_request(workspace.add_collection("C"), Request(name="A", body=Body(kind="raw", text="0\n")))
    for _ in range(12):
        with subprocess.Popen(
            [sys.executable, "-c", SAVE_FOREVER, str(workspace.folder)], stdout=subprocess.PIPE
        ) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == b"1\n"
            killer = threading.Timer(random.uniform(0, 0.05), child.kill)
            killer.start()
            child.stdout.read()
            killer.join()
        again = Workspace.open(workspace.folder)
        lines = again.load_request(path).body.text.splitlines()
        assert len(lines) == 5000
        assert len(set(lines)) == 1
        (node,) = again.tree()
        assert {child.kind for child in node.children} == {"request"}


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
