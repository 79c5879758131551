"""Where secrets are: given for this session, in the environment, in the system's keyring or in the vault. Never plain.

What may take long, asking the keyring and opening the vault, happens when a secret is first needed: always in a thread.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from typing import Literal, TypeAlias

from firstlight.model.failure import ExchangeError, failed
from firstlight.model.secrets import environment_name
from firstlight.store.keyring_place import KeyringPlace
from firstlight.store.vault import Vault
from firstlight.texts import Phrase

Place: TypeAlias = Literal["keyring", "vault", "session", "environment", "lent"]


Standing: TypeAlias = Literal[
    "unknown", "keyring", "keyring-locked", "vault", "vault-locked", "vault-broken", "session", "chosen-session"
]
"""Where a new secret goes and what stands in the way, as the window says it."""


class SecretStore:
    """Looks secrets up by name: this session's own, those lent, FIRSTLIGHT_SECRET_<NAME>, the keyring, the vault.

    All methods but `place` may block. They may be called from any thread.
    """

    def __init__(
        self,
        keyring: KeyringPlace | None = None,
        vault: Vault | None = None,
        ask_password: Callable[[], str | None] = lambda: None,
    ) -> None:
        """`ask_password` is asked for the vault's, once, when a secret is nowhere else; the window asks by itself."""
        self.session: dict[str, str] = {}
        """Values for this run of the program."""
        self.lent: Mapping[str, str] = {}
        """The credentials of the demo services: other ones with every start, never kept."""
        self.session_only = False
        """The person wants nothing kept from now on."""
        self.keyring = keyring or KeyringPlace()
        self.vault = vault or Vault()
        self._ask_password = ask_password
        self._given: set[str] = set()
        """What somebody was told: passwords of proxies and certificates, too."""
        self._password_was_asked = False

    def load(self) -> None:
        """Find out which places there are. Asks for no password."""
        self.keyring.look()
        self.vault.look()

    def place(self) -> Place:
        """Say where `set` keeps a value, as far as is known: in the keyring, the vault, or for this session only."""
        if self.keyring.state == "open" and not self.session_only:
            return "keyring"
        return "vault" if self.vault.state == "open" and not self.session_only else "session"

    def standing(self) -> Standing:
        """Say how things stand, as far as is known; asks nobody."""
        vault: dict[str, Standing] = {"locked": "vault-locked", "broken": "vault-broken", "absent": "session"}
        if self.session_only:
            return "chosen-session"
        if (place := self.place()) != "session":
            return "vault" if place == "vault" else "keyring"
        if self.keyring.state == "locked":
            return "keyring-locked"
        return "unknown" if self.keyring.state == "unknown" else vault[self.vault.state]

    def get(self, name: str) -> str | None:
        """Return the secret, or None when nobody knows it.

        Raises:
            ExchangeError: the password for the vault that was given is wrong, or the vault cannot be read.
        """
        value = self._find(name)[1]
        if value:
            self._given.add(value)
        return value

    def peek(self, name: str) -> str | None:
        """Return the secret if it can be had without a password; a locked place stays locked."""
        self.keyring.look()
        return self._find(name, asking=False)[1]

    def where(self, name: str) -> Place | None:
        """Say where the secret is, or None when nobody knows it; asks for no password."""
        return self._find(name, asking=False)[0]

    def set(self, name: str, value: str) -> Place:
        """Keep the secret and say where: what the keyring does not take goes to the vault, else it stays here.

        Raises:
            ExchangeError: the vault cannot be written; the value is kept for this session then.
        """
        self.session[name] = value
        if self.session_only:
            return "session"
        if self.keyring.set(name, value):
            self.session.pop(name, None)
            self.vault.delete(name)  # or an older value would turn up when the keyring is locked
            return "keyring"
        self.keyring.delete(name)  # an older value, which would be found first
        if self.vault.set(name, value):
            self.session.pop(name, None)
            return "vault"
        return "session"

    def delete(self, name: str) -> None:
        """Forget the secret; one that nobody knows is no error."""
        self.session.pop(name, None)
        self.keyring.delete(name)
        self.vault.delete(name)

    def keep(self, names: Iterable[str]) -> tuple[str, ...]:
        """Move secrets of this session to where they last longer; return those that are there now."""
        return tuple(name for name in names if name in self.session and self.set(name, self.session[name]) != "session")

    def may_hide(self) -> bool:
        """Whether secrets may lie behind a lock, or in a keyring that was not looked for yet."""
        return self.keyring.state in {"locked", "unknown"} or self.vault.state in {"locked", "broken"}

    def problem(self, name: str) -> ExchangeError | None:
        """Return what to tell about a secret that nobody knows: it may lie behind a lock. None: it is unknown."""
        if self.vault.look() == "broken":
            return self.vault.problem()
        if self.vault.state == "locked":
            message = Phrase("The secret “{name}” is not known while the vault is locked.", name=name)
            hint = Phrase("Unlock the vault and send again. On the command line set FIRSTLIGHT_VAULT_PASSWORD.")
            return failed("variable", "vault-locked", message, hint)
        if self.keyring.state == "locked":
            message = Phrase("The secret “{name}” is not known while the system keyring is locked.", name=name)
            hint = Phrase("Unlock the keyring, then send again.")
            return failed("variable", "keyring-locked", message, hint)
        return None

    def values(self) -> frozenset[str]:
        """Return every value that is in this program's memory: what must not be shown by accident."""
        return frozenset((*self.session.values(), *self.lent.values())) | self.given()

    def given(self) -> frozenset[str]:
        """Return the values that were asked for: no answer and no message may show them."""
        return frozenset(self._given)

    def _find(self, name: str, *, asking: bool = True) -> tuple[Place | None, str | None]:
        looks: tuple[tuple[Place, Callable[[str], str | None]], ...] = (
            ("session", self.session.get),
            ("lent", self.lent.get),
            ("environment", lambda name: os.environ.get(environment_name(name))),
            ("keyring", self.keyring.get if asking or self.keyring.state == "open" else _nothing),
            ("vault", self._from_vault if asking else self.vault.get),
        )
        for place, look in looks:
            if (value := look(name)) is not None:
                return place, value
        return None, None

    def _from_vault(self, name: str) -> str | None:
        if self.vault.look() == "locked" and not self._password_was_asked:
            password = self._ask_password()
            if password is not None:
                self._password_was_asked = True
                if not self.vault.unlock(password):
                    message = Phrase("The password for the vault {path} is wrong.", path=self.vault.path)
                    raise failed("variable", "wrong-password", message, Phrase("Nothing was sent and nothing changed."))
        return self.vault.get(name)


def _nothing(_name: str) -> None:
    """Know no secret."""
