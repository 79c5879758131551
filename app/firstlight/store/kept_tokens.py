"""Keeps tokens over the end of the program: in the secret store, never in a file of their own."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256

import msgspec

from firstlight.model.access_token import AccessToken
from firstlight.model.failure import ExchangeError
from firstlight.store.secrets import SecretStore

_TOKEN_NAME = re.compile("token-[0-9a-f]{32}")


class KeptTokens:
    """A TokenKeep on top of the keyring or the vault. What neither takes ends with the program. May block."""

    def __init__(self, secrets: SecretStore, worth_keeping: Callable[[], bool] = lambda: True) -> None:
        """`worth_keeping` says no while tokens are those of services that end with the program, too."""
        self._secrets = secrets
        self._worth_keeping = worth_keeping

    def load(self, key: tuple[str, ...]) -> AccessToken | None:
        """Return the token kept for `key`; None as well when the place is locked: nobody is asked for a password."""
        text = self._secrets.peek(_name(key)) if self._worth_keeping() else None
        if text is None:
            return None
        try:
            return msgspec.json.decode(text, type=AccessToken)
        except msgspec.DecodeError:  # of a version that writes other tokens
            return None

    def save(self, key: tuple[str, ...], token: AccessToken) -> None:
        """Keep `token` under a name that does not tell what it is for, where that needs no password."""
        if not self._worth_keeping():
            return
        self._secrets.load()
        if self._secrets.place() != "session":
            with suppress(ExchangeError):  # a vault that cannot be written: this run of the program has the token
                self._secrets.set(_name(key), msgspec.json.encode(token).decode())

    def forget(self, key: tuple[str, ...]) -> None:
        """Keep none for `key`."""
        if self._worth_keeping():
            self._secrets.delete(_name(key))


def is_token_name(name: str) -> bool:
    """Tell whether a secret of this name is a token that was obtained, not a secret of a person."""
    return _TOKEN_NAME.fullmatch(name) is not None


def _name(key: tuple[str, ...]) -> str:
    return f"token-{sha256(repr(key).encode()).hexdigest()[:32]}"
