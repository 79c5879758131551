"""One row of the tree of collections."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from firstlight.formats.firstlight_yaml import FormatError
from firstlight.model.failure import ExchangeError
from firstlight.texts import Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One row of the tree."""

    kind: Literal["collection", "folder", "request", "broken"]
    path: str
    """Relative to the workspace, with `/`."""
    name: str
    method: str = ""
    url: str = ""
    """With its query, as typed: what the filter searches. Never written anywhere."""
    service: str = ""
    """The service that a request belongs to."""
    problem: Phrase | None = None
    children: tuple[Node, ...] = ()


def broken(path: str, problem: Phrase) -> Node:
    """Return the leaf of what cannot be read."""
    return Node(kind="broken", path=path, name=path.rpartition("/")[2], problem=problem)


def problem_of(error: FormatError | ExchangeError) -> Phrase:
    """Say what is wrong with a file, and in which line."""
    if isinstance(error, ExchangeError):
        return error.failure.message
    return Phrase("Line {line}, column {column}: {reason}", line=error.line, column=error.column, reason=error.reason)
