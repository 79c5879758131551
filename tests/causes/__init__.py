"""Every failure of an exchange, each with a real way to produce it: one table for engine, window and command line."""

from __future__ import annotations

from causes import before, body, connecting, handshake, head, limits
from causes.cause import Cause, Stage, open_stage

CAUSES: tuple[Cause, ...] = (
    *before.CAUSES,
    *connecting.CAUSES,
    *handshake.CAUSES,
    *head.CAUSES,
    *body.CAUSES,
    *limits.CAUSES,
)
"""In the order in which an exchange meets them."""

ELSEWHERE = {
    "network-error": "whatever else httpcore may report one day: nothing is known to",
    "certificate-refused": "for what OpenSSL may refuse beyond the kinds that have names",
}
"""Kinds that stand in the code and not here, and why."""

__all__ = ["CAUSES", "ELSEWHERE", "Cause", "Stage", "open_stage"]
