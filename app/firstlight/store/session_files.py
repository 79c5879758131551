"""The session of one window on the disk: an index of the tabs, and one file for each unsaved content.

A content file is named after what is in it and never changes, and the index, which names them, is replaced whole. So
a crash at any instant leaves the old tabs or the new ones.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import msgspec

from firstlight.model.failure import ExchangeError
from firstlight.store import disk
from firstlight.store.drafts import DRAFTS
from firstlight.store.session_state import SessionState, TabState

FORMAT = 1
INDEX = "tabs.json"
NAMES = "secrets.json"
RESTORING = "restoring"
_DRAFT = ".draft"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Index:
    """What tabs.json holds. A tab's draft is the name of its file there."""

    format: int = FORMAT
    workspace: str = ""
    tabs: tuple[TabState, ...] = ()
    front: str = ""


@dataclass(slots=True)
class SessionFiles:
    """One folder. Every method works on the disk; problems are ExchangeErrors (layer `file`)."""

    folder: Path
    workspace: str
    _written: dict[str, tuple[Any, str]] = field(default_factory=dict)
    """Tab → its last draft and the name of its file: what has not changed is not encoded again."""

    def exists(self) -> bool:
        """Tell whether a session was written here."""
        return (self.folder / INDEX).exists()

    def read(self) -> SessionState:
        """Return what was written; secrets are references still.

        Raises:
            ExchangeError: it cannot be read.
            ValueError: it is not what was written, or of a later version.
        """
        if not self.exists():
            return SessionState()
        index = msgspec.json.decode(disk.read_bytes(self.folder / INDEX), type=_Index)
        if index.format > FORMAT:
            raise ValueError("written by a later version")
        tabs = tuple(self._with_draft(tab) for tab in index.tabs)
        return SessionState(tabs=tabs, front=index.front)

    def write(self, state: SessionState) -> None:
        """Put the tabs in place of those that were written before; their secrets must be out of them."""
        disk.make_private_folder(self.folder)
        names = {tab.id: self._write_draft(tab) for tab in state.tabs if tab.draft is not None}
        tabs = tuple(replace(tab, draft=names.get(tab.id)) for tab in state.tabs)
        index = _Index(workspace=self.workspace, tabs=tabs, front=state.front)
        disk.write_bytes(self.folder / INDEX, msgspec.json.encode(index))
        self._written = {tab.id: (tab.draft, names[tab.id]) for tab in state.tabs if tab.id in names}
        self._remove_drafts_but(set(names.values()))

    def secret_names(self) -> frozenset[str]:
        """Return the names of the secrets that this session put into the secret store."""
        try:
            names = msgspec.json.decode(disk.read_bytes(self.folder / NAMES), type=list[str])
        except (ExchangeError, ValueError):  # none yet, or not ours any more
            return frozenset()
        return frozenset(names)

    def write_secret_names(self, names: Iterable[str]) -> None:
        """Take note of secrets before they are stored and after they are deleted: none is ever forgotten there."""
        disk.make_private_folder(self.folder)
        disk.write_bytes(self.folder / NAMES, msgspec.json.encode(sorted(names)))

    def begin_restoring(self) -> int:
        """Count an attempt to restore, and return how many before this one never ended."""
        mark = self.folder / RESTORING
        before = len(disk.read_bytes(mark)) if mark.exists() else 0
        if self.exists():
            disk.write_bytes(mark, b"+" * (before + 1))
        return before

    def end_restoring(self) -> None:
        """Say that everything is there again."""
        with suppress(OSError):  # at worst a later start counts one attempt too many
            (self.folder / RESTORING).unlink(missing_ok=True)

    def put_aside(self) -> Path:
        """Keep what cannot be restored under another name, and return it."""
        number = 1
        while (aside := self.folder.with_name(f"{self.folder.name}.aside-{number}")).exists():
            number += 1
        disk.move(self.folder, aside)
        self._written.clear()
        return aside

    def remove(self) -> None:
        """Remove everything: another session has taken it over."""
        with suppress(OSError):  # at worst its tabs are offered once more
            for entry in self.folder.iterdir():
                entry.unlink()
            self.folder.rmdir()

    def _with_draft(self, tab: TabState) -> TabState:
        if tab.draft is None or tab.kind not in DRAFTS:
            return replace(tab, draft=None)
        data = disk.read_bytes(self.folder / f"{tab.draft}{_DRAFT}")
        draft = msgspec.json.decode(data, type=DRAFTS[tab.kind].type)
        self._written[tab.id] = (draft, tab.draft)
        return replace(tab, draft=draft)

    def _write_draft(self, tab: TabState) -> str:
        draft, name = self._written.get(tab.id, (None, ""))
        if draft is tab.draft or draft == tab.draft:
            return name
        data = msgspec.json.encode(tab.draft)
        name = disk.digest(data)
        file = self.folder / f"{name}{_DRAFT}"
        if not file.exists():
            disk.write_bytes(file, data)
        return name

    def _remove_drafts_but(self, wanted: set[str]) -> None:
        with suppress(OSError), os.scandir(self.folder) as entries:  # at worst an old content stays a while
            for entry in entries:
                if entry.name.endswith(_DRAFT) and entry.name.removesuffix(_DRAFT) not in wanted:
                    os.unlink(entry)
