"""The reason why a text is not JSON: the right place, and words that help."""

from __future__ import annotations

import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstlight.texts import Phrase
from firstlight.views.json_format import JsonProblem, find_problem


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ('{"a":1,}', 1, 7, "comma is one too many"),
        ("[1,\n2,\n]", 2, 2, "comma is one too many"),
        ('{"a":1\n"b":2}', 2, 1, "comma is missing"),
        ("[1 2]", 1, 4, "comma is missing"),
        ("[1,,2]", 1, 4, "value is missing before ,"),
        ('{"a":}', 1, 6, "value is missing before }"),
        ('{"a" 1}', 1, 6, "colon is missing"),
        ('{"a"}', 1, 5, "colon is missing"),
        ("[1:2]", 1, 3, "colon cannot stand here"),
        ("{1:2}", 1, 2, "name in double quotes"),
        ("{a:1}", 1, 2, "name a needs double quotes"),
        ("{'a':1}", 1, 2, "double quotes"),
        ("[True]", 1, 2, "write true"),
        ("[None]", 1, 2, "write null"),
        ("[NaN]", 1, 2, "NaN is not a number"),
        ("[01]", 1, 2, "must not begin with 0"),
        ("[+1]", 1, 2, "+1 is not a number"),
        ("[1.]", 1, 2, "1. is not a number"),
        ("[hello]", 1, 2, "needs double quotes"),
        ('["abc', 1, 2, "no closing quote"),
        ('["a\nb"]', 1, 2, "no closing quote"),
        ('["a\tb"]', 1, 4, "\\t"),
        ('["a\x00b"]', 1, 4, "\\u0000"),
        ('["中\\x"]', 1, 4, "\\x is no escape"),
        ('["\\u12"]', 1, 3, "four hexadecimal digits"),
        ("{“a”：1}", 1, 2, 'write "'),
        ('{"a"：1}', 1, 5, "write :"),
        ('{"a":1，"b":2}', 1, 7, "write ,"),
        ("[1] // c", 1, 5, "no comments"),
        ("\u00a0[1]", 1, 1, "NO-BREAK SPACE"),
        ("[1}", 1, 3, "] is missing"),
        ("[1]]", 1, 4, "ends before this"),
        ("1 2", 1, 3, "ends before this"),
        ('{"a":[1,\n2', 2, 2, "[ of line 1 is not closed"),
        ("", 1, 1, "no value"),
        (" \n ", 2, 2, "no value"),
        ("\ufeff[1", 1, 4, "not closed"),
        ("/", 1, 1, "/ cannot stand here"),
    ],
)
def test_a_problem_is_found_and_explained(text: str, line: int, column: int, words: str) -> None:
    problem = find_problem(text, editing=False)
    assert problem is not None
    assert words in str(problem.message)
    assert (problem.line, problem.column) == (line, column)
    assert text.count("\n", 0, problem.offset) == line - 1


def test_bytes_that_are_not_utf8_are_a_problem() -> None:
    problem = find_problem('[\n"中\xff"]'.encode("latin-1", "replace").replace(b"?", b"\xe4\xb8\xad"))
    assert problem is not None
    assert "0xFF" in str(problem.message)
    assert (problem.line, problem.column) == (2, 3)


@pytest.mark.parametrize("text", ["", " \n", '{"model": {{model}}, "n": {{ n }}}', "{{body}}", '["{{x}}"]', "[1]"])
def test_an_editor_may_be_empty_and_hold_placeholders(text: str) -> None:
    assert find_problem(text) is None


@pytest.mark.parametrize("text", ["{{}}", '{"a": {{x}', '{{"a":1}}', "{{x}} {{y}}"])
def test_an_editor_still_shows_problems_around_placeholders(text: str) -> None:
    assert find_problem(text) is not None


SCRAPS = st.lists(
    st.sampled_from(
        ["{", "}", "[", "]", ",", ":", '"a"', '"\\n"', "1", "-1.5e3", "01", "true", "nul", " ", "\n", '"', "\\", "é"]
    ),
    max_size=9,
).map("".join)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


def is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


@given(SCRAPS)
def test_what_is_json_is_decided_like_the_json_module_does(text: str) -> None:
    assert (find_problem(text, editing=False) is None) == is_json(text)


@given(VALUES, st.data())
def test_cutting_valid_json_is_always_noticed_at_a_place_inside_it(value: object, data: st.DataObject) -> None:
    text = json.dumps([value], ensure_ascii=False, indent=data.draw(st.sampled_from([None, 2])))
    assert find_problem(text, editing=False) is None
    problem = find_problem(text[: data.draw(st.integers(0, len(text) - 1))], editing=False)
    assert problem is not None
    assert 0 <= problem.offset <= len(text)


def test_half_a_character_in_an_escape_is_json() -> None:
    assert find_problem('["\\ud800"]') is None


def test_a_problem_survives_the_way_out_of_a_child_process() -> None:
    problem = JsonProblem(2, 3, Phrase("{x} is missing", x="]"), 9)
    copy = pickle.loads(pickle.dumps(problem))
    assert (copy.line, copy.column, copy.message, copy.offset) == (2, 3, problem.message, 9)
    assert str(copy) == "2:3: ] is missing"
