"""The URL bar and the Params table show one thing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstlight.model.request import Param, Request
from firstlight.model.urls import full_url, join_url, split_url, with_typed_url

typed = st.text(alphabet="ab:/?&=#%+ é中{}$.", max_size=40)


@given(typed)
def test_a_url_survives_the_way_into_the_table_and_back(text: str) -> None:
    url, rows = split_url(text)
    before_fragment = text.partition("#")[0]
    expected = text.replace("?", "", 1) if before_fragment.endswith("?") and before_fragment.count("?") == 1 else text
    assert join_url(url, rows) == expected


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("https://host/p?a=1&a=2", [("a", "1"), ("a", "2")]),
        ("https://host/p?a=&b", [("a", ""), ("b", "")]),
        ("https://host/p?q=a+b%20c#part?x=1", [("q", "a+b%20c")]),
        ("{{base}}/p?k={{v}}=x", [("k", "{{v}}=x")]),
    ],
)
def test_rows_hold_what_was_typed(text: str, rows: list[tuple[str, str]]) -> None:
    assert [(row.name, row.value) for row in split_url(text)[1]] == rows


def test_unticked_rows_stay_in_the_table_and_leave_the_url() -> None:
    request = Request(url="https://host/p#top", params=(Param(name="a", value="1", enabled=False), Param(name="b")))
    assert full_url(request) == "https://host/p?b=#top"


def test_editing_the_url_keeps_descriptions_and_unticked_rows() -> None:
    off = Param(name="debug", value="1", enabled=False, description="only at night")
    request = Request(url="http://h/", params=(off, Param(name="q", value="old", description="the question")))
    edited = with_typed_url(request, "http://h/?q=new")
    assert edited.params == (off, Param(name="q", value="new", description="the question"))


def test_descriptions_follow_their_rows_when_another_is_typed_before_them() -> None:
    rows = (Param(name="a", value="1", description="first"), Param(name="a", value="2", description="second"))
    edited = with_typed_url(Request(url="http://h/", params=rows), "http://h/?new=0&a=2&a=1")
    assert [(row.name, row.value, row.description) for row in edited.params] == [
        ("new", "0", ""),
        ("a", "2", "second"),
        ("a", "1", "first"),
    ]


def test_marks_typed_into_the_table_are_data() -> None:
    rows = (Param(name="a=b", value="x&y#z"), Param(name="{{n}}", value="{{v}}#"))
    request = Request(url="http://h/#top", params=rows)
    assert full_url(request) == "http://h/?a%3Db=x%26y%23z&{{n}}={{v}}%23#top"
    assert with_typed_url(request, full_url(request)) == request


@given(st.lists(st.sampled_from("ab"), max_size=5), st.data())
def test_rows_that_stay_keep_themselves(names: list[str], data: st.DataObject) -> None:
    rows = tuple(
        Param(name=name, value=str(data.draw(st.integers(0, 1))), description=f"row {number}")
        for number, name in enumerate(names)
    )
    request = Request(url="http://h/", params=rows)
    assert with_typed_url(request, full_url(request)) == request
    typed = with_typed_url(request, full_url(Request(url="http://h/", params=(*rows, Param(name="new")))))
    assert typed.params == (*rows, Param(name="new"))


def test_a_renamed_parameter_keeps_its_description_and_a_removed_one_leaves_none_behind() -> None:
    rows = (Param(name="a", value="1", description="one"), Param(name="b", value="2", description="two"))
    request = Request(url="http://h/", params=rows)
    assert with_typed_url(request, "http://h/?c=1&b=2").params[0].description == "one"
    assert [row.description for row in with_typed_url(request, "http://h/?b=3").params] == ["two"]
