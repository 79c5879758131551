"""What API Gateway tells of itself is read from its headers, and asked for by one switch."""

from __future__ import annotations

import pytest

from firstlight.advice.gateway import RateLimit, read_gateway, was_asked
from firstlight.model.exchange import Scope
from firstlight.model.request import Header, Request, RequestSettings
from firstlight.runner.prepare import prepare
from firstlight.runner.preview import preview

SCOPE = Scope(variables={}, secret=lambda _name: None)
ASKING = Request(url="https://x.test/", settings=RequestSettings(gateway_timings=True))


def test_the_time_is_split_into_model_and_gateway() -> None:
    found = read_gateway((("X-Apig-Latency", "45"), ("x-apig-upstream-latency", "40.5 ms")))
    assert (found.total_ms, found.upstream_ms, found.own_ms) == (45.0, 40.5, 4.5)
    assert read_gateway((("X-Apig-Latency", "4"), ("X-Apig-Upstream-Latency", "5"))).own_ms == 0.0
    assert read_gateway((("X-Apig-Latency", "4"),)).own_ms is None


def test_every_rate_limit_is_read() -> None:
    headers = (
        ("X-Apig-RateLimit-api", "remain:9,limit:10,time:10 second"),
        ("X-Apig-RateLimit-api-allenv", "remain:199,limit:200,time:1 second"),
        ("X-Apig-RateLimit-user", "nonsense"),
    )
    limits = read_gateway(headers).limits
    assert limits[0] == RateLimit(of="api", left=9, limit=10, window="10 second")
    assert [limit.of for limit in limits] == ["api", "api-allenv"]


@pytest.mark.parametrize("headers", [(), (("X-Apig-Latency", "soon"),), (("Content-Type", "x"),)])
def test_an_answer_without_them_says_nothing(headers: tuple[tuple[str, str], ...]) -> None:
    assert not read_gateway(headers)


def test_the_switch_sends_the_header_and_the_preview_shows_it() -> None:
    assert was_asked(prepare(ASKING, SCOPE).headers)
    assert not was_asked(prepare(Request(url="https://x.test/"), SCOPE).headers)
    shown = {line.name: (line.value, line.source) for line in preview(ASKING, SCOPE).generated}
    assert shown["X-Apig-Mode"] == ("debug", "app")


def test_a_row_of_ones_own_wins() -> None:
    own = Request(url="https://x.test/", headers=(Header(name="x-apig-mode", value="off"),), settings=ASKING.settings)
    assert [value for name, value in prepare(own, SCOPE).headers if name.lower() == "x-apig-mode"] == ["off"]
