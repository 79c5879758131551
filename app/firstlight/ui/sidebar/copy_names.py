"""What a copy is called: “X copy”, “X copy 2” … in the language of the window."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import count

from firstlight.texts import tr


def copy_name(name: str, taken: Collection[str]) -> str:
    """Return a name for a copy of `name` that none of `taken` has; a copy of “X copy” is “X copy 2”."""
    mark = tr("{name} copy", name="")
    original = re.sub(re.escape(mark) + r"( \d+)?$", "", name)
    first = tr("{name} copy", name=original)
    if first not in taken:
        return first
    numbered = (tr("{name} copy {number}", name=original, number=number) for number in count(2))
    return next(candidate for candidate in numbered if candidate not in taken)
