"""Finds the files of `resources/` in a checkout, a wheel and a frozen build."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource_path(*parts: str) -> Path:
    """Return the path of a resource, given relative to `resources/`; it need not exist."""
    installed = _PACKAGE / "resources"
    root = installed if installed.is_dir() else _PACKAGE.parents[1] / "resources"
    return root.joinpath(*parts)
