"""The cookies of a workspace: in memory for requests, in a private file of the user's data folder for the next start.

Windows on one workspace share the file: each applies its own changes to what is there, so none loses those of another.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import TypeAlias

import msgspec

from firstlight.model.cookie_rules import has_ended, with_cookie
from firstlight.model.cookies import Cookie, CookieKey
from firstlight.store import disk
from firstlight.store.file_lock import only_writer
from firstlight.store.file_names import slug
from firstlight.store.places import data_folder

_FORMAT = 1
_Change: TypeAlias = Cookie | CookieKey
"""A cookie to keep, or the key of one to forget."""


class _File(msgspec.Struct, frozen=True, kw_only=True):
    format: int = _FORMAT
    workspace: str = ""
    """For people who look into the folder."""
    cookies: tuple[Cookie, ...] = ()


class CookieJar:
    """Implements model.cookies.Jar. `sync` blocks and is for a thread; the rest is for the loop."""

    def __init__(self, path: Path, workspace: str = "") -> None:
        self.path = path
        self._workspace = workspace
        self._lock = Lock()
        self._cookies: tuple[Cookie, ...] = ()
        self._changes: list[_Change] = []
        """What the file does not have yet."""
        self._seen: tuple[int, int] | None = None
        """The file as it was read or written last."""

    @classmethod
    def of(cls, workspace: Path) -> CookieJar:
        """Return the jar of a workspace, empty until `sync`."""
        name = f"{slug(workspace.name, 'workspace')}-{disk.digest(str(workspace).encode())[:10]}.json"
        return cls(data_folder() / "cookies" / name, str(workspace))

    def cookies(self) -> tuple[Cookie, ...]:
        """Return all of them, ended ones included."""
        return self._cookies

    def change(self, put: Iterable[Cookie] = (), drop: Iterable[CookieKey] = ()) -> None:
        """Forget some cookies and keep others, from now on; `sync` makes it last."""
        changes: list[_Change] = [*drop, *put]
        with self._lock:
            self._cookies = _applied(self._cookies, changes)
            self._changes += changes

    def sync(self) -> None:
        """Write what has changed here, and take up what other windows have written.

        Raises:
            ExchangeError: (layer `file`) it cannot be written; the cookies stay in memory and are tried again.
        """
        if not self._changes and self._seen == _state(self.path):
            return
        disk.make_private_folder(self.path.parent)
        with only_writer(self.path):
            kept = self._read()
            with self._lock:
                changes = tuple(self._changes)
            if changes:
                now_s = time.time()
                kept = tuple(cookie for cookie in _applied(kept, changes) if not has_ended(cookie, now_s))
                file = _File(workspace=self._workspace, cookies=kept)
                disk.write_bytes(self.path, msgspec.json.encode(file), private=True)
            with self._lock:
                del self._changes[: len(changes)]
                self._cookies = _applied(kept, self._changes)
            self._seen = _state(self.path)

    def _read(self) -> tuple[Cookie, ...]:
        if not self.path.exists():
            return ()
        try:
            return msgspec.json.decode(disk.read_bytes(self.path), type=_File).cookies
        except (msgspec.DecodeError, UnicodeDecodeError):  # half of a disk; kept for who wants to look
            with suppress(OSError):
                os.replace(self.path, self.path.with_suffix(".broken"))
            return ()


def _applied(cookies: tuple[Cookie, ...], changes: Iterable[_Change]) -> tuple[Cookie, ...]:
    for change in changes:
        if isinstance(change, Cookie):
            cookies = with_cookie(cookies, change)
        else:
            cookies = tuple(cookie for cookie in cookies if cookie.key != change)
    return cookies


def _state(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_ino
