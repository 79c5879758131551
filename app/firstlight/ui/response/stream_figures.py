"""What a stream amounts to, in figures: live from the record, exact from its summary. No Qt."""

from __future__ import annotations

from typing import NamedTuple

from firstlight.model.response import StreamSummary
from firstlight.texts import tr, trc
from firstlight.ui.figures import duration, size
from firstlight.ui.response.record import ExchangeRecord
from firstlight.ui.talk.timeline import Timeline


class Figure(NamedTuple):
    """One figure of the strip."""

    name: str
    """For programs and tests; never translated."""
    label: str
    value: str
    help: str
    warn: bool = False


_COUNTS = (
    ("prompt_tokens", "input_tokens", "prompt_eval_count"),
    ("completion_tokens", "output_tokens", "eval_count", "generated_tokens"),
    ("total_tokens",),
)
"""Where services write the tokens in, out and in total: OpenAI and Pangu, Anthropic, Ollama, TGI."""

ORDER = (
    "received",
    "sent",
    "round_trip",
    "ttft",
    "first_answer",
    "latency",
    "rate",
    "usage",
    "finish",
    "events",
    "truncated",
)
"""Names of all figures, from left to right."""


def stream_figures(record: ExchangeRecord) -> list[Figure]:
    """Return the figures that are known, in reading order."""
    summary = record.end.stream if record.end else None
    known = _final(summary) if summary else _live(record)
    if record.talks:
        known = [*_travelled(record.timeline), *(figure for figure in known if figure.name != "events")]
    return [figure for figure in known if figure.value]


def _live(record: ExchangeRecord) -> list[Figure]:
    started_ns = record.started.at_ns if record.started else 0
    ttft = duration((record.first_token_ns - started_ns) / 1e6) if record.first_token_ns else ""
    spent_ns = record.last_token_ns - record.first_token_ns
    rate = f"{(record.tokens - 1) / spent_ns * 1e9:,.0f}" if spent_ns > 0 else ""
    return [_ttft(ttft), _rate(rate), _events(len(record.messages))]


def _final(summary: StreamSummary) -> list[Figure]:
    latency, usage = summary.itl_ms, summary.usage or {}
    spread = " / ".join(_short(p) for p in (latency.p50, latency.p95, latency.p99)) + " ms" if latency else ""
    answer_differs = summary.first_answer_ms is not None and summary.first_answer_ms != summary.ttft_ms
    return [
        _ttft(duration(summary.ttft_ms) if summary.ttft_ms is not None else ""),
        Figure("first_answer", tr("First answer"), duration(summary.first_answer_ms) if answer_differs else "",
               tr("From sending to the first token that is not reasoning")),
        Figure("latency", tr("Inter-token p50 / p95 / p99"), spread, tr("Time between two arrivals of text")),
        _rate(f"{summary.tokens_per_s:,.1f}" if summary.tokens_per_s is not None else ""),
        Figure("usage", tr("Tokens in + out = total"), _usage(usage), _usage_help(usage)),
        Figure("finish", tr("Finish reason"), summary.finish_reason or "", tr("Why the model stopped"),
               warn=summary.finish_reason in ("length", "content_filter")),
        _events(summary.events),
        Figure("truncated", tr("End"), tr("cut off") if summary.truncated else "",
               tr("The stream ended without its end mark: something may be missing"), warn=True),
    ]  # fmt: skip


def _travelled(timeline: Timeline) -> list[Figure]:
    """Return what has gone over a WebSocket."""
    round_trip = "" if timeline.round_trip_ms is None else duration(timeline.round_trip_ms)
    return [
        Figure("received", tr("Received"), _counted(timeline, "in"), tr("Messages of the service, and their size")),
        Figure("sent", trc("WebSocket", "Sent"), _counted(timeline, "out"), tr("Your messages, and their size")),
        Figure("round_trip", tr("Round trip"), round_trip, tr("From the last ping to its answer")),
    ]


def _counted(timeline: Timeline, direction: str) -> str:
    return f"{timeline.counts[direction]:,} · {size(timeline.sizes[direction])}"


def _ttft(value: str) -> Figure:
    return Figure("ttft", tr("TTFT"), value, tr("Time to first token, from sending, reasoning included"))


def _rate(value: str) -> Figure:
    return Figure("rate", tr("Tokens/s"), value, tr("Generation speed after the first token"))


def _events(count: int) -> Figure:
    return Figure("events", tr("Events"), f"{count:,}", tr("Messages of the stream, comments left out"))


def _short(milliseconds: float) -> str:
    return f"{milliseconds:.1f}" if milliseconds < 100 else f"{milliseconds:.0f}"


def _usage(usage: dict[str, object]) -> str:
    counts = [_count(usage, names) for names in _COUNTS]
    if not any(counts):
        return ""
    into, out, total = (count or "–" for count in counts)
    return f"{into} + {out} = {total}" if counts[2] or "prompt_tokens" in usage else f"{into} + {out}"


def _count(usage: dict[str, object], names: tuple[str, ...]) -> str:
    found = next((count for name in names if isinstance(count := usage.get(name), int)), None)
    return "" if found is None else f"{found:,}"


def _usage_help(usage: dict[str, object]) -> str:
    return "\n".join(f"{name}: {value}" for name, value in usage.items())
