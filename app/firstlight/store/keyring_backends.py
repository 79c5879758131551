"""What differs between the keyrings of the systems: which are to be trusted, how they refuse, how a lock is seen."""

from __future__ import annotations

from contextlib import closing, suppress
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

_FOREIGN = (
    ("secretstorage.exceptions", "SecretStorageException"),
    ("jeepney", "DBusErrorResponse"),
    ("win32ctypes.pywin32.pywintypes", "error"),
)
"""Errors that keyring's backends do not translate into their own."""


def system_keyring() -> KeyringBackend | None:
    """Return the system's own keyring, if it has one."""
    import keyring

    try:
        return next(iter(_flat(keyring.get_keyring())), None)
    except refusals():
        return None


def is_locked(backend: KeyringBackend) -> bool:
    """Whether reading would ask the person for a password; this itself asks nothing.

    Only the Secret Service (GNOME, KDE) can be asked. The keychains of macOS and Windows open with the log-in.
    """
    if type(backend).__module__ != "keyring.backends.SecretService":
        return False
    storage = import_module("secretstorage")
    with closing(storage.dbus_init()) as bus:
        try:
            return bool(storage.Collection(bus).is_locked())
        except storage.exceptions.ItemNotFoundException:
            return True  # never used: making the first collection asks for its password


def refusals() -> tuple[type[Exception], ...]:
    """Return what a keyring raises that is locked, gone or broken; some let the errors of their libraries through."""
    from keyring.errors import KeyringError

    found: list[type[Exception]] = [KeyringError, OSError]
    for module, name in _FOREIGN:
        with suppress(ImportError):  # of another system
            found.append(getattr(import_module(module), name))
    return tuple(found)


def _flat(backend: KeyringBackend) -> list[KeyringBackend]:
    """Return the backends that are the system's own, best first.

    Others are not trusted: keyrings.alt keeps plain text, `null` forgets, some ask on the terminal.
    """
    inner = getattr(backend, "backends", None)
    if inner is not None:
        return [own for part in inner for own in _flat(part)]
    module = type(backend).__module__
    system = module.startswith("keyring.backends.") and not module.endswith((".null", ".fail", ".chainer"))
    return [backend] if system else []
