"""Follows what happens to the workspace's files outside of this window, and guards what is unsaved in it.

Clean tabs load what is new, tabs with unsaved changes ask. A save compares the file with the version that the tab was
made from: another window, an editor and git are all the same to it.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QBoxLayout, QMessageBox

from firstlight.formats.firstlight_yaml import dump_request
from firstlight.model.failure import ExchangeError
from firstlight.model.request import Request
from firstlight.store.secret_fields import hidden
from firstlight.texts import tr
from firstlight.ui.dialogs import finished
from firstlight.ui.icons import icon
from firstlight.ui.outside.bar import OutsideBar
from firstlight.ui.outside.watcher import Watcher
from firstlight.ui.tabs_request import RequestTab

if TYPE_CHECKING:
    from firstlight.store.tree import Node
    from firstlight.store.workspace import Workspace
    from firstlight.ui.window import MainWindow
    from firstlight.ui.window_library import Library
    from firstlight.ui.window_session import Session


class Outside(QObject):
    """One per window."""

    def __init__(self, window: MainWindow, session: Session, library: Library) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._library = library
        self._watcher = Watcher(self)
        self._catching_up = False
        self._again = False
        self._watcher.changed.connect(self.look)
        window.activated.connect(self.look)
        library.tree_shown.connect(self._watch)
        library.workspace_opened.connect(self._watch)

    @Slot()
    def look(self) -> None:
        """Catch up with the disk now, or once more when that is running already."""
        if self._catching_up:
            self._again = True
        elif self._session.workspace is not None:
            self._catching_up = True
            self._library.start("catch up", self._catch_up)

    async def _catch_up(self) -> None:
        try:
            async with self._library.telling(tr("Cannot read the workspace")):
                await self._library.refresh()
                for tab in self._window.tabs.requests():
                    if tab.path:
                        await self.compare(tab)
                await self._library.retry_broken()
        finally:
            self._catching_up = False
        if self._again:
            self._again = False
            self.look()
        else:
            self._watch()

    @Slot()
    def _watch(self) -> None:
        workspace = self._session.workspace
        if workspace is None:
            return
        groups = ["", "collections", "environments", "services"]
        leaves = ["firstlight.yaml", *workspace.page_files()]
        for node in _walk(self._library.nodes):
            (groups if node.kind in ("collection", "folder") else leaves).append(node.path)
        opened = [tab.path for tab in self._window.tabs.tabs() if tab.path]
        self._watcher.watch(workspace.folder, [*groups, *opened], leaves)

    async def compare(self, tab: RequestTab) -> None:
        """Let `tab` follow its file, or say that the two have parted."""
        workspace, path = self._library.workspace, tab.path
        taken = workspace.versions.taken(path)
        now = await self._session.disk(workspace.version, path)
        if tab not in self._window.tabs.tabs():  # closed meanwhile
            return
        if now == taken:
            self._tell(tab, "" if now else "gone")
        elif not now:
            if self._is_same(tab, path, taken):
                self._gone(tab)
        else:
            await self._follow(tab, path, taken)

    async def _follow(self, tab: RequestTab, path: str, taken: str | None) -> None:
        workspace = self._library.workspace
        try:
            stored = await self._session.disk(workspace.peek, path)
        except ExchangeError as error:
            if self._is_same(tab, path, taken):
                self._tell(tab, "broken")
                self._bar(tab).show_case("broken", error.failure.message)
            return
        if not self._is_same(tab, path, taken):
            return  # saved, renamed or loaded meanwhile: the next look will see
        known = taken is None and stored.request == tab.loaded
        if not tab.unsaved() or known or stored.request == tab.request():
            workspace.versions.take(path, stored.version)
            if not known:
                tab.open_request(stored.request, path)
            self._tell(tab, "")
        else:
            self._tell(tab, "changed")

    def _is_same(self, tab: RequestTab, path: str, taken: str | None) -> bool:
        is_open = tab in self._window.tabs.tabs() and tab.path == path
        return is_open and self._library.workspace.versions.taken(path) == taken

    def _gone(self, tab: RequestTab) -> None:
        self._library.workspace.versions.take(tab.path, "")
        tab.rebased(Request())
        self._tell(tab, "gone")

    async def may_save(self, tab: RequestTab) -> bool:
        """Ask before a save replaces what somebody else has written; True: save."""
        await self.compare(tab)
        while self._case(tab) in ("changed", "broken"):
            answer = await self._ask(tab)
            if answer == "differences":
                await self._show_differences(tab)
            elif answer == "replace":
                await self._keep(tab)
            else:
                return False
        return True

    async def _ask(self, tab: RequestTab) -> str:
        box = QMessageBox(self._window)
        box.setObjectName("outsideDialog")
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setIconPixmap(icon("alert", "warn").pixmap(32, 32))
        box.setWindowTitle(tr("The file changed on disk"))
        box.setText(tr("“{name}” was changed on disk by another program or window. Replace it?", name=tab.title()))
        replace = box.addButton(tr("Replace"), QMessageBox.ButtonRole.DestructiveRole)
        differences = box.addButton(tr("Show differences"), QMessageBox.ButtonRole.ActionRole)
        cancel = box.addButton(tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(cancel)
        box.setEscapeButton(cancel)
        await finished(box)
        return {replace: "replace", differences: "differences"}.get(cast(Any, box.clickedButton()), "")

    async def _keep(self, tab: RequestTab) -> None:
        """Go on with what is typed: from now on it belongs to the version on the disk."""
        workspace, path = self._library.workspace, tab.path
        workspace.versions.take(path, await self._session.disk(workspace.version, path))
        try:
            theirs = (await self._session.disk(workspace.peek, path)).request
        except ExchangeError:  # broken: then everything here is new
            theirs = Request()
        tab.rebased(theirs)
        self._tell(tab, "")

    async def _load(self, tab: RequestTab) -> None:
        async with self._library.telling(tr("Cannot read the file")):
            tab.open_request(await self._session.disk(self._library.workspace.load_request, tab.path), tab.path)
            self._tell(tab, "")

    async def _show_differences(self, tab: RequestTab) -> None:
        from firstlight.ui.outside.dialog import DifferenceDialog

        async with self._library.telling(tr("Cannot read the file")):
            lines = await self._session.disk(_differences, self._library.workspace, tab.path, tab.request())
            await finished(DifferenceDialog(tab.path, lines, self._window))

    # --- the bar ---

    def _case(self, tab: RequestTab) -> str:
        bar = tab.editor.findChild(OutsideBar)
        return bar.case if bar else ""

    def _tell(self, tab: RequestTab, case: str) -> None:
        if case or self._case(tab):
            self._bar(tab).show_case(cast(Any, case))

    def _bar(self, tab: RequestTab) -> OutsideBar:
        bar = tab.editor.findChild(OutsideBar)
        if bar is None:
            bar = OutsideBar(tab.editor)
            cast(QBoxLayout, tab.editor.layout()).insertWidget(0, bar)
            for signal, work in (
                (bar.differences_requested, self._show_differences),
                (bar.keep_requested, self._keep),
                (bar.load_requested, self._load),
            ):
                signal.connect(self._starting(work, tab))
        return bar

    def _starting(self, work: Callable[[RequestTab], Coroutine[Any, Any, None]], tab: RequestTab) -> Callable[[], None]:
        return lambda: self._library.start("outside", work, tab)


def _differences(workspace: Workspace, path: str, request: Request) -> list[str]:
    from firstlight.ui.outside.difference import difference

    return difference(workspace.text_of(path), dump_request(hidden(request, path)))


def _walk(nodes: Iterable[Node]) -> Iterable[Node]:
    for node in nodes:
        yield node
        yield from _walk(node.children)
