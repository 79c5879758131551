"""What is said about signatures besides the answer: a preview before sending, and the clock after a refusal."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import msgspec

from firstlight.model.exchange import Scope
from firstlight.model.request import Request
from firstlight.model.secrets import Masker
from firstlight.model.signing import Signing, masked_signing
from firstlight.runner.prepare import rehearse
from firstlight.texts import Phrase

_SIGNATURE = re.compile(r"(?<=Signature=)\S+|(?<=^EAS )\S+")


def preview_of_signing(request: Request, scope: Scope) -> Signing | None:
    """Return how `request` would be signed now, without its signature; None when its authorization signs nothing.

    Raises:
        ExchangeError: it cannot be sent yet, and why.
    """
    prepared = rehearse(request, scope)
    signing = masked_signing(prepared.signing, Masker.of(prepared.secrets))
    if signing is None:
        return None
    return msgspec.structs.replace(signing, authorization=_SIGNATURE.sub("…", signing.authorization))


def clock_ahead(signing: Signing | None, status: int, date: str) -> int | None:
    """Return by how many seconds this computer's clock is ahead of the server's, when that may be why it refused.

    `date` is the answer's Date header, which has just arrived.
    """
    if signing is None or not signing.tolerance_s or status not in (401, 403):
        return None
    try:
        there = parsedate_to_datetime(date)
    except ValueError:
        return None
    return round((datetime.now(UTC) - there.replace(tzinfo=there.tzinfo or UTC)).total_seconds())


def is_refused(signing: Signing | None, status: int) -> bool:
    """Tell whether the answer may mean that the signature was not accepted."""
    return signing is not None and (status == 401 or (status == 403 and signing.algorithm.startswith("AWS4")))


def clock_words(signing: Signing, ahead_s: int | None) -> Phrase:
    """Say whether the clock is the reason; empty when the server has not told its time."""
    if ahead_s is None:
        return Phrase()
    minutes, seconds = divmod(abs(ahead_s), 60)
    off = Phrase("{minutes} min {seconds} s", minutes=minutes, seconds=seconds)
    if abs(ahead_s) <= signing.tolerance_s:
        if not minutes:
            return Phrase("The clock is not the reason: it agrees with the server's.")
        return Phrase("The clock is off by {off}, which is still allowed.", off=off)
    allowed = Phrase("The gateway allows {minutes} minutes: set the clock, then send again.",
                     minutes=signing.tolerance_s // 60)  # fmt: skip
    if ahead_s > 0:
        return Phrase("This computer's clock is {off} ahead of the server's. {allowed}", off=off, allowed=allowed)
    return Phrase("This computer's clock is {off} behind the server's. {allowed}", off=off, allowed=allowed)
