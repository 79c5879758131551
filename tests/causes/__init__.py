"""Every failure of an exchange, each with a real way to produce it: one table for engine, window and command line."""

from __future__ import annotations

from causes import before, body, connecting, handshake, head, limits
from causes.cause import Cause, Stage, stage

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
    "unknown-authorization": "a file of another version; see test_auth_methods",
    "unknown-body": "the same; see test_bodies_table",
    "network-error": "whatever else httpcore may report one day: nothing is known to",
    "redirect-with-secret-body": "see test_transport_redirects, with its neighbours",
    "redirect-to-plain-http": "needs an https origin that is trusted: see test_transport_redirects",
    "bad-redirect": "see test_transport_redirects",
    "port-in-use": "of the demo's own start, not of an exchange",
    "certificate-refused": "for what OpenSSL may refuse beyond the kinds that have names",
}
"""Kinds that stand in the code and not here, and why."""

__all__ = ["CAUSES", "ELSEWHERE", "Cause", "Stage", "stage"]
