"""Where the command line takes secrets from: the environment, the keyring, and the vault if its password is given."""

from __future__ import annotations

import os
import sys
from functools import cache

from firstlight.store.secrets import SecretStore
from firstlight.texts import tr

PASSWORD = "FIRSTLIGHT_VAULT_PASSWORD"  # noqa: S105 - the name of a variable


@cache
def secret_store() -> SecretStore:
    """Return the secrets of this command: the keyring is asked, and the vault opened, once."""
    return SecretStore(ask_password=_vault_password)


def _vault_password() -> str | None:
    """Return the vault's password; only a person at a terminal is asked, a pipeline never waits."""
    if (given := os.environ.get(PASSWORD)) is not None:
        return given
    terminal = sys.stdin is not None and sys.stdin.isatty() and sys.stderr is not None and sys.stderr.isatty()
    if not terminal:
        return None
    from getpass import getpass

    try:
        return getpass(tr("Master password of the vault: "), sys.stderr)
    except EOFError:  # Ctrl+D: without it, then
        return None
