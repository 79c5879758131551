"""Finds `{{name}}` in a line of text: whole ones, the one at a place, and the one that is being typed. Pure."""

from __future__ import annotations

import re
from typing import NamedTuple

from firstlight.runner.variables import REFERENCE

_BEING_TYPED = re.compile(r"""\{\{[ \t]*([^{}"'\r\n,]*)$""")
_REST = re.compile(r"""[^{}"'\r\n,\s]*[ \t]*\}\}""")
LONGEST = 20_000
"""Characters of one line that are looked at; the tail of a minified body stays plain."""


class Reference(NamedTuple):
    """One reference, in characters."""

    start: int
    end: int
    name: str


def references(text: str) -> list[Reference]:
    """Return every reference of a line, in order."""
    if "{{" not in text:
        return []
    return [Reference(m.start(), m.end(), m[1].strip()) for m in REFERENCE.finditer(text[:LONGEST])]


def reference_at(text: str, index: int) -> Reference | None:
    """Return the reference that character `index` belongs to."""
    return next((found for found in references(text) if found.start <= index < found.end), None)


def being_typed(before: str) -> str | None:
    """Return what is typed of a name behind `{{`, given the line up to the cursor; None: no reference is open."""
    found = _BEING_TYPED.search(before[-LONGEST:])
    return found[1] if found else None


def rest_behind(after: str) -> int:
    """Return how many characters behind the cursor belong to the reference in which it stands."""
    found = _REST.match(after)
    return found.end() if found else 0


def from_utf16(text: str, position: int) -> int:
    """Return the index of the character at Qt's `position`, in which an emoji counts twice."""
    if text.isascii():
        return position
    return len(text.encode("utf-16-le", "surrogatepass")[: 2 * position].decode("utf-16-le", "replace"))
