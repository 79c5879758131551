"""What a search finds in the text of an editor: places as Qt counts them, and what stands there afterwards.

The pattern is Qt's (PCRE): unlike Python's it gives up on one that would take for ever, so a slip of the pen does not
stop the window.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QRegularExpression, QRegularExpressionMatch

MOST = 20_000
"""Matches that are shown and counted (50 ms); replacing all goes beyond."""
_GROUP = re.compile(r"\$(\$|\d{1,2})")


class Wanted(NamedTuple):
    """What to look for."""

    text: str
    match_case: bool = False
    whole_word: bool = False
    is_pattern: bool = False


class Matches:
    """The matches in one text; none when the pattern is none."""

    def __init__(self, text: str, wanted: Wanted) -> None:
        self._text = text
        self._wanted = wanted
        pattern = wanted.text if wanted.is_pattern else QRegularExpression.escape(wanted.text)
        if wanted.whole_word:
            pattern = rf"(?<!\w)(?:{pattern})(?!\w)"
        option = QRegularExpression.PatternOption
        options = option.MultilineOption | option.UseUnicodePropertiesOption
        if not wanted.match_case:
            options |= option.CaseInsensitiveOption
        self._pattern = QRegularExpression(pattern, options)
        self.problem = "" if self._pattern.isValid() else self._pattern.errorString()
        """Why the pattern is none, in PCRE's English words."""
        self.places: list[tuple[int, int]] = []
        """Start and end of the first MOST matches."""
        for found in self._found():
            if len(self.places) == MOST:
                self.complete = False
                return
            self.places.append((found.capturedStart(), found.capturedEnd()))
        self.complete = True

    def replaced(self, replacement: str) -> tuple[int, int, str]:
        """Return the stretch that holds every match, and what stands there when all are replaced."""
        units = self._text.encode("utf-16-le", "surrogatepass")
        pieces: list[str] = []
        start = end = 0
        for number, found in enumerate(self._found()):
            if not number:
                start = end = found.capturedStart()
            pieces += (_decoded(units, end, found.capturedStart()), self.instead(found, replacement))
            end = found.capturedEnd()
        return start, end, "".join(pieces)

    def replacement_at(self, place: tuple[int, int], replacement: str) -> str:
        """Return what one match becomes."""
        found = self._pattern.match(self._text, place[0])
        return self.instead(found, replacement)

    def instead(self, found: QRegularExpressionMatch, replacement: str) -> str:
        """Return the replacement; in that of a pattern `$1` is a group, `$0` the match, `$$` a dollar."""
        if not self._wanted.is_pattern:
            return replacement
        return _GROUP.sub(lambda m: "$" if m[1] == "$" else found.captured(int(m[1])), replacement)

    def _found(self) -> Iterator[QRegularExpressionMatch]:
        if self.problem or not self._wanted.text:
            return
        every = self._pattern.globalMatch(self._text)
        while every.hasNext():
            found = every.next()
            if found.capturedEnd() > found.capturedStart():
                yield found


def _decoded(units: bytes, start: int, end: int) -> str:
    return units[2 * start : 2 * end].decode("utf-16-le", "surrogatepass")
