"""What is open in a window comes back with the next one: tabs, what was typed, parts in front, the layout."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QMessageBox, QPlainTextEdit, QTabBar, QTabWidget, QToolButton
from until import until
from window_screen import WindowScreen, make_workspace, shown_window

from firstlight.model.request import Request
from firstlight.store.workspace import Workspace
from firstlight.ui.outside.bar import OutsideBar
from firstlight.ui.tabs_request import RequestTab

HELLO = "collections/Chat/hello.yaml"
CHAT = "collections/Chat/streamed-chat.yaml"
ENDLESS = "collections/Chat/endless.yaml"


def built(screen: WindowScreen) -> int:
    """How many pages have been built."""
    return len(screen.window.tabs.requests())


def written(folder: Path) -> str:
    """Everything that stands in any file."""
    return "\n".join(path.read_text("utf-8", "replace") for path in folder.rglob("*") if path.is_file())


async def test_the_next_window_shows_the_same_tabs(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    async with shown_window(folder) as screen:
        await screen.open(ENDLESS)
        screen.find(QTabWidget, "requestTabs").setCurrentIndex(4)
        await screen.open(HELLO)
        screen.type_url("http://127.0.0.1/typed?a=1")
        screen.keys("Ctrl+T")
        screen.type("http://127.0.0.1/never-saved")
        await screen.look_at(CHAT)
        screen.keys("Ctrl+Shift+PgUp", screen.window)
        names = screen.tab_names
        screen.click_tab(1)

    async with shown_window(folder) as screen:
        assert screen.tab_names == names == ["Endless", "Hello", "Streamed chat", "http://127.0.0.1/never-saved"]
        assert screen.tab.path == HELLO
        assert built(screen) == 1
        assert screen.find(QLineEdit, "urlEdit").text() == "http://127.0.0.1/typed?a=1"
        assert screen.tab.unsaved()
        screen.click_tab(0)
        await until(lambda: isinstance(screen.tab, RequestTab))
        assert screen.find(QTabWidget, "requestTabs").currentIndex() == 4
        assert not screen.tab.unsaved()
        screen.click_tab(3)
        await until(lambda: isinstance(screen.tab, RequestTab))
        assert screen.find(QLineEdit, "urlEdit").text() == "http://127.0.0.1/never-saved"
        assert built(screen) == 3
        screen.keys("Ctrl+W", screen.window)
        await screen.answer("Don't save")


async def test_a_preview_comes_back_as_one(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    async with shown_window(folder) as screen:
        await screen.look_at(HELLO)
    async with shown_window(folder) as screen:
        assert screen.is_preview
        await screen.look_at(CHAT)
        assert screen.tab_names == ["Streamed chat"]


async def test_the_cursor_and_the_split_come_back(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    async with shown_window(folder) as screen:
        await screen.open(CHAT)
        body = screen.find(QPlainTextEdit, "bodyEditor")
        body.setFocus()
        for _ in range(9):
            screen.keys("Right", body)
        tab = screen.tab
        handle = tab.handle(1)
        start = handle.rect().center()
        QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=start)
        QTest.mouseMove(handle, start + type(start)(0, 60))
        QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=start + type(start)(0, 60))
        sizes = tab.sizes()
    async with shown_window(folder) as screen:
        assert screen.find(QPlainTextEdit, "bodyEditor").textCursor().position() == 9
        assert screen.tab.sizes() == sizes
        assert not screen.tab.unsaved()


async def test_closing_the_window_asks_nothing_when_everything_is_kept(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    async with shown_window(folder) as screen:
        closed: list[bool] = []
        screen.window.closed.connect(lambda: closed.append(True))
        await screen.open(HELLO)
        screen.type_url("http://127.0.0.1/changed")
        screen.keys("Ctrl+Q", screen.window)
        await until(lambda: closed == [True])
    assert "changed" not in (folder / HELLO).read_text("utf-8")
    async with shown_window(folder) as screen:
        assert screen.find(QLineEdit, "urlEdit").text() == "http://127.0.0.1/changed"


async def type_token(screen: WindowScreen, url: str) -> None:
    """Type a URL with a password in it: a secret, and there is no keyring."""
    screen.keys("Ctrl+T", screen.window)
    screen.type(url)


async def test_closing_the_window_asks_about_secrets_that_cannot_be_kept(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    async with shown_window(folder) as screen:
        closed: list[bool] = []
        screen.window.closed.connect(lambda: closed.append(True))
        await type_token(screen, "http://user:very-secret@127.0.0.1/a")
        await type_token(screen, "http://127.0.0.1/plain")
        screen.keys("Ctrl+Q", screen.window)
        await screen.answer("Cancel")
        assert not closed
        screen.keys("Ctrl+Q", screen.window)
        box = await screen.dialog("unsavedDialog")
        assert isinstance(box, QMessageBox)
        assert "very-secret" not in box.text()
        assert "no open keyring" in box.informativeText()
        await screen.answer("Don't save")
        await until(lambda: closed == [True])
    async with shown_window(folder) as screen:
        assert screen.tab_names == ["http://127.0.0.1/plain"]


async def test_a_secret_that_was_not_kept_is_told_in_its_tab(tmp_path: Path, home: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    async with shown_window(folder) as screen:
        await type_token(screen, "http://user:very-secret@127.0.0.1/a")
    assert "very-secret" not in written(home)
    async with shown_window(folder) as screen:
        assert screen.find(QLineEdit, "urlEdit").text() == "http://user:@127.0.0.1/a"
        assert "did not come back" in screen.find(QLabel, "noticeText").text()
        screen.click(screen.find(QToolButton, "noticeCloseButton"))
        assert not [label for label in screen.window.findChildren(QLabel, "noticeText") if label.isVisible()]


async def test_what_was_typed_stays_when_the_file_changed_meanwhile(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    async with shown_window(folder) as screen:
        await screen.open(HELLO)
        screen.type_url("http://127.0.0.1/mine")
    Workspace.open(folder).save_request(HELLO, Request(name="Hello", url="http://127.0.0.1/theirs"))
    async with shown_window(folder) as screen:
        await until(lambda: screen.tab.findChild(OutsideBar) is not None)
        assert screen.tab.request().url == "http://127.0.0.1/mine"
        assert screen.tab.unsaved()
        assert screen.tab.loaded.url == "{{demo_url}}/hello"


async def test_a_saved_tab_shows_what_the_file_holds_now(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    async with shown_window(folder) as screen:
        await screen.open(HELLO)
    Workspace.open(folder).save_request(HELLO, Request(name="Hello", url="http://127.0.0.1/theirs"))
    async with shown_window(folder) as screen:
        assert screen.find(QLineEdit, "urlEdit").text() == "http://127.0.0.1/theirs"


async def test_a_file_that_is_gone_is_told_in_its_tab(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    async with shown_window(folder) as screen:
        await screen.open(HELLO)
    (folder / HELLO).unlink()
    async with shown_window(folder) as screen:
        assert screen.tab_names == ["hello.yaml"]
        assert "This file cannot be read" in [label.text() for label in screen.window.findChildren(QLabel)]


async def test_the_other_tabs_are_saved_without_being_looked_at(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    async with shown_window(folder) as screen:
        for path in (HELLO, CHAT, ENDLESS):
            await screen.open(path)
            screen.type_url(f"http://127.0.0.1/{path[-9:]}")
    async with shown_window(folder) as screen:
        assert built(screen) == 1
        screen.keys("Ctrl+Alt+S", screen.window)
        await until(lambda: not any(tab.unsaved() for tab in screen.window.tabs.tabs()))
    for path in (HELLO, CHAT, ENDLESS):
        assert f"http://127.0.0.1/{path[-9:]}" in (folder / path).read_text("utf-8")


async def test_a_tab_nobody_looked_at_is_closed_with_the_same_question(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    async with shown_window(folder) as screen:
        await screen.open(HELLO)
        screen.type_url("http://127.0.0.1/typed")
        await screen.open(CHAT)
    async with shown_window(folder) as screen:
        screen.click_tab(0, Qt.MouseButton.MiddleButton)
        await screen.answer("Save")
        await until(lambda: screen.tab_names == ["Streamed chat"])
    assert "http://127.0.0.1/typed" in (folder / HELLO).read_text("utf-8")


async def test_each_workspace_has_its_own_tabs(tmp_path: Path) -> None:
    first, second = make_workspace(tmp_path / "first"), make_workspace(tmp_path / "second")
    async with shown_window(first) as screen:
        await screen.open(HELLO)
        screen.type_url("http://127.0.0.1/first")
        assert await screen.work.library.open_workspace(second)
        assert screen.tab_names == []
        await screen.open(CHAT)
        assert await screen.work.library.open_workspace(first)
        assert screen.tab_names == ["Hello"]
        assert screen.find(QLineEdit, "urlEdit").text() == "http://127.0.0.1/first"
        assert await screen.work.library.open_workspace(second)
        assert screen.tab_names == ["Streamed chat"]


async def test_two_windows_on_one_workspace_keep_their_own_tabs(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    async with shown_window(folder) as one:
        await one.open(HELLO)
        async with shown_window(folder) as other:
            assert other.tab_names == []
            await other.open(CHAT)
    async with shown_window(folder) as one, shown_window(folder) as other:
        assert one.tab_names == ["Hello"]
        assert other.tab_names == ["Streamed chat"]


async def test_a_change_is_written_soon_and_once(tmp_path: Path, home: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    async with shown_window(folder) as screen:
        await screen.open(HELLO)
        await until(lambda: HELLO in written(home))
        times: list[int] = []
        screen.work.keeping.kept.connect(lambda: times.append(1))
        screen.type_url("http://127.0.0.1/typed")
        await until(lambda: "127.0.0.1/typed" in written(home))
        await until(lambda: times)
        await screen.work.keeping.keep()
        written_so_far = len(times)
        await screen.work.keeping.keep()
        assert len(times) == written_so_far


async def test_a_folder_that_cannot_be_written_is_told_and_closing_asks(tmp_path: Path, home: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    (home / "sessions").write_text("in the way", "utf-8")
    async with shown_window(folder) as screen:
        assert "cannot be kept" in screen.text("messageLabel")
        await screen.open(HELLO)
        screen.type_url("http://127.0.0.1/typed")
        screen.keys("Ctrl+Q", screen.window)
        box = await screen.dialog("unsavedDialog")
        assert isinstance(box, QMessageBox)
        assert "cannot be written" in box.informativeText()
        await screen.answer("Don't save")


async def test_the_layout_of_the_window_comes_back(tmp_path: Path, home: Path) -> None:
    from firstlight.store.window_layout import load_layout
    from firstlight.ui.window import MainWindow

    folder = make_workspace(tmp_path / "ws")
    async with shown_window(folder) as screen:
        screen.keys("Ctrl+Alt+C", screen.window)
        screen.window.action("side_by_side").trigger()
        screen.keys("Ctrl+\\", screen.window)
        screen.window.resize(760, 560)
        await until(
            lambda: (home / "window.json").exists() and json.loads((home / "window.json").read_bytes())["console"]
        )
    window = MainWindow()
    window.lay_out_as(load_layout())
    states = [window.action(name).isChecked() for name in ("console", "side_by_side", "sidebar")]
    window.deleteLater()

    assert states == [True, True, False]
    assert (window.width(), window.height()) == (760, 560)


async def test_thirty_tabs_come_back_as_headers(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    workspace = Workspace.open(folder)
    for number in range(30):
        workspace.add_request("collections/Chat", Request(name=f"R{number}", url=f"http://127.0.0.1/{number}"))
    async with shown_window(folder) as screen:
        for number in range(30):
            await screen.work.library.open(f"collections/Chat/r{number}.yaml")
    async with shown_window(folder) as screen:
        assert screen.tab_names == [f"R{number}" for number in range(30)]
        assert built(screen) == 1
        bar = screen.find(QTabBar, "tabBar")
        assert bar.accessibleTabName(0) == "GET R0"
