"""Send and save to file, in the window: by menu, with progress, the file shown at the end; errors are shown instead."""

from __future__ import annotations

import asyncio
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QMenu, QPushButton, QToolButton
from servers import Peer, response, serving
from until import until
from window_screen import WindowScreen, make_workspace, shown_window

BLOCK = bytes(range(256)) * 4096


def label(screen: WindowScreen, name: str) -> str:
    return next((one.text() for one in screen.window.findChildren(QLabel, name) if one.isVisible()), "")


async def choose(screen: WindowScreen, path: Path) -> None:
    """Send by the menu beside Send, and answer where to."""
    screen.click(screen.find(QToolButton, "sendMenuButton"))
    menu = await until(lambda: next((one for one in screen.window.findChildren(QMenu) if one.isVisible()), None))
    menu.actions()[0].trigger()
    menu.close()
    dialog = await until(lambda: screen.window.findChild(QFileDialog))
    assert dialog.selectedFiles()[0].endswith("model.bin")
    screen.find(QLineEdit, "fileNameEdit", dialog).setText(str(path))
    dialog.accept()


async def test_a_download_tells_how_far_it_is_and_where_it_went(tmp_path: Path) -> None:
    go = asyncio.Event()

    async def handler(peer: Peer) -> None:
        await peer.request()
        await peer.send(f"HTTP/1.1 200 OK\r\nContent-Length: {8 * len(BLOCK)}\r\n\r\n".encode())
        for number in range(8):
            if number == 4:
                await go.wait()
            await peer.send(BLOCK)

    path = tmp_path / "here.bin"
    async with serving(handler) as server, shown_window(make_workspace(tmp_path / "ws")) as screen:
        screen.keys("Ctrl+T")
        screen.type_url(f"{server.url}/models/model.bin?version=2")
        await choose(screen, path)
        await until(lambda: "50 %" in label(screen, "exchangeNoteText"))
        assert not path.exists()
        assert not screen.find(QToolButton, "sendMenuButton").isEnabled()
        go.set()
        await until(lambda: label(screen, "exchangeNoteText") == f"Saved to {path}")
        assert screen.find(QPushButton, "showButton").text() == "Show in file manager"
        assert label(screen, "sizeLabel").startswith("8")
        assert path.read_bytes() == BLOCK * 8
        assert screen.tab.pane._record.body() == b""


async def test_an_error_is_shown_and_no_file_made(tmp_path: Path) -> None:
    async def handler(peer: Peer) -> None:
        await peer.request()
        await peer.send(response(b"no such model", "Content-Type: text/plain", status="404 Not Found"))

    async with serving(handler) as server, shown_window(make_workspace(tmp_path / "ws")) as screen:
        screen.keys("Ctrl+T")
        screen.type_url(f"{server.url}/model.bin")
        await choose(screen, tmp_path / "here.bin")
        await until(lambda: label(screen, "statusLabel") == "404 Not Found")
        await until(lambda: screen.tab.pane._record.body() == b"no such model")
        assert not (tmp_path / "here.bin").exists()
        assert not (tmp_path / "here.bin.part").exists()


async def test_a_place_that_cannot_be_written_sends_nothing(tmp_path: Path) -> None:
    async def handler(peer: Peer) -> None:
        await peer.request()

    async with serving(handler) as server, shown_window(make_workspace(tmp_path / "ws")) as screen:
        screen.keys("Ctrl+T")
        screen.type_url(f"{server.url}/model.bin")
        await choose(screen, tmp_path / "nowhere" / "a.bin")
        await screen.answer("OK")
        assert server.received == []
