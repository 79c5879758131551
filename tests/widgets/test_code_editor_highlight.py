"""Colours of one line."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstlight.ui.text.highlight import LONGEST, spans, spans_after, utf16, with_variables
from firstlight.ui.theme.tokens import Tokens

LINES = st.text(alphabet='{}[]",:\\ \n<>!-/*ab1.e+"😀', max_size=40)


def colored(line: str, language: str = "json") -> list[tuple[str, str]]:
    return [(line[s.start : s.start + s.length], s.color.removeprefix("syntax_")) for s in spans(line, language)]


def test_json_keys_and_values_have_their_own_colours() -> None:
    assert colored('"k\\"" : "v", 1.10, -1e400, true]') == [
        ('"k\\""', "key"), (":", "punctuation"), ('"v"', "string"), (",", "punctuation"), ("1.10", "number"),
        (",", "punctuation"), ("-1e400", "number"), (",", "punctuation"), ("true", "literal"), ("]", "punctuation"),
    ]  # fmt: skip


def test_variables_are_laid_over_strings() -> None:
    line = '"a{{b}}c"'

    assert [(s.start, s.length, s.color) for s in with_variables(line, spans(line, "json"))] == [
        (0, 2, "syntax_string"),
        (2, 5, "syntax_variable"),
        (7, 2, "syntax_string"),
    ]


@pytest.mark.parametrize(
    ("language", "line", "word", "color"),
    [
        ("xml", '<a b="1">t</a>', '"1"', "string"),
        ("html", "<p>hi</p>", "p", "key"),
        ("javascript", "const a = 1; // note", "// note", "comment"),
    ],
)
def test_other_languages_are_coloured(language: str, line: str, word: str, color: str) -> None:
    assert (word, color) in colored(line, language)


def test_a_comment_goes_on_over_lines() -> None:
    first, inside = spans_after("<a/> <!-- note", "xml", inside_comment=False)
    assert inside
    assert first[-1][2] == "syntax_comment"
    assert spans_after("still", "xml", inside_comment=True) == ([(0, 5, "syntax_comment")], True)
    last, inside = spans_after("end --> <b/>", "xml", inside_comment=True)
    assert not inside
    assert last[0] == (0, 7, "syntax_comment")


def test_a_comment_sign_inside_a_string_opens_no_comment() -> None:
    assert spans_after('fetch("http://h/*")', "javascript", inside_comment=False)[1] is False


def test_plain_text_has_no_colours() -> None:
    assert spans('{"a": 1}', "text") == []


def test_the_tail_of_an_endless_line_stays_plain() -> None:
    line = "[" + "1," * LONGEST

    assert spans(line, "json")[-1].start < LONGEST


@given(line=LINES, language=st.sampled_from(["json", "xml", "html", "javascript"]), inside=st.booleans())
def test_spans_are_in_order_and_never_overlap(line: str, language: str, inside: bool) -> None:
    found, _ = spans_after(line, language, inside_comment=inside)
    end = 0
    for span in with_variables(line, found):
        assert span.start >= end
        end = span.start + span.length
        assert span.length > 0
        assert span.color in {field.name for field in fields(Tokens)}
    assert end <= len(line)


@given(text=st.text(alphabet="aé中😀", max_size=10), data=st.data())
def test_positions_are_counted_as_qt_counts_them(text: str, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(text)))

    assert utf16(text, index) == len(text[:index].encode("utf-16-le")) // 2


def test_graphql_is_coloured_in_the_middle_of_a_query() -> None:
    line = '  flower(id: $id, size: 1.10, on: "a # {") @include(if: true) { # rest'
    found = {line[s.start : s.start + s.length]: s.color for s in spans(line, "graphql")}
    assert found["$id"] == "syntax_variable"
    assert found["1.10"] == "syntax_number"
    assert found['"a # {"'] == "syntax_string"
    assert found["@include"] == found["true"] == "syntax_literal"
    assert found["size"] == "syntax_key"
    assert found["# rest"] == "syntax_comment"
    assert "flower" not in found
