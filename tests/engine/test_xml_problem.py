"""Where a text stops being XML, and why, in words a person can act on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstlight.views.xml_problem import XmlProblem, find_xml_problem


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n",
        "<a/>",
        '<?xml version="1.0" encoding="gb2312"?>\n<花 名="鸢尾">\n😀</花>\n',
        "<a>{{text}}<{{tag}}/></a>",
        "{{body}}",
        "<a>\r\n<b/>\r\n</a>",
        '<!DOCTYPE a [<!ELEMENT a ANY>]><a xmlns:n="u"><n:b/><![CDATA[<]]></a>',
    ],
)
def test_what_is_well_formed_is_left_in_peace(text: str) -> None:
    assert find_xml_problem(text) is None


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("<a>\n  <b>\n</a>", 3, 3, "This closes another element than <b> of line 2"),
        ("<a>\n<b></b>\n", 3, 1, "The text ends here, but <a> of line 1 is not closed"),
        ("<a>鸢尾 1 < 2</a>", 1, 10, "write &lt; for <"),
        ("<a>\n<b", 2, 1, "> is missing"),
        ('<a b="1" b="2"/>', 1, 10, "given twice"),
        ("<a/>\n<b/>", 2, 1, "Nothing may follow"),
        ("<a>&nbsp;</a>", 1, 4, "entity is not defined"),
        ("<a>😀<![CDATA[x</a>", 1, 19, "]]> is missing"),
        (" <?xml version='1.0'?><a/>", 1, 2, "may only stand at the very beginning"),
        ("hello", 1, 1, "begins with <"),
        ("<!-- only -->", 1, 14, "There is no element here"),
        ("<a><?xml?></a>", 1, 4, ""),
        ("<a b={{x}}/>", 1, 6, "cannot stand here"),
    ],
)
def test_the_first_problem_is_told_with_its_place(text: str, line: int, column: int, words: str) -> None:
    found = find_xml_problem(text)
    assert found is not None
    assert (found.line, found.column) == (line, column)
    assert words in str(found.message)
    assert text[: found.offset].count("\n") == line - 1


def test_entities_are_never_expanded() -> None:
    layers = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE a [<!ENTITY e0 "boom">{layers}]><a b="&e11;">&e11;</a>'
    assert find_xml_problem(bomb) is None
    assert find_xml_problem('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>') is None
    assert find_xml_problem('<!DOCTYPE a SYSTEM "http://127.0.0.1:1/x.dtd"><a/>') is None


def test_a_long_text_is_read_to_its_end() -> None:
    assert find_xml_problem("<a>" + "<b>é</b>\n" * 30_000 + "</a>") is None
    found = find_xml_problem("<a>" + "<b>é</b>\n" * 30_000 + "<b></a>")
    assert found is not None
    assert (found.line, found.column) == (30_001, 6)


@given(st.text(alphabet="<>/ab=\"' &;!-[]?x\n\ud800é😀{}", max_size=30))
def test_whatever_is_typed_gets_an_answer_with_a_place_in_it(text: str) -> None:
    found = find_xml_problem(text)
    assert found is None or isinstance(found, XmlProblem)
    assert found is None or 0 <= found.offset <= len(text)
