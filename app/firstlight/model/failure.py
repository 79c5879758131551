"""Why an Exchange did not give a whole answer: the layer, what was seen, the next step."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from firstlight.texts import Phrase

Layer: TypeAlias = Literal[
    "variable",
    "file",
    "dns",
    "connect",
    "tls",
    "proxy",
    "send",
    "wait",
    "read",
    "protocol",
    "gateway",
    "service",
]
"""Where it went wrong, from the desk to the model."""


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """A failure as a value: shown in the window, printed by the command line, kept in the history."""

    layer: Layer
    kind: str
    """A stable word for programs: `connection-refused`, `unknown-variable`, …"""
    message: Phrase
    """What was seen, and where."""
    hint: Phrase = Phrase()
    """What to do next; may be empty."""


class ExchangeError(Exception):
    """Raised inside the engine; carries the Failure that the user will see.

    exchange() catches these and only these. A programming error is never caught.
    """

    def __init__(self, failure: Failure) -> None:
        super().__init__(str(failure.message))
        self.failure = failure


def failed(layer: Layer, kind: str, message: Phrase, hint: Phrase | None = None) -> ExchangeError:
    """Build the exception for a failure in one line."""
    return ExchangeError(Failure(layer=layer, kind=kind, message=message, hint=hint or Phrase()))
