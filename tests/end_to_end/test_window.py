"""The real window from its start to its end: first start, sending, closing mid-stream, dying, starting again."""

from __future__ import annotations

import json
import signal
from pathlib import Path

import pytest
from window_program import ended, facts, gone, wait_until, window

from firstlight.store.workspace import Workspace

SEND_FIRST = """
await ready(window)
tab = window.tabs.current()
tab.findChild(QPushButton, "sendButton").click()
await until(lambda: not sending(window))
"""
ENDLESS = """
await ready(window)
window.sidebar.tree.open_requested.emit("collections/Faults/endless-stream.yaml")
await until(lambda: window.tabs.current().title() == "Endless stream")
tab = window.tabs.current()
tab.findChild(QPushButton, "sendButton").click()
status = tab.pane.findChild(QWidget, "statusLabel")
await until(lambda: "200" in " ".join(l.text() for l in (status, *status.findChildren(QLabel)) if hasattr(l, "text")))
say(demo=child_pids(), sending=sending(window))
"""


def test_the_first_start_opens_a_request_that_answers_on_the_first_click(tmp_path: Path) -> None:
    body = (
        SEND_FIRST
        + """
tabs = tab.findChild(QTabWidget, "responseTabs")
await until(lambda: tabs.tabText(tabs.currentIndex()) == "Stream")
say(tab=tab.title(), unsaved=tab.unsaved(), workspace=window.findChild(QLabel, "workspaceName").text(),
    demo=child_pids(), problem=tab.pane.findChild(QWidget, "errorCard").isVisible())
"""
    )
    with window(tmp_path, body) as process:
        said = facts(process)
        assert said["tab"] == "Streamed chat"
        assert said["workspace"] == "First Light demo"
        assert not said["unsaved"]
        assert not said["problem"]
        assert len(said["demo"]) == 1
        assert ended(process) == (0, "")
    assert gone(said["demo"][0])


def test_closing_the_window_in_the_middle_of_a_stream_ends_everything(tmp_path: Path) -> None:
    with window(tmp_path, ENDLESS + "window.close()\nawait asyncio.sleep(60)") as process:
        said = facts(process)
        assert said["sending"]
        assert ended(process) == (0, "")
    assert gone(said["demo"][0])


def test_a_polite_kill_ends_everything_too(tmp_path: Path) -> None:
    with window(tmp_path, ENDLESS + "await asyncio.sleep(60)") as process:
        said = facts(process)
        process.send_signal(signal.SIGTERM)
        assert ended(process) == (0, "")
    assert gone(said["demo"][0])


def test_the_demo_ends_by_itself_when_the_window_is_killed(tmp_path: Path) -> None:
    with window(tmp_path, ENDLESS + "await asyncio.sleep(60)") as process:
        (demo,) = facts(process)["demo"]
        process.kill()
        process.communicate(timeout=30)
    wait_until(lambda: gone(demo))


def test_a_demo_that_dies_is_told_and_started_again_on_request(tmp_path: Path) -> None:
    body = (
        """
    import os, signal
    await ready(window)
    (before,) = child_pids()
    os.kill(before, signal.SIGKILL)
    restart = window.findChild(QPushButton, "restartDemoButton")
    await until(restart.isVisible)
    text = demo_of(window)
    restart.click()
    await ready(window)
    """
        + SEND_FIRST.replace("\n", "\n    ")
        + """
    card = tab.pane.findChild(QWidget, "errorCard")
    say(before=before, after=child_pids(), text=text, button=restart.isVisible(), problem=card.isVisible())
    """
    )
    with window(tmp_path, body) as process:
        said = facts(process)
        assert said["text"] == "The demo services stopped"
        assert said["after"] != [said["before"]]
        assert not said["button"]
        assert not said["problem"]
        assert ended(process) == (0, "")


def test_what_the_script_raises_reaches_the_caller(tmp_path: Path) -> None:
    with window(tmp_path, "raise LookupError('seen by the caller')") as process:
        code, errors = ended(process)
    assert code == 1
    assert "LookupError: seen by the caller" in errors


def test_an_unexpected_error_in_a_slot_ends_the_script_and_is_raised(tmp_path: Path) -> None:
    body = """
    window.tabs.new_requested.connect(lambda: 1 / 0)
    window.tabs.new_requested.emit()
    await asyncio.sleep(60)
    """
    with window(tmp_path, body) as process:
        code, errors = ended(process)
    assert code == 1
    assert "ZeroDivisionError" in errors


def test_the_next_start_opens_the_last_workspace_in_the_chosen_look(tmp_path: Path) -> None:
    first = """
    window.choices.theme_chosen.emit("dark")
    window.resize(760, 560)
    say(title=window.findChild(QLabel, "workspaceName").text())
    """
    workspace = tmp_path / "lab"
    Workspace.create(workspace, "My lab")
    with window(tmp_path / "home", first, str(workspace)) as process:
        assert facts(process)["title"] == "My lab"
        assert ended(process) == (0, "")
    settings = json.loads((tmp_path / "home" / "settings.json").read_text("utf-8"))
    assert settings["theme"] == "dark"

    second = """
    from firstlight.ui.theme.current import tokens
    label = window.findChild(QLabel, "workspaceName").text()
    say(title=label, theme=tokens().name, size=[window.width(), window.height()], demo=child_pids())
    """
    with window(tmp_path / "home", second) as process:
        assert facts(process) == {"title": "My lab", "theme": "dark", "size": [760, 560], "demo": []}
        assert ended(process) == (0, "")


def test_a_folder_that_is_no_workspace_is_told_and_the_demo_opens_instead(tmp_path: Path) -> None:
    body = """
    from PySide6.QtWidgets import QMessageBox
    box = window.findChild(QMessageBox)
    await until(box.isVisible)
    say(title=window.findChild(QLabel, "workspaceName").text(), told=box.text())
    """
    with window(tmp_path / "home", body, str(tmp_path / "lost")) as process:
        said = facts(process)
        assert said["title"] == "First Light demo"
        assert "lost" in said["told"]
        assert ended(process) == (0, "")


def test_certificates_that_are_not_there_do_not_stop_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "nowhere.pem"))
    body = (
        SEND_FIRST
        + """
say(problem=tab.pane.findChild(QWidget, "errorCard").isVisible())
"""
    )
    with window(tmp_path, body) as process:
        assert facts(process) == {"problem": False}
        assert ended(process) == (0, "")
