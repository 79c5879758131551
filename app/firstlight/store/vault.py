"""The encrypted vault: one file in the user's data folder under a master password, for systems without a keyring.

Every change reads the file anew under a lock and writes it whole: two windows do not lose each other's entries, and a
crash leaves the old or the new file. A file that cannot be read is never overwritten.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from threading import RLock
from typing import Literal, TypeAlias

from firstlight.model.failure import ExchangeError, failed
from firstlight.store import disk
from firstlight.store.file_lock import only_writer
from firstlight.store.file_names import free_name
from firstlight.store.places import data_folder
from firstlight.store.vault_format import Lock, NewerFormatError, Sealed, read, seal
from firstlight.texts import Phrase

FILE_NAME = "secrets.vault"

VaultState: TypeAlias = Literal["absent", "locked", "open", "broken"]


class Vault:
    """All methods may block (disk, and scrypt for a quarter of a second); they may be called from any thread."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or data_folder() / FILE_NAME
        self.state: VaultState = "absent"
        """What was seen at the last look; reading it touches no disk."""
        self._key: bytes | None = None
        self._sealed_with: Lock | None = None
        self._entries: dict[str, str] = {}
        self._seen: tuple[int, ...] = ()
        self._lock = RLock()

    def look(self) -> VaultState:
        """Return whether there is a vault, and whether it is open, here and now."""
        with self._lock:
            try:
                self._catch_up()
            except ExchangeError:  # told to whoever wants something from the vault: see `problem`
                self.state = "broken"
            return self.state

    def problem(self) -> ExchangeError | None:
        """Return why the file cannot be read, if it cannot."""
        try:
            self._read()
        except ExchangeError as error:
            return error
        return None

    def create(self, password: str) -> Path | None:
        """Make an empty vault and open it. A broken file is put aside, never overwritten; returns its new place.

        Raises:
            ExchangeError: there is a vault already, or it cannot be written.
        """
        with self._lock, only_writer(self.path):
            aside = self._put_aside() if self.path.exists() else None
            lock = Lock.new()
            self._write({}, lock.key(password), lock)
            return aside

    def unlock(self, password: str) -> bool:
        """Open the vault; False: the password is wrong.

        Raises:
            ExchangeError: the file is not there, cannot be read, or is broken.
        """
        sealed = self._read()
        if sealed is None:
            raise disk.cannot_read(self.path, FileNotFoundError(2, "gone"))
        key = sealed.lock.key(password)  # outside of the lock: others may go on reading
        with self._lock:
            if not sealed.opens_with(key):
                return False
            self._key, self._seen = key, ()
            self._catch_up()
            return self.state == "open"

    def lock(self) -> None:
        """Forget the key and everything read with it."""
        with self._lock:
            self._key, self._entries, self._seen = None, {}, ()
            self.look()

    def change_password(self, old: str, new: str) -> bool:
        """Seal the vault under another password; False: the old one is wrong."""
        if not self.unlock(old):
            return False
        lock = Lock.new()
        key = lock.key(new)
        with self._lock, only_writer(self.path):
            self._catch_up()
            if self.state != "open":  # another window has changed it this very moment
                return False
            self._write(self._entries, key, lock)
            return True

    def names(self) -> tuple[str, ...]:
        """Return the names of all secrets in an open vault."""
        with self._lock:
            self.look()
            return tuple(self._entries)

    def get(self, name: str) -> str | None:
        """Return the secret; None while the vault is not open, too."""
        with self._lock:
            self.look()
            return self._entries.get(name)

    def set(self, name: str, value: str) -> bool:
        """Keep the secret; False: the vault is not open. Raises ExchangeError when it cannot be written."""
        return self._change(lambda entries: entries | {name: value})

    def delete(self, name: str) -> None:
        """Forget the secret; one that is not there is no error."""
        if name in self.names():
            self._change(lambda entries: {key: value for key, value in entries.items() if key != name})

    def _change(self, change: Callable[[dict[str, str]], dict[str, str]]) -> bool:
        with self._lock:
            if self.look() != "open":
                return False
            with only_writer(self.path):
                self._catch_up()
                if self._key is None or self._sealed_with is None:
                    return False
                self._write(change(self._entries), self._key, self._sealed_with)
            return True

    def _catch_up(self) -> None:
        """Read the file if another window has changed it."""
        seen = self._stamp()
        if seen == self._seen and self.state == ("open" if self._key else "locked"):
            return
        sealed = self._read()
        if sealed is None:
            self.state, self._key, self._entries = "absent", None, {}
        elif self._key is not None and sealed.opens_with(self._key):
            self._entries = self._opened(sealed, self._key)
            self.state, self._sealed_with = "open", sealed.lock
        else:  # never opened, or under another password since
            self.state, self._key, self._entries = "locked", None, {}
        self._seen = seen

    def _opened(self, sealed: Sealed, key: bytes) -> dict[str, str]:
        try:
            return sealed.entries(key)
        except ValueError as error:
            raise self._broken() from error

    def _read(self) -> Sealed | None:
        try:
            return read(self.path.read_bytes())
        except FileNotFoundError:
            return None
        except OSError as error:
            raise disk.cannot_read(self.path, error) from error
        except NewerFormatError as error:
            message = Phrase("The vault {path} was written by a newer version of First Light.", path=self.path)
            raise failed("file", "newer-vault", message, Phrase("Use that version.")) from error
        except ValueError as error:
            raise self._broken() from error

    def _broken(self) -> ExchangeError:
        message = Phrase("The vault {path} is damaged: it is not whole, or was changed.", path=self.path)
        hint = Phrase("Put back a copy of the file, or create a new vault: the damaged file is kept beside it.")
        return failed("file", "broken-vault", message, hint)

    def _write(self, entries: dict[str, str], key: bytes, lock: Lock) -> None:
        disk.write_bytes(self.path, seal(entries, key, lock), private=True)
        self._key, self._sealed_with, self._entries = key, lock, dict(entries)
        self.state, self._seen = "open", self._stamp()

    def _put_aside(self) -> Path:
        """Move a damaged file away and return its new place; one that may be fine stays where it is."""
        problem = self.problem()
        if problem is None:
            message = Phrase("There is a vault already: {path}.", path=self.path)
            raise failed("file", "exists", message, Phrase("Unlock it, or move the file away."))
        if problem.failure.kind != "broken-vault":
            raise problem
        taken = {entry.name for entry in self.path.parent.iterdir()}
        aside = self.path.with_name(free_name(f"{self.path.stem}.broken{self.path.suffix}", taken))
        try:
            os.rename(self.path, aside)
        except OSError as error:
            raise disk.cannot_write(aside, error) from error
        return aside

    def _stamp(self) -> tuple[int, ...]:
        try:
            found = self.path.stat()
        except OSError:  # reading it says why
            return ()
        return (found.st_mtime_ns, found.st_size, found.st_ino)
