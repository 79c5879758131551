"""Every dialect: a sample that it reads, and values of every type that must not make it stumble."""

from __future__ import annotations

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstlight.inference.chunk import Choice, Chunk, Function, Part, ToolPart, decode_chunk
from firstlight.inference.dialects import DIALECTS, Dialect
from firstlight.inference.stream import StreamReader

SAMPLES: dict[str, list[tuple[str, Chunk]]] = {
    "choices": [
        (
            '{"choices":[{"index":1,"delta":{"content":"a","reasoning_content":"b"},"finish_reason":"stop"}]}',
            Chunk(choices=[Choice(index=1, delta=Part(content="a", reasoning_content="b"), finish_reason="stop")]),
        ),
        (
            '{"choices":[{"message":{"content":"a"}}],"usage":{"completion_tokens":1}}',
            Chunk(choices=[Choice(message=Part(content="a"))], usage={"completion_tokens": 1}),
        ),
        ('{"choices":[{"text":"a","index":0}]}', Chunk(choices=[Choice(text="a")])),
        ('{"choices":[]}', Chunk(choices=[])),
    ],
    "ollama": [
        (
            '{"model":"m","message":{"role":"assistant","content":"a","thinking":"b"},"done":false}',
            Chunk(choices=[Choice(delta=Part(content="a", reasoning="b"))]),
        ),
        ('{"response":"a","done":false}', Chunk(choices=[Choice(delta=Part(content="a"))])),
        (
            '{"message":{"content":""},"done":true,"done_reason":"stop","eval_count":9,"eval_duration":5}',
            Chunk(
                choices=[Choice(delta=Part(content=""), finish_reason="stop")],
                usage={"eval_count": 9, "eval_duration": 5},
            ),
        ),
    ],
    "tgi": [
        (
            '{"token":{"id":1,"text":"a","special":false},"generated_text":null,"details":null}',
            Chunk(choices=[Choice(delta=Part(content="a"))]),
        ),
        (
            '{"token":{"text":"</s>","special":true},"generated_text":"ab","details":{"finish_reason":"eos_token",'
            '"generated_tokens":3}}',
            Chunk(choices=[Choice(delta=Part(), finish_reason="eos_token")], usage={"generated_tokens": 3}),
        ),
    ],
}

SAMPLES["triton"] = [
    (
        '{"model_name":"m","model_version":"1","text_output":"a"}',
        Chunk(choices=[Choice(delta=Part(content="a"))]),
    ),
]
SAMPLES["anthropic"] = [
    (
        '{"type":"message_start","message":{"id":"m","content":[],"usage":{"input_tokens":25,"output_tokens":1}}}',
        Chunk(choices=[Choice()], usage={"input_tokens": 25, "output_tokens": 1}),
    ),
    (
        '{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}',
        Chunk(choices=[Choice(delta=Part(content=""))]),
    ),
    (
        '{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"a"}}',
        Chunk(choices=[Choice(delta=Part(content="a"))]),
    ),
    (
        '{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"b"}}',
        Chunk(choices=[Choice(delta=Part(reasoning_content="b"))]),
    ),
    (
        '{"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"t1","name":"f","input":{}}}',
        Chunk(choices=[Choice(delta=Part(tool_calls=[ToolPart(index=1, id="t1", function=Function(name="f"))]))]),
    ),
    (
        '{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\\"a\\""}}',
        Chunk(choices=[Choice(delta=Part(tool_calls=[ToolPart(index=1, function=Function(arguments='{"a"'))]))]),
    ),
    (
        '{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":15}}',
        Chunk(choices=[Choice(finish_reason="end_turn")], usage={"output_tokens": 15}),
    ),
    ('{"type":"message_delta","delta":null}', Chunk(choices=[Choice()])),
    ('{"type":"content_block_delta","index":"x","delta":null}', Chunk(choices=[Choice(delta=Part())])),
    ('{"type":"content_block_start","content_block":7}', Chunk(choices=[Choice(delta=Part())])),
    ('{"type":"message_start"}', Chunk(choices=[Choice()])),
    ('{"type":"content_block_stop","index":0}', Chunk(choices=[])),
    ('{"type":"message_stop"}', Chunk(choices=[])),
    ('{"type":"ping"}', Chunk(choices=[])),
]
SAMPLES["choices"].append(
    (
        '{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"c","type":"function","function":{"name":"f",'
        '"arguments":"{"}}]}}]}',
        Chunk(
            choices=[
                Choice(delta=Part(tool_calls=[ToolPart(index=0, id="c", function=Function(name="f", arguments="{"))]))
            ]
        ),
    )
)
SAMPLES["ollama"].append(
    (
        '{"message":{"content":"","tool_calls":[{"function":{"name":"f","arguments":{"a":1}}},7]},"done":false}',
        Chunk(
            choices=[
                Choice(delta=Part(content="", tool_calls=[ToolPart(function=Function(name="f", arguments='{"a": 1}'))]))
            ]
        ),
    )
)

by_name = pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)


@by_name
def test_a_dialect_reads_its_messages(dialect: Dialect) -> None:
    for message, chunk in SAMPLES[dialect.name]:
        assert dialect.read(json.loads(message)) == chunk


@by_name
def test_a_dialect_leaves_the_messages_of_others_alone(dialect: Dialect) -> None:
    others = [message for name, samples in SAMPLES.items() if name != dialect.name for message, _ in samples]
    assert [dialect.read(json.loads(message)) for message in others] == [None] * len(others)


def test_the_quick_way_reads_what_the_patient_way_reads() -> None:
    for message, chunk in SAMPLES["choices"]:
        assert decode_chunk(message) == chunk


KEYS = st.sampled_from(
    ["choices", "delta", "message", "content", "text", "reasoning", "finish_reason", "index", "usage", "error", "done",
     "response", "token", "details", "generated_text", "code", "error_code", "error_msg", "object", "tool_calls",
     "function", "arguments", "type", "content_block", "stop_reason", "id", "name"]
)  # fmt: skip
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(
        [
            "error",
            "message_start",
            "content_block_start",
            "content_block_delta",
            "message_delta",
            "tool_use",
            "input_json_delta",
        ]
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@given(st.lists(st.dictionaries(KEYS, JSON, max_size=4), max_size=4))
def test_no_message_makes_the_reader_stumble(messages: list[object]) -> None:
    reader = StreamReader("text/event-stream", 0)
    for position, message in enumerate(messages):
        reader.feed(f"data: {json.dumps(message)}\n\n".encode(), position)
    reader.close(len(messages))
    msgspec.json.encode(reader.summary())


PARTS = st.fixed_dictionaries(
    {},
    optional={
        name: st.none() | st.text(max_size=4) for name in ("content", "reasoning_content", "reasoning", "refusal")
    },
)
CHOICES = st.fixed_dictionaries(
    {},
    optional={
        "index": st.integers(0, 3),
        "delta": st.none() | PARTS,
        "message": st.none() | PARTS,
        "text": st.none() | st.text(max_size=4),
        "finish_reason": st.none() | st.sampled_from(["stop", "length"]),
    },
)


@given(st.lists(CHOICES, max_size=3), st.none() | st.dictionaries(st.text(max_size=3), st.integers(0, 9), max_size=2))
def test_quick_and_patient_reading_agree(choices: list[object], usage: object) -> None:
    message = {"choices": choices, "usage": usage}
    patient = DIALECTS[0].read(message)
    assert patient == decode_chunk(json.dumps(message, ensure_ascii=False))


def test_content_in_parts_is_joined_and_odd_values_are_left_out() -> None:
    odd = {
        "index": "first",
        "delta": {"content": [{"type": "text", "text": "a"}, "b", 3, {"image": 1}], "reasoning": 7},
    }
    assert DIALECTS[0].read({"choices": [odd, "no choice"]}) == Chunk(choices=[Choice(delta=Part(content="ab"))])


def test_an_ollama_stream_is_joined_and_its_counts_are_the_usage() -> None:
    reader = StreamReader("application/x-ndjson", 0)
    for position in range(5):
        line = {"message": {"content": "x"}, "done": False}
        reader.feed(json.dumps(line).encode() + b"\n", position * 10_000_000)
    reader.feed(b'{"message":{"content":""},"done":true,"done_reason":"stop","eval_count":9}\n', 50_000_000)
    reader.close(60_000_000)
    summary = reader.summary()
    assert (summary.kind, summary.text, summary.usage, summary.finish_reason) == (
        "ndjson",
        "xxxxx",
        {"eval_count": 9},
        "stop",
    )
    assert summary.tokens_per_s == 200.0
    assert not summary.truncated


def test_an_error_line_of_ollama_is_a_failure() -> None:
    reader = StreamReader("application/x-ndjson", 0)
    reader.feed(b'{"error":"model runner has stopped"}\n', 0)
    assert reader.failure is not None
    assert "model runner has stopped" in str(reader.failure.message)


def test_a_stream_of_triton_is_whole_without_an_end_mark() -> None:
    reader = StreamReader("text/event-stream", started_ns=0)
    reader.feed(b'data: {"text_output":"First "}\n\ndata: {"text_output":"light"}\n\n', at_ns=1)
    reader.close(at_ns=2)
    summary = reader.summary()
    assert (summary.text, summary.finish_reason, summary.truncated) == ("First light", None, False)


def test_a_stream_of_triton_that_ends_within_a_message_is_cut() -> None:
    reader = StreamReader("text/event-stream", started_ns=0)
    reader.feed(b'data: {"text_output":"First "}\n\ndata: {"text_output":"li', at_ns=1)
    reader.close(at_ns=2)
    assert reader.summary().truncated
