"""However the bytes of a stream are cut, the messages are the same, and the same as a plain reading of the standard."""

from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from firstlight.inference.sse import SseDecoder, is_message
from firstlight.model.events import ServerEvent

LINES = st.sampled_from(
    [
        b"data: {}", b"data:x", b"data:  two blanks", b"data", b"data:", b'data: {"a":"\xe4\xb8\xad"}',
        b"data: \xe4\xb8", b"data: \xff\xfe", b"data: \xe2\x80\xa8", b"event: word", b"event:", b"event",
        b"id: 1", b"id", b"id: \0", b"retry: 5", b"retry: x", b": comment", b":", b"unknown: 1",
        b"\xef\xbb\xbfdata: bom", b" data: x", b"", b"", b"", b"",
    ]
)  # fmt: skip
ENDS = st.sampled_from([b"\n", b"\n", b"\n\n", b"\n\n", b"\r\n", b"\r", b"\r\n\r\n", b""])
STREAMS = st.builds(
    lambda bom, parts: bom + b"".join(line + end for line, end in parts),
    st.sampled_from([b"", b"", b"\xef\xbb\xbf", b"\xef\xbb"]),
    st.lists(st.tuples(LINES, ENDS), max_size=14),
) | st.binary(max_size=60)


def run(chunks: list[bytes]) -> list[ServerEvent]:
    decoder = SseDecoder()
    return [event for chunk in chunks for event in decoder.feed(chunk, 0)] + decoder.close(0)


def messages_by_the_standard(stream: bytes) -> list[tuple[str, str, str]]:
    """Read a whole stream the way WHATWG 9.2.6 words it: (type, data, last event id) of every dispatch."""
    text = stream.decode("utf-8", "replace").removeprefix("\ufeff")
    dispatched, last_id, kind, buffer = [], "", "", ""
    *lines, _unfinished = re.split("\r\n|\r|\n", text)
    for line in lines:
        name, _, value = line.partition(":")
        value = value[1:] if value.startswith(" ") else value
        if line == "":
            if buffer:
                dispatched.append((kind or "message", buffer[:-1], last_id))
            kind = buffer = ""
        elif name == "event":
            kind = value
        elif name == "data":
            buffer += value + "\n"
        elif name == "id" and "\0" not in value:
            last_id = value
    return dispatched


@given(STREAMS)
def test_cutting_a_stream_at_any_byte_changes_nothing(stream: bytes) -> None:
    whole = run([stream])
    for cut in range(len(stream) + 1):
        assert run([stream[:cut], stream[cut:]]) == whole


@given(STREAMS, st.lists(st.integers(0, 200), max_size=12))
def test_cutting_a_stream_into_many_pieces_changes_nothing(stream: bytes, cuts: list[int]) -> None:
    edges = sorted({0, len(stream), *(cut for cut in cuts if cut < len(stream))})
    assert run([stream[a:b] for a, b in pairwise(edges)]) == run([stream])
    assert run([bytes([byte]) for byte in stream]) == run([stream])


@given(STREAMS)
def test_messages_are_those_of_the_standard(stream: bytes) -> None:
    messages = [
        (event.type, event.data, event.id) for event in run([stream]) if not event.truncated and is_message(event)
    ]
    assert messages == messages_by_the_standard(stream)


@given(st.lists(st.tuples(LINES, st.sampled_from([b"\n\n", b"\n"])), min_size=1, max_size=12))
def test_one_block_per_chunk_reads_like_the_whole_stream(blocks: list[tuple[bytes, bytes]]) -> None:
    chunks = [line + end for line, end in blocks]
    assert run(chunks) == run([b"".join(chunks)])
    assert run([b"data: first\n\n", *chunks]) == run([b"data: first\n\n" + b"".join(chunks)])
