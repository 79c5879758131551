"""The collections of a workspace as a tree. A file that cannot be read is a broken leaf; the rest loads.

What has not changed since the last time is not read again. A hasty look reads the first few hundred files whole and of
the others the first lines, so that a workspace of 10,000 requests is on screen in a quarter of the time; `check` reads
the rest, in small portions, and then the tree tells the truth about each (docs/adr/0019).
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from time import perf_counter
from typing import Literal, TypeAlias

from firstlight.model.failure import ExchangeError
from firstlight.store import disk, ordering, pages
from firstlight.store.leaves import hasty_leaf, whole_leaf
from firstlight.store.node import Node, broken, problem_of
from firstlight.texts import Phrase

__all__ = ["Node", "TreeReader"]

_WHOLE_AT_ONCE = 300
"""Files that a hasty look reads whole: 30 ms. Most workspaces have no more."""
_DEEPEST = 50
"""Folders in folders: nobody makes more, and each level is a call inside another."""
_Group: TypeAlias = Literal["collection", "folder"]
_Known: TypeAlias = "dict[str, tuple[tuple[int, int], Node]]"
"""path → (modified, size) and what was read then."""


class TreeReader:
    """Reads the tree below a workspace's `collections` folder, again and again."""

    def __init__(self, workspace: Path) -> None:
        self._workspace = workspace
        self._known: _Known = {}
        self._unchecked: set[str] = set()
        """Paths of files of which only the first lines were read."""
        self._hasty, self._whole_left = False, 0

    def read(self, order: Sequence[str], *, hasty: bool = False) -> tuple[Node, ...]:
        """Return the collections: those in `order` first, the others by name. See `check` about `hasty`."""
        self._hasty, self._whole_left = hasty, _WHOLE_AT_ONCE
        collections = self._workspace / "collections"
        if collections.is_symlink():
            return (broken("collections", Phrase("A link to a folder is not followed.")),)
        if not collections.is_dir():
            return ()
        self._known, before = {}, self._known
        nodes = [
            (entry.name, self._folder(entry, "collections", before, "collection"))
            for entry in self._visible(collections)
            if entry.is_dir()
        ]
        return _in_order(nodes, order)

    def check(self, seconds: float) -> tuple[bool, bool]:
        """Read, for that long, what a hasty look has not read whole; return whether more is left, and any news."""
        news = False
        until = perf_counter() + seconds
        while self._unchecked and perf_counter() < until:
            path = self._unchecked.pop()
            if path in self._known:
                stamp, hasty = self._known[path]
                node = whole_leaf(self._workspace / path, path, stamp[1])
                self._known[path] = stamp, node
                news = news or node != hasty
        return bool(self._unchecked), news

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
            return broken(path, Phrase("A link to a folder is not followed."))
        if path.count("/") > _DEEPEST:
            return broken(path, Phrase("Folders are nested too deeply."))

        def inner(child: os.DirEntry[str], above: str) -> Node:
            return self._folder(child, above, before, "folder")

        try:
            name, order, children = self._entries(Path(entry.path), path, before, inner)
        except ExchangeError as error:
            return broken(path, error.failure.message)
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
                name, order, wrong = self._page(child, path)
                children += [(child.name, wrong)] if wrong else []
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
            return folder.rpartition("/")[2], (), broken(f"{folder}/{entry.name}", problem_of(error))
        return page.name or folder.rpartition("/")[2], page.order, None

    def _request(self, entry: os.DirEntry[str], folder: str, before: _Known) -> Node:
        path = f"{folder}/{entry.name}"
        try:
            if entry.is_symlink() and not Path(entry.path).resolve().is_relative_to(self._workspace):
                return broken(path, Phrase("The link leads out of the workspace."))
            status = entry.stat()
        except OSError as error:
            return broken(path, disk.cannot_read(Path(entry.path), error).failure.message)
        if not stat.S_ISREG(status.st_mode):  # reading a pipe would wait for ever
            return broken(path, Phrase("Not a file that can be read."))
        stamp = (status.st_mtime_ns, status.st_size)
        known = before.get(path)
        if known and known[0] == stamp and (self._hasty or path not in self._unchecked):
            node = known[1]
        else:
            node = self._leaf(Path(entry.path), path, status.st_size)
        self._known[path] = (stamp, node)
        return node

    def _leaf(self, file: Path, path: str, size_bytes: int) -> Node:
        self._whole_left -= 1
        if self._hasty and self._whole_left < 0 and (node := hasty_leaf(file, path)) is not None:
            self._unchecked.add(path)
            return node
        self._unchecked.discard(path)
        return whole_leaf(file, path, size_bytes)


def _in_order(named: list[tuple[str, Node]], order: Sequence[str]) -> tuple[Node, ...]:
    place = {name: index for index, name in enumerate(order)}
    last = len(place)
    named.sort(key=lambda pair: (place.get(pair[0], last), pair[1].name.casefold(), pair[0]))
    return tuple(node for _, node in named)
