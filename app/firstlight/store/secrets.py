"""Where secrets are: given for this session, in the environment, or in the system's keyring. Never in a file.

The keyring is looked for by `load()` alone, which can take 200 ms and, when the keyring is locked, waits for the
person to unlock it: always in a thread. Without a usable keyring secrets last as long as the program runs.
"""

from __future__ import annotations

import os
import re
from threading import Lock
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "First Light"
"""Under this name the keyring's own program lists our secrets."""

Place: TypeAlias = Literal["keyring", "session"]


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
        """Keep the secret and say where."""
        self.load()
        if self._keyring is not None and self._to_keyring(self._keyring, name, value):
            self.session.pop(name, None)
        else:
            self.session[name] = value
        return self.place()

    def delete(self, name: str) -> None:
        """Forget the secret; one that nobody knows is no error."""
        self.session.pop(name, None)
        self.load()
        backend = self._keyring
        if backend is None:
            return
        from keyring.errors import KeyringError, PasswordDeleteError

        try:
            backend.delete_password(SERVICE, name)
        except PasswordDeleteError:  # it was not there
            return
        except (KeyringError, OSError):
            self._keyring = None

    def _from_keyring(self, name: str) -> str | None:
        backend = self._keyring
        if backend is None:
            return None
        from keyring.errors import KeyringError

        try:
            return backend.get_password(SERVICE, name)
        except (KeyringError, OSError):  # locked or gone meanwhile: place() says so from now on
            self._keyring = None
            return None

    def _to_keyring(self, backend: KeyringBackend, name: str, value: str) -> bool:
        from keyring.errors import KeyringError

        try:
            backend.set_password(SERVICE, name, value)
        except (KeyringError, OSError):  # as above
            self._keyring = None
            return False
        return True


def environment_name(name: str) -> str:
    """Return the environment variable of a secret: `iris-token` → `FIRSTLIGHT_SECRET_IRIS_TOKEN`."""
    return "FIRSTLIGHT_SECRET_" + re.sub(r"\W", "_", name).upper()


def _usable_keyring() -> KeyringBackend | None:
    """Return the system's keyring if it is one, is there and lets us read."""
    import keyring
    from keyring.errors import KeyringError

    try:
        for backend in _flat(keyring.get_keyring()):
            backend.get_password(SERVICE, "probe")  # a locked keyring asks the person now, or fails now
            return backend
    except (KeyringError, OSError):  # none, locked and not unlocked, or its service is broken
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
