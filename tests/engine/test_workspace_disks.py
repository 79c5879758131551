"""A full disk and a read-only one, real ones: every change says so, and everything that was there is still there.

Both are a small disk in memory, mounted for a child process alone: root may do that, and so may anybody in a user
namespace where the system allows those.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

CHANGE_EVERYTHING = """
import json, os, subprocess, sys
from pathlib import Path
from firstlight.model.failure import ExchangeError
from firstlight.model.request import Body, Request
from firstlight.store.workspace import Workspace

mount, disk = Path(sys.argv[1]), sys.argv[2]
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(mount)], check=True)
workspace = Workspace.create(mount / "w", "W")
C, D = workspace.add_collection("C"), workspace.add_collection("D")
a = workspace.add_request(C, Request(name="A", url="http://old"))
workspace.add_request(C, Request(name="B", url="http://b"))
folder = workspace.add_folder(C, "F")
x = workspace.add_request(folder, Request(name="x", url="http://x"))

def contents():
    return {str(file.relative_to(mount)): file.read_text() for file in sorted(mount.rglob("*.yaml"))}

before = contents()
if disk == "full":
    with open(mount / "filler", "wb", buffering=0) as filler:
        try:
            while True:
                filler.write(bytes(512))
        except OSError:
            pass
else:
    subprocess.run(["mount", "-o", "remount,ro", str(mount)], check=True)
big = Request(name="A", body=Body(kind="raw", text="x" * 100_000))
said = {}
for name, change in {
    "save": lambda: workspace.save_request(a, big),
    "add": lambda: workspace.add_request(C, Request(name="New")),
    "add folder": lambda: workspace.add_folder(C, "New"),
    "rename": lambda: workspace.rename(a, "Z"),
    "rename a folder": lambda: workspace.rename(folder, "Z"),
    "copy": lambda: workspace.copy(a, C, "", "A copy"),
    "copy a folder": lambda: workspace.copy(folder, D, "", "F"),
    "move": lambda: workspace.move(a, D),
    "reorder": lambda: workspace.move(x, folder, ""),
    "delete": lambda: workspace.delete(a),
}.items():
    try:
        change()
        said[name] = "done"
    except ExchangeError as error:
        said[name] = str(error.failure.message).rpartition(": ")[2]
again = Workspace.open(workspace.folder)
left = [str(path) for path in mount.rglob(".firstlight-*")]
print(json.dumps({"said": said, "same": contents() == before, "left": left, "tree": len(again.tree())}))
"""


def namespace() -> list[str]:
    """Return the command that gives a child process mounts of its own."""
    return ["unshare", "-m"] if hasattr(os, "geteuid") and os.geteuid() == 0 else ["unshare", "-Urm"]


def can_mount() -> bool:
    try:
        return subprocess.run([*namespace(), "true"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def changed_on(disk: str, folder: Path) -> dict[str, Any]:
    command = [*namespace(), sys.executable, "-c", CHANGE_EVERYTHING, str(folder), disk]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


@pytest.mark.skipif(not can_mount(), reason="this system lets us mount no disk, not even in a namespace")
@pytest.mark.parametrize(("disk", "reason"), [("full", "the disk is full."), ("readonly", "the disk is read-only.")])
def test_every_change_says_what_is_wrong_with_the_disk_and_nothing_is_lost(
    tmp_path: Path, disk: str, reason: str
) -> None:
    found = changed_on(disk, tmp_path)
    # To put something last where it is last already writes nothing.
    assert {name: said for name, said in found["said"].items() if said != reason} == {"reorder": "done"}
    assert found["same"]
    assert found["left"] == []
    assert found["tree"] == 2
