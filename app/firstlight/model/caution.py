"""What a guard says about a request before it is sent: a warning with a remedy, never a block."""

from __future__ import annotations

import msgspec

from firstlight.texts import Phrase


class Caution(msgspec.Struct, frozen=True, kw_only=True):
    """One warning."""

    kind: str
    """A stable word for programs: `body-too-large`, `secret-in-clear`, …"""
    message: Phrase
    """What will probably go wrong."""
    remedy: Phrase
    """What to do instead."""
    explains: tuple[int, ...] = ()
    """The statuses of answers for which this is the likely reason."""
    afterwards: bool = False
    """Only worth saying when an answer it explains has come: the request may well be right."""
