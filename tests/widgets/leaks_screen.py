"""What the tests that look for secrets do and read in a window."""

from __future__ import annotations

from collections.abc import Container
from pathlib import Path

from PySide6.QtWidgets import QApplication, QTabWidget, QToolButton, QTreeWidget, QWidget
from until import until
from visible_texts import texts_of
from window_screen import WindowScreen

from firstlight.model.request import Request
from firstlight.store.workspace import Workspace
from planted import Plants

AS_IT_CAME = frozenset({"bodyView", "streamView", "responseHeadersTable", "cookiesTable", "messageTable"})
"""Where the answer stands as the service sent it (docs/adr/0042)."""
PATH = "collections/Lab/planted.yaml"


def lab_with(request: Request, folder: Path) -> Path:
    """Make a workspace with one request at PATH and return its folder."""
    workspace = Workspace.create(folder, "Lab")
    workspace.add_request(workspace.add_collection("Lab"), request)
    return folder


async def answered(screen: WindowScreen) -> None:
    """Wait until the exchange of the tab in front has ended, and is painted."""
    await until(lambda: not screen.work.sending.is_sending(screen.tab))
    await until(lambda: not screen.tab.pane._pending and screen.tab.pane._record.end)


async def send(screen: WindowScreen, request: Request) -> None:
    """Put `request` into the tab in front and send it by keyboard."""
    screen.tab.editor.show_request(request)
    before = screen.work.sending._number
    screen.keys("Ctrl+Return", screen.window)
    await until(lambda: screen.work.sending._number > before)
    await answered(screen)


def read_timing(screen: WindowScreen) -> None:
    """Go to the Timing tab, which is made with the first look at it."""
    tabs = screen.find(QTabWidget, "responseTabs", screen.tab)
    bar = tabs.tabBar()
    screen.click(bar, bar.tabRect(tabs.count() - 1).center())


def expand_console(screen: WindowScreen) -> None:
    """Show every line of the Console."""
    tree = screen.window.findChild(QTreeWidget, "consoleTree")
    for row in range(tree.topLevelItemCount()):
        tree.topLevelItem(row).setExpanded(True)


def read_texts(top: QWidget, plants: Plants, when: str, but: Container[str] = ()) -> None:
    """Look at every text below `top`: all at once, and one by one only to say where something stands."""
    texts = list(texts_of(top, but))
    if plants.found("\n".join(text for _name, text in texts)):
        told = [(name, plants.around(text)) for name, text in texts if plants.found(text)]
        raise AssertionError(f"{when}: {told}")


def read_everything(screen: WindowScreen, plants: Plants, when: str) -> None:
    """Look at every text of the window, at what the Console copies, and at the text for a ticket."""
    expand_console(screen)
    read_texts(screen.window, plants, when, AS_IT_CAME)
    copied = QApplication.clipboard()
    copied.clear()
    screen.click(screen.find(QToolButton, "consoleCopyAll"))
    assert copied.text()
    assert plants.found(copied.text()) == [], (when, plants.around(copied.text()))
    assert screen.tab.pane.copy_ticket() is (screen.tab.pane._record.started is not None)
    assert plants.found(copied.text()) == [], (when, plants.around(copied.text()))
