"""What came out of a text: the requests in it, and what could not be taken over."""

from __future__ import annotations

from dataclasses import dataclass

from firstlight.model.request import Request
from firstlight.texts import Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Every part of the text is in a request or in a note; nothing is lost silently."""

    requests: tuple[Request, ...]
    notes: tuple[Phrase, ...] = ()
    """What was not understood or not taken over, by name. Never a value: it may be a secret."""
