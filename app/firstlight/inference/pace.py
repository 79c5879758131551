"""How fast a stream generated: time to first token, the gaps between arrivals, the rate. Pure arithmetic on stamps."""

from __future__ import annotations

from itertools import accumulate

from firstlight.model.response import InterTokenLatency

_COUNTS = ("completion_tokens", "output_tokens", "eval_count", "generated_tokens")
"""Where services write how many tokens they generated: OpenAI and Pangu, newer APIs, Ollama, TGI."""


class Pace:
    """Takes the arrival of every piece of text or reasoning.

    Gaps are kept as counts per microsecond, not one by one: 100,000 arrivals then cost 2 ms to evaluate at the end
    of the stream instead of 20 ms, which the window would show as a stutter.
    """

    def __init__(self) -> None:
        self.pieces = 0
        self._first_ns = 0
        self._last_ns = 0
        self._gaps_us: dict[int, int] = {}

    def mark(self, at_ns: int) -> None:
        """Note that a piece arrived. Pieces that arrived together (one buffered read) have gaps of zero."""
        if self.pieces:
            gap_us = (at_ns - self._last_ns) // 1000
            gaps = self._gaps_us
            gaps[gap_us] = gaps.get(gap_us, 0) + 1
        else:
            self._first_ns = at_ns
        self._last_ns = at_ns
        self.pieces += 1

    def first_ms(self, started_ns: int) -> float | None:
        """Return the time from `started_ns` to the first piece, reasoning included."""
        return milliseconds(self._first_ns - started_ns) if self.pieces else None

    def latency(self) -> InterTokenLatency | None:
        """Return percentiles (nearest rank) of the time between two arrivals; None with fewer than two."""
        if not self._gaps_us:
            return None
        p50, p95, p99 = (self._percentile_ms(percent) for percent in (50, 95, 99))
        return InterTokenLatency(p50=p50, p95=p95, p99=p99)

    def tokens_per_s(self, usage: dict[str, object] | None) -> float | None:
        """Return tokens per second between the first and the last piece.

        Counted are the service's own completion tokens when its usage names them, otherwise the pieces. The first
        token is the start of the time, so `count - 1` of them came during it. None when no time passed. A service
        that measures itself is believed: Ollama's `eval_count` over `eval_duration`.
        """
        measured = _measured(usage) if usage else None
        if measured is not None:
            return measured
        counts = (usage.get(name) for name in _COUNTS) if usage else ()
        tokens = next((count for count in counts if isinstance(count, int) and count > 0), self.pieces)
        span_s = (self._last_ns - self._first_ns) / 1e9
        return round((tokens - 1) / span_s, 3) if span_s > 0 and tokens > 1 else None

    def _percentile_ms(self, percent: int) -> float:
        rank = -(-(self.pieces - 1) * percent // 100)
        gaps_us = sorted(self._gaps_us)
        seen = accumulate(self._gaps_us[gap_us] for gap_us in gaps_us)
        return next(gap_us for gap_us, count in zip(gaps_us, seen, strict=True) if count >= rank) / 1000


def _measured(usage: dict[str, object]) -> float | None:
    """Return the rate from the service's own count and time in nanoseconds, where it names both."""
    count, spent_ns = usage.get("eval_count"), usage.get("eval_duration")
    if isinstance(count, int) and isinstance(spent_ns, int) and count > 0 and spent_ns > 0:
        return round(count / spent_ns * 1e9, 3)
    return None


def milliseconds(duration_ns: int) -> float:
    """Return a duration as it is printed: milliseconds, to the microsecond."""
    return round(duration_ns / 1e6, 3)
