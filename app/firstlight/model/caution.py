"""What a guard says about a request before it is sent: a warning with a remedy, never a block."""

from __future__ import annotations

from collections.abc import Sequence

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
    codes: tuple[str, ...] = ()
    """If there are any: only for these error codes."""
    afterwards: bool = False
    """Only worth saying when an answer it explains has come: the request may well be right."""


def reason_for(cautions: Sequence[Caution], status: int, code: str) -> Caution | None:
    """Return the caution that explains an answer of this status and error code."""
    code = code.replace("APIGW.", "APIG.", 1)
    fitting = (one for one in cautions if status in one.explains and (not one.codes or code in one.codes))
    return next(fitting, None)
