"""The phases of an exchange in their order, as the Timing tab draws them. No Qt."""

from __future__ import annotations

from typing import NamedTuple

from firstlight.model.response import Timings
from firstlight.texts import N_

PHASES = (
    ("dns_ms", N_("DNS lookup"), "syntax_literal"),
    ("connect_ms", N_("Connect"), "info"),
    ("tls_ms", N_("TLS handshake"), "ok"),
    ("send_ms", N_("Send"), "syntax_key"),
    ("wait_ms", N_("Wait for the first byte"), "star"),
    ("download_ms", N_("Download"), "accent"),
)
"""(field of Timings, label, token of its colour), in the order they happen."""


class Phase(NamedTuple):
    """One bar of the waterfall."""

    label: str
    color: str
    start_ms: float
    length_ms: float | None
    """None: it did not happen."""


_OPEN = N_("Open (WebSocket)")


def waterfall(timings: Timings, *, talks: bool = False) -> list[Phase]:
    """Lay the phases one after the other; what they leave of the total is the program's own time.

    A WebSocket (`talks`) downloads nothing: it is open.
    """
    bars, at_ms = list[Phase](), 0.0
    for field, label, color in PHASES:
        length_ms: float | None = getattr(timings, field)
        word = _OPEN if talks and field == "download_ms" else label
        bars.append(Phase(word, color, at_ms, length_ms))
        at_ms += length_ms or 0.0
    rest_ms = (timings.total_ms or 0.0) - at_ms
    if rest_ms > 0.05:
        bars.append(Phase(N_("Other"), "text_muted", at_ms, rest_ms))
    return bars
