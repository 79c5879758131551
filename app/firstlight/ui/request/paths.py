"""Paths of attachments: relative to the workspace folder when they lie in it, so that a workspace can move."""

from __future__ import annotations

import os.path
from pathlib import Path, PurePath


def stored_path(folder: str, chosen: str) -> str:
    """Return `chosen` (absolute) as the file keeps it: relative with slashes when it lies under `folder`."""
    path = PurePath(os.path.abspath(chosen))
    if folder and path.is_relative_to(root := PurePath(os.path.abspath(folder))):
        return path.relative_to(root).as_posix()
    return str(path)


def nearest_folder(path: str) -> str:
    """Return the folder of `path`, or the nearest one above it that is still there."""
    return str(next((folder for folder in Path(path).parents if folder.is_dir()), Path.home()))


def absolute_path(folder: str, stored: str) -> str:
    """Return where a stored path points; relative ones start at `folder`."""
    return str(Path(folder or os.curdir, stored).absolute())
