"""The workspace of the first start: the user's own copy of the demo workspace, in the user's language."""

from __future__ import annotations

import shutil
from pathlib import Path
from secrets import token_hex

from firstlight.resources import resource_path
from firstlight.store import disk
from firstlight.store.places import data_folder

_FIRST_REQUESTS = {"zh_CN": "collections/First-steps/streamed-chat-in-chinese.yaml"}


def first_request(language: str = "en") -> str:
    """Return the path, inside the demo workspace, of the request to open first: one click on Send shows a stream."""
    return _FIRST_REQUESTS.get(language, "collections/First-steps/streamed-chat.yaml")


def demo_workspace(language: str = "en") -> Path:
    """Return the folder of the demo workspace, copied into the user's data folder when it is not there yet.

    The copy's names and descriptions are in `language`. A copy that is there is never touched: what the user changed
    in it stays, also after an update or in another language.

    Raises:
        ExchangeError: (layer `file`) it could not be copied; nothing half copied is left under its name.
    """
    target = data_folder() / "demo-workspace"
    if target.exists():
        return target
    copy = target.with_name(token_hex(4).join(disk.TEMPORARY))
    try:
        _copy_folder(resource_path("demo", "workspace"), copy)
        _translate(copy, language)
        copy.rename(target)
        disk.sync_folder(target.parent)
    except OSError as error:
        shutil.rmtree(copy, ignore_errors=True)
        if target.exists():  # another window was quicker
            return target
        raise disk.cannot_write(target, error) from error
    return target


def _copy_folder(source: Path, target: Path) -> None:
    """Copy the content only: an installed program's files may be read-only, the user's copy must not be."""
    target.mkdir(parents=True)
    for entry in source.iterdir():
        if entry.is_dir():
            _copy_folder(entry, target / entry.name)
        else:
            shutil.copyfile(entry, target / entry.name)


def _translate(folder: Path, language: str) -> None:
    from firstlight.store.demo_words import demo_words, service_names, translated  # the YAML reader: most need no copy

    words = demo_words(language)
    names = service_names(words)
    for name, page in words.items():
        path = folder / name
        path.write_text(translated(name, path.read_text("utf-8"), page, names), "utf-8", newline="\n")
