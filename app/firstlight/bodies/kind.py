"""The shape of a body kind: how what the Body tab holds becomes bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from firstlight.model.prepared import EncodedBody, FileSlice
from firstlight.model.request import Body

FileLookup: TypeAlias = Callable[[str], FileSlice]
"""Finds a file of the workspace by its path. Raises ExchangeError (layer `file`) when it cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyKind:
    """One choice of the Body tab."""

    kind: str
    """The word in files: never changes."""
    label: str
    encode: Callable[[Body, FileLookup], EncodedBody]
    fields: tuple[str, ...] = ()
    """The fields of Body that this kind sends; variables are filled in in these and no others."""
