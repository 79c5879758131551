"""Makes the program portable, and moves settings between machines. Works on the disk."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from secrets import token_hex

from firstlight.model.failure import failed
from firstlight.store import disk
from firstlight.store.places import config_folder, data_folder, portable_folder
from firstlight.store.settings import Settings, read_settings, settings_text
from firstlight.texts import Phrase

_OF_THIS_MACHINE = ("last_workspace", "recent_workspaces", "environments")
"""Settings that name folders: they stay where they are."""


def make_portable() -> Path:
    """Copy settings and data beside the program, which uses the copy from its next start on. Return its folder.

    Raises:
        ExchangeError: (layer `file`) the program has no place of its own, or it cannot be written.
    """
    target = portable_folder()
    if target is None:
        message = Phrase("This installation shares its folder with other programs, so nothing can be kept beside it.")
        raise failed("file", "no-portable-folder", message, Phrase("Set the environment variable FIRSTLIGHT_HOME."))
    copy = target.with_name(token_hex(4).join(disk.TEMPORARY))
    try:
        copy.mkdir(parents=True)
        for source in dict.fromkeys((data_folder(), config_folder())):
            if source.is_dir():
                shutil.copytree(source, copy, dirs_exist_ok=True, symlinks=True)
        copy.rename(target)
        disk.sync_folder(target.parent)
    except OSError as error:
        shutil.rmtree(copy, ignore_errors=True)
        raise disk.cannot_write(target, error) from error
    return target


def export_settings(settings: Settings, path: Path) -> None:
    """Write the settings for another machine: without what only this one has, and without secrets.

    Raises:
        ExchangeError: (layer `file`) it cannot be written.
    """
    none = {name: getattr(Settings(), name) for name in _OF_THIS_MACHINE}
    disk.write_text(path, settings_text(replace(settings, **none)))


def import_settings(settings: Settings, path: Path) -> Settings:
    """Return `settings` with everything that the file at `path` says.

    Raises:
        ExchangeError: (layer `file`) it cannot be read, or holds no settings.
    """
    given = read_settings(disk.read_text(path))
    if given is None:
        message = Phrase("{path} holds no settings of First Light.", path=path)
        raise failed("file", "no-settings", message, Phrase("Choose a file that was exported from the settings."))
    return replace(given, **{name: getattr(settings, name) for name in _OF_THIS_MACHINE})
