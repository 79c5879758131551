"""A workspace: a folder of plain files, one per request (docs/workspace-files.md). Every method works on the disk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from firstlight.model.collection import Collection, WorkspacePage
from firstlight.model.failure import ExchangeError, failed
from firstlight.model.request import Request
from firstlight.model.service import Service
from firstlight.model.surroundings import Surroundings
from firstlight.store import disk, ordering, pages, scopes, trash
from firstlight.store.arranging import Arranger, names_in
from firstlight.store.environments import Environments
from firstlight.store.file_names import folder_name, free_name, is_made_from, request_file
from firstlight.store.finding import find_request
from firstlight.store.pages import Stored
from firstlight.store.paths import inside, place
from firstlight.store.services import Services, renamed_parts, requests_of
from firstlight.store.tree import Node, TreeReader
from firstlight.store.versions import Versions
from firstlight.texts import Phrase


class Workspace:
    """An opened workspace. Paths are relative to it, with `/`. Every problem is an ExchangeError (layer `file`)."""

    def __init__(self, folder: Path, page: WorkspacePage) -> None:
        self.folder = folder
        self.name = page.name or folder.name
        self._collections = folder / "collections"
        self._reader = TreeReader(folder)
        self._arranger = Arranger(folder, self._reader)
        self.versions = Versions(folder)
        self.environment_pages = Environments(folder)
        self.services = Services(folder)
        self._unordered = {self.environment_pages.folder, self.services.folder}
        """Folders whose entries are sorted by name."""

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
        disk.make_folder(folder)
        pages.write_workspace(page, WorkspacePage(name=name))
        return cls.open(folder)

    def tree(self, *, hasty: bool = False) -> tuple[Node, ...]:
        """Return the collections with everything in them; what cannot be read is a broken leaf.

        A `hasty` look at a large workspace finds out about some broken files only when `check` has read them.
        """
        return self._reader.read(pages.read_workspace(self._page()).order, hasty=hasty)

    def check(self, seconds: float) -> tuple[bool, bool]:
        """Read what a hasty look left out, for that long; return whether more is left, and whether the tree changed."""
        return self._reader.check(seconds)

    def names_in(self, parent: str) -> frozenset[str]:
        """Return the names, as the tree shows them, in a collection or folder, or in `collections`."""
        folder = self._existing_folder(parent, top=True)
        return frozenset(node.name for node in self._reader.entries(self._path(folder)))

    def find(self, target: str) -> str:
        """Return the path of the request that `Collection/Folder/Request` names."""
        return find_request(self.tree(), target)

    def load_request(self, path: str) -> Request:
        """Read a request to work on: this version of it may be saved over without asking."""
        stored = self.peek(path)
        self.versions.take(path, stored.version)
        return stored.request

    def peek(self, path: str) -> Stored:
        """Read a request as it is now, and which version of its file that is."""
        return pages.read_stored(inside(self.folder, path))

    def text_of(self, path: str) -> str:
        """Return a file as it is, be it broken or not."""
        return disk.read_text(inside(self.folder, path))

    def version(self, path: str) -> str:
        """Return which version of a file is on the disk now; empty: there is none."""
        return self.versions.now(inside(self.folder, path))

    def save_request(self, path: str, request: Request, *, over: str | None = None) -> None:
        """Write a request to the file it was loaded from; its file name stays.

        Raises:
            ExchangeError: `changed-outside`: the file is not the version `over` any more. Nothing was written.
        """
        file = inside(self.folder, path)
        if over is not None and (now := self.versions.now(file)) and now != over:
            message = Phrase("{path} was changed outside since it was read.", path=path)
            raise failed("file", "changed-outside", message)
        if not file.parent.is_dir():  # deleted outside, together with the file
            disk.make_folder(file.parent)
        self.versions.take(path, pages.write_request(file, request))

    def load_collection(self, path: str) -> Collection:
        """Read what the page of a collection or folder says."""
        return pages.read_collection(self._page_of(inside(self.folder, path)))

    def save_collection(self, path: str, collection: Collection) -> None:
        """Write the page of a collection or folder. Its order is that of the file: the tree may have changed it."""
        page = self._page_of(inside(self.folder, path))
        pages.write_collection(page, replace(collection, order=pages.read_collection(page).order))

    def load_page(self) -> WorkspacePage:
        """Read the workspace's own page."""
        return pages.read_workspace(self._page())

    def save_page(self, page: WorkspacePage) -> None:
        """Write the workspace's own page; the order of the collections is that of the file."""
        pages.write_workspace(self._page(), replace(page, order=self.load_page().order))
        self.name = page.name or self.folder.name

    def add_request(self, parent: str, request: Request) -> str:
        """Save a new request as the last one of a collection or folder and return its path."""
        folder = self._existing_folder(parent)
        name = free_name(request_file(request.name), names_in(folder))
        shown = self._arranger.shown(folder)
        pages.write_request(folder / name, request)
        self._arranger.reorder(folder, ordering.appended(shown, name))
        return f"{parent}/{name}"

    def add_collection(self, name: str) -> str:
        """Make an empty collection and return its path."""
        disk.make_folder(self._collections)
        path = self._add_folder(self._collections, name, "collection")
        self._arranger.reorder(self._collections, lambda order: [*order, Path(path).name])
        return path

    def add_folder(self, parent: str, name: str) -> str:
        """Make an empty folder as the last entry of a collection or folder and return its path."""
        folder = self._existing_folder(parent)
        shown = self._arranger.shown(folder)
        path = self._add_folder(folder, name, "folder")
        self._arranger.reorder(folder, ordering.appended(shown, Path(path).name))
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
            self._rewrite(path, name=name)
        if is_made_from(old.name, wanted):
            return path
        new = old.with_name(free_name(wanted, names_in(old.parent) - {old.name}))
        disk.move(old, new)
        self.versions.moved(path, self._path(new))
        self._arranger.reorder(old.parent, ordering.renamed(old.name, new.name))
        return self._path(new)

    def save_service(self, path: str, service: Service) -> None:
        """Write a service; requests that name a channel or credential of it follow where that has another name now."""
        try:
            channels, credentials = renamed_parts(self.services.load(path), service)
        except ExchangeError:  # gone or broken: nothing is known of what was in it
            channels, credentials = {}, {}
        self.services.save(path, service)
        for node in requests_of(self.tree(), service.name) if channels or credentials else ():
            request = pages.read_request(inside(self.folder, node.path))
            named = {
                "channel": channels.get(request.channel, request.channel),
                "credential": credentials.get(request.credential, request.credential),
            }
            if named != {"channel": request.channel, "credential": request.credential}:
                self._rewrite(node.path, **named)

    def rename_service(self, path: str, name: str) -> str:
        """Give a service another name; its file is renamed too, and its requests follow. Return the new path."""
        before = self.services.load(path).name
        new = self.services.rename(path, name)
        for node in requests_of(self.tree(), before):
            self._rewrite(node.path, service=name)
        return new

    def move(self, path: str, parent: str, before: str = "") -> str:
        """Put a request, folder or collection into another one, and return its path there.

        It stands in front of the entry with the path `before`, or last. `collections` as the parent makes it, or
        leaves it, a collection.

        Raises:
            ExchangeError: (layer `file`, kind `no-place`) it cannot be there; nothing was changed.
        """
        target = self._existing_folder(parent, top=True)
        new = self._path(self._arranger.move(place(self.folder, path), target, PurePosixPath(before).name))
        self.versions.moved(path, new)
        return new

    def copy(self, path: str, parent: str, before: str, name: str) -> str:
        """Put a copy called `name` of a request, folder or collection somewhere, as `move` does; return its path."""
        source, target = inside(self.folder, path), self._existing_folder(parent, top=True)
        return self._path(self._arranger.copy(source, target, PurePosixPath(before).name, name))

    def delete(self, *paths: str) -> str:
        """Move requests, collections and folders to the workspace's trash; return the folder they are in now.

        Below it they keep their paths. `undo_delete` brings all of them back.
        """
        places = [place(self.folder, path) for path in paths]
        places = [old for old in places if not any(other in old.parents for other in places)]
        arranged = [old for old in places if old.parent not in self._unordered]
        folders = {old.parent for old in arranged}
        orders = {self._path(folder): self._arranger.order(folder) for folder in folders}
        trashed = trash.move_to_trash(self.folder, places, orders)
        for folder in folders:
            self._arranger.reorder(folder, ordering.removed(*(old.name for old in places if old.parent == folder)))
        return self._path(trashed)

    def last_deleted(self) -> trash.Deleted | None:
        """Return the newest delete that can be undone."""
        return trash.last_deleted(self.folder)

    def undo_delete(self, deleted: trash.Deleted) -> dict[str, str]:
        """Bring back what the trash still holds of a delete, to its place; return old path → path now.

        A name that was given away meanwhile gets a number, and folders that are gone are made again.
        """
        now: dict[str, str] = {}
        for path, trashed in trash.held(self.folder, deleted):
            old = place(self.folder, path)
            disk.make_folder(old.parent)
            new = old.with_name(free_name(old.name, names_in(old.parent)))
            disk.move(trashed, new)
            if old.parent not in self._unordered:
                before = deleted.orders.get(self._path(old.parent), ())
                self._arranger.reorder(old.parent, ordering.restored(old.name, new.name, before), always=True)
            now[path] = self._path(new)
        trash.forget(self.folder, deleted)
        return now

    def page_files(self) -> list[str]:
        """Return the paths of the files of environments and services, as they are now."""
        return [self._path(file) for folder in sorted(self._unordered) for file in folder.glob("*.yaml")]

    def environments(self) -> tuple[str, ...]:
        """Return the names of the environments, sorted."""
        return tuple(sorted(scopes.environment_files(self.folder), key=str.casefold))

    def surroundings(self, path: str, environment: str = "") -> Surroundings:
        """Return what a request, folder or collection at `path` finds around it: variables, and what it inherits.

        Of variables with one name the nearest counts: workspace < collection < folder < environment.
        """
        return scopes.surroundings(self._sources(path, environment))

    def _sources(self, path: str, environment: str) -> Iterator[scopes.Source]:
        """Yield the pages around `path`, the nearest last. Its own is not among them."""
        yield scopes.Source(
            origin="workspace",
            path=pages.WORKSPACE,
            name=self.name,
            rows=pages.read_workspace(self._page()).variables,
        )
        parents = [p for p in PurePosixPath(path).parents if len(p.parts) > 1 and p.parts[0] == "collections"]
        for parent in reversed(parents):
            page = self.load_collection(parent.as_posix())
            yield scopes.Source(
                origin="collection" if len(parent.parts) == 2 else "folder",
                path=parent.as_posix(),
                name=page.name or parent.name,
                rows=page.variables,
                authorization=page.authorization,
            )
        if environment:
            rows = scopes.environment(self.folder, environment).variables
            yield scopes.Source(origin="environment", path="", name=environment, rows=rows)

    def _rewrite(self, path: str, **changed: str) -> None:
        """Change fields of a request's file, for whoever works on it too."""
        file = inside(self.folder, path)
        stored = pages.read_stored(file)
        version = pages.write_request(file, replace(stored.request, **changed))  # type: ignore[arg-type]
        if self.versions.taken(path) == stored.version:  # else somebody changed it: that stays to be told
            self.versions.take(path, version)

    def _page(self) -> Path:
        return self.folder / pages.WORKSPACE

    def _page_of(self, folder: Path) -> Path:
        return ordering.page_of(folder, self._collections)

    def _path(self, place: Path) -> str:
        return place.relative_to(self.folder).as_posix()

    def _existing_folder(self, path: str, *, top: bool = False) -> Path:
        """Return the place of a collection or folder, with `top` also of the folder that holds the collections."""
        folder = inside(self.folder, path)
        if top and folder == self._collections:
            return folder
        if not folder.is_dir() or self._collections not in folder.parents:
            message = Phrase("There is no collection or folder {path}.", path=path)
            raise failed("file", "no-folder", message, hint=Phrase("It may have been renamed or deleted outside."))
        return folder

    def _add_folder(self, parent: Path, name: str, kind: str) -> str:
        folder = parent / free_name(folder_name(name, kind), names_in(parent))
        disk.make_folder(folder)
        pages.write_collection(self._page_of(folder), Collection(name=name))
        return self._path(folder)
