"""NDJSON: one event per line, from any split of the bytes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from firstlight.inference.ndjson import NdjsonDecoder
from firstlight.model.events import ServerEvent


def decode(*chunks: bytes) -> list[ServerEvent]:
    decoder = NdjsonDecoder()
    return [event for chunk in chunks for event in decoder.feed(chunk, 0)] + decoder.close(0)


def test_every_line_is_an_event_of_type_line() -> None:
    assert decode(b'{"a":1}\n{"b"', b":2}\r\n") == [
        ServerEvent(at_ns=0, type="line", data='{"a":1}'),
        ServerEvent(at_ns=0, type="line", data='{"b":2}'),
    ]


def test_blank_lines_and_a_byte_order_mark_are_no_events() -> None:
    assert [event.data for event in decode(b"\xef\xbb\xbf{}\n\n \r\n[]\n")] == ["{}", "[]"]


def test_a_last_line_without_a_line_end_is_whole_when_it_is_json() -> None:
    assert [(event.data, event.truncated) for event in decode(b'{"a":1}\n{"b":2}')] == [
        ('{"a":1}', False),
        ('{"b":2}', False),
    ]


def test_a_last_line_that_is_cut_is_shown_as_truncated() -> None:
    assert [(event.data, event.truncated) for event in decode(b'{"a":1}\n{"b":')] == [
        ('{"a":1}', False),
        ('{"b":', True),
    ]


def test_a_last_line_nested_beyond_reason_is_truncated_and_no_crash() -> None:
    assert decode(b"[" * 100_000)[0].truncated


@given(st.lists(st.sampled_from([b'{"a":"\xe4\xb8\xad"}', b"\n", b"\r\n", b"\xff", b" ", b"1", b"\xef\xbb\xbf"])))
def test_cutting_the_lines_at_any_byte_changes_nothing(parts: list[bytes]) -> None:
    stream = b"".join(parts)
    for cut in range(len(stream) + 1):
        assert decode(stream[:cut], stream[cut:]) == decode(stream)
