"""Bulk edit: rows as text and back, and nothing is lost on the way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstlight.model.bulk_rows import bulk_rows, bulk_text
from firstlight.model.request import FormPart, Header, Param

texts = st.text(alphabet='ab: =/\n\r\t\u2028\u2029é中{}"\\#', max_size=6)
params = st.builds(Param, name=texts, value=texts, enabled=st.booleans(), description=texts, bare=st.booleans())
words = st.text(alphabet="ab-é中/{}=\n", min_size=1, max_size=6).filter(
    lambda text: text == text.strip() and not text.startswith("//")
)
plain = st.builds(Header, name=words, value=st.one_of(st.just(""), words), enabled=st.booleans())


@given(st.lists(params, max_size=6))
def test_rows_go_into_text_and_come_back_whole(rows: list[Param]) -> None:
    assert bulk_rows(bulk_text(rows), rows, Param(name="", bare=True)) == tuple(rows)
    assert len(bulk_text(rows).split("\n")) == max(len(rows), 1)


@given(st.lists(plain, max_size=6))
def test_the_text_alone_says_names_values_and_ticks(rows: list[Header]) -> None:
    assert bulk_rows(bulk_text(rows), (), Header(name="")) == tuple(rows)


@given(st.lists(params, min_size=1, max_size=6), st.data())
def test_a_changed_line_changes_no_other_row(rows: list[Param], data: st.DataObject) -> None:
    changed = data.draw(st.integers(0, len(rows) - 1))
    lines = bulk_text(rows).split("\n")
    lines[changed] = "quite new: 1"
    expected = [*rows[:changed], Param(name="quite new", value="1"), *rows[changed + 1 :]]
    assert bulk_rows("\n".join(lines), rows, Param(name="", bare=True)) == tuple(expected)


def test_the_format_is_postmans() -> None:
    rows = (
        Header(name="Accept", value="a: b"),
        Header(name="X-Off", value="1", enabled=False),
        Header(name="X-Empty"),
    )
    assert bulk_text(rows) == "Accept: a: b\n// X-Off: 1\nX-Empty:"
    assert bulk_text([Param(name="flag", bare=True), Param(name="flag")]) == "flag\nflag:"


@pytest.mark.parametrize(
    ("line", "row"),
    [
        ("a:1", Param(name="a", value="1")),
        ("  a :  1  ", Param(name="a", value="1")),
        ("//a:1", Param(name="a", value="1", enabled=False)),
        ("//   flag", Param(name="flag", enabled=False, bare=True)),
        ("url:http://h/?a=b", Param(name="url", value="http://h/?a=b")),
        ("a:b: c", Param(name="a:b", value="c")),
        ("a:", Param(name="a")),
        ('If-Match: "x"', Param(name="If-Match", value='"x"')),
    ],
)
def test_lines_as_people_type_them(line: str, row: Param) -> None:
    assert bulk_rows(f"\n{line}\n\n", (), Param(name="", bare=True)) == (row,)


def test_a_changed_value_keeps_the_description_and_a_moved_line_its_row() -> None:
    rows = (
        Param(name="a", value="1", description="one"),
        Param(name="a", value="2", description="two"),
        Param(name="b", value="3", description="three"),
    )
    read = bulk_rows("b: 3\na: 9\na: 2\nc: 1", rows, Param(name="", bare=True))
    assert [(row.name, row.value, row.description) for row in read] == [
        ("b", "3", "three"),
        ("a", "9", "one"),
        ("a", "2", "two"),
        ("c", "1", ""),
    ]


def test_the_files_of_a_part_stay_with_its_line() -> None:
    rows = (FormPart(name="image", kind="file", files=("rose.jpg",)), FormPart(name="meta", value="{}"))
    assert bulk_rows("// image:\nmeta: 1", rows, FormPart(name="")) == (
        FormPart(name="image", kind="file", files=("rose.jpg",), enabled=False),
        FormPart(name="meta", value="1"),
    )
