"""The shape of a file format: how a text becomes a Request, and back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from firstlight.model.request import Request


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One way to write a Request down."""

    kind: str
    """The word on the command line: never changes."""
    label: str
    """Marked for translation."""
    parse: Callable[[str], Request]
    """Raises FormatError."""
    write: Callable[[Request], str]
