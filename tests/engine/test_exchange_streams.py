"""What a request's settings do to the answer: read as this or that, by a path, or not as a stream at all."""

from __future__ import annotations

import pytest
from servers import chunked, collect, replies, response, run, serving

from firstlight.model.events import Event, Failed, HeadersReceived
from firstlight.model.exchange import Exchange
from firstlight.model.request import Request, RequestSettings


def answer(data: bytes, settings: RequestSettings, method: str = "GET") -> tuple[Exchange, list[Event], int]:
    async def work() -> tuple[Exchange, list[Event], int]:
        async with serving(replies(data, data, then_close=True)) as server:
            outcome, events = await collect(Request(method=method, url=server.url, settings=settings))
            return outcome, events, len(server.received)

    return run(work())


PIECES = chunked(b'[{"out":{"t":"Hel"}},', b'{"out":{"t":"lo"}}]', content_type="application/json")


def test_a_json_array_is_a_stream_when_the_request_says_so() -> None:
    outcome, events, _ = answer(PIECES, RequestSettings(stream="json-array", stream_text_path="$.out.t"))
    assert outcome.stream is not None
    assert (outcome.stream.kind, outcome.stream.text, outcome.stream.truncated) == ("json-array", "Hello", False)
    assert [event.stream for event in events if isinstance(event, HeadersReceived)] == ["json-array"]
    outcome, events, _ = answer(PIECES, RequestSettings())
    assert outcome.stream is None
    assert [event.stream for event in events if isinstance(event, HeadersReceived)] == [""]


def test_a_stream_is_no_stream_when_the_request_says_so() -> None:
    sse = chunked(b"data: 1\n\n", content_type="text/event-stream")
    outcome, _, _ = answer(sse, RequestSettings(stream="off"))
    assert (outcome.stream, outcome.failure) == (None, None)


def test_a_refusal_is_read_by_its_type() -> None:
    refusal = response(b'{"error":"no"}', "Content-Type: application/json", status="401 Unauthorized")
    outcome, _, _ = answer(refusal, RequestSettings(stream="sse"))
    assert (outcome.stream, outcome.failure) == (None, None)


def test_nothing_is_sent_with_a_path_that_is_none() -> None:
    outcome, events, received = answer(PIECES, RequestSettings(stream="json-array", stream_text_path="$.["))
    assert outcome.failure is not None
    assert outcome.failure.kind == "bad-text-path"
    assert (len(events), type(events[0]), received) == (1, Failed, 0)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_stream_is_never_asked_for_again(method: str) -> None:
    cut = chunked(b"retry: 1\nid: 7\ndata: 1\n\n", content_type="text/event-stream", end=False)
    outcome, _, received = answer(cut, RequestSettings(), method)
    assert outcome.failure is not None
    assert received == 1
