"""The demo's gateway counts the calls of each API and refuses those above its limit, as APIG does."""

from __future__ import annotations

import json

import pytest

from firstlight.demo.answers import RefusalError
from firstlight.demo.modelarts.throttling import WINDOW_S, Throttle


def test_calls_are_counted_per_api_and_within_a_minute() -> None:
    now = [100.0]
    throttle = Throttle(calls=2, clock=lambda: now[0])
    assert throttle.take("a") == "remain:1,limit:2,time:1 minute"
    assert throttle.take("a") == "remain:0,limit:2,time:1 minute"
    assert throttle.take("b").startswith("remain:1,")
    with pytest.raises(RefusalError) as refused:
        throttle.take("a")
    assert refused.value.response.status_code == 429
    assert json.loads(bytes(refused.value.response.body))["error_code"] == "APIG.0308"
    now[0] += WINDOW_S
    assert throttle.take("a").startswith("remain:1,")
