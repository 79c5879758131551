"""Turns the times of events into the phases of an Exchange. The phases follow each other and add up to the total."""

from __future__ import annotations

from firstlight.model.events import (
    Challenged,
    Connected,
    Event,
    HeadersReceived,
    Redirected,
    Resolved,
    Sent,
    TlsEstablished,
)
from firstlight.model.failure import Layer
from firstlight.model.response import Timings

_PHASE_OF_LAYER: dict[Layer, str] = {
    "dns": "dns",
    "connect": "connect",
    "proxy": "connect",
    "tls": "tls",
    "send": "send",
    "file": "send",
    "wait": "wait",
}


class Stopwatch:
    """Each event ends the phase that led to it. Phases of followed redirects are added up."""

    def __init__(self, started_ns: int) -> None:
        self.started_ns = started_ns
        self._last_ns = started_ns
        self._spent_ns: dict[str, int] = {}
        self._first_byte_ns: int | None = None
        self._next = "connect"

    def hear(self, event: Event) -> None:
        """Take the time of an event; those that end no phase are ignored."""
        match event:
            case Resolved():
                self._end("dns", event.at_ns, following="connect")
            case Connected():
                self._end("send" if event.reused else "connect", event.at_ns, following="send")
            case TlsEstablished(reused=False):
                self._end("tls", event.at_ns, following="send")
            case Sent():
                self._end("send", event.at_ns, following="wait")
            case HeadersReceived():
                self._end("wait", event.at_ns, following="download")
                self._first_byte_ns = event.at_ns
            case Redirected() | Challenged():
                self._end("wait", event.at_ns, following="connect")

    def _end(self, phase: str, at_ns: int, following: str) -> None:
        at_ns = max(at_ns, self._last_ns)  # an early answer may arrive before the body is sent
        self._spent_ns[phase] = self._spent_ns.get(phase, 0) + at_ns - self._last_ns
        self._last_ns = at_ns
        self._next = following

    def stop(self, at_ns: int, layer: Layer | None = None) -> Timings:
        """Return the phases; what was going on when it ended is named by `layer`, or follows from the last event."""
        phase = self._next
        if layer and self._next != "download":
            phase = _PHASE_OF_LAYER.get(layer, phase)
        self._end(phase, at_ns, following=phase)
        first = self._first_byte_ns
        return Timings(
            **{f"{name}_ms": spent / 1e6 for name, spent in self._spent_ns.items()},
            first_byte_ms=None if first is None else (first - self.started_ns) / 1e6,
            total_ms=(self._last_ns - self.started_ns) / 1e6,
        )
