"""The real main window with a real workspace folder, driven by mouse and keyboard."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar, cast

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QMessageBox, QPushButton, QTabBar, QWidget
from until import until

from demo_server import RunningDemo
from firstlight.model.request import Authorization, Body, Request
from firstlight.store.first_start import demo_workspace
from firstlight.store.secrets import SecretStore
from firstlight.store.settings import load_settings
from firstlight.store.workspace import Workspace
from firstlight.texts import language
from firstlight.ui.sidebar.model import PATH
from firstlight.ui.tabs_request import RequestTab
from firstlight.ui.window import MainWindow
from firstlight.ui.window_session import Session
from firstlight.ui.window_work import Work

W = TypeVar("W", bound=QWidget)

CHAT = Request(
    name="Streamed chat",
    method="POST",
    url="{{demo_url}}/v1/chat/completions",
    authorization=Authorization(kind="bearer", values={"token": "{{secret:demo_api_key}}"}),
    body=Body(
        kind="raw", text='{"model": "demo-chat", "messages": [{"role": "user", "content": "Hi"}], "stream": true}'
    ),
)
HELLO = Request(name="Hello", url="{{demo_url}}/hello")
ENDLESS = Request(name="Endless", method="POST", url="{{demo_url}}/faults/endless")


def make_workspace(folder: Path, demo_url: str = "http://127.0.0.1:9") -> Path:
    """Make a workspace with a collection, a folder and four requests."""
    workspace = Workspace.create(folder, "Lab")
    page = folder / "firstlight.yaml"
    page.write_text(page.read_text("utf-8") + f"variables:\n  demo_url: {demo_url}\n", "utf-8")
    collection = workspace.add_collection("Chat")
    inner = workspace.add_folder(collection, "Inner")
    for parent, request in ((collection, CHAT), (collection, HELLO), (collection, ENDLESS), (inner, HELLO)):
        workspace.add_request(parent, request)
    return folder


class WindowScreen:
    """What the tests see and do."""

    def __init__(self, window: MainWindow, session: Session, work: Work) -> None:
        self.window = window
        self.session = session
        self.work = work
        self.tree = window.sidebar.tree

    # --- finding ---

    def find(self, kind: type[W], name: str, parent: QWidget | None = None) -> W:
        found = [child for child in (parent or self.window).findChildren(kind, name) if child.isVisible()]
        assert found, f"no visible {name}"
        return found[0]

    def text(self, name: str) -> str:
        return self.find(QLabel, name).text()

    @property
    def tab(self) -> RequestTab:
        return cast(RequestTab, self.window.tabs.current())

    @property
    def tab_names(self) -> list[str]:
        return [tab.title() for tab in self.window.tabs.tabs()]

    @property
    def rows(self) -> list[str]:
        """The visible rows of the tree."""
        rows, index = [], self.tree.model().index(0, 0)
        while index.isValid():
            rows.append(index.data())
            index = self.tree.indexBelow(index)
        return rows

    def row(self, path: str) -> QModelIndex:
        index = self.tree.model().index(0, 0)
        while index.isValid() and index.data(PATH) != path:
            index = self.tree.indexBelow(index)
        assert index.isValid(), f"{path} is not shown in {self.rows}"
        return index

    # --- doing ---

    def click(self, widget: QWidget, place: QPoint | None = None, button: Qt.MouseButton | None = None) -> None:
        QTest.mouseClick(widget, button or Qt.MouseButton.LeftButton, pos=place or widget.rect().center())

    def press(self, name: str, parent: QWidget | None = None) -> None:
        self.click(self.find(QPushButton, name, parent))

    def keys(self, keys: str, widget: QWidget | None = None) -> None:
        QTest.keySequence(widget or QApplication.focusWidget() or self.window, keys)

    def type(self, text: str, widget: QWidget | None = None) -> None:
        QTest.keyClicks(widget or cast(QWidget, QApplication.focusWidget()), text)

    def click_row(self, path: str) -> None:
        index = self.row(path)
        self.tree.scrollTo(index)
        self.click(self.tree.viewport(), self.tree.visualRect(index).center())

    async def open(self, path: str) -> RequestTab:
        """Double-click on a request and wait for its tab."""
        index = self.row(path)
        self.tree.scrollTo(index)
        self.click_row(path)
        QTest.mouseDClick(self.tree.viewport(), Qt.MouseButton.LeftButton, pos=self.tree.visualRect(index).center())
        return await until(lambda: self.tab if self.tab and self.tab.path == path and not self.is_preview else None)

    @property
    def is_preview(self) -> bool:
        """Whether the tab in front makes way for the next request that is looked at."""
        bar = self.find(QTabBar, "tabBar")
        return bar.accessibleTabName(bar.currentIndex()).endswith("preview")

    async def look_at(self, path: str) -> RequestTab:
        """Click on a request and wait for its tab."""
        self.click_row(path)
        return await until(lambda: self.tab if self.tab and self.tab.path == path else None)

    async def answered(self) -> None:
        """Wait until nothing is sent any more, and the end of the answer is on screen: that is a tick later."""
        await until(lambda: not self.work.sending.is_sending(self.tab) and self.tab.pane.all_shown())

    def click_tab(self, position: int, button: Qt.MouseButton | None = None) -> None:
        bar = self.find(QTabBar, "tabBar")
        self.click(bar, bar.tabRect(position).center(), button)

    async def dialog(self, name: str = "") -> QDialog:
        """Wait for the dialog that is open."""
        return await until(
            lambda: next(
                (d for d in self.window.findChildren(QDialog) if d.isVisible() and name in d.objectName()), None
            )
        )

    async def answer(self, text: str) -> None:
        """Press the button of the message box that is open."""
        box = cast(QMessageBox, await self.dialog())
        self.click(next(button for button in box.buttons() if button.text() == text))
        await self.back(box)

    async def back(self, dialog: QDialog) -> None:
        """Wait until a dialog is gone and the window has the keyboard again (a window manager sees to that)."""
        await until(lambda: not dialog.isVisible())
        self.window.activateWindow()
        # Unless the next question is there already, or the window has gone.
        await until(lambda: self.window.isActiveWindow() or self.window.isHidden() or QApplication.activeModalWidget())

    def type_url(self, text: str) -> None:
        edit = self.find(QLineEdit, "urlEdit")
        self.click(edit)
        self.keys("Ctrl+A", edit)
        self.type(text, edit)


@asynccontextmanager
async def shown_window(folder: Path, credentials: Iterable[tuple[str, str]] = ()) -> AsyncIterator[WindowScreen]:
    """Show a window on the workspace in `folder`; everything it started has ended afterwards."""
    window = MainWindow()
    session = Session(load_settings(), SecretStore())
    session.secrets.lent = dict(credentials)
    work = Work(window, session)
    window.choices.tick(session.settings.theme, language())
    errors: list[BaseException] = []
    window.tasks.failed.connect(errors.append)
    window.show()
    window.activateWindow()
    await until(window.isActiveWindow)
    try:
        assert await work.library.open_workspace(folder)
        yield WindowScreen(window, session, work)
    finally:
        await work.keeping.end()
        window.leave()
        for tab in window.tabs.requests():
            await tab.pane.tasks.cancel_all()
        await window.tasks.cancel_all()
        await session.close()
        window.deleteLater()
    assert not errors, errors


@asynccontextmanager
async def demo_window(demo: RunningDemo) -> AsyncIterator[WindowScreen]:
    """Show a window on the demo workspace of a first start, whose requests find the running demo."""
    folder = demo_workspace("en")
    page = folder / "firstlight.yaml"
    addresses = "".join(f"  {name}: {url}\n" for name, url in demo.addresses.items())
    page.write_text(page.read_text("utf-8").replace("variables:\n", f"variables:\n{addresses}"), "utf-8")
    async with shown_window(folder, demo.credentials.items()) as screen:
        yield screen
