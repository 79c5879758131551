"""An answer that came to an end without its end is doubted; what needs no end mark is not."""

from __future__ import annotations

import pytest

from firstlight.advice.endings import doubt_of
from firstlight.inference.stream import StreamReader
from firstlight.model.response import StreamSummary

_CHUNK = b'data: {"choices": [{"delta": {"content": "Hel"}}]}\n\n'
_END = b'data: {"choices": [{"delta": {}, "finish_reason": "stop"}]}\n\n'


@pytest.mark.parametrize(
    ("data", "content_type", "words"),
    [
        (_CHUNK, "text/event-stream", "without a finish reason"),
        (_CHUNK + b'data: {"choi', "text/event-stream", "without a finish reason"),
        (b'{"message": {"content": "Hel"}, "done": false}\n', "application/x-ndjson", "without a finish reason"),
        (b'{"a": 1}\n{"a"', "application/x-ndjson", "within its last message"),
        (_CHUNK + _END, "text/event-stream", ""),
        (_CHUNK + b"data: [DONE]\n\n", "text/event-stream", ""),
        (_CHUNK + b"data: [DONE]\n", "text/event-stream", ""),
        (_CHUNK + b"data: [DONE]", "text/event-stream", ""),
        (b"event: tick\ndata: 1\n\n", "text/event-stream", ""),
        (b"event: tick\ndata: 1\n", "text/event-stream", ""),
        (b'{"a": 1}\n{"a": 2}', "application/x-ndjson", ""),
        (b'data: {"error": {"message": "overloaded"}}\n\n', "text/event-stream", ""),
    ],
)
def test_an_answer_without_its_end_is_doubted(data: bytes, content_type: str, words: str) -> None:
    reader = StreamReader(content_type, 0)
    reader.feed(data, 1)
    reader.close(2)
    doubt = doubt_of(reader.summary())
    assert (doubt is not None) == bool(words)
    assert words in str(doubt or "")


def test_a_websocket_is_doubted_in_its_own_words() -> None:
    assert "WebSocket was closed" in str(doubt_of(StreamSummary(kind="websocket", text="Hel", truncated=True)))
    assert doubt_of(None) is None


_FIRST = b'data: {"choices": [{"index": 0, "delta": {"role": "assistant", "content": ""}}]}\n\n'


@pytest.mark.parametrize("data", [_FIRST, b'data: {"choi', _FIRST + b"data: {", b'data: {"a": 1}\n\ndata: [1, 2'])
def test_a_stream_cut_before_its_first_text_is_called_incomplete_in_the_same_words(data: bytes) -> None:
    reader = StreamReader("text/event-stream", 0)
    reader.feed(data, 1)
    reader.close(2)
    assert reader.summary().text == ""
    assert "the answer is probably incomplete" in str(doubt_of(reader.summary()))
