"""A workspace: a folder of plain files, one per request (docs/workspace-files.md). Every method works on the disk."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePosixPath

from firstlight.model.collection import Collection, WorkspacePage
from firstlight.model.exchange import Variable
from firstlight.model.failure import failed
from firstlight.model.request import Request
from firstlight.store import disk, ordering, pages, scopes
from firstlight.store.file_names import folder_name, free_name, is_made_from, request_file
from firstlight.store.finding import find_request
from firstlight.store.paths import inside, place
from firstlight.store.trash import move_to_trash
from firstlight.store.tree import Node, TreeReader
from firstlight.texts import Phrase


class Workspace:
    """An opened workspace. Paths are relative to it, with `/`. Every problem is an ExchangeError (layer `file`)."""

    def __init__(self, folder: Path, page: WorkspacePage) -> None:
        self.folder = folder
        self.name = page.name or folder.name
        self._collections = folder / "collections"
        self._reader = TreeReader(folder)

    @classmethod
    def open(cls, folder: Path) -> Workspace:
        """Open the workspace in `folder` and remove what a crash left half written."""
        page = folder / pages.WORKSPACE
        if not page.exists():
            message = Phrase("{path} is not a workspace: it holds no firstlight.yaml.", path=folder)
            raise failed(
                "file", "no-workspace", message, hint=Phrase("Choose another folder, or make a new workspace.")
            )
        workspace = cls(folder.resolve(), pages.read_workspace(page))
        disk.remove_leftovers(workspace.folder)
        return workspace

    @classmethod
    def create(cls, folder: Path, name: str) -> Workspace:
        """Make a workspace in `folder`, which may hold other files, and open it."""
        page = folder / pages.WORKSPACE
        if page.exists():
            message = Phrase("{path} is a workspace already.", path=folder)
            raise failed("file", "exists", message, hint=Phrase("Open it, or choose another folder."))
        _make_folder(folder)
        pages.write_workspace(page, WorkspacePage(name=name))
        return cls.open(folder)

    def tree(self) -> tuple[Node, ...]:
        """Return the collections with everything in them; what cannot be read is a broken leaf."""
        return self._reader.read(pages.read_workspace(self._page()).order)

    def find(self, target: str) -> str:
        """Return the path of the request that `Collection/Folder/Request` names."""
        return find_request(self.tree(), target)

    def load_request(self, path: str) -> Request:
        """Read a request."""
        return pages.read_request(inside(self.folder, path))

    def save_request(self, path: str, request: Request) -> None:
        """Write a request to the file it was loaded from; its file name stays."""
        pages.write_request(inside(self.folder, path), request)

    def load_collection(self, path: str) -> Collection:
        """Read what the page of a collection or folder says."""
        return pages.read_collection(self._page_of(inside(self.folder, path)))

    def add_request(self, parent: str, request: Request) -> str:
        """Save a new request as the last one of a collection or folder and return its path."""
        folder = self._existing_folder(parent)
        name = free_name(request_file(request.name), _names_in(folder))
        shown = self._shown(parent)
        pages.write_request(folder / name, request)
        ordering.reorder_folder(self._page_of(folder), ordering.appended(shown, name))
        return f"{parent}/{name}"

    def add_collection(self, name: str) -> str:
        """Make an empty collection and return its path."""
        _make_folder(self._collections)
        path = self._add_folder(self._collections, name, "collection")
        ordering.reorder_workspace(self._page(), lambda order: [*order, Path(path).name])
        return path

    def add_folder(self, parent: str, name: str) -> str:
        """Make an empty folder as the last entry of a collection or folder and return its path."""
        folder = self._existing_folder(parent)
        shown = self._shown(parent)
        path = self._add_folder(folder, name, "folder")
        ordering.reorder_folder(self._page_of(folder), ordering.appended(shown, Path(path).name))
        return path

    def rename(self, path: str, name: str) -> str:
        """Give a request, collection or folder another name; its file is renamed too. Return the new path."""
        old = inside(self.folder, path)
        if old.is_dir():
            page = self._page_of(old)
            wanted = folder_name(name, "folder")
            pages.write_collection(page, replace(pages.read_collection(page), name=name))
        else:
            wanted = request_file(name)
            pages.write_request(old, replace(pages.read_request(old), name=name))
        if is_made_from(old.name, wanted):
            return path
        new = old.with_name(free_name(wanted, _names_in(old.parent) - {old.name}))
        _move(old, new)
        self._reorder(old.parent, ordering.renamed(old.name, new.name))
        return new.relative_to(self.folder).as_posix()

    def delete(self, path: str) -> str:
        """Move a request, collection or folder to the workspace's trash and return where it is now."""
        old = place(self.folder, path)
        trashed = move_to_trash(self.folder, old)
        self._reorder(old.parent, ordering.removed(old.name))
        return trashed

    def environments(self) -> tuple[str, ...]:
        """Return the names of the environments, sorted."""
        return tuple(sorted(scopes.environment_files(self.folder), key=str.casefold))

    def variables_for(self, path: str, environment: str = "") -> dict[str, Variable]:
        """Return what a request at `path` may refer to; workspace < collection < folder < environment."""
        variables = scopes.variables("workspace", pages.read_workspace(self._page()).variables)
        parents = [p for p in PurePosixPath(path).parents if len(p.parts) > 1 and p.parts[0] == "collections"]
        for parent in reversed(parents):
            origin = "collection" if len(parent.parts) == 2 else "folder"
            variables |= scopes.variables(origin, self.load_collection(parent.as_posix()).variables)
        if environment:
            variables |= scopes.variables("environment", scopes.environment(self.folder, environment).variables)
        return variables

    def _page(self) -> Path:
        return self.folder / pages.WORKSPACE

    def _page_of(self, folder: Path) -> Path:
        return ordering.page_of(folder, self._collections)

    def _existing_folder(self, path: str) -> Path:
        folder = inside(self.folder, path)
        if not folder.is_dir() or self._collections not in folder.parents:
            message = Phrase("There is no collection or folder {path}.", path=path)
            raise failed("file", "no-folder", message, hint=Phrase("It may have been renamed or deleted outside."))
        return folder

    def _add_folder(self, parent: Path, name: str, kind: str) -> str:
        folder = parent / free_name(folder_name(name, kind), _names_in(parent))
        _make_folder(folder)
        pages.write_collection(self._page_of(folder), Collection(name=name))
        return folder.relative_to(self.folder).as_posix()

    def _shown(self, parent: str) -> list[str]:
        """Return the file names of a folder's entries in the order of the tree."""
        nodes = self.tree()
        while nodes:
            node = next((n for n in nodes if n.path == parent or parent.startswith(f"{n.path}/")), None)
            if node is None or node.path == parent:
                return [child.path.rpartition("/")[2] for child in node.children] if node else []
            nodes = node.children
        return []

    def _reorder(self, folder: Path, change: ordering.Change) -> None:
        if folder == self._collections:
            ordering.reorder_workspace(self._page(), change)
        else:
            ordering.reorder_folder(self._page_of(folder), change)


def _names_in(folder: Path) -> set[str]:
    try:
        return {entry.name for entry in folder.iterdir()}
    except OSError as error:
        raise disk.cannot_read(folder, error) from error


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        disk.sync_folder(folder.parent)
    except OSError as error:
        raise disk.cannot_write(folder, error) from error


def _move(old: Path, new: Path) -> None:
    try:
        old.rename(new)
        disk.sync_folder(new.parent)
    except OSError as error:
        raise disk.cannot_write(new, error) from error
