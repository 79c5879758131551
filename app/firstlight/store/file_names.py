"""File names made from the names people type: safe on Windows, macOS and Linux, readable, never two the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", "collection", "folder"}
    | {f"{port}{number}" for port in ("com", "lpt") for number in range(10)}
)
"""Windows' devices, and the names of our own pages."""

_LONGEST_BYTES = 120  # of 255 that file systems allow: room for suffixes, and for Windows' 260 characters of path


def request_file(name: str) -> str:
    """Return the file name for a request: `Predict one flower` → `predict-one-flower.yaml`."""
    return f"{slug(name, 'request').lower()}.yaml"


def folder_name(name: str, otherwise: str) -> str:
    """Return the folder name for a collection or folder: `Iris models` → `Iris-models`."""
    return slug(name, otherwise)


def slug(name: str, otherwise: str) -> str:
    """Return `name` with everything but letters, digits and `_` as single dashes; `otherwise` if nothing is left.

    Compatible forms are folded (`²` → `2`), because macOS stores names in another form than the others.
    """
    words = re.sub(r"[^\w]+", "-", unicodedata.normalize("NFKC", name)).strip("-")
    short = words.encode()[:_LONGEST_BYTES].decode(errors="ignore").strip("-")
    if short.lower() in _RESERVED:
        return f"{short}-{otherwise}"
    return short or otherwise


def free_name(wanted: str, taken: Iterable[str]) -> str:
    """Return `wanted`, or with `-2`, `-3` … before its ending when a name that differs only in case is taken."""
    stem, dot, ending = wanted.partition(".")
    folded = {_folded(name) for name in taken}
    number = 1
    candidate = wanted
    while _folded(candidate) in folded:
        number += 1
        candidate = f"{stem}-{number}{dot}{ending}"
    return candidate


def is_made_from(existing: str, wanted: str) -> bool:
    """Whether `existing` is `wanted`, or `wanted` with a number that keeps it apart from its neighbours."""
    stem, dot, ending = wanted.partition(".")
    return re.fullmatch(re.escape(stem) + r"(-\d+)?" + re.escape(dot + ending), existing) is not None


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()
