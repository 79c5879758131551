"""However a text is cut for laying out, the pieces are the text, and every byte finds its own."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from firstlight.ui.text.find_scan import FindScan
from firstlight.ui.text.hex_text import HexText
from firstlight.ui.text.text_buffer import PIECE_BYTES, Piece, Source, TextBuffer
from firstlight.ui.text.text_view import TextView
from firstlight.views import HexRows

LINES = st.lists(
    st.one_of(
        st.text(alphabet="ab 你😀", max_size=30),
        st.integers(1, 3 * PIECE_BYTES).map(lambda n: "x" * n),
        st.integers(1, PIECE_BYTES).map(lambda n: "word " * n),
        st.integers(1, PIECE_BYTES).map(lambda n: "你" * n),
    ),
    max_size=6,
)


def pieces(source: Source) -> list[Piece]:
    found = [source.piece_at(0)]
    while (following := source.after(found[-1])) is not None:
        found.append(following)
    return found


def check_chain(source: Source) -> None:
    chain = pieces(source)
    for number, piece in enumerate(chain):
        for offset in {piece.start, (piece.start + piece.end) // 2}:
            assert source.piece_at(offset) == piece
        assert source.before(piece) == (chain[number - 1] if number else None)
        assert piece.end - piece.start <= 2 * PIECE_BYTES
    whole = "".join(
        source.cut(p.start, p.end).decode() + ("\n" if p.last and p.end < source.size else "") for p in chain
    )
    assert whole.encode() == source.cut(0, source.size)


@settings(deadline=None, max_examples=60)
@given(LINES)
def test_pieces_put_together_are_the_text(lines: list[str]) -> None:
    check_chain(TextBuffer("\n".join(lines).encode()))


@settings(deadline=None, max_examples=30)
@given(LINES, st.integers(1, 5000))
def test_a_text_that_grew_is_cut_like_one_that_was_there(lines: list[str], step: int) -> None:
    data = "\n".join(lines).encode()
    grown = TextBuffer()
    for start in range(0, len(data), step):
        grown.append(data[start : start + step])
    assert pieces(grown) == pieces(TextBuffer(data))


@pytest.mark.parametrize("size", [0, 1, 15, 16, 17, 5000])
def test_a_hex_dump_is_a_text_like_any_other(size: int) -> None:
    dump = HexRows(bytes(number % 256 for number in range(size)))
    source = HexText(dump)
    assert source.cut(0, source.size) == dump.data
    check_chain(source)


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet="aAbBéÉ你", max_size=400), st.text(alphabet="aAbBéÉ你", min_size=1, max_size=3), st.booleans())
def test_finding_agrees_with_reading(text: str, wanted: str, match_case: bool) -> None:
    scan = FindScan(TextBuffer(text.encode()), wanted, match_case=match_case)
    while not scan.complete:
        scan.read_on()
    body, needle = (text, wanted) if match_case else (text.lower(), wanted.lower())
    expected, at = [], body.find(needle)
    while at >= 0:
        expected.append(len(text[:at].encode()))
        at = body.find(needle, at + len(needle))
    assert [scan.match(number)[0] for number in range(scan.count)] == expected


def test_the_hex_view_of_half_a_gigabyte_has_a_scroll_bar_from_end_to_end(qtbot: QtBot) -> None:
    source = HexText(HexRows(bytes(500_000_000)))  # zeros: the system gives them no memory until they are looked at
    assert source.size > 2**31, "more than a scroll bar can count"
    view = TextView()
    qtbot.addWidget(view)
    view.resize(640, 300)
    view.show()
    view.show_source(source)
    bar = view.verticalScrollBar()

    bar.setValue(bar.maximum())
    assert source.size - view.scroll_state.top < 10_000
    view.scroll_state.by_rows(-1)
    assert 0 < bar.value() < bar.maximum() + 1
    bar.setValue(0)
    assert view.scroll_state.top == 0
