"""Looks for the first problem of a text, or lays it out anew: a short one at once, a long one in a thread."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QThreadPool, Signal

if TYPE_CHECKING:
    from firstlight.texts import Phrase

INLINE_LIMIT = 50_000
"""Characters: reading a broken text takes 8 ms here and 150 ms at a million."""


class TextProblem(Protocol):
    """A place where a text breaks the rules of its language; lines, columns and the offset are in characters."""

    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...
    @property
    def message(self) -> Phrase: ...
    @property
    def offset(self) -> int: ...


def problem_in(text: str, language: str) -> TextProblem | None:
    """Return the first thing wrong with a text; `{{variables}}` may stand for values, and nothing is fine."""
    if language == "json":
        from firstlight.views.json_format import find_problem

        return find_problem(text)
    if language == "xml":
        from firstlight.views.xml_problem import find_xml_problem

        return find_xml_problem(text)
    return None


def laid_out(text: str, *, minified: bool) -> str | TextProblem:
    """Return JSON indented by two blanks, or without blanks; no digit, escape or variable changes."""
    from firstlight.views.json_format import format_json, minify_json

    problem = problem_in(text, "json")
    if problem is not None:
        return problem
    written = (minify_json if minified else format_json)(text.encode("utf-8", "surrogatepass"))
    return written.decode("utf-8", "surrogatepass")


class _TextWork(QObject):
    """Lives as long as the process, so a late answer always finds somebody."""

    done = Signal(int, object)
    """A ticket of start and what the work returned."""

    def __init__(self) -> None:
        super().__init__()
        self._tickets = count(1)

    def start(self, work: Callable[[], object]) -> int:
        """Do `work` in a thread; `done` tells, with the ticket returned here."""
        ticket = next(self._tickets)
        QThreadPool.globalInstance().start(lambda: self.done.emit(ticket, work()))
        return ticket


text_work = _TextWork()
