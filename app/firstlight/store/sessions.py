"""Which session a window works in: the first one of its workspace that no running window holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from firstlight.model.failure import ExchangeError
from firstlight.store import disk
from firstlight.store.drafts import PREFIX, with_secrets, without_secrets
from firstlight.store.file_names import slug
from firstlight.store.places import data_folder
from firstlight.store.secret_fields import names_in
from firstlight.store.secrets import SecretStore
from firstlight.store.session_files import SessionFiles
from firstlight.store.session_lock import SessionLock
from firstlight.store.session_state import SessionState, TabState

_PATIENCE = 2
"""Restores that never ended after which the tabs are kept aside instead of tried again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What a window finds when it opens a workspace."""

    state: SessionState | None = None
    """None: nobody has worked here before."""
    aside: Path | None = None
    """Where the tabs of last time are, which could not be opened."""


class WindowSession:
    """The session of one window on one workspace. Every method blocks; one at a time, from any thread."""

    def __init__(self, files: SessionFiles, lock: SessionLock, secrets: SecretStore) -> None:
        self._files = files
        self._lock = lock
        self._secrets = secrets
        self._names = files.secret_names()
        self._kept: dict[str, str] = {}
        """The secrets of unsaved tabs as they are in the store now."""

    @classmethod
    def open(cls, workspace: Path, secrets: SecretStore) -> WindowSession:
        """Take the first session of `workspace` that is free. Raises ExchangeError: there is no place for one."""
        for files in _sessions_of(workspace):
            if (lock := _lock_of(files)) is not None:
                return cls(files, lock, secrets)
        raise AssertionError("the row of sessions has no end")

    def restore(self) -> Restored:
        """Return the tabs of last time, and the unsaved ones of windows that are no more. Secrets are references."""
        if self._files.begin_restoring() >= _PATIENCE:
            return self._begin_anew()
        try:
            known = self._files.exists()
            state = self._files.read()
        except (ExchangeError, ValueError):  # half of a disk, or of a later version
            return self._begin_anew()
        for orphans in self._orphans():
            joined = replace(state, tabs=state.tabs + tuple(tab for tab in orphans.tabs if tab.draft is not None))
            try:
                self._files.write(joined)  # before their own files go: this window may end before it writes itself
            except ExchangeError:  # no room: they stay where they are
                break
            known, state = True, joined
        if not known:
            return Restored()
        return Restored(state=state)

    def is_locked(self, tab: TabState) -> bool:
        """Tell whether a secret of `tab` lies behind a lock."""
        return any(
            value is None and self._secrets.problem(name) is not None for name, value in self._known(tab).items()
        )

    def readable(self, tab: TabState) -> TabState:
        """Return `tab` with its secrets in their fields. May wait for the keyring."""
        known = self._known(tab)
        if not known:
            return tab
        lost = tuple(sorted(name for name, value in known.items() if value is None))
        self._kept |= {name: value for name, value in known.items() if value is not None}
        return replace(tab, draft=with_secrets(tab.draft, known), lost=lost)

    def restored(self) -> None:
        """Say that the tabs are on the screen: they did no harm."""
        self._files.end_restoring()

    def write(self, state: SessionState) -> tuple[str, ...]:
        """Keep the tabs; return the ids of those with typed secrets that cannot be kept: no keyring, no vault.

        Raises:
            ExchangeError: it could not be written; what was written before is still there.
        """
        hidden = [_hidden(tab) for tab in state.tabs]
        tabs = tuple(tab for tab, _secrets in hidden)
        unkept = self._keep({name: value for _tab, secrets in hidden for name, value in secrets.items()})
        self._files.write(replace(state, tabs=tabs))
        self._forget(self._names.difference(*map(_own_names, tabs)))
        return tuple(tab.id for tab, secrets in hidden if unkept & secrets.keys())

    def close(self) -> None:
        """Let another window have this session."""
        self._lock.release()

    def _begin_anew(self) -> Restored:
        aside = self._files.put_aside()
        self._names = frozenset()
        return Restored(state=SessionState(), aside=aside)

    def _orphans(self) -> Iterator[SessionState]:
        """Take over the sessions of windows that are no more."""
        for files in _others_of(self._files):
            lock = _lock_of(files)
            if lock is None:
                continue
            try:
                state = files.read()
                if not any(tab.draft is not None for tab in state.tabs):
                    continue  # nothing to lose: a second window will want its tabs back
                self._files.write_secret_names(self._names | files.secret_names())
                self._names |= files.secret_names()
                yield state
                files.remove()
            except (ExchangeError, ValueError):  # it stays where it is, for the window that takes this place
                continue
            finally:
                lock.release()

    def _known(self, tab: TabState) -> dict[str, str | None]:
        known: dict[str, str | None] = dict.fromkeys(_own_names(tab))
        with suppress(ExchangeError):  # the vault is broken: the Secrets dialog says so
            known |= {name: self._secrets.get(name) for name in known}
        return known

    def _keep(self, wanted: dict[str, str]) -> set[str]:
        """Store new and changed secrets; return the names of those that can be stored nowhere."""
        changed = {name: value for name, value in wanted.items() if self._kept.get(name) != value}
        if not changed:
            return set()
        self._secrets.load()
        if self._secrets.place() == "session":
            return set(changed)
        if not changed.keys() <= self._names:
            self._files.write_secret_names(self._names | changed.keys())
            self._names |= changed.keys()
        for name, value in changed.items():
            with suppress(ExchangeError):  # the vault cannot be written: this one is not kept
                if self._secrets.set(name, value) != "session":
                    self._kept[name] = value
        return {name for name, value in changed.items() if self._kept.get(name) != value}

    def _forget(self, names: Iterable[str]) -> None:
        gone = frozenset(names)
        if not gone or self._secrets.place() == "session":  # what cannot be reached now is deleted another time
            return
        for name in gone:
            self._secrets.delete(name)
            self._kept.pop(name, None)
        self._names -= gone
        self._files.write_secret_names(self._names)


def _hidden(tab: TabState) -> tuple[TabState, dict[str, str]]:
    if tab.draft is None:
        return tab, {}
    draft, secrets = without_secrets(tab.kind, tab.draft, tab.id)
    return replace(tab, draft=draft), secrets


def _own_names(tab: TabState) -> frozenset[str]:
    return frozenset(name for name in names_in(tab.draft) if name.startswith(PREFIX + tab.id))


def _sessions_of(workspace: Path) -> Iterator[SessionFiles]:
    """Return the places for sessions of `workspace`, in the order in which windows take them."""
    base = f"{slug(workspace.name, 'workspace')}-{disk.digest(str(workspace).encode())[:10]}"
    for number in count(1):
        yield SessionFiles(data_folder() / "sessions" / f"{base}.{number}", str(workspace))


def _others_of(files: SessionFiles) -> list[SessionFiles]:
    base = files.folder.with_suffix("")
    places = sorted(base.parent.glob(f"{base.name}.*"))
    return [
        SessionFiles(place, files.workspace) for place in places if place.suffix[1:].isdigit() and place != files.folder
    ]


def _lock_of(files: SessionFiles) -> SessionLock | None:
    """Take the lock of a session; None: a running window holds it."""
    disk.make_private_folder(files.folder.parent)
    path = files.folder.with_name(files.folder.name + ".lock")
    lock = SessionLock(path)
    try:
        return lock if lock.take() else None
    except OSError as error:
        raise disk.cannot_write(path, error) from error
