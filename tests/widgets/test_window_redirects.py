"""A redirect in the window: told when it is off, followed once by a button, its POST never repeated."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QTabWidget, QTreeWidget, QWidget
from response_screen import TIMING
from servers import Server, replies, response, serving
from until import until
from window_screen import WindowScreen, make_workspace, shown_window

from firstlight.model.request import Authorization, Body, Request, RequestSettings
from firstlight.store.workspace import Workspace


def elsewhere(target: Server) -> bytes:
    location = f"Location: http://localhost:{target.port}/after?x=1"
    return response(b"moved", location, status="307 Temporary Redirect")


def infer(url: str, **settings: bool) -> Request:
    return Request(
        name="Infer",
        method="POST",
        url=url,
        authorization=Authorization(kind="bearer", values={"token": "t0ken-of-the-service"}),
        body=Body(kind="raw", text='{"a": 1}'),
        settings=RequestSettings(**settings),
    )


def label(screen: WindowScreen, name: str) -> str:
    return next((one.text() for one in screen.window.findChildren(QLabel, name) if one.isVisible()), "")


async def open_in(screen: WindowScreen) -> None:
    await screen.open("collections/Chat/infer.yaml")
    screen.keys("Ctrl+Return", screen.find(QLineEdit, "urlEdit"))


async def test_a_redirect_that_is_not_followed_offers_to_follow_it_once(tmp_path: Path) -> None:
    async with (
        serving(replies(response(b"there"), then_close=True)) as target,
        serving(replies(elsewhere(target), then_close=True)) as server,
    ):
        folder = make_workspace(tmp_path / "ws")
        Workspace.open(folder).add_request("collections/Chat", infer(server.url))
        async with shown_window(folder) as screen:
            await open_in(screen)
            await until(lambda: f"localhost:{target.port}/after" in label(screen, "exchangeNoteText"))
            assert label(screen, "statusLabel").startswith("307")
            screen.click(screen.find(QPushButton, "followButton"))
            await until(lambda: label(screen, "statusLabel") == "200 OK")
            assert len(server.received) == 1
            assert (target.received[0].method, target.received[0].body) == ("POST", b'{"a": 1}')
            assert target.received[0].header("authorization") is None
            assert not [one for one in screen.window.findChildren(QWidget, "followButton") if one.isVisible()]
            screen.window.action("console").trigger()
            tree = screen.find(QTreeWidget, "consoleTree")
            last = tree.topLevelItem(tree.topLevelItemCount() - 1)
            tree.expandItem(last)
            lines = [last.child(position).text(0) for position in range(last.childCount())]
            assert f"Follows the redirect of {server.url}/." in lines
            assert "Not sent there: Authorization" in lines


async def test_every_hop_is_a_row_that_says_what_was_left_behind(tmp_path: Path) -> None:
    async with (
        serving(replies(response(b"there"), then_close=True)) as target,
        serving(replies(elsewhere(target), then_close=True)) as server,
    ):
        folder = make_workspace(tmp_path / "ws")
        Workspace.open(folder).add_request("collections/Chat", infer(server.url, follow_redirects=True))
        async with shown_window(folder) as screen:
            await open_in(screen)
            await until(lambda: label(screen, "statusLabel") == "200 OK")
            screen.tab.findChild(QTabWidget, "responseTabs").setCurrentIndex(TIMING)
            page = screen.find(QWidget, "timingPage")
            rows = await until(lambda: [one.text() for one in page.findChildren(QLabel) if "307" in one.text()])
            assert rows == [
                f"307 Temporary Redirect\nPOST {server.url}/ → POST http://localhost:{target.port}/after?x=1"
                "\nNot sent there: Authorization"
            ]
