"""The collections of a workspace as a tree. A file that cannot be read is a broken leaf; the rest loads.

Every request file is read whole, so that the tree tells the truth about each (80 µs a file); what has not changed
since the last time is not read again. Of very large files only the beginning is read.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from firstlight.formats.firstlight_yaml import FormatError, parse_request
from firstlight.model.failure import ExchangeError
from firstlight.model.urls import full_url
from firstlight.store import disk, ordering, pages
from firstlight.texts import Phrase

_LARGE_BYTES = 256 * 1024
_Group: TypeAlias = Literal["collection", "folder"]
_Known: TypeAlias = "dict[str, tuple[tuple[int, int], Node]]"
"""path → (modified, size) and what was read then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One row of the tree."""

    kind: Literal["collection", "folder", "request", "broken"]
    path: str
    """Relative to the workspace, with `/`."""
    name: str
    method: str = ""
    url: str = ""
    """With its query, as typed: what the filter searches. Never written anywhere."""
    problem: Phrase | None = None
    children: tuple[Node, ...] = ()


class TreeReader:
    """Reads the tree below a workspace's `collections` folder, again and again."""

    def __init__(self, workspace: Path) -> None:
        self._workspace = workspace
        self._known: _Known = {}

    def read(self, order: Sequence[str]) -> tuple[Node, ...]:
        """Return the collections: those in `order` first, the others by name."""
        collections = self._workspace / "collections"
        if collections.is_symlink():
            return (_broken("collections", Phrase("A link to a folder is not followed.")),)
        if not collections.is_dir():
            return ()
        self._known, before = {}, self._known
        nodes = [
            (entry.name, self._folder(entry, "collections", before, "collection"))
            for entry in self._visible(collections)
            if entry.is_dir()
        ]
        return _in_order(nodes, order)

    @staticmethod
    def _visible(folder: Path) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(folder) as entries:
                return [entry for entry in entries if not entry.name.startswith(".")]
        except OSError as error:
            raise disk.cannot_read(folder, error) from error

    def names(self, folder: str, order: Sequence[str]) -> list[str]:
        """Return the file names of one folder's entries as the tree orders them; `order` is that of the collections."""
        return [node.path.rpartition("/")[2] for node in self.entries(folder, order)]

    def entries(self, folder: str, order: Sequence[str] = ()) -> tuple[Node, ...]:
        """Return one folder's entries without what is in them, see `names`."""
        place = self._workspace / folder
        if folder != "collections":
            _name, order, nodes = self._entries(place, folder, self._known, self._closed)
        else:
            inner = [entry for entry in self._visible(place) if entry.is_dir()]
            nodes = [(entry.name, self._closed(entry, folder)) for entry in inner]
        return _in_order(nodes, order)

    def _folder(self, entry: os.DirEntry[str], parent: str, before: _Known, kind: _Group) -> Node:
        path = f"{parent}/{entry.name}"
        if entry.is_symlink():
            return _broken(path, Phrase("A link to a folder is not followed."))

        def inner(child: os.DirEntry[str], above: str) -> Node:
            return self._folder(child, above, before, "folder")

        try:
            name, order, children = self._entries(Path(entry.path), path, before, inner)
        except ExchangeError as error:
            return _broken(path, error.failure.message)
        return Node(kind=kind, path=path, name=name, children=_in_order(children, order))

    def _entries(
        self, place: Path, path: str, before: _Known, folder: Callable[[os.DirEntry[str], str], Node]
    ) -> tuple[str, Sequence[str], list[tuple[str, Node]]]:
        """Return a folder's name, its order and its entries; `folder` makes the node of a folder in it."""
        children: list[tuple[str, Node]] = []
        name = place.name
        order: Sequence[str] = ()
        page = ordering.page_of(place, self._workspace / "collections").name
        for child in self._visible(place):
            if child.name == page:
                name, order, broken = self._page(child, path)
                children += [(child.name, broken)] if broken else []
            elif child.is_dir():
                children.append((child.name, folder(child, path)))
            elif child.name.endswith((".yaml", ".yml")):
                children.append((child.name, self._request(child, path, before)))
        return name, order, children

    def _closed(self, entry: os.DirEntry[str], parent: str) -> Node:
        """Return the node of a folder without what is in it."""
        path = f"{parent}/{entry.name}"
        page = ordering.page_of(Path(entry.path), self._workspace / "collections")
        name = entry.name
        with suppress(ExchangeError):  # a broken page or folder goes by its own name, as in the tree
            name = pages.read_collection(page).name or name
        return Node(kind="folder", path=path, name=name)

    def _page(self, entry: os.DirEntry[str], folder: str) -> tuple[str, tuple[str, ...], Node | None]:
        """Return the name and order that a folder's page gives, and a leaf for the page when it is broken."""
        try:
            page = pages.read_collection(Path(entry.path))
        except ExchangeError as error:
            return folder.rpartition("/")[2], (), _broken(f"{folder}/{entry.name}", _problem(error))
        return page.name or folder.rpartition("/")[2], page.order, None

    def _request(self, entry: os.DirEntry[str], folder: str, before: _Known) -> Node:
        path = f"{folder}/{entry.name}"
        try:
            if entry.is_symlink() and not Path(entry.path).resolve().is_relative_to(self._workspace):
                return _broken(path, Phrase("The link leads out of the workspace."))
            status = entry.stat()
        except OSError as error:
            return _broken(path, disk.cannot_read(Path(entry.path), error).failure.message)
        if not stat.S_ISREG(status.st_mode):  # reading a pipe would wait for ever
            return _broken(path, Phrase("Not a file that can be read."))
        stamp = (status.st_mtime_ns, status.st_size)
        known = before.get(path)
        node = known[1] if known and known[0] == stamp else _request_node(Path(entry.path), path, status.st_size)
        self._known[path] = (stamp, node)
        return node


def _request_node(file: Path, path: str, size_bytes: int) -> Node:
    try:
        request = parse_request(_beginning(file) if size_bytes > _LARGE_BYTES else disk.read_text(file))
    except (FormatError, ExchangeError) as error:
        return _broken(path, _problem(error))
    name = request.name or file.stem
    return Node(kind="request", path=path, name=name, method=request.method, url=full_url(request))


def _beginning(file: Path) -> str:
    """Return the lines of a very large file that the tree needs: First Light writes them first."""
    lines = disk.read_bytes(file, 8192).decode(errors="ignore").splitlines()
    head = [line for line in lines if line.startswith(("name:", "method:", "url:"))]
    return "\n".join(head) or disk.read_text(file)


def _broken(path: str, problem: Phrase) -> Node:
    return Node(kind="broken", path=path, name=path.rpartition("/")[2], problem=problem)


def _problem(error: FormatError | ExchangeError) -> Phrase:
    if isinstance(error, ExchangeError):
        return error.failure.message
    return Phrase("Line {line}, column {column}: {reason}", line=error.line, column=error.column, reason=error.reason)


def _in_order(named: list[tuple[str, Node]], order: Sequence[str]) -> tuple[Node, ...]:
    place = {name: index for index, name in enumerate(order)}
    last = len(place)
    named.sort(key=lambda pair: (place.get(pair[0], last), pair[1].name.casefold(), pair[0]))
    return tuple(node for _, node in named)
