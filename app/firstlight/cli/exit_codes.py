"""What a program that calls us learns from the exit code (docs/cli.md)."""

from __future__ import annotations

from firstlight.model.conversation import GOOD_CLOSES
from firstlight.model.exchange import Exchange
from firstlight.model.failure import Failure

ANSWERED = 0
REFUSED = 1
"""Answered, but --fail was given and the status is 400 or more, the body reports an error all the same, or the close
code of a WebSocket tells of trouble."""
NO_ANSWER = 3
"""No answer, or not a whole one: network, TLS, timeout, an error inside a stream."""
WRONG_INPUT = 4
"""A file or a variable is wrong; nothing was sent."""
_OF_INPUT = frozenset({"file", "variable", "protocol"})
NOBODY_READS = 141
"""Standard output was closed by its reader: what shells report for SIGPIPE."""


def for_exchange(exchange: Exchange, *, fail: bool) -> int:
    """Return the exit code of an Exchange."""
    if exchange.failure is not None:
        # What went wrong before it was sent is the input, unless a service had been asked for a token by then.
        asked = exchange.sent is not None or exchange.failure.layer not in _OF_INPUT
        return NO_ANSWER if asked else WRONG_INPUT
    response = exchange.response
    refused = response is not None and (response.status >= 400 or exchange.explanation is not None)
    if exchange.closed is not None:
        refused = exchange.closed.code not in GOOD_CLOSES
    return REFUSED if fail and refused else ANSWERED


def for_failure(failure: Failure) -> int:
    """Return the exit code of a failure outside of an Exchange."""
    return WRONG_INPUT if failure.layer in {"file", "variable"} else NO_ANSWER
