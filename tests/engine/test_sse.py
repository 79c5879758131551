"""SSE decoding, rule by rule of the standard, and what a tester sees beyond it."""

from __future__ import annotations

import pytest

from firstlight.inference.sse import SseDecoder, is_message
from firstlight.model.events import ServerEvent


def decode(*chunks: bytes, close: bool = True) -> list[ServerEvent]:
    decoder = SseDecoder()
    events = [event for at_ns, chunk in enumerate(chunks) for event in decoder.feed(chunk, at_ns)]
    return events + decoder.close(len(chunks)) if close else events


def data_of(*chunks: bytes) -> list[str]:
    return [event.data for event in decode(*chunks)]


def test_a_block_with_one_data_line_is_a_message() -> None:
    assert decode(b"data: hello\n\n") == [ServerEvent(at_ns=0, type="message", data="hello")]


def test_an_event_carries_the_time_of_the_bytes_that_completed_it() -> None:
    assert [event.at_ns for event in decode(b"data: a\n", b"\ndata: b", b"\n\n")] == [1, 2]


@pytest.mark.parametrize("end", [b"\n", b"\r", b"\r\n"])
def test_lines_end_at_lf_cr_and_crlf(end: bytes) -> None:
    stream = end.join([b"event: word", b"data: a", b"data: b", b"", b"data: c", b"", b""])
    assert [(event.type, event.data) for event in decode(stream)] == [("word", "a\nb"), ("message", "c")]


def test_line_ends_may_be_mixed() -> None:
    assert data_of(b"data: a\rdata: b\r\ndata: c\n\r\ndata: d\n\n") == ["a\nb\nc", "d"]


def test_a_cr_at_the_end_of_a_chunk_and_a_lf_in_the_next_are_one_line_end() -> None:
    assert data_of(b"data: a\r", b"\ndata: b\r", b"\n\r", b"\n") == ["a\nb"]


def test_a_cr_at_the_end_of_a_chunk_ends_the_message_at_once() -> None:
    decoder = SseDecoder()
    assert [event.data for event in decoder.feed(b"data: a\r\r", 0)] == ["a"]
    assert decoder.feed(b"", 1) == []
    assert decoder.feed(b"\n", 1) == []
    assert [event.data for event in decoder.feed(b"data: b\n\n", 2)] == ["b"]


@pytest.mark.parametrize("char", ["\u2028", "\u2029", "\u0085", "\v", "\f", "\x1c"])
def test_unicode_separators_end_no_line(char: str) -> None:
    assert data_of(f"data: a{char}b\n\n".encode()) == [f"a{char}b"]


def test_a_byte_order_mark_is_dropped_at_the_very_start_only() -> None:
    assert data_of(b"\xef\xbb\xbfdata: a\n\ndata: \xef\xbb\xbfb\n\n\xef\xbb\xbfdata: c\n\n") == ["a", "\ufeffb"]


def test_a_byte_order_mark_may_arrive_byte_by_byte() -> None:
    assert data_of(b"\xef", b"\xbb", b"\xbf", b"data: a\n\n") == ["a"]


def test_only_one_blank_after_the_colon_is_dropped() -> None:
    assert data_of(b"data:a\n\ndata: b\n\ndata:  c\n\ndata:\td\n\n") == ["a", "b", " c", "\td"]


def test_a_lone_data_line_is_a_message_without_text() -> None:
    assert data_of(b"data\n\ndata:\n\ndata\ndata\n\n") == ["", "", "\n"]


def test_a_block_without_data_is_no_message_and_its_type_is_forgotten() -> None:
    assert decode(b"event: word\n\nid: 7\n\ndata: a\n\n") == [ServerEvent(at_ns=0, type="message", data="a", id="7")]


def test_unknown_field_names_are_ignored() -> None:
    assert data_of(b"data : a\nData: b\ndatum: c\n data: d\n\ndata: e\n\n") == ["e"]


def test_the_id_stays_until_another_one_comes() -> None:
    stream = b"id: 1\ndata: a\n\ndata: b\n\nid\ndata: c\n\nid: 2\x00\ndata: d\n\n"
    assert [event.id for event in decode(stream)] == ["1", "1", "", ""]


@pytest.mark.parametrize(
    ("line", "retry"),
    [(b"retry: 1500", 1500), (b"retry:0", 0), (b"retry: 1.5", None), (b"retry: -1", None), (b"retry", None),
     (b"retry: \xd9\xa3", None), (b"retry: " + b"9" * 5000, None)],
)  # fmt: skip
def test_retry_is_taken_only_from_digits(line: bytes, retry: int | None) -> None:
    assert decode(line + b"\ndata: a\n\n")[0].retry == retry


def test_a_retry_in_a_block_of_its_own_is_shown_with_the_next_message() -> None:
    assert [event.retry for event in decode(b"retry: 9\n\n", b"data: a\n\n", b"data: b\n\n")] == [9, None]


def test_comments_stay_with_their_message() -> None:
    assert decode(b": one\n:two\ndata: a\n\n") == [
        ServerEvent(at_ns=0, type="message", data="a", comment="one\ntwo"),
    ]


def test_a_keep_alive_is_visible_and_no_message() -> None:
    events = decode(b"id: 5\ndata: a\n\n", b": keep-alive\n\n", b"data: b\n\n")
    assert [(event.type, event.data, event.comment) for event in events] == [
        ("message", "a", ""),
        ("comment", "", "keep-alive"),
        ("message", "b", ""),
    ]
    assert [is_message(event) for event in events] == [True, False, True]


def test_a_message_that_calls_itself_comment_is_a_message() -> None:
    assert all(is_message(event) for event in decode(b": x\nevent: comment\ndata: a\n\n"))


def test_a_bare_colon_is_a_keep_alive_too() -> None:
    assert [is_message(event) for event in decode(b":\n\n")] == [False]


def test_bad_bytes_become_replacement_characters() -> None:
    assert data_of(b"data: a\xff\xe4\xb8\ndata: \xe4\xb8\xad\n\n") == ["a\ufffd\ufffd\n中"]


def test_a_character_split_over_chunks_is_whole() -> None:
    assert data_of(b"data: \xe4", b"\xb8", b"\xad\n\n") == ["中"]


@pytest.mark.parametrize(
    ("stream", "shown"),
    [
        (b"data: a\n\ndata: b\n", "b"),
        (b"data: a\n\ndata: b", "b"),
        (b"data: a\n\ndata: \xe4\xb8", "\ufffd"),
        (b"data: a\n\nevent: word\n", ""),
        (b"data: a\n\nevent: wor", ""),
        (b"data: a\n\nda", "da"),
        (b'data: a\n\n{"error":"cut"}', '{"error":"cut"}'),
        (b'data: a\n\n{\n  "error": "cut"\n}\n', '{\n  "error": "cut"\n}'),
        (b"data: a\n\ndata: b\nda", "b"),
    ],
)
def test_the_message_the_stream_ended_in_is_shown_as_truncated(stream: bytes, shown: str) -> None:
    first, last = decode(stream)
    assert not first.truncated
    assert last.truncated
    assert last.data == shown


@pytest.mark.parametrize("tail", [b"", b"\n", b"id: 4", b"retry: 10\n", b"\r\n"])
def test_a_stream_that_ends_between_messages_is_not_truncated(tail: bytes) -> None:
    assert [(event.data, event.truncated) for event in decode(b"data: a\n\n" + tail)] == [("a", False)]


def test_a_last_comment_is_shown_and_not_called_truncated() -> None:
    assert [(event.comment, event.truncated) for event in decode(b": bye")] == [("bye", False)]


def test_closing_twice_shows_nothing_twice() -> None:
    decoder = SseDecoder()
    decoder.feed(b"data: a", 0)
    assert len(decoder.close(1)) == 1
    assert decoder.close(2) == []


def test_a_line_in_ten_thousand_pieces_is_joined_once() -> None:
    decoder = SseDecoder()
    for _ in range(10_000):
        assert decoder.feed(b"data: 0123456789"[:16], 0) == []
    assert len(decoder.feed(b"\n\n", 1)[0].data) == 10_000 * 16 - 6


def test_lines_that_are_no_fields_are_forgotten_with_their_block() -> None:
    assert data_of(b"nonsense\ndata: a\n\nnonsense\n\ndata: b\n\n") == ["a", "b"]
