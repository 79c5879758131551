"""The phases of an exchange add up to its total, whatever happens in whichever order."""

from __future__ import annotations

from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from firstlight.model.events import (
    Connected,
    Event,
    HeadersReceived,
    HeadSent,
    Redirected,
    Resolved,
    Sent,
    TlsEstablished,
)
from firstlight.model.failure import Layer
from firstlight.runner.timings import Stopwatch

MAKERS = (
    lambda at: Resolved(at_ns=at, host="h", address="a", port=1),
    lambda at: Connected(at_ns=at, address="a"),
    lambda at: Connected(at_ns=at, address="a", reused=True, request_number=2),
    lambda at: TlsEstablished(at_ns=at, version="v", cipher="c"),
    lambda at: TlsEstablished(at_ns=at, version="v", cipher="c", reused=True),
    lambda at: HeadSent(at_ns=at, http_version="HTTP/1.1"),
    lambda at: Sent(at_ns=at, body_bytes=0),
    lambda at: Redirected(at_ns=at, status=302, location="/", method="GET"),
    lambda at: HeadersReceived(at_ns=at, status=200, reason="", http_version="HTTP/1.1", headers=()),
)
PHASES = ("dns_ms", "connect_ms", "tls_ms", "send_ms", "wait_ms", "download_ms")


@given(
    begun=st.integers(0, 10**12),
    steps=st.lists(st.tuples(st.sampled_from(MAKERS), st.integers(-(10**9), 10**9)), max_size=12),
    last=st.integers(0, 10**9),
    layer=st.sampled_from([None, *get_args(Layer)]),
)
def test_the_phases_add_up_to_the_total(begun: int, steps: list, last: int, layer: Layer | None) -> None:
    watch, now = Stopwatch(begun), begun
    for make, later in steps:  # stamps of the network may lie before the ones of the program
        now = max(begun, now + later)
        event: Event = make(now)
        watch.hear(event)
    timings = watch.stop(now + last, layer)
    phases = [value for value in (getattr(timings, name) for name in PHASES) if value is not None]
    assert all(value >= 0 for value in phases)
    assert timings.total_ms is not None
    assert abs(sum(phases) - timings.total_ms) < 1e-6 * max(1.0, timings.total_ms)


def test_a_kept_connection_spends_nothing_on_connecting() -> None:
    watch = Stopwatch(0)
    for event in (
        Connected(at_ns=1_000_000, address="a", reused=True, request_number=2),
        TlsEstablished(at_ns=1_000_000, version="v", cipher="c", reused=True),
        Sent(at_ns=2_000_000, body_bytes=0),
        HeadersReceived(at_ns=5_000_000, status=200, reason="", http_version="HTTP/1.1", headers=()),
    ):
        watch.hear(event)
    timings = watch.stop(9_000_000)
    assert (timings.dns_ms, timings.connect_ms, timings.tls_ms) == (None, None, None)
    assert (timings.send_ms, timings.wait_ms, timings.download_ms, timings.total_ms) == (2, 3, 4, 9)
