"""Gives the entries of a workspace's tree other places, and makes copies of them.

Every step leaves a workspace that loads: an entry changes its place in one step of the file system, and a copy
appears whole. A crash in between can cost the place among the neighbours, nothing else.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from secrets import token_hex

from firstlight.model.failure import ExchangeError, failed
from firstlight.store import disk, ordering, pages
from firstlight.store.file_names import folder_name, free_name, request_file
from firstlight.store.tree import TreeReader
from firstlight.texts import Phrase


class Arranger:
    """Works on the folder `collections` of one workspace. Places are absolute, and inside."""

    def __init__(self, workspace: Path, reader: TreeReader) -> None:
        self._workspace = workspace
        self._collections = workspace / "collections"
        self._reader = reader

    def move(self, old: Path, parent: Path, before: str) -> Path:
        """Put an entry into the folder `parent`, in front of the entry `before` (a file name; empty: last)."""
        self.check(old, parent)
        name = old.name
        if parent != old.parent:
            name = free_name(old.name, names_in(parent))
        # The new order first: what it names and is not there yet does no harm, an error here has changed nothing.
        self._place(parent, name, before)
        if parent == old.parent:
            return old
        disk.move(old, parent / name)
        self.reorder(old.parent, ordering.removed(old.name))
        return parent / name

    def copy(self, old: Path, parent: Path, before: str, name: str) -> Path:
        """Put a copy of an entry, with another name, into the folder `parent`; everything in it is copied too."""
        self.check(old, parent, to_move=False)
        if old.is_dir():
            new = parent / free_name(folder_name(name, "folder"), names_in(parent))
            self._copy_folder(old, new, name)
        else:
            new = parent / free_name(request_file(name), names_in(parent))
            pages.write_request(new, replace(pages.read_request(old), name=name))
        self._place(parent, new.name, before)
        return new

    def check(self, old: Path, parent: Path, *, to_move: bool = True) -> None:
        """Raise ExchangeError where an entry can have no place."""
        if to_move and (parent == old or old in parent.parents):
            raise _refused(Phrase("A folder cannot be moved into itself."))
        if parent == self._collections and not old.is_dir():
            raise _refused(Phrase("A request lives in a collection or a folder."))
        if old.name in (pages.COLLECTION, pages.FOLDER):
            raise _refused(Phrase("The page of a collection or folder stays where it is."))

    def reorder(self, folder: Path, change: ordering.Change, *, always: bool = False) -> None:
        """Change the order of a folder's entries."""
        if folder == self._collections:
            ordering.reorder_workspace(self._workspace / pages.WORKSPACE, change, always=always)
        else:
            ordering.reorder_folder(ordering.page_of(folder, self._collections), change)

    def order(self, folder: Path) -> tuple[str, ...]:
        """Return the order that a folder's page gives; a broken page gives none."""
        try:
            if folder == self._collections:
                return pages.read_workspace(self._workspace / pages.WORKSPACE).order
            return pages.read_collection(ordering.page_of(folder, self._collections)).order
        except ExchangeError as error:
            if error.failure.kind != "broken-file":
                raise
            return ()

    def shown(self, folder: Path) -> list[str]:
        """Return the file names of a folder's entries in the order of the tree."""
        order = self.order(folder) if folder == self._collections else ()
        return self._reader.names(folder.relative_to(self._workspace).as_posix(), order)

    def _place(self, folder: Path, name: str, before: str) -> None:
        self.reorder(folder, ordering.placed(self.shown(folder), name, before), always=True)

    def _copy_folder(self, old: Path, new: Path, name: str) -> None:
        making = self._workspace / token_hex(4).join(disk.TEMPORARY)
        disk.copy_folder(old, making)
        page = making / ordering.page_of(old, self._collections).name
        pages.write_collection(page, replace(pages.read_collection(page), name=name))
        disk.move(making, new)


def names_in(folder: Path) -> set[str]:
    """Return the names of everything in a folder. Raises ExchangeError (layer `file`)."""
    try:
        return set(os.listdir(folder))
    except OSError as error:
        raise disk.cannot_read(folder, error) from error


def _refused(message: Phrase) -> ExchangeError:
    return failed("file", "no-place", message)
