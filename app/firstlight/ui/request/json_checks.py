"""Looks for the first problem of a JSON body: a short one at once, a long one in a thread."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThreadPool, Signal

if TYPE_CHECKING:
    from firstlight.views.json_format import JsonProblem

INLINE_LIMIT = 50_000
"""Characters: reading a broken text takes 8 ms here and 150 ms at a million."""


def problem_in(text: str) -> JsonProblem | None:
    """Return the first thing wrong with a JSON body; `{{variables}}` may stand for values, and nothing is fine."""
    from firstlight.views.json_format import find_problem

    return find_problem(text) if text.strip() else None


class _JsonChecks(QObject):
    """Lives as long as the process, so a late answer always finds somebody."""

    checked = Signal(int, object)
    """A ticket of start and the problem found, or None."""

    def __init__(self) -> None:
        super().__init__()
        self._tickets = count(1)

    def start(self, text: str) -> int:
        """Check `text` in a thread; `checked` tells, with the ticket returned here."""
        ticket = next(self._tickets)
        QThreadPool.globalInstance().start(lambda: self.checked.emit(ticket, problem_in(text)))
        return ticket


json_checks = _JsonChecks()
