"""What API Gateway tells of itself when a request asks for it with `X-Apig-Mode: debug` (VENDORS §3.7). Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

ASKED = ("X-Apig-Mode", "debug")
"""The header line that asks."""
_LIMIT = re.compile(r"remain:\s*(\d+)\s*,\s*limit:\s*(\d+)\s*,\s*time:\s*([^,;]+)")
_LIMIT_PREFIX = "x-apig-ratelimit-"


@dataclass(frozen=True, slots=True, kw_only=True)
class RateLimit:
    """How much of one limit is left."""

    of: str
    """`api`, `user`, `app`, `ip`, `api-allenv`."""
    left: int
    limit: int
    window: str
    """As the gateway says it: `10 second`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewayInsight:
    """What the headers of an answer say."""

    total_ms: float | None = None
    """From the request's arrival at the gateway until the backend's header was there."""
    upstream_ms: float | None = None
    """The backend's part of it: the model, without its stream."""
    limits: tuple[RateLimit, ...] = ()

    @property
    def own_ms(self) -> float | None:
        """What the gateway took for itself: checking, signing in, passing on."""
        if self.total_ms is None or self.upstream_ms is None:
            return None
        return max(0.0, self.total_ms - self.upstream_ms)

    def __bool__(self) -> bool:
        return self.total_ms is not None or self.upstream_ms is not None or bool(self.limits)


def read_gateway(headers: Iterable[tuple[str, str]]) -> GatewayInsight:
    """Read what is there; a value that cannot be read is left out."""
    found = {name.lower(): value for name, value in headers}
    limits = (
        RateLimit(of=name[len(_LIMIT_PREFIX) :], left=int(said[1]), limit=int(said[2]), window=said[3].strip())
        for name, value in found.items()
        if name.startswith(_LIMIT_PREFIX) and (said := _LIMIT.search(value))
    )
    return GatewayInsight(
        total_ms=_number(found.get("x-apig-latency", "")),
        upstream_ms=_number(found.get("x-apig-upstream-latency", "")),
        limits=tuple(limits),
    )


def was_asked(headers: Iterable[tuple[str, str]]) -> bool:
    """Tell whether the request asked for it."""
    return any(name.lower() == ASKED[0].lower() and value.strip().lower() == ASKED[1] for name, value in headers)


def _number(text: str) -> float | None:
    digits = re.match(r"\s*(\d+(?:\.\d+)?)", text)
    return float(digits[1]) if digits else None
