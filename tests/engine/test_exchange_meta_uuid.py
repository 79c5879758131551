"""`meta.uuid` goes out, comes back, and both are compared."""

from __future__ import annotations

import gzip
import json

import pytest
from servers import Peer, collect, response, run, scope, serving

from firstlight.cli.console import Output
from firstlight.cli.event_lines import EventLines
from firstlight.cli.json_report import JsonReport
from firstlight.model.events import Finished, Started, Uploading
from firstlight.model.exchange import Exchange
from firstlight.model.request import Body, Request
from firstlight.model.response import MetaUuid

TEXT = '{"meta": {"uuid": "10eb0091"}, "data": {"req_data": [{"petal_length": 2.20}]}}'


async def echoes(peer: Peer) -> None:
    sent = json.loads((await peer.request()).body)
    answer = gzip.compress(json.dumps({"meta": sent["meta"], "data": {"resp_data": []}}).encode())
    await peer.send(response(answer, "Content-Type: application/json", "Content-Encoding: gzip"))


def outcome_of(answer: bytes | None, *, new: bool = False, text: str = TEXT) -> tuple[Exchange, Started, Finished]:
    async def answers(peer: Peer) -> None:
        await peer.request()
        await peer.send(response(answer or b""))

    async def work() -> tuple[Exchange, Started, Finished]:
        async with serving(answers if answer is not None else echoes) as server:
            body = Body(kind="raw", text=text, new_meta_uuid=new)
            outcome, events = await collect(Request(method="POST", url=server.url, body=body))
            assert isinstance(events[0], Started)
            assert isinstance(events[-1], Finished)
            return outcome, events[0], events[-1]

    return run(work())


def test_a_new_one_is_told_when_it_is_sent_and_matches_when_it_comes_back() -> None:
    outcome, started, finished = outcome_of(None, new=True)
    assert started.meta_uuid not in ("", "10eb0091")
    assert outcome.meta_uuid == MetaUuid(sent=started.meta_uuid, received=started.meta_uuid)
    assert finished.meta_uuid == outcome.meta_uuid
    assert outcome.meta_uuid.matches


@pytest.mark.parametrize(
    ("answer", "received"),
    [(b'{"meta": {"uuid": "other"}}', "other"), (b'{"data": {}}', ""), (b"\xff\x00", ""), (b"", "")],
)
def test_another_one_or_none_does_not_match(answer: bytes, received: str) -> None:
    outcome, _, finished = outcome_of(answer)
    assert outcome.meta_uuid == MetaUuid(sent="10eb0091", received=received)
    assert outcome.meta_uuid == finished.meta_uuid
    assert not outcome.meta_uuid.matches


def test_a_request_without_one_is_not_judged() -> None:
    outcome, started, finished = outcome_of(b'{"meta": {"uuid": "x"}}', text='{"data": 1}')
    assert (outcome.meta_uuid, finished.meta_uuid, started.meta_uuid) == (None, None, "")


def test_a_secret_at_that_place_is_masked() -> None:
    async def work() -> tuple[Exchange, Started]:
        async with serving(echoes) as server:
            body = Body(kind="raw", text='{"meta": {"uuid": "{{secret:id}}"}}')
            where = scope(secrets={"id": "very-secret-id"})
            outcome, events = await collect(Request(method="POST", url=server.url, body=body), where=where)
            assert isinstance(events[0], Started)
            return outcome, events[0]

    outcome, started = run(work())
    assert "very-secret" not in f"{outcome.meta_uuid}{started.meta_uuid}"
    assert outcome.meta_uuid is not None
    assert outcome.meta_uuid.matches


def test_the_report_of_the_command_line_has_both(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    for answer, expected in (
        (b'{"meta": {"uuid": "other"}}', {"sent": "10eb0091", "received": "other", "matches": False}),
        (b"{}", {"sent": "10eb0091", "received": None, "matches": False}),
        (None, {"sent": "10eb0091", "received": "10eb0091", "matches": True}),
    ):
        JsonReport(Output()).finish(outcome_of(answer)[0])
        assert json.loads(capsysbinary.readouterr().out)["meta_uuid"] == expected
    JsonReport(Output()).finish(Exchange(sent=None))
    assert "meta_uuid" not in json.loads(capsysbinary.readouterr().out)


def test_the_lines_of_events_have_it_where_there_is_one(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    lines = EventLines(Output())
    for text, expected in ((TEXT, 2), ("{}", 0)):
        _, started, finished = outcome_of(b"{}", text=text)
        for event in (started, finished, Uploading(at_ns=1, sent_bytes=1, total_bytes=2)):
            lines.hear(event)
        printed = [json.loads(line) for line in capsysbinary.readouterr().out.splitlines()]
        assert [line["kind"] for line in printed] == ["started", "finished"]
        assert sum("meta_uuid" in line for line in printed) == expected
