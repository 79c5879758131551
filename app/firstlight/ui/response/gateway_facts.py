"""What the Timing tab says of the gateway: its own time and the model's, its limits, the IDs of the request. No Qt."""

from __future__ import annotations

from collections.abc import Iterator

from firstlight.advice.gateway import GatewayInsight, read_gateway, was_asked
from firstlight.texts import tr
from firstlight.ui.figures import duration
from firstlight.ui.response.connection_facts import Fact
from firstlight.ui.response.record import ExchangeRecord
from firstlight.ui.response.ticket import known_ids


def gateway_facts(record: ExchangeRecord) -> list[Fact]:
    """Return what is known; nothing while no answer has come."""
    if record.head is None:
        return []
    insight = read_gateway(record.head.headers)
    facts = list(_times(record, insight)) if insight else []
    if not insight and record.started is not None and was_asked(record.started.headers):
        facts.append(Fact(tr("Timings"), tr("It was asked for them and told none: no API Gateway, or one of old.")))
    usual = "x-request-id"
    facts += (
        Fact(tr("Request ID"), value if name.lower() == usual else f"{value} · {name}", "mono")
        for name, value in known_ids(record)
    )
    return facts


def _times(record: ExchangeRecord, insight: GatewayInsight) -> Iterator[Fact]:
    if insight.upstream_ms is not None:
        yield Fact(tr("Model"), tr("{time} until its first header", time=duration(insight.upstream_ms)))
    if insight.own_ms is not None:
        yield Fact(tr("Gateway itself"), duration(insight.own_ms))
    waited = record.end.timings.wait_ms if record.end else None
    if insight.total_ms is not None and waited is not None:
        yield Fact(tr("Network"), duration(max(0.0, waited - insight.total_ms)))
    for limit in insight.limits:
        told = tr("{left} of {limit} left per {window}", left=limit.left, limit=limit.limit, window=limit.window)
        yield Fact(tr("Rate limit: {name}", name=limit.of), told)
