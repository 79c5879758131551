"""Works on the tree for the window: makes, names, moves, copies and deletes. Open tabs follow; a delete is undone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from firstlight.texts import Phrase, tr
from firstlight.ui.sidebar.copy_names import copy_name
from firstlight.ui.sidebar.dropping import TOP, Drop
from firstlight.ui.tabs_page import TabPage, is_request
from firstlight.ui.tabs_request import RequestTab

if TYPE_CHECKING:
    from firstlight.ui.window import MainWindow
    from firstlight.ui.window_library import Library
    from firstlight.ui.window_session import Session


class Arranging(QObject):
    """Every method that works on the disk is a coroutine; a problem is told, and what was done until then stays."""

    def __init__(self, window: MainWindow, session: Session, library: Library) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._library = library
        self._tree = window.sidebar.tree
        self._closed: dict[str, list[str]] = {}
        """Moment of a delete → the paths of the tabs it closed."""
        self._orphans: dict[str, list[tuple[RequestTab, str]]] = {}
        """Moment of a delete → the unsaved tabs that lost their file, and its path."""
        self._connect()

    def _connect(self) -> None:
        sidebar, tree, start = self._window.sidebar, self._tree, self._library.start
        sidebar.new_request_requested.connect(lambda parent: start("new request", self.add_request, parent))
        sidebar.new_folder_requested.connect(lambda parent: start("new folder", self.add_folder, parent))
        sidebar.new_collection_requested.connect(lambda: start("new collection", self.add_collection))
        sidebar.undo_requested.connect(lambda: start("undo delete", self.undo_recent))
        sidebar.copy_path_requested.connect(self.copy_path)
        tree.rename_requested.connect(lambda path, name: start("rename", self.rename, path, name))
        tree.place_requested.connect(lambda drop: start("place", self.place, drop))
        tree.duplicate_requested.connect(lambda paths: start("duplicate", self.duplicate, paths))
        tree.delete_requested.connect(lambda paths: start("delete", self.delete, paths))
        self._library.workspace_opened.connect(lambda: start("look into the trash", self._show_undo))

    async def add_request(self, parent: str) -> None:
        """Make an empty request in a collection or folder, open it, and let the user name it."""
        async with self._library.telling(tr("Cannot make the request")):
            request = self._session.new_request(tr("New request"))
            path = await self._session.disk(self._library.workspace.add_request, parent, request)
            await self._library.refresh()
            await self._library.open(path)
            self._tree.rename(path)

    async def add_folder(self, parent: str) -> None:
        """Make a folder and let the user name it."""
        async with self._library.telling(tr("Cannot make the folder")):
            path = await self._session.disk(self._library.workspace.add_folder, parent, tr("New folder"))
            await self._library.refresh()
            self._tree.rename(path)

    async def add_collection(self) -> None:
        """Make a collection and let the user name it."""
        async with self._library.telling(tr("Cannot make the collection")):
            path = await self._session.disk(self._library.workspace.add_collection, tr("New collection"))
            await self._library.refresh()
            self._tree.rename(path)

    async def rename(self, path: str, name: str) -> None:
        """Rename a request, folder or collection."""
        async with self._library.telling(tr("Cannot rename")):
            new = await self._session.disk(self._library.workspace.rename, path, name)
            self.follow({path: new}, name)
            await self._library.refresh()
            self._tree.select(new)

    async def place(self, drop: Drop) -> None:
        """Move or copy to another place."""
        async with self._library.telling(tr("Cannot copy") if drop.copies else tr("Cannot move")):
            await self._do_all([drop])

    async def duplicate(self, paths: Iterable[str]) -> None:
        """Put a copy behind each of `paths`."""
        async with self._library.telling(tr("Cannot copy")):
            await self._do_all([self._behind(path) for path in paths])

    async def _do_all(self, drops: Iterable[Drop]) -> None:
        new: list[str] = []
        try:
            for drop in drops:
                for path in drop.paths:
                    new.append(await (self._copy(path, drop) if drop.copies else self._move(path, drop)))
        finally:  # what was done before a problem is shown, too
            await self._library.refresh()
            self._tree.select(*new) if new else None
            self._tree.setFocus()

    async def _move(self, path: str, drop: Drop) -> str:
        new = await self._session.disk(self._library.workspace.move, path, drop.parent, drop.before)
        self.follow({path: new})
        return new

    async def _copy(self, path: str, drop: Drop) -> str:
        name = next((node.name for node in self._tree.rows.nodes([path])), "")
        siblings = await self._session.disk(self._library.workspace.names_in, drop.parent)
        wanted = copy_name(name, siblings) if name in siblings else name
        return await self._session.disk(self._library.workspace.copy, path, drop.parent, drop.before, wanted)

    def _behind(self, path: str) -> Drop:
        siblings = [node.path for node in self._tree.rows.siblings(path)]
        before = siblings[siblings.index(path) + 1 :]
        return Drop(
            paths=(path,), parent=path.rpartition("/")[0] or TOP, before=before[0] if before else "", copies=True
        )

    async def delete(self, paths: list[str], names: tuple[str, ...] = ()) -> None:
        """Move to the trash and offer to undo that. Tabs with typed changes stay, without a file.

        `names` are said to be deleted; without them, what the tree calls the entries.
        """
        names = names or tuple(node.name for node in self._tree.rows.nodes(paths))
        async with self._library.telling(tr("Cannot delete")):
            moment = (await self._session.disk(self._library.workspace.delete, *paths)).rpartition("/")[2]
            self._let_tabs_go(moment, paths)
            await self._library.refresh()
            self._window.sidebar.show_deleted(names)
            await self._show_undo()

    async def undo_recent(self) -> None:
        """Bring back what was deleted last, if that was in this window: a key must not dig out last year's."""
        deleted = await self._session.disk(self._library.workspace.last_deleted)
        if deleted is not None and deleted.moment in self._closed:
            await self.undo_delete()
        else:
            self._window.footer.show_message(
                Phrase("Nothing was deleted here lately. Edit > Undo delete brings back what is older.")
            )

    async def undo_delete(self) -> None:
        """Bring back what was deleted last, its place and its tabs too."""
        async with self._library.telling(tr("Cannot undo the delete")):
            workspace = self._library.workspace
            deleted = await self._session.disk(workspace.last_deleted)
            if deleted is None:
                self._window.footer.show_message(Phrase("The trash holds nothing to bring back."))
                return
            now = await self._session.disk(workspace.undo_delete, deleted)
            self._window.sidebar.hide_deleted()
            await self._library.refresh()
            await self._bring_tabs_back(deleted.moment, now)
            self._tree.select(*now.values())
            self._window.footer.show_message(Phrase("Brought back."))
            await self._show_undo()

    async def _show_undo(self) -> None:
        deleted = await self._session.disk(self._library.workspace.last_deleted)
        self._window.action("undo_delete").setEnabled(deleted is not None)

    def _let_tabs_go(self, moment: str, paths: Iterable[str]) -> None:
        closed, orphans = self._closed.setdefault(moment, []), self._orphans.setdefault(moment, [])
        for tab in self._window.tabs.tabs():
            if not any(_is_in(tab.path, path) for path in paths):
                continue
            if is_request(tab) and tab.unsaved():
                orphans.append((tab, tab.path))
                tab.detached()
            else:
                closed.append(tab.path)
                self._window.tabs.close_requested.emit(tab)

    async def _bring_tabs_back(self, moment: str, now: Mapping[str, str]) -> None:
        for tab, path in self._orphans.pop(moment, []):
            if tab in self._window.tabs.tabs() and not tab.path:
                tab.renamed(_moved(path, now), tab.name)
        for path in self._closed.pop(moment, []):
            await self._library.open(_moved(path, now))

    def copy_path(self, path: str) -> None:
        """Put the place of a file or folder on the disk on the clipboard."""
        QGuiApplication.clipboard().setText(str(self._library.workspace.folder / path))
        self._window.footer.show_message(Phrase("Copied the path."))

    def follow(self, now: Mapping[str, str], name: str = "") -> None:
        """Let open tabs go along; `name` is the new one of the entry itself."""
        for tab in self._window.tabs.tabs():
            new = _moved(tab.path, now)
            if new != tab.path:
                tab.renamed(new, name if name and tab.path in now else _name_of(tab))


def _name_of(tab: TabPage) -> str:
    return tab.name if is_request(tab) else tab.title()


def _is_in(path: str, folder: str) -> bool:
    return path == folder or path.startswith(f"{folder}/")


def _moved(path: str, now: Mapping[str, str]) -> str:
    """Return where `path` is now, when the entries in `now` went from one place to another."""
    for old, new in now.items():
        if _is_in(path, old):
            return new + path[len(old) :]
    return path
