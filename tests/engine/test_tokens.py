"""Tokens that requests obtain from the demo's real IAM: fetched once, renewed, kept, never tried again when refused."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from servers import Peer, Received, collect, response, run, scope, serving

from demo_server import RunningDemo
from firstlight.demo import accounts
from firstlight.model.access_token import AccessToken
from firstlight.model.events import BodyReceived, Event, Finished, Started
from firstlight.model.exchange import Emit, Exchange, Scope
from firstlight.model.failure import ExchangeError
from firstlight.model.request import Authorization, Request
from firstlight.model.secrets import Masker
from firstlight.runner.obtaining import wanted_token
from firstlight.runner.tokens import Tokens
from firstlight.texts import Phrase
from firstlight.transport import HttpTransport


class Heard:
    """Remembers the calls for tokens."""

    def __init__(self) -> None:
        self.calls: list[list[Event]] = []

    def __call__(self, _name: Phrase) -> Emit:
        events: list[Event] = []
        self.calls.append(events)
        return events.append


class Memory:
    """A TokenKeep that outlives a Tokens, as the keyring does."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, ...], AccessToken] = {}

    def load(self, key: tuple[str, ...]) -> AccessToken | None:
        return self.kept.get(key)

    def save(self, key: tuple[str, ...], token: AccessToken) -> None:
        self.kept[key] = token

    def forget(self, key: tuple[str, ...]) -> None:
        self.kept.pop(key, None)


def signing_in(demo: RunningDemo, path: str = "/v3/projects", **values: str) -> Request:
    fields = {
        "endpoint": demo.url, "account": accounts.ACCOUNT_NAME, "user": "demo-user", "password": accounts.PASSWORD,
        "project": "cn-southwest-2",
    }  # fmt: skip
    return Request(url=demo.url + path, authorization=Authorization(kind="huawei-iam", values=fields | values))


def send(request: Request, tokens: Tokens, count: int = 1) -> list[Exchange]:
    async def work() -> list[Exchange]:
        transport = HttpTransport()
        where = replace(scope(), tokens=tokens)
        try:
            outcomes = await asyncio.gather(*(collect(request, transport, where) for _ in range(count)))
        finally:
            await tokens.aclose()
            await transport.aclose()
        return [outcome for outcome, _ in outcomes]

    return run(work())


def test_a_request_fetches_the_token_it_needs_and_is_answered(demo: RunningDemo) -> None:
    heard = Heard()
    (outcome,) = send(signing_in(demo), Tokens(listener=heard))
    assert outcome.failure is None
    assert outcome.response is not None
    assert outcome.response.status == 200
    assert outcome.sent is not None
    assert dict(outcome.sent.headers)["X-Auth-Token"].startswith("MII")
    (events,) = heard.calls
    assert isinstance(events[0], Started)
    assert events[0].url == f"{demo.url}/v3/auth/tokens?nocatalog=true"
    assert isinstance(events[-1], Finished)
    assert accounts.PASSWORD not in repr(events)


def test_ten_requests_at_once_fetch_one_token(demo: RunningDemo) -> None:
    heard = Heard()
    outcomes = send(signing_in(demo), Tokens(listener=heard), count=10)
    assert [outcome.response and outcome.response.status for outcome in outcomes] == [200] * 10
    assert len(heard.calls) == 1


def test_a_wrong_password_is_tried_once_however_many_wait_and_send_again(demo: RunningDemo) -> None:
    heard = Heard()
    tokens = Tokens(listener=heard)
    wrong = signing_in(demo, user="demo-guest", password="Cassiopeia-1572")
    outcomes = send(wrong, tokens, count=10) + send(wrong, tokens, count=3)
    failures = [outcome.failure for outcome in outcomes]
    assert {failure and failure.kind for failure in failures} == {"iam-wrong-password"}
    assert {failure and failure.layer for failure in failures} == {"service"}
    assert len(heard.calls) == 1
    assert failures[-1] is not None
    assert "not tried again" in str(failures[-1].message)
    assert "Cassiopeia" not in repr(failures)
    assert send(signing_in(demo, user="demo-guest"), tokens)[0].failure is None, "another password is another attempt"
    assert len(heard.calls) == 2


def test_a_token_is_renewed_before_it_expires(demo: RunningDemo) -> None:
    heard, now = Heard(), [1_800_000_000.0]
    tokens = Tokens(listener=heard, now=lambda: now[0])
    send(signing_in(demo), tokens)
    now[0] += 23 * 3600
    send(signing_in(demo), tokens)
    assert len(heard.calls) == 1
    now[0] += 3600 - 200
    send(signing_in(demo), tokens)
    assert len(heard.calls) == 2


def test_a_wrong_clock_of_this_computer_does_not_matter(demo: RunningDemo) -> None:
    for skew_s in (-7 * 24 * 3600.0, 7 * 24 * 3600.0):
        heard = Heard()
        now = 1_800_000_000.0 + skew_s
        tokens = Tokens(listener=heard, now=lambda now=now: now)
        send(signing_in(demo), tokens)
        send(signing_in(demo), tokens)
        assert len(heard.calls) == 1
        wanted = wanted_token(signing_in(demo), scope())
        assert wanted is not None
        token = run(tokens.known(wanted))
        assert token is not None
        left_s = token.left_s(now)
        assert left_s is not None
        assert round(left_s / 3600) == 24


def test_a_token_outlives_the_program(demo: RunningDemo) -> None:
    memory, first, second = Memory(), Heard(), Heard()
    send(signing_in(demo), Tokens(memory, first))
    assert send(signing_in(demo), Tokens(memory, second))[0].failure is None
    assert (len(first.calls), len(second.calls)) == (1, 0)


def test_cancelling_one_of_the_waiting_requests_leaves_the_others(demo: RunningDemo) -> None:
    async def work() -> tuple[list[Any], int]:
        gate, heard, transport = asyncio.Event(), Heard(), HttpTransport()

        async def slow(peer: Peer) -> None:
            await peer.request()
            arrived.set()
            await gate.wait()
            await peer.send(response(b"{}", "X-Subject-Token: MIIabc", status="201 Created"))

        arrived = asyncio.Event()
        async with serving(slow) as iam, serving(answering) as service:
            tokens = Tokens(listener=heard)
            request = replace(signing_in(demo, endpoint=iam.url), url=service.url)
            where = replace(scope(), tokens=tokens)
            tasks = [asyncio.get_running_loop().create_task(collect(request, transport, where)) for _ in range(3)]
            await arrived.wait()
            tasks[0].cancel()
            await asyncio.wait([tasks[0]])
            gate.set()
            outcomes = await asyncio.gather(*tasks, return_exceptions=True)
            await transport.aclose()
            return outcomes, len(heard.calls)

    async def answering(peer: Peer) -> None:
        await peer.request()
        await peer.send(response(b"ok"))

    outcomes, calls = run(work())
    assert isinstance(outcomes[0], asyncio.CancelledError)
    assert [outcome[0].response.body for outcome in outcomes[1:]] == [b"ok", b"ok"]
    assert calls == 1


def test_the_call_ends_when_nobody_waits_for_it_any_more(demo: RunningDemo) -> None:
    async def work() -> str:
        arrived = asyncio.Event()

        async def silent(peer: Peer) -> None:
            await peer.request()
            arrived.set()
            await peer.gone()

        async with serving(silent) as iam:
            heard, transport = Heard(), HttpTransport()
            where = replace(scope(), tokens=Tokens(listener=heard))
            sending = collect(signing_in(demo, endpoint=iam.url), transport, where)
            task = asyncio.get_running_loop().create_task(sending)
            await arrived.wait()
            task.cancel()
            await asyncio.wait([task])
            await transport.aclose()
            return type(heard.calls[0][-1]).__name__

    assert run(work()) == "Cancelled"


def test_a_refused_request_is_not_repeated_and_an_old_token_is_let_go() -> None:
    asked: list[Received] = []

    async def refusing(peer: Peer) -> None:
        while True:
            request = await peer.request()
            asked.append(request)
            if request.target.startswith("/v3/"):
                await peer.send(response(b"{}", "X-Subject-Token: MIIabc", status="201 Created"))
            else:
                await peer.send(response(b"{}", status="401 Unauthorized"))

    async def work() -> None:
        now = [1_800_000_000.0]
        async with serving(refusing) as server:
            values = {"endpoint": server.url, "account": "a", "user": "u", "password": "pass-word", "project": "p"}
            request = Request(url=server.url, authorization=Authorization(kind="huawei-iam", values=values))
            where = replace(scope(), tokens=Tokens(now=lambda: now[0]))
            await collect(request, None, where)
            assert [call.target for call in asked] == ["/v3/auth/tokens?nocatalog=true", "/"]
            await collect(request, None, where)
            assert len(asked) == 3, "a brand new token is not the problem"
            now[0] += 3600
            await collect(request, None, where)
            await collect(request, None, where)
            assert [call.method for call in asked] == ["POST", "GET", "GET", "GET", "POST", "GET"]

    run(work())


@pytest.fixture
def failing(demo: RunningDemo) -> Any:
    def fail(**values: str) -> tuple[str, str, str]:
        (outcome,) = send(signing_in(demo, **values), Tokens())
        assert outcome.failure is not None
        assert outcome.failure.hint
        return outcome.failure.layer, outcome.failure.kind, str(outcome.failure.message)

    return fail


@pytest.mark.parametrize(
    ("values", "layer", "kind", "said"),
    [
        ({"account": "someone-else"}, "service", "iam-wrong-login", "account name is wrong"),
        ({"user": "demo-console"}, "service", "iam-console-only", "IAM.0081"),
        ({"project": "cn-east-3"}, "service", "iam-no-project", "cn-east-3"),
        ({"password": ""}, "variable", "empty-credential", "Password"),
        ({"endpoint": "http://127.0.0.1:1"}, "connect", "connection-refused", "IAM token from"),
        ({"endpoint": "{{nowhere}}"}, "variable", "unknown-variable", "IAM endpoint"),
    ],
)
def test_a_failed_fetch_is_the_failure_of_the_request(
    failing: Any, values: dict[str, str], layer: str, kind: str, said: str
) -> None:
    found = failing(**values)
    assert found[:2] == (layer, kind)
    assert said in found[2]


def test_an_endpoint_that_is_no_iam_is_told(demo: RunningDemo) -> None:
    async def work() -> Exchange:
        async def other(peer: Peer) -> None:
            await peer.request()
            await peer.send(response(b"<html>", status="200 OK"))

        async with serving(other) as server:
            return (await collect(signing_in(demo, endpoint=server.url), None, Scope(variables={}, secret=dict.get)))[0]

    failure = run(work()).failure
    assert failure is not None
    assert "no X-Subject-Token" in str(failure.message)


def test_forgetting_and_asking_again(demo: RunningDemo) -> None:
    async def work() -> tuple[bool, int]:
        heard, memory, transport = Heard(), Memory(), HttpTransport()
        tokens = Tokens(memory, heard)
        wanted = wanted_token(signing_in(demo), scope())
        assert wanted is not None
        first = await tokens.token(wanted, transport)
        second = await tokens.again(wanted, transport)
        assert first.value in tokens.values() or second.value in tokens.values()
        await tokens.forget(wanted)
        assert await tokens.known(wanted) is None
        await transport.aclose()
        return first.value != second.value and not memory.kept, len(heard.calls)

    assert run(work()) == (True, 2)


def test_a_refused_password_is_tried_again_when_the_person_asks(demo: RunningDemo) -> None:
    async def work() -> int:
        heard, transport = Heard(), HttpTransport()
        tokens = Tokens(listener=heard)
        wanted = wanted_token(signing_in(demo, user="demo-guest", password="wrong-one"), scope())
        assert wanted is not None
        for ask in (tokens.token, tokens.token, tokens.again):
            with pytest.raises(ExchangeError):
                await ask(wanted, transport)
        await transport.aclose()
        return len(heard.calls)

    assert run(work()) == 2


def test_a_token_of_a_hundred_thousand_characters_is_fetched_sent_and_shown_to_nobody(demo: RunningDemo) -> None:
    token = "MII" + "aB3+" * 25_000

    async def iam(peer: Peer) -> None:
        await peer.request()
        await peer.send(response(b"{}", f"X-Subject-Token: {token}", status="201 Created"))

    async def work() -> tuple[Exchange, list[Event], list[list[Event]]]:
        heard = Heard()
        async with serving(iam) as server:
            request = signing_in(demo, "/faults/echo", endpoint=server.url)
            outcome, events = await collect(request, None, replace(scope(), tokens=Tokens(listener=heard)))
            return outcome, events, heard.calls

    outcome, events, calls = run(work())
    assert outcome.failure is None, outcome.failure
    assert outcome.response is not None
    assert token in outcome.response.body.decode()
    told = [event for event in events if not isinstance(event, BodyReceived)]
    assert token not in repr(told)
    assert token not in Masker.of({token}).mask(repr(calls))


def test_a_token_that_is_still_valid_serves_while_iam_cannot_be_reached(demo: RunningDemo) -> None:
    async def work() -> None:
        now, calls = [1_800_000_000.0], 0

        async def iam(peer: Peer) -> None:
            nonlocal calls
            await peer.request()
            calls += 1
            if calls > 1:
                peer.reset()
                return
            body = b'{"token": {"expires_at": "2999-01-01T00:00:00.000000Z"}}'
            date = "Date: Mon, 31 Dec 2998 23:00:00 GMT"
            await peer.send(response(body, f"X-Subject-Token: {demo['demo_token']}", date, status="201 Created"))

        async with serving(iam) as server:
            request = signing_in(demo, endpoint=server.url)
            where = replace(scope(), tokens=Tokens(now=lambda: now[0]))
            statuses = []
            for passed_s in (0, 3500):
                now[0] += passed_s
                outcome, _ = await collect(request, None, where)
                assert outcome.response is not None, outcome.failure
                statuses.append(outcome.response.status)
            now[0] += 200
            outcome, _ = await collect(request, None, where)
            assert statuses == [200, 200]
            assert outcome.failure is not None, "it has expired by now"
            assert calls == 3

    run(work())
