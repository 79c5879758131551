"""How fast the demo talks: a person watches tokens arrive, a test does not wait."""

from __future__ import annotations

import os
from collections.abc import Mapping
from math import isfinite
from typing import Any

from starlette.requests import HTTPConnection

PACE_VARIABLE = "FIRSTLIGHT_DEMO_PACE_MS"
"""The environment variable that sets another default for a whole demo."""
FIRST_TOKEN_PACES = 4
"""The first token takes this many paces: the model reads the prompt."""
_SLOWEST_MS = 10_000.0


def number(given: object, default: float, highest: float = _SLOWEST_MS) -> float:
    """Return `given` as a number between 0 and `highest`; anything that is no number gives `default`."""
    try:
        value = float(str(given))
    except ValueError:
        return default
    return min(max(value, 0.0), highest) if isfinite(value) else default


PACE_MS = number(os.environ.get(PACE_VARIABLE), 32.0)
"""The default time per token: about what a 7B model needs on one accelerator."""


def pace_ms(request: HTTPConnection, payload: Mapping[str, Any]) -> float:
    """Return the milliseconds per token: `demo_pace_ms` in the body or query, or the header X-Demo-Pace-Ms."""
    for given in (payload.get("demo_pace_ms"), request.query_params.get("demo_pace_ms")):
        if given is not None:
            return number(given, PACE_MS)
    return number(request.headers.get("x-demo-pace-ms", PACE_MS), PACE_MS)
