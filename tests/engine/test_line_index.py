"""The line index agrees with splitting the text, whole, growing and while it is being counted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstlight.views.line_index import BLOCK_BYTES, LineIndex

LINES = st.lists(
    st.sampled_from([b"", b"\r", b"x", b"{\r", b"a" * 1000, b"b" * (BLOCK_BYTES - 1), b"c" * (2 * BLOCK_BYTES)]),
    min_size=1,
    max_size=10,
)


def check(index: LineIndex, text: bytes) -> None:
    lines = text.split(b"\n")
    assert index.line_count == len(lines)
    assert [index.line(number) for number in range(len(lines))] == [line.removesuffix(b"\r") for line in lines]
    for number in range(len(lines)):
        start, end = index.span(number)
        assert index.line_of(start) == index.line_of(end) == number


@given(LINES)
def test_lines_are_those_between_line_breaks(lines: list[bytes]) -> None:
    text = b"\n".join(lines)
    check(LineIndex(text).build(), text)


@given(LINES, st.integers(1, 7))
def test_a_growing_text_is_indexed_as_it_grows(lines: list[bytes], parts: int) -> None:
    text = b"\n".join(lines)
    size = len(text) // parts + 1
    index = LineIndex()
    for start in range(0, len(text), size):
        index.append(text[start : start + size])
        check(index, text[: start + size])


def test_a_text_that_grows_by_single_bytes_is_indexed() -> None:
    text = b"a\nbc\r\n\n" * 20
    index = LineIndex()
    for byte in text:
        index.append(bytes([byte]))
        index.span(index.line_count - 1)
    check(index, text)


def test_counting_goes_in_slices_and_the_lines_so_far_are_usable() -> None:
    text = b"0123456\n" * (3 * BLOCK_BYTES // 8) + b"end"
    index = LineIndex(text)
    assert index.line_count == 1
    assert index.line(0) == b"0123456"
    assert not index.step(1)
    assert index.line_count == BLOCK_BYTES // 8 + 1
    assert index.line(BLOCK_BYTES // 8) == b"0123456"
    while not index.step(1):
        pass
    assert index.line(index.line_count - 1) == b"end"


def test_text_appended_while_counting_is_counted_too() -> None:
    index = LineIndex(b"a\n" * BLOCK_BYTES)
    index.step(1)
    index.append(b"b\n")
    assert not index.complete
    assert index.build().line(BLOCK_BYTES) == b"b"


def test_lines_of_many_blocks_are_found_in_any_order() -> None:
    lines = [b"%d" % number * 1000 for number in range(2500)]
    index = LineIndex(b"\n".join(lines)).build()
    assert len(index.data) > 100 * BLOCK_BYTES
    for number in (*range(0, 2500, 7), 3, 2499, 0):
        assert index.line(number) == lines[number]


@pytest.mark.parametrize("line", [-1, 2])
def test_a_line_that_is_not_there_is_refused(line: int) -> None:
    with pytest.raises(IndexError):
        LineIndex(b"a\nb").build().span(line)


def test_offsets_outside_the_text_belong_to_its_first_and_last_line() -> None:
    index = LineIndex(b"a\nb").build()
    assert (index.line_of(-5), index.line_of(99)) == (0, 1)


def test_an_empty_text_has_one_empty_line() -> None:
    index = LineIndex().build()
    assert (index.line_count, index.span(0), index.line_of(0)) == (1, (0, 0), 0)
