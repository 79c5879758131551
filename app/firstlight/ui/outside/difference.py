"""Two texts of a file side by side, as a unified diff. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff

from firstlight.texts import tr

_MOST_CHARACTERS = 2_000_000
"""difflib takes seconds for more; a request of that size has a body that nobody compares by eye."""


def difference(theirs: str, mine: str) -> list[str]:
    """Return the lines of the difference; their first character says which side they are on. Empty: no difference."""
    if len(theirs) + len(mine) > _MOST_CHARACTERS:
        return [tr("The files are too large to be compared here.")]
    return list(_lines(theirs, mine))


def _lines(theirs: str, mine: str) -> Iterator[str]:
    lines = unified_diff(theirs.splitlines(), mine.splitlines(), tr("on disk"), tr("in this tab"), lineterm="")
    return (line.rstrip() for line in lines)
