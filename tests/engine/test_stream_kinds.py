"""Streams of every kind and dialect: what they amount to, and that it does not depend on how their bytes are cut."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstlight.inference.json_pieces import JsonPiecesDecoder
from firstlight.inference.media_types import chosen_kind
from firstlight.inference.plain_text import PlainTextDecoder
from firstlight.inference.stream import StreamReader
from firstlight.inference.text_path import text_path
from firstlight.model.events import ServerEvent
from firstlight.model.failure import ExchangeError
from firstlight.model.response import StreamSummary, ToolCall

ANTHROPIC = "".join(
    f"event: {event['type']}\ndata: {json.dumps(event, ensure_ascii=False)}\n\n"
    for event in (
        {"type": "message_start", "message": {"content": [], "usage": {"input_tokens": 25, "output_tokens": 1}}},
        {"type": "content_block_start", "index": 0, "content_block": {"type": "thinking", "thinking": ""}},
        {"type": "ping"},
        {"type": "content_block_delta", "index": 0, "delta": {"type": "thinking_delta", "thinking": "想"}},
        {"type": "content_block_delta", "index": 0, "delta": {"type": "signature_delta", "signature": "x"}},
        {"type": "content_block_start", "index": 1, "content_block": {"type": "text", "text": ""}},
        {"type": "content_block_delta", "index": 1, "delta": {"type": "text_delta", "text": "春"}},
        {"type": "content_block_delta", "index": 1, "delta": {"type": "text_delta", "text": "眠"}},
        {"type": "content_block_start", "index": 2, "content_block": {"type": "tool_use", "id": "t", "name": "look"}},
        {"type": "content_block_delta", "index": 2, "delta": {"type": "input_json_delta", "partial_json": '{"a'}},
        {"type": "content_block_delta", "index": 2, "delta": {"type": "input_json_delta", "partial_json": '":1}'}},
        {"type": "message_delta", "delta": {"stop_reason": "tool_use"}, "usage": {"output_tokens": 15}},
        {"type": "message_stop"},
    )
)


def chunk(**delta: Any) -> dict[str, Any]:
    return {"choices": [{"index": 0, "delta": delta}]}


def tool(index: int, arguments: str, name: str | None = None) -> dict[str, Any]:
    named = {"name": name} if name else {}
    started = {"id": f"call{index}", "type": "function"} if name else {}
    return {"index": index, **started, "function": {**named, "arguments": arguments}}


TOOLS = [
    chunk(role="assistant", content=None),
    chunk(tool_calls=[tool(0, "", "weather")]),
    chunk(tool_calls=[tool(0, '{"city"'), tool(1, '{"x', "sum")]),
    chunk(tool_calls=[tool(1, '":1}')]),
    chunk(tool_calls=[tool(0, ':"北京"}')]),
    {"choices": [{"index": 0, "delta": {}, "finish_reason": "tool_calls"}]},
]
OLLAMA = [
    {"message": {"content": "春"}, "done": False},
    {"message": {"content": "眠"}, "done": False},
    {"message": {"content": ""}, "done": True, "done_reason": "stop", "eval_count": 20, "eval_duration": 500_000_000},
]
TGI = [
    {"token": {"text": "春", "special": False}, "generated_text": None},
    {"token": {"text": "眠", "special": False}, "generated_text": "春眠", "details": {"finish_reason": "length"}},
]
OWN = [{"output": {"text": "春"}}, {"output": {"text": "眠"}}, {"output": {}, "usage": {"total_tokens": 3}}]


def sse(messages: list[Any]) -> str:
    return "".join(f"data: {json.dumps(message, ensure_ascii=False)}\n\n" for message in messages)


def ndjson(messages: list[Any]) -> str:
    return "".join(f"{json.dumps(message, ensure_ascii=False)}\n" for message in messages)


def array(messages: list[Any]) -> str:
    return "[" + "\n,\r\n".join(json.dumps(message, ensure_ascii=False) for message in messages) + "]\n"


STREAMS: dict[str, tuple[str, str, str]] = {
    "anthropic": ("sse", ANTHROPIC, ""),
    "tool calls": ("sse", sse(TOOLS) + "data: [DONE]\n\n", ""),
    "ollama": ("ndjson", ndjson(OLLAMA), ""),
    "tgi": ("sse", sse(TGI).replace("data: ", "data:"), ""),
    "array of chunks": ("json-array", "\ufeff " + array([*TOOLS[:1], chunk(content='"[春眠,}\\'), *TOOLS[-1:]]), ""),
    "array by path": ("json-array", array(OWN), "$.output.text"),
    "sse by path": ("sse", sse(OWN), "$.output.text"),
    "objects without an array": ("json-array", "".join(json.dumps(one) for one in OWN), "$.output.text"),
    "text": ("text", "春眠不觉晓 🌸", ""),
}


def read(kind: str, pieces: list[bytes], path: str = "") -> tuple[StreamSummary, list[Any]]:
    found = text_path(path) if path else None
    reader = StreamReader("", 0, kind=kind, text_path=found)
    events = [event for piece in pieces for event in reader.feed(piece, 0)] + reader.close(0)
    return reader.summary(), [event for event in events if isinstance(event, ServerEvent)]


def one(name: str) -> StreamSummary:
    kind, text, path = STREAMS[name]
    return read(kind, [text.encode()], path)[0]


@pytest.mark.parametrize("name", STREAMS)
def test_a_stream_cut_at_any_byte_amounts_to_the_same(name: str) -> None:
    kind, text, path = STREAMS[name]
    data = text.encode()
    whole, messages = read(kind, [data], path)
    assert not whole.truncated
    for cut in range(1, len(data)):
        summary, events = read(kind, [data[:cut], data[cut:]], path)
        if kind == "text":  # each arrival is a message
            assert summary.text == whole.text
        else:
            assert (summary, events) == (whole, messages)
    assert read(kind, [bytes([byte]) for byte in data], path)[0].text == whole.text


@pytest.mark.parametrize("name", [name for name in STREAMS if name != "text"])
def test_a_stream_that_breaks_off_is_not_whole(name: str) -> None:
    kind, text, path = STREAMS[name]
    messages = text.encode().rstrip()
    assert read(kind, [messages[:-3]], path)[0].truncated


def test_anthropic_says_text_thought_tool_and_both_counts() -> None:
    summary = one("anthropic")
    assert (summary.text, summary.reasoning, summary.finish_reason) == ("春眠", "想", "tool_use")
    assert summary.usage == {"input_tokens": 25, "output_tokens": 15}
    assert summary.tool_calls == (ToolCall(index=2, id="t", name="look", arguments='{"a":1}'),)


def test_an_anthropic_error_event_is_a_failure() -> None:
    reader = StreamReader("text/event-stream", 0)
    error = {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}
    reader.feed(ANTHROPIC[:200].rpartition("\n\n")[0].encode() + b"\n\n", 0)
    reader.feed(f"event: error\ndata: {json.dumps(error)}\n\n".encode(), 0)
    assert reader.failure is not None
    assert "Overloaded (overloaded_error)" in str(reader.failure.message)


def test_tool_calls_are_joined_by_their_index() -> None:
    summary = one("tool calls")
    assert summary.tool_calls == (
        ToolCall(index=0, id="call0", name="weather", arguments='{"city":"北京"}'),
        ToolCall(index=1, id="call1", name="sum", arguments='{"x":1}'),
    )
    assert (summary.text, summary.finish_reason, summary.truncated) == ("", "tool_calls", False)
    assert summary.ttft_ms == 0.0


def test_tool_calls_without_an_index_are_calls_of_their_own() -> None:
    lines = [
        {"message": {"tool_calls": [{"function": {"name": name, "arguments": {}}}]}, "done": False} for name in "fg"
    ]
    lines += [{"message": {"tool_calls": [{"function": {"arguments": "x"}}, {"id": "7"}]}, "done": True}]
    calls = read("ndjson", [ndjson(lines).encode()])[0].tool_calls
    assert [(call.index, call.name, call.arguments) for call in calls] == [(0, "f", "{}"), (1, "g", "{}x")]


def test_a_message_that_repeats_the_tool_calls_of_the_deltas_adds_nothing() -> None:
    whole = {"choices": [{"index": 0, "message": {"tool_calls": [tool(0, "{}", "f")]}, "finish_reason": "tool_calls"}]}
    summary = read("sse", [sse([chunk(tool_calls=[tool(0, "{}", "f")]), whole]).encode()])[0]
    assert [call.arguments for call in summary.tool_calls] == ["{}"]


def test_several_choices_are_kept_apart() -> None:
    messages = [{"choices": [{"index": index, "delta": {"content": piece}}]} for index, piece in ((1, "b"), (0, "a"))]
    messages += [{"choices": [{"index": 1, "delta": {}, "finish_reason": "length"}]}, {"choices": [], "usage": None}]
    summary = read("sse", [sse(messages).encode()])[0]
    assert [(choice.index, choice.text, choice.finish_reason) for choice in summary.choices] == [
        (0, "a", None),
        (1, "b", "length"),
    ]
    assert one("ollama").choices == ()


def test_the_last_value_of_each_count_stays() -> None:
    messages = [{"choices": [], "usage": {"prompt_tokens": 3, "completion_tokens": n}} for n in (1, 2)]
    messages += [{"choices": [], "usage": {"completion_tokens": 5}}, {"choices": [], "usage": None}]
    assert read("sse", [sse(messages).encode()])[0].usage == {"prompt_tokens": 3, "completion_tokens": 5}


def test_the_rate_of_ollama_is_its_own() -> None:
    assert one("ollama").tokens_per_s == 40.0
    assert one("tgi").tokens_per_s is None


def test_a_path_finds_the_text_and_leaves_the_rest_alone() -> None:
    summary = one("sse by path")
    assert (summary.text, summary.usage, summary.events) == ("春眠", {"total_tokens": 3}, 3)
    found = text_path("$..t")
    assert found({"t": 1, "a": [{"t": "b"}, {"t": True}, {"t": None}]}) == "1b"
    assert found('{"t": "a text, not a value"}') is None
    assert found({"x": 1}) is None
    deep: list[Any] = []
    for _ in range(2000):
        deep = [deep]
    assert found(deep) is None


@pytest.mark.parametrize("typed", ["output.text", "$.a[", "$[?@.a=="])
def test_what_is_no_path_is_refused_with_its_reason(typed: str) -> None:
    with pytest.raises(ExchangeError) as refused:
        text_path(typed)
    assert refused.value.failure.kind == "bad-text-path"
    assert typed in str(refused.value.failure.message)


def test_an_error_found_beside_a_path_is_a_failure() -> None:
    reader = StreamReader("", 0, kind="json-array", text_path=text_path("$.text"))
    reader.feed(b'[{"text":"a"},{"error":"out of memory"}]', 0)
    assert reader.failure is not None
    assert not reader.close(0)


def values(*pieces: bytes) -> list[tuple[str, bool]]:
    decoder = JsonPiecesDecoder()
    events = [event for piece in pieces for event in decoder.feed(piece, 0)] + decoder.close(0)
    return [(event.data, event.truncated) for event in events]


def test_values_come_out_of_an_array_one_by_one() -> None:
    assert values(b'[1, "a,b]", [2, {"c": [3]}] , null]') == [
        ("1", False), ('"a,b]"', False), ('[2, {"c": [3]}]', False), ("null", False)
    ]  # fmt: skip
    assert values(b"[]") == []
    assert values(b'{"a": 1} {"b": 2}') == [('{"a": 1}', False), ('{"b": 2}', False)]
    assert values(b"42") == [("42", False)]


def test_an_array_that_does_not_close_says_so() -> None:
    assert values(b"[1, 2,") == [("1", False), ("2", False), ("", True)]
    assert values(b'[1, "a') == [("1", False), ('"a', True)]
    assert values(b"<html>") == [("<html>", True)]
    assert values(b"]") == [("]", True)]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(JSON, max_size=4), st.integers(1, 7))
def test_any_array_comes_out_as_its_values(parts: list[Any], size: int) -> None:
    data = json.dumps(parts, ensure_ascii=False).encode("utf-8", "surrogatepass")
    found = values(*(data[start : start + size] for start in range(0, len(data), size)))
    assert [(json.loads(text), cut) for text, cut in found] == [(part, False) for part in parts]


def test_text_is_read_in_its_charset() -> None:
    reader = StreamReader("text/plain; charset=GBK", 0, kind="text")
    reader.feed("春".encode("gbk"), 0)
    assert reader.summary().text == "春"
    for unknown in ("nothing", "hex", ""):
        assert [event.data for event in PlainTextDecoder(unknown).feed("春".encode(), 0)] == ["春"]
    decoder = PlainTextDecoder()
    assert [event.data for event in decoder.feed("春".encode()[:2], 0)] == []
    assert [(event.data, event.truncated) for event in decoder.close(0)] == [("\ufffd", True)]


def test_the_switch_counts_for_answers_and_not_for_refusals() -> None:
    json_type = "application/json"
    assert chosen_kind(json_type, switch="auto", status=200) is None
    assert chosen_kind(json_type, switch="json-array", status=200) == "json-array"
    assert chosen_kind(json_type, switch="json-array", status=401) is None
    assert chosen_kind("text/event-stream; charset=utf-8", switch="off", status=200) is None
    assert chosen_kind("text/event-stream; charset=utf-8", switch="auto", status=200) == "sse"


def arrived(*, first_ms: float, gap_ms: float, messages: int) -> bool:
    reader = StreamReader("text/event-stream", 0)
    for number in range(messages):
        reader.feed(b'data: {"choices":[{"delta":{"content":"a"}}]}\n\n', int((first_ms + number * gap_ms) * 1e6))
    return reader.summary().buffered


def test_a_stream_that_came_in_one_piece_was_held_back() -> None:
    assert arrived(first_ms=3000, gap_ms=0, messages=100)
    assert arrived(first_ms=3000, gap_ms=0.1, messages=100)
    assert not arrived(first_ms=3000, gap_ms=20, messages=100)
    assert not arrived(first_ms=3000, gap_ms=15, messages=10)
    assert not arrived(first_ms=40, gap_ms=0, messages=100)
    assert not arrived(first_ms=3000, gap_ms=0, messages=3)
    assert not StreamReader("text/event-stream", 0).summary().buffered
