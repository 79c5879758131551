"""Deleting without losing: what goes is moved to `.firstlight/trash`, which git ignores, and can be moved back.

Below a folder named after the moment everything keeps its path. A note beside it says what was deleted together and
where it stood, so that a delete can be undone as long as the trash holds it, by another window or another day too.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from firstlight.store import disk

_NOTE = "deleted.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deleted:
    """What one delete took away."""

    moment: str
    """The name of its folder in the trash."""
    paths: tuple[str, ...]
    orders: Mapping[str, tuple[str, ...]]
    """Folder → the order that its page gave before; paths are relative to the workspace."""


def move_to_trash(workspace: Path, places: Sequence[Path], orders: Mapping[str, tuple[str, ...]]) -> Path:
    """Move files and folders of the workspace to its trash and return the folder they are in now.

    Raises:
        ExchangeError: (layer `file`) one could not be moved; it and those behind it are still where they were.
    """
    own = workspace / ".firstlight"
    folder = own / "trash" / _moment(time.time_ns())
    paths = [place.relative_to(workspace).as_posix() for place in places]
    place = places[0]
    try:
        folder.mkdir(parents=True)
        if not (own / ".gitignore").exists():
            disk.write_text(own / ".gitignore", "*\n")
        disk.write_text(folder / _NOTE, json.dumps({"paths": paths, "orders": orders}, ensure_ascii=False))
        for place, path in zip(places, paths, strict=True):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            disk.move(place, folder / path)
    except OSError as error:
        raise disk.cannot_write(place, error) from error
    return folder


def _moment(at_ns: int) -> str:
    """Return a name that sorts by time: second and fraction of one reading of the clock, in UTC."""
    second, fraction = divmod(at_ns, 1_000_000_000)
    return f"{time.strftime('%Y%m%d-%H%M%S', time.gmtime(second))}-{fraction:09d}"


def last_deleted(workspace: Path) -> Deleted | None:
    """Return the newest delete of which the trash still holds something."""
    trash = workspace / ".firstlight" / "trash"
    with suppress(OSError):  # nothing was ever deleted here
        for moment in sorted(os.listdir(trash), reverse=True):
            if (deleted := _read(trash / moment)) is not None:
                return deleted
    return None


def held(workspace: Path, deleted: Deleted) -> list[tuple[str, Path]]:
    """Return what the trash still holds of a delete: the old path, and where it is now."""
    folder = workspace / ".firstlight" / "trash" / deleted.moment
    return [(path, folder / path) for path in deleted.paths if os.path.lexists(folder / path)]


def forget(workspace: Path, deleted: Deleted) -> None:
    """Remove the note of a delete that was undone, and the folders that are empty now."""
    folder = workspace / ".firstlight" / "trash" / deleted.moment
    (folder / _NOTE).unlink(missing_ok=True)
    for parent, _folders, _files in os.walk(folder, topdown=False):
        with suppress(OSError):  # not empty: somebody else keeps something there
            os.rmdir(parent)


def _read(folder: Path) -> Deleted | None:
    try:
        note = json.loads((folder / _NOTE).read_text("utf-8"))
        deleted = Deleted(
            moment=folder.name,
            paths=tuple(note["paths"]),
            orders={path: tuple(order) for path, order in note["orders"].items()},
        )
    except (
        OSError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
    ):  # of an older version, or changed by hand: it can be moved back by hand
        return None
    return deleted if held(folder.parents[2], deleted) else None
