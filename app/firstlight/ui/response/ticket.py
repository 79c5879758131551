"""What a support ticket wants to know about an exchange, as text. No Qt; everything in it is masked already."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from time import perf_counter_ns, time

import firstlight
from firstlight.advice.request_ids import region_of, request_ids
from firstlight.model.events import Failed
from firstlight.model.response import reason_phrase
from firstlight.texts import language, tr
from firstlight.ui.figures import duration, endpoint
from firstlight.ui.response.record import ExchangeRecord


def ticket(record: ExchangeRecord) -> str:
    """Return time, address, outcome and request IDs, a line each."""
    return "\n".join(f"{name}: {record.masked(value)}" for name, value in _lines(record) if value)


def known_ids(record: ExchangeRecord) -> tuple[tuple[str, str], ...]:
    """Return the numbers of the request: those of the headers, else that of the body."""
    found = request_ids(record.head.headers) if record.head else ()
    told = record.explanation
    found = found or ((("request_id", told.request_id),) if told and told.request_id else ())
    return tuple((name, record.masked(value)) for name, value in found)


def _lines(record: ExchangeRecord) -> Iterator[tuple[str, str]]:
    started, head, told = record.started, record.head, record.explanation
    if started is not None:
        yield tr("Time"), _moment(started.at_ns)
        yield tr("Request"), f"{started.method} {started.url}"
        yield tr("Region"), region_of(started.url)
    if head is not None:
        yield tr("Status"), f"{head.status} {head.reason or reason_phrase(head.status)}".strip()
    if told is not None:
        yield tr("Code"), told.code
        yield tr("Message of the service"), told.said
        yield tr("Meaning"), told.told(language())[0]
    if isinstance(record.end, Failed):
        yield tr("Failure"), tr(record.end.failure.message)
    yield from known_ids(record)
    if record.connected is not None:
        yield tr("Remote address"), endpoint(record.connected.address, record.connected.port)
    if record.end is not None and record.end.timings.total_ms is not None:
        yield tr("Duration"), duration(record.end.timings.total_ms)
    yield tr("Sent with"), f"First Light {firstlight.__version__}"


def _moment(at_ns: int) -> str:
    """Return when a monotonic time was, on the clock of the wall."""
    seconds = time() - (perf_counter_ns() - at_ns) / 1e9
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M:%S} UTC"
