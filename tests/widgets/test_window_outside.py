"""Files that change outside of the window: clean tabs follow without a click, unsaved ones are asked about."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFrame, QMessageBox, QPlainTextEdit, QPushButton
from until import until
from window_screen import WindowScreen, make_workspace, shown_window

from firstlight.store.workspace import Workspace
from firstlight.ui.outside.difference import difference
from firstlight.ui.outside.watcher import Watcher

HELLO = "collections/Chat/hello.yaml"
INNER = "collections/Chat/Inner/hello.yaml"


def put(folder: Path, path: str, text: str) -> None:
    """Write a file as an editor or git does: beside it, then in its place."""
    beside = folder / f"{path}.swp"
    beside.write_text(text, "utf-8")
    os.replace(beside, folder / path)


def edited(folder: Path, path: str = HELLO, url: str = "outside") -> str:
    text = (folder / path).read_text("utf-8").replace("/hello", f"/{url}")
    put(folder, path, text)
    return text


def bar(screen: WindowScreen) -> str:
    """Return what the bar in the tab in front says, or nothing."""
    frames = [frame for frame in screen.tab.findChildren(QFrame, "outsideBar") if frame.isVisible()]
    return screen.text("outsideLabel") if frames else ""


def forget(screen: WindowScreen) -> None:
    """Let no notice of the system come: what happens next is seen by a save alone."""
    screen.work.outside.findChild(Watcher).blockSignals(True)


async def unsaved_tab(screen: WindowScreen) -> None:
    await screen.open(HELLO)
    screen.type_url("http://127.0.0.1/mine")


async def test_a_clean_tab_and_the_tree_follow_without_a_click(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    async with shown_window(folder) as screen:
        await screen.open(HELLO)
        edited(folder)
        await until(lambda: screen.tab.request().url == "{{demo_url}}/outside")
        assert not screen.tab.unsaved()
        assert bar(screen) == ""

        put(folder, "collections/Chat/new.yaml", "name: From git\n")
        await until(lambda: "From git" in screen.rows)
        (folder / "collections/Later").mkdir()
        put(folder, "collections/Later/x.yaml", "name: In a new folder\n")
        await until(lambda: "Later" in screen.rows)


async def test_a_file_written_in_place_is_seen_too(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    async with shown_window(folder) as screen:
        await screen.open(HELLO)
        for url in ("once", "twice"):
            text = (folder / HELLO).read_text("utf-8")
            (folder / HELLO).write_text(text[: text.index("url:")] + f"url: http://127.0.0.1/{url}\n", "utf-8")
            await until(lambda url=url: screen.tab.request().url == f"http://127.0.0.1/{url}")


async def test_an_unsaved_tab_asks_and_can_load_what_is_on_the_disk(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    async with shown_window(folder) as screen:
        await unsaved_tab(screen)
        edited(folder)
        await until(lambda: "changed on disk" in bar(screen))
        assert screen.tab.request().url == "http://127.0.0.1/mine"
        screen.press("loadTheirsButton")
        await until(lambda: screen.tab.request().url == "{{demo_url}}/outside")
        assert not screen.tab.unsaved()
        await until(lambda: bar(screen) == "")


async def test_an_unsaved_tab_can_keep_its_own_and_saves_without_another_question(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    async with shown_window(folder) as screen:
        await unsaved_tab(screen)
        edited(folder)
        await until(lambda: "changed on disk" in bar(screen))
        screen.press("keepMineButton")
        await until(lambda: bar(screen) == "")
        assert screen.tab.unsaved()
        screen.keys("Ctrl+S", screen.window)
        await until(lambda: not screen.tab.unsaved())
        assert "127.0.0.1/mine" in (folder / HELLO).read_text("utf-8")


async def test_the_differences_are_shown_without_secrets(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    async with shown_window(folder) as screen:
        await screen.open(HELLO)
        screen.type_url("http://user:hunter2@127.0.0.1/mine")
        edited(folder)
        await until(lambda: "changed on disk" in bar(screen))
        screen.press("differencesButton")
        dialog = await screen.dialog("differenceDialog")
        shown = screen.find(QPlainTextEdit, "differenceView", dialog).toPlainText()
        assert '-url: "{{demo_url}}/outside"' in shown
        assert "+url: " in shown
        assert "@127.0.0.1/mine" in shown
        assert "hunter2" not in shown
        screen.keys("Esc", dialog)
        await screen.back(dialog)
        assert "changed on disk" in bar(screen)


async def test_saving_asks_before_it_replaces_what_somebody_else_wrote(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    async with shown_window(folder) as screen:
        await unsaved_tab(screen)
        forget(screen)
        theirs = edited(folder)
        screen.keys("Ctrl+S", screen.window)
        await screen.answer("Cancel")
        await until(lambda: "changed on disk" in bar(screen))
        assert (folder / HELLO).read_text("utf-8") == theirs
        assert screen.tab.unsaved()

        screen.keys("Ctrl+S", screen.window)
        box = await screen.dialog("outsideDialog")
        assert isinstance(box, QMessageBox)
        screen.click(next(button for button in box.buttons() if button.text() == "Show differences"))
        dialog = await screen.dialog("differenceDialog")
        screen.click(next(button for button in dialog.findChildren(QPushButton) if button.text() == "Close"))
        await until(lambda: not dialog.isVisible())
        await screen.answer("Replace")
        await until(lambda: not screen.tab.unsaved())
        assert "127.0.0.1/mine" in (folder / HELLO).read_text("utf-8")
        assert bar(screen) == ""


async def test_two_windows_on_one_workspace_do_not_overwrite_each_other(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    async with shown_window(folder) as first, shown_window(folder) as second:
        for screen, text in ((first, "first"), (second, "second")):
            screen.window.activateWindow()
            await screen.open(HELLO)
            screen.type_url(f"http://127.0.0.1/{text}")
        second.keys("Ctrl+S", second.window)
        await until(lambda: not second.tab.unsaved())
        first.window.activateWindow()
        await until(lambda: "changed on disk" in bar(first))
        assert first.tab.request().url == "http://127.0.0.1/first"
        assert Workspace.open(folder).load_request(HELLO).url == "http://127.0.0.1/second"
        first.press("loadTheirsButton")
        await until(lambda: first.tab.request().url == "http://127.0.0.1/second")


async def test_a_deleted_file_makes_its_tab_unsaved_and_save_makes_it_again(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    async with shown_window(folder) as screen:
        await screen.open(HELLO)
        (folder / HELLO).unlink()
        await until(lambda: "deleted on disk" in bar(screen))
        assert screen.tab.unsaved()
        assert screen.tab_names == ["Hello"]
        await until(lambda: screen.rows == ["Chat", "Inner", "Streamed chat", "Endless"])
        screen.keys("Ctrl+S", screen.window)
        await until(lambda: not screen.tab.unsaved())
        await until(lambda: bar(screen) == "")
        assert "/hello" in (folder / HELLO).read_text("utf-8")


async def test_a_deleted_file_that_comes_back_as_it_was_is_clean_again(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    text = (folder / HELLO).read_text("utf-8")
    async with shown_window(folder) as screen:
        await screen.open(HELLO)
        (folder / HELLO).unlink()
        await until(lambda: "deleted on disk" in bar(screen))
        put(folder, HELLO, text)
        await until(lambda: bar(screen) == "")
        assert not screen.tab.unsaved()


async def test_a_merge_conflict_is_told_in_the_tab_and_its_end_too(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    text = (folder / HELLO).read_text("utf-8")
    async with shown_window(folder) as screen:
        await screen.open(HELLO)
        put(folder, HELLO, f"<<<<<<< HEAD\n{text}=======\nname: x\n>>>>>>> other\n")
        await until(lambda: "merge conflict" in bar(screen))
        assert screen.tab.request().url == "{{demo_url}}/hello"
        assert "hello.yaml" in screen.rows  # shown as broken
        put(folder, HELLO, text.replace("/hello", "/merged"))
        await until(lambda: screen.tab.request().url == "{{demo_url}}/merged")
        await until(lambda: bar(screen) == "")


async def test_a_broken_tab_opens_by_itself_once_the_file_is_mended(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    good = (folder / HELLO).read_text("utf-8")
    put(folder, HELLO, "method: [")
    async with shown_window(folder) as screen:
        screen.click_row(HELLO)
        await until(lambda: screen.tab_names == ["hello.yaml"])
        put(folder, HELLO, good)
        await until(lambda: screen.tab_names == ["Hello"])


async def test_what_is_typed_twice_the_same_is_no_conflict(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    async with shown_window(folder) as screen:
        await unsaved_tab(screen)
        text = (folder / HELLO).read_text("utf-8")
        put(folder, HELLO, text.replace('"{{demo_url}}/hello"', "http://127.0.0.1/mine"))
        await until(lambda: not screen.tab.unsaved())
        assert bar(screen) == ""


def test_a_large_workspace_is_looked_at_instead_of_watched(tmp_path: Path, qapp: object) -> None:
    folders = [str(number) for number in range(1200)]
    for folder in folders:
        (tmp_path / folder).mkdir()
    watcher = Watcher()
    watcher.watch(tmp_path, folders, [])
    assert watcher.is_looking()
    watcher.watch(tmp_path, folders[:10], folders[10:])  # the files are too many, the folders are not
    assert not watcher.is_looking()


@pytest.mark.parametrize(("theirs", "lines"), [("a\nb\n", []), ("a\nc\n", ["-c", "+b"])])
def test_a_difference_is_told_line_by_line(theirs: str, lines: list[str]) -> None:
    shown = difference(theirs, "a\nb\n")
    assert [line for line in shown if line[:1] in "+-" and line[:3] not in ("+++", "---")] == lines
    assert difference(theirs, "x" * 3_000_000) == ["The files are too large to be compared here."]
