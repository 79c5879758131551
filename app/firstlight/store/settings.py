"""The user's settings: one small JSON file. On the start path, so nothing heavy is imported."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from firstlight.store.places import config_folder


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the user chose; empty means: as the system does it."""

    language: str = ""
    """A code of texts.LANGUAGES."""
    theme: str = "system"
    """system, light, dark."""
    font_size: int = 0
    follow_redirects: bool = False
    """This and the three limits are what a new request starts with; 0 means no limit."""
    connect_timeout_s: float = 10.0
    idle_timeout_s: float = 60.0
    total_timeout_s: float = 0.0
    proxy_mode: str = "system"
    """system, none, custom (see model.network)."""
    proxy_url: str = ""
    proxy_user: str = ""
    """Its password is the secret `proxy-password`."""
    no_proxy: str = ""
    """Hosts separated by commas."""
    ca_file: str = ""
    client_certificates: list[Any] = field(default_factory=list)
    """Host, files and whether there is a passphrase of each (see store.client_certificates)."""
    largest_body_mb: int = 512
    """0 means no limit."""
    console_entries: int = 500
    shortcuts: dict[str, Any] = field(default_factory=dict)
    """Action → its keys, where they are not the usual ones."""
    last_workspace: str = ""
    """Absolute path of the workspace that opens at the start."""
    recent_workspaces: list[str] = field(default_factory=list)
    """Absolute paths of those that were open, the last one first."""
    environments: dict[str, Any] = field(default_factory=dict)
    """Absolute path of a workspace → the environment chosen in it."""
    unknown: Mapping[str, Any] = field(default_factory=dict, compare=False)
    """Settings of another version; they survive."""


_KNOWN = tuple(entry for entry in fields(Settings) if entry.name != "unknown")


def load_settings() -> Settings:
    """Return the saved settings, or the defaults. A file that cannot be read must not stop the start.

    A broken file is kept aside as settings.broken.json, so that saving does not destroy it; a value of the wrong
    type counts as not set.
    """
    path = _path()
    if not path.exists():
        return Settings()
    try:
        settings = read_settings(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError):
        settings = None
    if settings is None:
        _put_aside(path)
    return settings or Settings()


def read_settings(text: str) -> Settings | None:
    """Return the settings that `text` holds, or None when it is no JSON object."""
    try:
        saved = json.loads(text, parse_constant=lambda _: None)  # Infinity and NaN are no times
    except ValueError:
        return None
    if not isinstance(saved, dict):
        return None
    defaults = Settings()
    known = {}
    for entry in _KNOWN:
        value = saved.pop(entry.name, None)
        wanted = type(getattr(defaults, entry.name))
        if type(value) is wanted or (wanted is float and type(value) is int):
            known[entry.name] = wanted(value)
    return Settings(**known, unknown=saved)


def settings_text(settings: Settings) -> str:
    """Return the settings as their file holds them."""
    values = {entry.name: getattr(settings, entry.name) for entry in _KNOWN} | dict(settings.unknown)
    return json.dumps(values, ensure_ascii=False, indent=2) + "\n"


def save_settings(settings: Settings) -> None:
    """Write the settings.

    Raises:
        ExchangeError: (layer `file`) they could not be written.
    """
    from firstlight.store import disk  # writing needs it; the first paint, which only reads, is 30 ms earlier

    path = _path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise disk.cannot_write(path, error) from error
    disk.write_text(path, settings_text(settings))


def change_saved(changed: Mapping[str, Any], settings: Settings) -> None:
    """Write what changed, and leave what another window or command has changed meanwhile.

    `settings` are written whole where the file says nothing or cannot be read.

    Raises:
        ExchangeError: (layer `file`) they could not be written.
    """
    from firstlight.store.file_lock import only_writer

    with only_writer(_path()):
        try:
            saved = read_settings(_path().read_text("utf-8"))
        except (OSError, UnicodeDecodeError):
            saved = None
        save_settings(replace(saved, **changed) if saved else settings)


def _path() -> Path:
    return config_folder() / "settings.json"


def _put_aside(path: Path) -> None:
    with suppress(OSError):  # read-only: then saving cannot destroy it either
        os.replace(path, path.with_name("settings.broken.json"))
