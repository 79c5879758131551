"""What a person sees of a streamed answer: joined text, reasoning, usage, finish, errors, truncation."""

from __future__ import annotations

import json
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstlight.inference.errors import ServiceError, find_error
from firstlight.inference.stream import StreamReader, stream_kind
from firstlight.model.events import Event, Token
from firstlight.model.response import StreamSummary

MS = 1_000_000


def read(*lines: object, media_type: str = "text/event-stream", close: bool = True) -> tuple[StreamReader, list[Event]]:
    """Feed one SSE message per line, the first after 100 ms, then one every 10 ms."""
    reader = StreamReader(media_type, started_ns=0)
    events: list[Event] = []
    for position, line in enumerate(lines):
        text = line if isinstance(line, str) else json.dumps(line)
        events += reader.feed(f"data: {text}\n\n".encode(), (100 + 10 * position) * MS)
    if close:
        events += reader.close((100 + 10 * len(lines)) * MS)
    return reader, events


def summary_of(*lines: object) -> StreamSummary:
    return read(*lines)[0].summary()


def tokens(events: list[Event]) -> list[tuple[str, str]]:
    return [(event.text, event.reasoning) for event in events if isinstance(event, Token)]


def delta(
    content: str | None = None, *, finish: str | None = None, index: int = 0, **more: object
) -> dict[str, object]:
    return {"choices": [{"index": index, "delta": {"content": content, **more}, "finish_reason": finish}]}


@pytest.mark.parametrize(
    ("media_type", "kind"),
    [("text/event-stream", "sse"), ("Text/Event-Stream; charset=utf-8", "sse"), ("application/x-ndjson", "ndjson"),
     ("application/json", None), ("", None)],
)  # fmt: skip
def test_the_content_type_tells_whether_an_answer_is_a_stream(media_type: str, kind: str | None) -> None:
    assert stream_kind(media_type) == kind


def test_an_openai_stream_is_joined() -> None:
    usage = {"prompt_tokens": 3, "completion_tokens": 5, "total_tokens": 8}
    reader, events = read(
        {
            "choices": [{"index": 0, "delta": {"role": "assistant", "content": ""}, "finish_reason": None}],
            "usage": None,
        },
        delta("Hel"),
        delta("lo"),
        delta(finish="stop"),
        {"choices": [], "usage": usage},
        "[DONE]",
    )
    summary = reader.summary()
    assert tokens(events) == [("Hel", ""), ("lo", "")]
    assert (summary.text, summary.finish_reason, summary.usage) == ("Hello", "stop", usage)
    assert (summary.events, summary.truncated, reader.failure) == (6, False, None)


def test_a_pangu_v1_stream_is_joined_and_its_last_usage_wins() -> None:
    reader = StreamReader("text/event-stream", 0)
    chunks = [
        '{"choices":[{"index":0,"message":{"role":"assistant"}}],"usage":{"completion_tokens":0}}',
        '{"choices":[{"index":0,"message":{"content":"你"}}],"usage":{"completion_tokens":1}}',
        '{"choices":[{"index":0,"message":{"content":"好"},"finish_reason":"stop"}],"usage":{"completion_tokens":2}}',
        "[DONE]",
    ]
    for chunk in chunks:
        reader.feed(f"data:{chunk}\n\n".encode(), 1)
    reader.close(2)
    summary = reader.summary()
    assert (summary.text, summary.usage, summary.finish_reason) == ("你好", {"completion_tokens": 2}, "stop")
    assert not summary.truncated


@pytest.mark.parametrize("field", ["reasoning_content", "reasoning"])
def test_reasoning_is_kept_apart(field: str) -> None:
    reader, events = read(delta(None, **{field: "Let me"}), delta(None, **{field: " see"}), delta("42"), "[DONE]")
    summary = reader.summary()
    assert tokens(events) == [("", "Let me"), ("", " see"), ("42", "")]
    assert (summary.text, summary.reasoning) == ("42", "Let me see")
    assert (summary.ttft_ms, summary.first_answer_ms) == (100.0, 120.0)


def test_reasoning_in_both_fields_is_counted_once() -> None:
    assert summary_of(delta(None, reasoning="x", reasoning_content="x"), "[DONE]").reasoning == "x"


def test_a_pangu_message_may_carry_reasoning() -> None:
    chunk = {"choices": [{"index": 0, "message": {"content": "b", "reasoning_content": "a"}, "finish_reason": "stop"}]}
    assert tokens(read(chunk)[1]) == [("b", "a")]


@given(st.lists(st.integers(1, 80), max_size=20))
def test_a_leading_think_block_is_reasoning_however_it_is_cut(cuts: list[int]) -> None:
    whole = "\n<think>\nHm <b> </thin is no tag.\n</think>\n\nThe answer is <think>42</think>."
    edges = sorted({0, len(whole), *(cut for cut in cuts if cut < len(whole))})
    pieces = [whole[a:b] for a, b in pairwise(edges)]
    reader, events = read(*(delta(piece) for piece in pieces), "[DONE]")
    summary = reader.summary()
    assert summary.reasoning == "\nHm <b> </thin is no tag.\n"
    assert summary.text == "\n\nThe answer is <think>42</think>."
    assert "".join(text for text, _ in tokens(events)) == summary.text


@pytest.mark.parametrize("text", ["<thin", "<", "\n ", "1 < 2", "<thinking>no</thinking>", "a<think>b</think>"])
def test_text_that_only_begins_like_a_think_block_is_answer(text: str) -> None:
    summary = summary_of(*(delta(char) for char in text), "[DONE]")
    assert (summary.text, summary.reasoning) == (text, "")


def test_a_think_block_that_never_ends_is_reasoning() -> None:
    summary = summary_of(delta("<think>a</th"), "[DONE]")
    assert (summary.text, summary.reasoning) == ("", "a</th")


def test_choices_do_not_mix() -> None:
    reader, events = read(
        delta("a", index=1), delta("1", index=0), delta("b", index=1, finish="length"), delta("2", finish="stop")
    )
    summary = reader.summary()
    assert (summary.text, summary.finish_reason, summary.truncated) == ("12\n\nab", "stop", False)
    assert [event.choice for event in events if isinstance(event, Token)] == [1, 0, 1, 0]


def test_a_whole_message_after_the_deltas_adds_nothing() -> None:
    last = {"choices": [{"index": 0, "message": {"content": "ab"}, "finish_reason": "stop"}]}
    assert summary_of(delta("a"), delta("b"), last).text == "ab"


def test_a_chunk_with_delta_and_message_is_read_once() -> None:
    both = {"choices": [{"index": 0, "delta": {"content": "b"}, "message": {"content": "ab"}}]}
    bare = {"choices": [{"index": 0, "delta": {}, "message": {"content": "ab"}, "finish_reason": "stop"}]}
    assert summary_of(delta("a"), both, bare).text == "ab"
    assert summary_of(bare).text == "ab"


def test_times_come_from_the_arrivals() -> None:
    summary = summary_of(*(delta("x") for _ in range(11)), "[DONE]")
    assert summary.ttft_ms == 100.0
    assert summary.itl_ms is not None
    assert (summary.itl_ms.p50, summary.itl_ms.p95, summary.itl_ms.p99) == (10.0, 10.0, 10.0)
    assert summary.tokens_per_s == 100.0


def test_the_first_token_is_timed_from_the_start_of_the_exchange() -> None:
    reader = StreamReader("text/event-stream", started_ns=7_000 * MS)
    for at_ms, piece in ((7_250, delta(reasoning="hm")), (7_400, delta("a"))):
        reader.feed(f"data: {json.dumps(piece)}\n\n".encode(), at_ms * MS)
    assert (reader.summary().ttft_ms, reader.summary().first_answer_ms) == (250.0, 400.0)


def test_the_text_of_legacy_completions_is_joined() -> None:
    pieces = [{"choices": [{"index": 0, "text": text, "finish_reason": None}]} for text in ("a", "b")]
    assert summary_of(*pieces, "[DONE]").text == "ab"


def test_the_percentiles_show_a_stall() -> None:
    reader = StreamReader("text/event-stream", 0)
    at_ns = 0
    for position in range(101):
        at_ns += 500 * MS if position in {30, 60} else 10 * MS
        reader.feed(f"data: {json.dumps(delta('x'))}\n\n".encode(), at_ns)
    latency = reader.summary().itl_ms
    assert latency is not None
    assert (latency.p50, latency.p95, latency.p99) == (10.0, 10.0, 500.0)


def test_tokens_per_second_count_what_the_service_counted() -> None:
    summary = summary_of(*(delta("xx") for _ in range(11)), {"choices": [], "usage": {"completion_tokens": 21}})
    assert summary.tokens_per_s == 200.0


def test_one_token_has_no_rate_and_no_latency() -> None:
    summary = summary_of(delta("x"), "[DONE]")
    assert (summary.ttft_ms, summary.itl_ms, summary.tokens_per_s) == (100.0, None, None)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ({"error": {"message": "out of memory", "type": "server_error", "code": 500}}, ["out of memory", "500"]),
        ({"error": "Unauthorized"}, ["stream: Unauthorized"]),
        ({"object": "error", "message": "too long", "code": 40303}, ["too long", "40303"]),
        ({"error_code": "PANGU.3317", "error_msg": "max tokens"}, ["PANGU.3317", "max tokens"]),
        ({"errorCode": "APIG.0308", "errorMsg": "throttled"}, ["APIG.0308", "throttled"]),
        ({"result": {"error_code": "ModelArts.4503", "error_msg": "deep"}}, ["ModelArts.4503", "deep"]),
        ({"code": 429, "message": "slow down"}, ["429", "slow down"]),
        ({"choices": [], "error": {"message": "late"}}, ["late"]),
        ({"choices": [], "error_code": 7, "error_msg": "seven"}, ["7", "seven"]),
    ],
)  # fmt: skip
def test_an_error_object_is_a_failure_even_when_done_follows(error: object, said: list[str]) -> None:
    reader, _ = read(delta("par"), error, "[DONE]")
    assert reader.failure is not None
    assert (reader.failure.layer, reader.failure.kind) == ("service", "error-in-stream")
    assert all(word in str(reader.failure.message) for word in said)
    assert reader.failure.hint
    assert reader.summary().text == "par"


@pytest.mark.parametrize(
    "harmless",
    [
        {"choices": [], "error": None}, {"choices": [], "error_code": 0, "error_msg": ""}, {"error": ""},
        {"error": {}}, {"code": 200, "message": "ok"}, {"code": "E1", "message": "of an ordinary stream"},
        {"suggestion": "pass"}, {"error_code": "0"}, {"error_code": None}, [{"error": "in a list"}], "no json", 3,
        {"code": "²", "message": "x"},
    ],
)  # fmt: skip
def test_an_ordinary_message_is_no_failure(harmless: object) -> None:
    assert read(harmless, delta("a"), "[DONE]")[0].failure is None


@pytest.mark.parametrize(("data", "said"), [('{"message":"bad"}', "bad"), ("overloaded", "overloaded"), ("", "")])
def test_an_event_named_error_is_a_failure(data: str, said: str) -> None:
    reader = StreamReader("text/event-stream", 0)
    reader.feed(f"event: error\ndata: {data}\n\n".encode(), 0)
    assert reader.failure is not None
    assert said in str(reader.failure.message)


def test_the_first_error_is_kept() -> None:
    failure = read({"error": "first"}, {"error": "second"})[0].failure
    assert failure is not None
    assert "first" in str(failure.message)


@pytest.mark.parametrize(
    ("lines", "truncated"),
    [
        ((delta("a"), "[DONE]"), False),
        ((delta("a"), delta(finish="stop")), False),
        ((delta("a"),), True),
        ((delta("a", index=0, finish="stop"), delta("b", index=1)), True),
        ((delta("a"), {"error": "x"}), False),
        (({"progress": 1}, {"progress": 2}), False),
        ((), False),
    ],
)
def test_a_stream_without_an_end_is_truncated(lines: tuple[object, ...], truncated: bool) -> None:
    assert summary_of(*lines).truncated is truncated


def test_a_stream_that_ends_inside_a_message_is_truncated() -> None:
    reader = StreamReader("text/event-stream", 0)
    reader.feed(b'data: {"n":1}\n\ndata: {"n"', 0)
    assert not reader.summary().truncated
    reader.close(1)
    assert reader.summary().truncated
    assert reader.summary().events == 2


def test_a_keep_alive_is_shown_and_not_counted() -> None:
    reader = StreamReader("text/event-stream", 0)
    events = reader.feed(b": keep-alive\n\n", 0)
    assert len(events) == 1
    assert reader.summary().events == 0


def test_messages_of_unknown_types_are_kept() -> None:
    reader = StreamReader("text/event-stream", 0)
    events = reader.feed(b'event:moderation\ndata:{"suggestion":"pass"}\n\n', 0)
    assert [getattr(event, "type", "") for event in events] == ["moderation"]


def test_half_characters_in_two_messages_become_one() -> None:
    lines = [
        '{"choices":[{"delta":{"content":"a\\ud83d"}}]}',
        '{"choices":[{"delta":{"content":"\\ude00b"}}]}',
        delta("c"),
    ]
    assert summary_of(*lines, "[DONE]").text == "a\U0001f600bc"


def test_half_a_character_that_stays_alone_can_be_printed() -> None:
    for lines in (
        ['{"choices":[{"delta":{"content":"a\\ud83d"}}]}'],
        ['{"choices":[{"delta":{"content":"\\ude00a"}}]}', delta("b")],
    ):
        reader, events = read(*lines, "[DONE]")
        assert "\ufffd" in reader.summary().text.encode().decode()
        assert "".join(text for text, _ in tokens(events)) == reader.summary().text


@pytest.mark.parametrize(
    "line",
    [
        '{"choices":[{"delta":{"content":"a"},"finish_reason":"\\ud800"}],"usage":{"\\udc00":["\\ud800"]}}',
        '{"error":{"message":"\\ud800","code":"\\udc00"}}',
        '{"choices":[],"usage":' + '{"a":' * 900 + "1" + "}" * 900 + "}",
        '{"choices":[],"usage":{"total_tokens":123456789012345678901234567890,"rate":NaN}}',
        '{"error":{"message":' + "[" * 900 + "]" * 900 + "}}",
    ],
    ids=["half characters", "half characters in an error", "deep", "large", "deep error"],
)
def test_whatever_a_service_reports_can_be_printed(line: str) -> None:
    reader, _ = read(line)
    printed = msgspec.json.encode([reader.summary(), str(reader.failure.message) if reader.failure else ""])
    assert json.loads(printed)[0]["events"] == 1


def test_an_error_nested_beyond_reason_is_still_an_error() -> None:
    deep: list[object] = []
    for _ in range(100_000):
        deep = [deep]
    assert find_error({"error": {"code": "E7", "message": deep}}) == ServiceError(code="E7", message="…")


def test_json_that_calls_itself_an_event_stream_is_read_as_an_error() -> None:
    reader = StreamReader("text/event-stream", 0)
    reader.feed(b'{"error_code":"PANGU.0010",\n"error_msg":"bad parameter"}\n', 0)
    reader.close(0)
    assert reader.failure is not None
    assert "PANGU.0010" in str(reader.failure.message)


def test_a_media_type_that_is_no_stream_is_refused() -> None:
    with pytest.raises(ValueError, match="no stream"):
        StreamReader("application/json", 0)
