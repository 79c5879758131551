"""Cookies in the window: told with the answer, sent with the next request, looked at, edited, deleted."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import cast

from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QTableView,
    QTabWidget,
    QToolButton,
    QTreeWidget,
)
from response_screen import COOKIES
from servers import Peer, Server, response, serving
from until import until
from window_screen import WindowScreen, make_workspace, shown_window

from firstlight.model.cookies import Cookie
from firstlight.store.cookie_jar import CookieJar
from firstlight.ui.preferences import apply_language


async def shop(peer: Peer) -> None:
    """Set two cookies on every answer, one of them not ours to set."""
    await peer.request()
    lines = ("Set-Cookie: sid=a-long-secret-value; Path=/; HttpOnly", "Set-Cookie: bad=1; Domain=else.example")
    await peer.send(response(b"shop", *lines))


@asynccontextmanager
async def window_on_a_shop(folder: Path) -> AsyncIterator[tuple[WindowScreen, Server]]:
    async with serving(shop) as server, shown_window(make_workspace(folder)) as screen:
        screen.keys("Ctrl+T")
        screen.type_url(f"{server.url}/cart")
        yield screen, server


async def send(screen: WindowScreen, server: Server) -> None:
    before = len(server.received)
    screen.keys("Ctrl+Return", screen.find(QLineEdit, "urlEdit"))
    await until(lambda: len(server.received) > before)
    await screen.answered()


def rows(tree: QTreeWidget) -> list[list[str]]:
    found = [tree.topLevelItem(position) for position in range(tree.topLevelItemCount())]
    found += [top.child(position) for top in found if top for position in range(top.childCount())]
    return [[row.text(column) for column in range(tree.columnCount())] for row in found if row]


def tabs(screen: WindowScreen) -> QTabWidget:
    return cast(QTabWidget, screen.tab.findChild(QTabWidget, "responseTabs"))


def generated(screen: WindowScreen) -> list[list[str]]:
    """The greyed headers, shown or folded away."""
    table = screen.tab.findChild(QTableView, "generatedHeadersTable")
    model = cast(QTableView, table).model()
    return [[model.index(row, column).data() for column in (1, 2, 3)] for row in range(model.rowCount())]


async def open_cookies(screen: WindowScreen) -> tuple[QDialog, QTreeWidget]:
    screen.window.action("cookies").trigger()
    dialog = await screen.dialog("cookiesDialog")
    return dialog, screen.find(QTreeWidget, "cookieTree", dialog)


async def test_what_an_answer_sets_is_shown_and_goes_with_the_next_request(tmp_path: Path, home: Path) -> None:
    async with window_on_a_shop(tmp_path / "ws") as (screen, server):
        await send(screen, server)
        await until(lambda: tabs(screen).tabText(COOKIES) == "Cookies (2)")
        tabs(screen).setCurrentIndex(COOKIES)
        table = screen.find(QTreeWidget, "cookiesTable", screen.tab)
        kept, rejected = rows(table)
        assert kept[:4] == ["sid", "••••••", "127.0.0.1", "/"]
        assert kept[5:] == ["HttpOnly", "kept"]
        assert rejected[6] == "rejected: Domain is else.example, and 127.0.0.1 is an address"
        screen.click(screen.find(QToolButton, "revealCookies", screen.tab))
        assert rows(table)[0][1] == "a-long-secret-value"
        screen.find(QTabWidget, "requestTabs", screen.tab).setCurrentIndex(2)
        told = ["Cookie", "sid=••••••", "From the workspace's cookies"]
        await until(lambda: told in generated(screen))
        await send(screen, server)
        assert server.received[1].header("cookie") == "sid=a-long-secret-value"
        await until(lambda: list((home / "cookies").glob("*.json")))


async def test_cookies_are_added_edited_searched_and_deleted(tmp_path: Path) -> None:
    async with window_on_a_shop(tmp_path / "ws") as (screen, server):
        dialog, tree = await open_cookies(screen)
        screen.press("addCookieButton", dialog)
        form = await screen.dialog("cookieDialog")
        keep = screen.find(QPushButton, "cookieKeepButton", form)
        assert not keep.isEnabled()
        for name, text in (("Name", "lang"), ("Value", "en"), ("Domain", "127.0.0.1"), ("Expires", "soon")):
            QTest.keyClicks(screen.find(QLineEdit, f"cookie{name}", form), text)
        assert "2027-12-31 23:59" in screen.find(QLabel, "cookieProblem", form).text()
        screen.find(QLineEdit, "cookieExpires", form).setText("2035-01-02 03:04")
        screen.click(keep)
        await until(lambda: ["lang", "••••••", "/", "2035-01-02 03:04", ""] in rows(tree))
        screen.press("editCookieButton", dialog)
        form = await screen.dialog("cookieDialog")
        screen.find(QLineEdit, "cookiePath", form).setText("/cart")
        screen.press("cookieKeepButton", form)
        await until(lambda: [row[2] for row in rows(tree)] == ["", "/cart"])
        await send(screen, server)
        assert server.received[0].header("cookie") == "lang=en"
        await until(lambda: [row[0] for row in rows(tree)] == ["127.0.0.1", "sid", "lang"])
        QTest.keyClicks(screen.find(QLineEdit, "cookiesSearch", dialog), "cart")
        assert [row[0] for row in rows(tree)] == ["127.0.0.1", "lang"]
        screen.press("revealCookieButton", dialog)
        assert rows(tree)[1][1] == "en"
        screen.press("deleteCookieButton", dialog)
        screen.find(QLineEdit, "cookiesSearch", dialog).clear()
        await until(lambda: [row[0] for row in rows(tree)] == ["127.0.0.1", "sid"])
        screen.press("clearCookiesButton", dialog)
        await until(lambda: rows(tree) == [])
        screen.press("closeButton", dialog)
        await screen.back(dialog)
        await send(screen, server)
        assert server.received[1].header("cookie") is None


async def test_another_window_is_followed_and_many_are_deleted_after_a_question(tmp_path: Path) -> None:
    async with window_on_a_shop(tmp_path / "ws") as (screen, server):
        other = CookieJar.of(cast(Path, screen.session.workspace.folder))
        other.change(put=[Cookie(name=name, value="x", domain="127.0.0.1") for name in ("a", "b")])
        other.sync()
        await send(screen, server)
        assert server.received[0].header("cookie") == "a=x; b=x"
        dialog, tree = await open_cookies(screen)
        await until(lambda: len(rows(tree)) == 4)
        screen.press("clearCookiesButton", dialog)
        box = await until(lambda: screen.window.findChild(QMessageBox))
        screen.click(next(button for button in box.buttons() if button.text() == "Delete 3 cookies"))
        await until(lambda: rows(tree) == [])
        screen.press("closeButton", dialog)
        await screen.back(dialog)
        other.sync()
        assert other.cookies() == ()


async def test_the_dialog_follows_the_language(tmp_path: Path, dressed_app: QApplication) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        dialog, tree = await open_cookies(screen)
        apply_language(dressed_app, "zh_CN")
        await until(lambda: tree.headerItem().text(0) == "名称")
        assert dialog.windowTitle() == "工作区的 Cookie"
        apply_language(dressed_app, "en")
        screen.press("closeButton", dialog)
        await screen.back(dialog)
