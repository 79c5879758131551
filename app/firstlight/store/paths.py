"""Turns a path inside a workspace into a place on the disk, and refuses every way out of the workspace."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from firstlight.model.failure import failed
from firstlight.texts import Phrase


def inside(workspace: Path, path: str) -> Path:
    """Return the real place of `path` (relative, with `/`); links are followed as long as they stay inside.

    Raises:
        ExchangeError: (layer `file`) the path is absolute, climbs up or leads out through a link.
    """
    return _checked(workspace, path, place(workspace, path).resolve())


def place(workspace: Path, path: str) -> Path:
    """Return the place of the entry `path` itself, be it a link or not; its folder is checked like in `inside`."""
    parts = PurePosixPath(path).parts
    if not parts or any(part in {"..", "/"} or "\\" in part or ":" in part for part in parts):
        raise _outside(path)
    parent = workspace.joinpath(*parts[:-1]).resolve()
    return _checked(workspace, path, parent) / parts[-1]


def _checked(workspace: Path, path: str, real: Path) -> Path:
    if not real.is_relative_to(workspace):
        raise _outside(path)
    return real


def _outside(path: str) -> Exception:
    message = Phrase("{path} leads out of the workspace and is not followed.", path=path)
    return failed("file", "outside-workspace", message, hint=Phrase("Copy the file into the workspace."))
