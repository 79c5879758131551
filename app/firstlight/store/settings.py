"""The user's settings: one small JSON file. On the start path, so nothing heavy is imported."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields
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
    last_workspace: str = ""
    """Absolute path of the workspace that opens at the start."""
    window_geometry: str = ""
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
        saved = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):  # not readable, not UTF-8, not JSON
        _put_aside(path)
        return Settings()
    if not isinstance(saved, dict):
        _put_aside(path)
        return Settings()
    defaults = Settings()
    known = {}
    for entry in _KNOWN:
        value = saved.pop(entry.name, None)
        if type(value) is type(getattr(defaults, entry.name)):
            known[entry.name] = value
    return Settings(**known, unknown=saved)


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
    values = {entry.name: getattr(settings, entry.name) for entry in _KNOWN} | dict(settings.unknown)
    disk.write_text(path, json.dumps(values, ensure_ascii=False, indent=2) + "\n")


def _path() -> Path:
    return config_folder() / "settings.json"


def _put_aside(path: Path) -> None:
    with suppress(OSError):  # read-only: then saving cannot destroy it either
        os.replace(path, path.with_name("settings.broken.json"))
