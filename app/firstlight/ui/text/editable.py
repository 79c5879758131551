"""How long a text may be in an editor: Qt lays every line out as a whole, at each key."""

from __future__ import annotations

LONGEST_TEXT = 1_000_000
"""Characters: putting 10 million into a document takes a second, and each key 60 ms."""
LONGEST_LINE = 200_000
"""Characters: a line of a million takes half a second at each key."""
_LONGEST_WORDS = 2_000
"""Characters of a line that is broken between words. In a longer one Qt looks for the next blank again and again:
a picture of 1 MB in base64 would stop the window for a minute."""


def is_too_long(text: str) -> bool:
    """Tell whether typing into `text` would be felt."""
    return len(text) > LONGEST_TEXT or (len(text) > LONGEST_LINE and longest_line(text) > LONGEST_LINE)


def breaks_words(text: str) -> bool:
    """Tell whether the lines of `text` must be broken anywhere."""
    return len(text) > _LONGEST_WORDS and longest_line(text) > _LONGEST_WORDS


def longest_line(text: str) -> int:
    """Return the length of the longest line."""
    return max(map(len, text.split("\n")))
