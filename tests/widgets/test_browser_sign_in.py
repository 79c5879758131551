"""Signing in with the system's browser: the page is opened, waited for, and can be given up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from html import unescape
from pathlib import Path
from re import findall

import httpx
import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QTabWidget, QWidget
from until import until
from window_screen import WindowScreen, shown_window

from demo_server import RunningDemo
from firstlight.model.request import Authorization, Request
from firstlight.store.workspace import Workspace


class Browser(QObject):
    """What the system would open."""

    def __init__(self) -> None:
        super().__init__()
        self.pages: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.pages.append(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))


@pytest.fixture
def browser() -> Iterator[Browser]:
    browser = Browser()
    QDesktopServices.setUrlHandler("http", browser, "open")
    yield browser
    QDesktopServices.unsetUrlHandler("http")


def allow(page: str) -> None:
    with httpx.Client(trust_env=False, follow_redirects=True) as client:
        found = findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', client.get(page).text)
        data = {name: unescape(value) for name, value in found} | {"answer": "allow"}
        assert "First Light" in client.post(page, data=data).text


@asynccontextmanager
async def opened(demo: RunningDemo, tmp_path: Path) -> AsyncIterator[WindowScreen]:
    workspace = Workspace.create(tmp_path / "ws", "Lab")
    values = {
        "grant": "authorization_code", "auth_url": f"{demo.url}/oauth/authorize", "client_id": "demo-public",
        "token_url": f"{demo.url}/oauth/token", "scope": "profile",
    }  # fmt: skip
    signed = Authorization(kind="oauth2", values=values)
    path = workspace.add_request(
        workspace.add_collection("OAuth"), Request(name="Me", url=f"{demo.url}/oauth/me", authorization=signed)
    )
    async with shown_window(tmp_path / "ws") as screen:
        await screen.open(path)
        screen.find(QTabWidget, "requestTabs", screen.tab).setCurrentIndex(1)
        yield screen


def shown(screen: WindowScreen) -> list[QWidget]:
    return [child for child in screen.window.findChildren(QWidget, "consentDialog") if child.isVisible()]


def says(screen: WindowScreen, name: str) -> str:
    label = screen.tab.findChild(QLabel, name)
    return label.text() if label is not None and label.isVisible() else ""


async def test_send_opens_the_browser_waits_and_goes_on(demo: RunningDemo, tmp_path: Path, browser: Browser) -> None:
    async with opened(demo, tmp_path) as screen:
        screen.press("sendButton", screen.tab)
        dialog = await screen.dialog("consentDialog")
        (page,) = browser.pages
        assert screen.find(QLineEdit, "consentAddress", dialog).text() == page
        screen.press("consentCopyButton", dialog)
        assert QApplication.clipboard().text() == page
        screen.press("consentOpenButton", dialog)
        assert browser.pages == [page, page]
        await asyncio.to_thread(allow, page)
        await until(lambda: "Scope: profile" in says(screen, "tokenPurpose"))
        assert not shown(screen)
        assert "Valid for" in says(screen, "tokenLasting")


async def test_who_closes_the_dialog_has_stopped_the_request(
    demo: RunningDemo, tmp_path: Path, browser: Browser
) -> None:
    async with opened(demo, tmp_path) as screen:
        screen.press("sendButton", screen.tab)
        dialog = await screen.dialog("consentDialog")
        screen.press("consentCancelButton", dialog)
        await until(lambda: "you stopped the sign-in" in says(screen, "errorMessage"))
        screen.press("sendButton", screen.tab)
        await screen.dialog("consentDialog")
        assert len(browser.pages) == 2


async def test_cancelling_the_request_takes_the_dialog_away(
    demo: RunningDemo, tmp_path: Path, browser: Browser
) -> None:
    async with opened(demo, tmp_path) as screen:
        screen.press("sendButton", screen.tab)
        await screen.dialog("consentDialog")
        screen.window.action("cancel").trigger()
        await until(lambda: not shown(screen))
