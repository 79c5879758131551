"""Formatting JSON changes blanks and nothing else, however nasty the JSON."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstlight.views.json_format import format_json, minify_json
from firstlight.views.json_layout import indented, minified
from firstlight.views.json_problem import JsonProblem
from firstlight.views.json_tokens import tokens

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=20,
)
SCRAPS = st.lists(
    st.sampled_from(
        ["{", "}", "[", "]", ",", ":", '"a"', '"b c"', "'x  y'", "1", "-0.10", "1e400", "true", "NaN", "None",
         "name", "{{var}}", "{{a: b}}", "// c\n", "/* d\n */", "/*e*/", " ",
         "\n", "\r\n", "\t", '"open', '"two\nlines"', "\\",
         "#", "é", '"\\u00e9\\/"', "\x00", "<p>"]
    ),
    max_size=14,
).map(lambda parts: "".join(parts).encode())  # fmt: skip

NASTY = [
    '{"a":1.10,"b":1e400,"c":-0,"d":1E+5,"e":12345678901234567890123,"f":0.1000000000000000055511151231257827}',
    '{"k":1,"k":2,"":3,"\\u006b":4}',
    '["\\u00e9","\\/","\\ud83d\\ude00","\\ud800","é","\u2028","\x7f"]',
    '{"empty":{},"none":[ ],"nested":[[],[{}]], "blank" : "  two  blanks  "}',
    '"a top-level text"',
    " [ 1 , 2 ] ",
]


@pytest.mark.parametrize("text", NASTY)
def test_nothing_but_blanks_changes(text: str) -> None:
    formatted = format_json(text.encode(), strict=True).decode()
    assert json.loads(formatted, object_pairs_hook=list, parse_float=str, parse_int=str) == json.loads(
        text, object_pairs_hook=list, parse_float=str, parse_int=str
    )
    strings_and_scalars = r'"(?:[^"\\]|\\.)*"|[^\s,:\[\]{}"]+|[\[\]{},:]'
    assert re.findall(strings_and_scalars, formatted) == re.findall(strings_and_scalars, text)


@given(VALUES, st.sampled_from([None, 1, "\t"]), st.booleans(), st.integers(1, 8))
def test_the_layout_is_that_of_json_dumps(
    value: object, source_indent: int | str | None, ascii_only: bool, indent: int
) -> None:
    source = json.dumps(value, indent=source_indent, ensure_ascii=ascii_only).encode()
    expected = json.dumps(value, indent=indent, ensure_ascii=ascii_only).encode()
    assert format_json(source, indent, strict=True) == expected
    assert indented(tokens(source), indent) == expected
    short = json.dumps(value, separators=(",", ":"), ensure_ascii=ascii_only).encode()
    assert minify_json(source, strict=True) == minified(tokens(source)) == short


def texts(data: bytes) -> list[tuple[int, bytes]]:
    return [(kind, text) for kind, text, _ in tokens(data)]


@given(SCRAPS | st.binary(max_size=30))
def test_broken_json_loses_nothing(data: bytes) -> None:
    found = texts(data)
    joined = b"".join(text for _, text in found)
    assert re.sub(rb"[ \t\r\n]", b"", joined) == re.sub(rb"[ \t\r\n]", b"", data)
    assert texts(indented(tokens(data), 2)) == found
    assert texts(minified(tokens(data))) == found


@given(SCRAPS | st.binary(max_size=30))
def test_formatting_twice_is_formatting_once(data: bytes) -> None:
    formatted = format_json(data)
    assert format_json(formatted) == formatted
    assert minify_json(minify_json(data)) == minify_json(data)


@given(SCRAPS | st.binary(max_size=30))
def test_minifying_forgets_the_formatting(data: bytes) -> None:
    assert minify_json(format_json(data)) == minify_json(data)


@pytest.mark.parametrize(
    ("broken", "shown"),
    [
        ('{"a":NaN,"b":[Infinity,-Infinity]}', '{\n  "a": NaN,\n  "b": [\n    Infinity,\n    -Infinity\n  ]\n}'),
        ('\ufeff{"a":1}', '{\n  "a": 1\n}'),
        ('{"a":[1,2,],}', '{\n  "a": [\n    1,\n    2,\n  ],\n}'),
        ('{"a":1}{"b":2}', '{\n  "a": 1\n}\n{\n  "b": 2\n}'),
        ('{"a":1, // one\n/* two */\n"b":2}', '{\n  "a": 1, // one\n  /* two */\n  "b": 2\n}'),
        ('{"a":1,"b":[tru', '{\n  "a": 1,\n  "b": [tru'),
        ('{"a":"one\ntwo  three","b":1}', '{\n  "a": "one\ntwo  three",\n  "b": 1\n}'),
        ('{"a":"no end, "b":"x  y"}', '{\n  "a": "no end, "b":"x  y"}'),
        ("{'a': 'x  y', 'b': None}", "{\n  'a': 'x  y',\n  'b': None\n}"),
        ('{"model":{{model}},"n":{{ n }}}', '{\n  "model": {{model}},\n  "n": {{ n }}\n}'),
        ("{a:1,b-c:2}", "{\n  a: 1,\n  b-c: 2\n}"),
        ("[1 2", "[\n  1\n  2"),
        ("]}[", "]\n}\n["),
        ("<html>  <b>x</b>", "<html>  <b>x</b>"),
        ("", ""),
    ],
)  # fmt: skip
def test_what_can_be_read_of_broken_json_is_formatted(broken: str, shown: str) -> None:
    assert format_json(broken.encode()).decode() == shown


def test_several_values_are_minified_to_one_line_each() -> None:
    assert minify_json(b'{"a": 1}\n\n{"b": 2}  [3]') == b'{"a":1}\n{"b":2}\n[3]'


def test_nesting_beyond_reason_is_formatted() -> None:
    deep = b"[" * 5000 + b"1" + b"]" * 5000
    assert minify_json(format_json(deep, strict=True)) == deep
    assert len(format_json(b"[" * 50_000 + b"]" * 50_000)) < 100_000_000


def test_megabytes_without_an_end_take_no_forever() -> None:
    for start in (b'{"a":', b"{{", b'"', b"'", b"/*", b"[1", b"name", b"{{ "):
        data = start + b"x " * 500_000
        assert re.sub(rb"\s", b"", format_json(data)) == re.sub(rb"\s", b"", data)


@pytest.mark.parametrize("indent", [1, 2, 3, 8])
def test_the_indent_can_be_chosen_for_broken_json_too(indent: int) -> None:
    assert format_json(b"[1,]", indent) == b"[\n" + b" " * indent + b"1,\n]"


def test_strict_formatting_refuses_broken_json_and_says_where() -> None:
    with pytest.raises(JsonProblem) as caught:
        format_json(b'{"a": 1,\n "b": 1,}', strict=True)
    assert (caught.value.line, caught.value.column) == (2, 8)
    with pytest.raises(JsonProblem):
        minify_json(b"[1,]", strict=True)


def test_strict_formatting_takes_a_byte_order_mark() -> None:
    assert format_json(b"\xef\xbb\xbf[1]", strict=True) == b"[\n  1\n]"
