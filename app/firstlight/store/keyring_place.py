"""The operating system's keyring as a place for secrets: found late, asked to open once, never waited for long.

Importing it takes 110 to 180 ms and 11 MB, an answer 20 ms. A locked one answers when its person has typed the
password into the system's question, which may be never.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, TypeAlias, TypeVar

from firstlight.store.keyring_backends import is_locked, refusals, system_keyring
from firstlight.store.patience import Patience, StillBusyError

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "First Light"
"""Under this name the keyring's own program lists our secrets."""

KeyringState: TypeAlias = Literal["unknown", "absent", "locked", "open"]

_PATIENCE_S = 10.0
"""Long enough to type a password, short enough for a request that waits."""

T = TypeVar("T")


class KeyringPlace:
    """Looks secrets up in the keyring. All methods may block for the patience given; call them from any thread."""

    def __init__(self, patience_s: float = _PATIENCE_S) -> None:
        self.state: KeyringState = "unknown"
        """What is known now; reading it asks nobody."""
        self._backend: KeyringBackend | None = None
        self._asked = False
        self._patience = Patience(patience_s)

    def look(self) -> None:
        """Find out, once, whether there is a keyring and whether it is locked. Asks for no password."""
        if self.state == "unknown":
            try:
                self._patience.call(self._find)
            except StillBusyError:
                self.state = "locked"  # until it answers: _find goes on and tells

    def look_again(self) -> None:
        """Look anew; a locked keyring is asked once more."""
        self._asked = False
        if self.state == "absent":
            self.state = "unknown"
        self.open()

    def open(self) -> bool:
        """Whether secrets can be had now; a locked keyring is asked to open, the first time."""
        self.look()
        if self.state == "locked" and not self._asked:
            self._asked = True
            self._answer(self._unlock)
        return self.state == "open"

    def get(self, name: str) -> str | None:
        """Return the secret, or None."""
        return self._answer(lambda keyring: keyring.get_password(SERVICE, name)) if self.open() else None

    def set(self, name: str, value: str) -> bool:
        """Keep the secret; False when the keyring does not take it (Windows' takes 2,560 bytes)."""
        return self.open() and bool(self._answer(lambda keyring: _kept(keyring, name, value)))

    def delete(self, name: str) -> None:
        """Forget the secret; one that is not there is no error."""
        if self.open():
            self._answer(lambda keyring: _deleted(keyring, name))

    def _answer(self, question: Callable[[KeyringBackend], T]) -> T | None:
        """Return what the keyring answers; None when it refuses. Whether it is still there is known afterwards."""
        backend = self._backend
        if backend is None:
            return None
        try:
            return self._patience.call(lambda: question(backend))
        except StillBusyError:
            self.state = "locked"
        except refusals():
            self._check(backend)
        return None

    def _check(self, backend: KeyringBackend) -> None:
        try:
            self.state = self._patience.call(lambda: _state_of(backend))
        except StillBusyError:
            self.state = "locked"

    def _find(self) -> None:
        self._backend = system_keyring()
        self.state = _state_of(self._backend) if self._backend is not None else "absent"

    def _unlock(self, backend: KeyringBackend) -> None:
        backend.get_password(SERVICE, "probe")  # asks the person, and returns when there is an answer
        self.state = "open"


def _state_of(backend: KeyringBackend) -> KeyringState:
    try:
        if is_locked(backend):
            return "locked"
        backend.get_password(SERVICE, "probe")
    except refusals():  # its service is broken, or gone with the desktop session
        return "absent"
    return "open"


def _kept(backend: KeyringBackend, name: str, value: str) -> bool:
    backend.set_password(SERVICE, name, value)
    return True


def _deleted(backend: KeyringBackend, name: str) -> None:
    from keyring.errors import PasswordDeleteError

    try:
        backend.delete_password(SERVICE, name)
    except PasswordDeleteError:  # it was not there
        return
