"""Where secrets are: given for this session, in the environment, or in the system's keyring. Never in a file.

The keyring is looked for by `load()` alone, which can take 200 ms and, when the keyring is locked, waits for the
person to unlock it: always in a thread. Without a usable keyring secrets last as long as the program runs.
"""

from __future__ import annotations

import os
from contextlib import suppress
from importlib import import_module
from threading import Lock
from typing import TYPE_CHECKING, Literal, TypeAlias

from firstlight.model.secrets import environment_name

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "First Light"
"""Under this name the keyring's own program lists our secrets."""

Place: TypeAlias = Literal["keyring", "session"]

_FOREIGN = (
    ("secretstorage.exceptions", "SecretStorageException"),
    ("jeepney", "DBusErrorResponse"),
    ("win32ctypes.pywin32.pywintypes", "error"),
)
"""Errors that keyring's backends do not translate into their own."""


class SecretStore:
    """Looks secrets up by name: the session's own first, then FIRSTLIGHT_SECRET_<NAME>, then the keyring.

    All methods but `place` may block. They may be called from any thread.
    """

    def __init__(self) -> None:
        self.session: dict[str, str] = {}
        """Values for this run of the program; the demo puts its credentials here."""
        self._keyring: KeyringBackend | None = None
        self._loaded = False
        self._lock = Lock()

    def load(self) -> None:
        """Look for a usable keyring, once."""
        with self._lock:
            if not self._loaded:
                self._keyring = _usable_keyring()
                self._loaded = True

    def place(self) -> Place:
        """Say where `set` keeps a value: in the keyring, or for this session only."""
        return "keyring" if self._keyring is not None else "session"

    def get(self, name: str) -> str | None:
        """Return the secret, or None when nobody knows it."""
        if name in self.session:
            return self.session[name]
        value = os.environ.get(environment_name(name))
        if value is not None:
            return value
        self.load()
        return self._from_keyring(name)

    def set(self, name: str, value: str) -> Place:
        """Keep the secret and say where: a value the keyring refuses (Windows' takes 2,560 bytes) stays here."""
        self.load()
        backend = self._keyring
        if backend is not None:
            try:
                backend.set_password(SERVICE, name, value)
            except _refusals():
                self._keyring = _usable_keyring()
            else:
                self.session.pop(name, None)
                return "keyring"
        self.session[name] = value
        return "session"

    def delete(self, name: str) -> None:
        """Forget the secret; one that nobody knows is no error."""
        self.session.pop(name, None)
        self.load()
        backend = self._keyring
        if backend is None:
            return
        from keyring.errors import PasswordDeleteError

        try:
            backend.delete_password(SERVICE, name)
        except PasswordDeleteError:  # it was not there
            return
        except _refusals():
            self._keyring = None

    def _from_keyring(self, name: str) -> str | None:
        backend = self._keyring
        if backend is None:
            return None
        try:
            return backend.get_password(SERVICE, name)
        except _refusals():  # locked or gone meanwhile: place() says so from now on
            self._keyring = None
            return None


def _usable_keyring() -> KeyringBackend | None:
    """Return the system's keyring if it is one, is there and lets us read."""
    import keyring

    try:
        for backend in _flat(keyring.get_keyring()):
            backend.get_password(SERVICE, "probe")  # a locked keyring asks the person now, or fails now
            return backend
    except _refusals():  # none, locked and not unlocked, or its service is broken
        return None
    return None


def _flat(backend: KeyringBackend) -> list[KeyringBackend]:
    """Return the backends that are the system's own, best first.

    Others are not trusted: keyrings.alt keeps plain text, `null` forgets, some ask on the terminal (LIMITS).
    """
    inner = getattr(backend, "backends", None)
    if inner is not None:
        return [own for part in inner for own in _flat(part)]
    module = type(backend).__module__
    system = module.startswith("keyring.backends.") and not module.endswith((".null", ".fail", ".chainer"))
    return [backend] if system else []


def _refusals() -> tuple[type[Exception], ...]:
    """Return what a keyring raises that is locked, gone or broken; some let the errors of their libraries through."""
    from keyring.errors import KeyringError

    found: list[type[Exception]] = [KeyringError, OSError]
    for module, name in _FOREIGN:
        with suppress(ImportError):  # of another system
            found.append(getattr(import_module(module), name))
    return tuple(found)
