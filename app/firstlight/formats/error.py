"""The one way a format says that a text is not what it should be."""

from __future__ import annotations

from firstlight.texts import Phrase


class FormatError(Exception):
    """A text cannot be read; `line` and `column` count from 1 and point at the place."""

    def __init__(self, line: int, column: int, reason: Phrase) -> None:
        super().__init__(line, column, reason)
        self.line = line
        self.column = column
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.line}:{self.column}: {self.reason}"
