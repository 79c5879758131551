"""The shape of a view: how an answer is shown in the Body tab."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from firstlight.model.response import Response
from firstlight.views.hex_rows import HexRows

if TYPE_CHECKING:
    from firstlight.views.json_problem import JsonProblem


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """What a text view shows."""

    data: bytes
    """UTF-8. Always decodable: bytes that are no text have become U+FFFD."""
    language: str = "text"
    """For highlighting: json, xml, html, javascript, css or text."""
    problem: JsonProblem | None = None
    """Why an answer that should be JSON is not; `data` is then formatted as far as it can be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One way to show an answer. Pure functions of the answer, so they run in a child process as well."""

    name: str
    """The word in settings and programs: never changes."""
    label: str
    """Marked for translation."""
    priority: Callable[[Response], int]
    """How well it fits this answer; the highest is shown first. 0: not at all."""
    render: Callable[[Response], Text | HexRows]
    """Return what to show. Never raises, whatever the bytes are."""
