"""Deleting without losing: what goes is moved to `.firstlight/trash`, which git ignores."""

from __future__ import annotations

import time
from pathlib import Path

from firstlight.store import disk


def move_to_trash(workspace: Path, place: Path) -> str:
    """Move a file or folder of the workspace to its trash and return where it is now, relative to the workspace.

    Below a folder named after the moment it keeps its path, so moving it back restores it.

    Raises:
        ExchangeError: (layer `file`) it could not be moved; it is still where it was.
    """
    own = workspace / ".firstlight"
    moment = f"{time.strftime('%Y%m%d-%H%M%S')}-{time.time_ns() % 1_000_000_000:09d}"
    target = own / "trash" / moment / place.relative_to(workspace)
    try:
        target.parent.mkdir(parents=True)
        ignore = own / ".gitignore"
        if not ignore.exists():
            disk.write_text(ignore, "*\n")
        place.rename(target)
        disk.sync_folder(target.parent)
        disk.sync_folder(place.parent)
    except OSError as error:
        raise disk.cannot_write(place, error) from error
    return target.relative_to(workspace).as_posix()
