"""A real window that is killed, and started again: what was open is open, with every letter that was typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from window_program import ended, facts, gone, wait_until, window

from firstlight.model.request import Request
from firstlight.store.workspace import Workspace

WORK = """
from PySide6.QtWidgets import QLineEdit
from PySide6.QtTest import QTest
def url(): return window.tabs.current().findChild(QLineEdit, "urlEdit")
window.resize(760, 560)
window.sidebar.open_requested.emit("collections/Lab/first.yaml")
await until(lambda: window.tabs.current() and window.tabs.current().title() == "First")
window.tabs.current().findChild(QTabWidget, "requestTabs").setCurrentIndex(2)
url().setFocus(); url().selectAll(); QTest.keyClicks(url(), "http://127.0.0.1:9/edited")
window.action("new_request").trigger()
QTest.keyClicks(url(), "http://user:typed-secret@127.0.0.1:9/never-saved")
window.sidebar.preview_requested.emit("collections/Lab/second.yaml")
await until(lambda: window.tabs.current().title() == "Second")
window.action("console").trigger()
window.tabs.select(window.tabs.tabs()[0])
say(tabs=[tab.title() for tab in window.tabs.tabs()])
await asyncio.sleep(60)
"""
LOOK = """
from PySide6.QtWidgets import QLineEdit
def url(): return window.tabs.current().findChild(QLineEdit, "urlEdit").text()
await until(lambda: window.tabs.current() and window.tabs.current().kind == "request")
front = dict(url=url(), part=window.tabs.current().findChild(QTabWidget, "requestTabs").currentIndex())
kinds = [tab.kind for tab in window.tabs.tabs()]
window.tabs.select(window.tabs.tabs()[1])
await until(lambda: window.tabs.current().kind == "request")
say(tabs=[tab.title() for tab in window.tabs.tabs()], kinds=kinds, front=front, second=url(),
    unsaved=[tab.unsaved() for tab in window.tabs.tabs()], size=[window.width(), window.height()],
    console=window.action("console").isChecked(), preview=window.tabs.preview() is window.tabs.tabs()[2])
"""
MASKED = "http://user:••••••@127.0.0.1:9/never-saved"


@pytest.fixture
def lab(tmp_path: Path) -> Path:
    folder = tmp_path / "lab"
    workspace = Workspace.create(folder, "Lab")
    parent = workspace.add_collection("Lab")
    for name in ("First", "Second"):
        workspace.add_request(parent, Request(name=name, url=f"http://127.0.0.1:9/{name}"))
    return folder


def everything(home: Path) -> str:
    """What stands in all files."""
    return "\n".join(path.read_text("utf-8", "replace") for path in home.rglob("*") if path.is_file())


def kept(home: Path) -> str:
    """What the next start finds: without the files that are being written."""
    return "\n".join(
        path.read_text("utf-8", "replace") for path in home.rglob("*.*") if path.suffix in {".json", ".draft"}
    )


def killed_after_work(home: Path, lab: Path) -> None:
    with window(home, WORK, str(lab)) as process:
        assert facts(process) == {"tabs": ["First", MASKED, "Second"]}
        wait_until(lambda: '"console": true' in kept(home) and "/edited" in kept(home))
        wait_until(lambda: "/never-saved" in kept(home))
        process.kill()
        process.communicate(timeout=30)
    assert gone(process.pid)


def test_a_killed_window_is_there_again_as_it_was(tmp_path: Path, lab: Path) -> None:
    home = tmp_path / "home"
    killed_after_work(home, lab)
    assert "typed-secret" not in everything(home)
    with window(home, LOOK) as process:
        said = facts(process)
        assert ended(process) == (0, "")
    assert said["tabs"] == ["First", "http://user:@127.0.0.1:9/never-saved", "Second"]
    assert said["kinds"] == ["request", "asleep", "asleep"]
    assert said["front"] == {"url": "http://127.0.0.1:9/edited", "part": 2}
    assert said["second"] == "http://user:@127.0.0.1:9/never-saved"
    assert said["unsaved"] == [True, True, False]
    assert said["size"] == [760, 560]
    assert said["console"]
    assert said["preview"]


def test_a_window_that_dies_while_it_comes_back_begins_empty_the_third_time(tmp_path: Path, lab: Path) -> None:
    home = tmp_path / "home"
    killed_after_work(home, lab)
    dying = """
from PySide6.QtWidgets import QMessageBox
box = window.findChild(QMessageBox)
say(tabs=len(window.tabs.tabs()), told=box.text() + box.informativeText() if box else "")
"""
    code = "import os, firstlight.store.sessions as s\ns.WindowSession.restored = lambda self: os._exit(9)\n"
    for _ in range(2):
        with window(home, dying, before=code) as process:
            assert ended(process)[0] == 9
    with window(home, dying) as process:
        said = facts(process)
        assert ended(process) == (0, "")
    assert said["tabs"] == 0
    assert "aside" in said["told"]
    assert "/edited" in everything(home)


def test_two_running_windows_do_not_take_each_others_tabs(tmp_path: Path, lab: Path) -> None:
    home = tmp_path / "home"
    with window(home, WORK, str(lab)) as first:
        assert len(facts(first)["tabs"]) == 3
        wait_until(lambda: "/never-saved" in kept(home))
        with window(home, "say(tabs=len(window.tabs.tabs()))", str(lab)) as second:
            assert facts(second) == {"tabs": 0}
            assert ended(second) == (0, "")
        first.kill()
        first.communicate(timeout=30)
    with window(home, LOOK) as process:
        assert len(facts(process)["tabs"]) == 3
        assert ended(process) == (0, "")
