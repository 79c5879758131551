"""Works on the workspace for the window: opens it, shows its tree, opens requests and follows outside changes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from firstlight.model.failure import ExchangeError
from firstlight.model.request import Request
from firstlight.store.tree import Node
from firstlight.store.workspace import Workspace
from firstlight.texts import Phrase, tr
from firstlight.ui import dialogs
from firstlight.ui.folders import show_in_folder
from firstlight.ui.sidebar.rows import Rows
from firstlight.ui.tabs_broken import BrokenTab
from firstlight.ui.tabs_page import TabPage, is_request
from firstlight.ui.tabs_request import RequestTab
from firstlight.ui.window import MainWindow
from firstlight.ui.window_session import Session

_CHECKED_AT_ONCE_S = 0.02
"""So long may another piece of disk work have to wait."""

if TYPE_CHECKING:
    from firstlight.ui.pages.page_tab import PageTab


class Telling:
    """`async with`: an ExchangeError inside is shown in a dialog called `title`, and the block is left."""

    def __init__(self, parent: QWidget, title: str) -> None:
        self._parent = parent
        self._title = title

    async def __aenter__(self) -> None:
        """Nothing to prepare."""

    async def __aexit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _where: TracebackType | None
    ) -> bool:
        if not isinstance(error, ExchangeError):
            return False
        await dialogs.tell(self._parent, self._title, tr(error.failure.message), tr(error.failure.hint))
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """What goes with a change of the workspace."""

    may_leave: Callable[[], Awaitable[bool]]
    leave: Callable[[], Awaitable[None]]
    arrive: Callable[[Path], Awaitable[None]]


class Library(QObject):
    """The window's hands in the workspace folder. Every method that works on the disk is a coroutine."""

    tab_opened = Signal(object)
    """A RequestTab that must be connected."""
    workspace_opened = Signal()
    refreshed = Signal()
    """The workspace was looked at again; anything in it may be another than before."""
    tree_shown = Signal()
    """Something in the tree is new."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._nodes: tuple[Node, ...] = ()
        self._shown: Workspace | None = None
        self._checking = False
        self._opened = asyncio.Event()
        self.moves: Moves | None = None
        """Set once by the window's work: what happens to tabs when another workspace opens."""
        self.open_page: Callable[[str], Coroutine[Any, Any, bool]] = _no_page
        """Opens what is no request; False: it is one."""
        self.make_page: Callable[[str, str, Any], Coroutine[Any, Any, PageTab | None]] = _nothing
        """Makes the tab of such a page from its kind, path and draft; None: it is not there."""

    def start(self, name: str, work: Callable[..., Coroutine[Any, Any, Any]], *args: object) -> None:
        """Run one of the coroutines below as a task of the window, once a workspace is open."""
        self._window.tasks.start(self._when_open(work, *args), name=name)

    async def _when_open(self, work: Callable[..., Coroutine[Any, Any, Any]], *args: object) -> None:
        await self._opened.wait()
        await work(*args)

    def telling(self, title: str) -> Telling:
        """Return a block in which a disk problem is shown instead of raised."""
        return Telling(self._window, title)

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The collections as they were read last."""
        return self._nodes

    @property
    def workspace(self) -> Workspace:
        """The open workspace; `start` waits until there is one."""
        return cast(Workspace, self._session.workspace)

    async def open_workspace(self, folder: Path, *, is_demo: bool = False) -> bool:
        """Show the workspace in `folder` instead of the present one; False: that failed and was told."""
        async with self.telling(tr("Cannot open the workspace")):
            return await self.show_workspace(folder, is_demo=is_demo)
        return False

    async def show_workspace(self, folder: Path, *, is_demo: bool = False) -> bool:
        """Show the workspace in `folder` instead of the present one, with its own tabs; False: the person stays.

        Raises:
            ExchangeError: it could not be opened; the present one is still shown.
        """
        workspace = await self._session.disk(Workspace.open, folder)
        before = self._session.workspace
        moves = self.moves if before is None or before.folder != workspace.folder else None
        if before is not None and moves is not None:
            if not await moves.may_leave():
                return False
            await moves.leave()
        self._session.workspace, self._session.is_demo = workspace, is_demo
        await self.refresh()
        self._opened.set()
        self.workspace_opened.emit()
        if moves is not None:
            await moves.arrive(workspace.folder)
        remembered = self.remember(last_workspace="" if is_demo else str(workspace.folder))
        self._window.tasks.start(remembered, name="remember the workspace")
        return True

    async def remember(self, **changed: Any) -> None:
        """Keep a choice for the next start; that it could not be kept is told."""
        async with self.telling(tr("Cannot save the settings")):
            await self._session.change_settings(**changed)

    async def make_workspace(self, folder: Path) -> None:
        """Make a workspace in `folder` and show it."""
        async with self.telling(tr("Cannot make the workspace")):
            await self._session.disk(Workspace.create, folder, folder.name)
            await self.open_workspace(folder)

    async def refresh(self) -> None:
        """Read the tree again and show it."""
        workspace = self.workspace
        read = await self._session.disk(_read, workspace, self._nodes if self._shown is workspace else None)
        if workspace is not self.workspace:
            return
        if read is not None:
            (self._nodes, rows), self._shown = read, workspace
            self._window.sidebar.show_workspace(workspace.name, rows)
            self.tree_shown.emit()
            if not self._checking:
                self._checking = True
                self._window.tasks.start(self._check(workspace), name="check the files")
        self.refreshed.emit()

    async def _check(self, workspace: Workspace) -> None:
        """Read the files that a hasty look at a large workspace left out, and tell what is broken."""
        more, changed = True, False
        try:
            while more and workspace is self.workspace:
                more, news = await self._session.disk(workspace.check, _CHECKED_AT_ONCE_S)
                changed = changed or news
        finally:
            self._checking = False
        if changed and workspace is self.workspace:
            await self.refresh()

    async def retry_broken(self) -> None:
        """Open what could not be read before and can be now."""
        for tab in self._window.tabs.tabs():
            if isinstance(tab, BrokenTab) and any(
                n.path == tab.path and n.kind == "request" for n in _walk(self.nodes)
            ):
                await self._retry(tab)

    def is_group(self, path: str) -> bool:
        """Tell whether there is a collection or folder at `path`."""
        return any(node.path == path and node.kind in ("collection", "folder") for node in _walk(self._nodes))

    def tab_of(self, path: str) -> TabPage | None:
        """Return the open tab of a path."""
        return next((tab for tab in self._window.tabs.tabs() if path and tab.path == path), None)

    async def open(self, path: str, *, preview: bool = False) -> None:
        """Open the request or page at `path`, or bring its tab to the front; a preview takes the last one's place."""
        if self._found(path, preview=preview) or await self.open_page(path):
            return
        request, problem = await self._read(path)
        if self._found(path, preview=preview):  # a double click asks twice
            return
        self._show(self._make(path, request, problem), preview=preview)

    def _found(self, path: str, *, preview: bool) -> bool:
        """Bring the tab of `path` to the front, if there is one."""
        tab = self.tab_of(path)
        if tab is None:
            return False
        self._window.tabs.select(tab)
        if not preview:
            self._window.tabs.keep(tab)
        return True

    async def page_of(self, path: str) -> RequestTab | BrokenTab:
        """Return a page for the request at `path` that is in no strip of tabs yet."""
        return self._make(path, *await self._read(path))

    async def _read(self, path: str) -> tuple[Request | None, Phrase]:
        try:
            return await self._session.disk(self.workspace.load_request, path), Phrase()
        except ExchangeError as error:
            return None, error.failure.message

    def _make(self, path: str, request: Request | None, problem: Phrase) -> RequestTab | BrokenTab:
        if request is None:
            return self._broken(path, problem)
        tab = self.make_tab()
        tab.open_request(request, path)
        return tab

    def make_tab(self) -> RequestTab:
        """Return an empty page that is in no strip of tabs yet, ready to send."""
        tab = RequestTab(self._window.tasks, self._window)
        if self._session.workspace is not None:
            tab.editor.set_folder(str(self.workspace.folder))
        self.tab_opened.emit(tab)
        return tab

    def open_tab(self, request: Request, path: str = "") -> RequestTab:
        """Open `request` in a new tab; an untouched empty tab in front makes way."""
        tab = self.make_tab()
        tab.open_request(request, path)
        self._show(tab)
        return tab

    def _show(self, page: TabPage, *, preview: bool = False) -> None:
        tabs = self._window.tabs
        front, old = tabs.current(), tabs.preview() if preview else None
        self._window.add_tab(page, tabs.position(old) if old else None, preview=preview)
        if old is not None:
            tabs.remove(old)
        elif page.path and is_request(front) and front.untouched():
            tabs.remove(front)

    def _broken(self, path: str, problem: Phrase) -> BrokenTab:
        tab = BrokenTab(path, path.rpartition("/")[2], problem, self._window)
        tab.retry_requested.connect(lambda: self.start("open again", self._retry, tab))
        tab.show_file_requested.connect(lambda: self.show_file(path))
        return tab

    async def _retry(self, tab: BrokenTab) -> None:
        await self.refresh()
        self._window.tabs.remove(tab)
        await self.open(tab.path)

    def show_file(self, path: str) -> None:
        """Show a file's folder in the system's file manager."""
        show_in_folder(str(self.workspace.folder / path))


def _read(workspace: Workspace, before: tuple[Node, ...] | None) -> tuple[tuple[Node, ...], Rows] | None:
    """Return the tree and its rows; None: it is as before."""
    nodes = workspace.tree(hasty=True)
    return None if nodes == before else (nodes, Rows(nodes, str(workspace.folder)))


async def _no_page(_path: str) -> bool:
    return False


async def _nothing(_kind: str, _path: str, _draft: Any) -> PageTab | None:
    return None


def _walk(nodes: tuple[Node, ...]) -> list[Node]:
    return [found for node in nodes for found in (node, *_walk(node.children))]
