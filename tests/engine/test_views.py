"""What the Body tab shows: the right view first, text in any charset, bytes as they are, and never an exception."""

from __future__ import annotations

import codecs
import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstlight.model.response import Response
from firstlight.views import VIEWS, HexRows, Text, View, best_view, view_named
from firstlight.views.charset import CHOICES, decode, read_as, reading, to_utf8
from firstlight.views.content import content_of

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
MEDIA_TYPES = [
    "", "application/json", "text/html; charset=utf-16", "text/plain", "x", "application/x-ndjson", "image/png",
    "application/x-www-form-urlencoded", "text/xml; charset=\0", "; charset=hex", "text/plain; charset=hz",
]  # fmt: skip
by_view = pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)


def answer(body: bytes, content_type: str = "") -> Response:
    headers = (("Content-Type", content_type),) if content_type else ()
    return Response(status=200, reason="OK", http_version="HTTP/1.1", headers=headers, body=body)


def shown(name: str, body: bytes, content_type: str = "") -> Text:
    text = view_named(name).render(answer(body, content_type))
    assert isinstance(text, Text)
    return text


def test_the_views_stand_in_menu_order() -> None:
    assert [view.name for view in VIEWS] == ["pretty", "raw", "hex"]
    assert view_named("no such view") is VIEWS[0]


@by_view
@given(st.binary(max_size=60), st.sampled_from(MEDIA_TYPES))
def test_a_view_shows_any_bytes_as_text(view: View, body: bytes, content_type: str) -> None:
    response = answer(body, content_type)
    view.render(response).data.decode("utf-8")
    assert view.priority(response) > 0


@by_view
@pytest.mark.parametrize("body", [b"", b"{}", PNG, "中文".encode()])
def test_a_view_can_be_sent_to_a_child_process(view: View, body: bytes) -> None:
    assert pickle.loads(pickle.dumps(view)).render(answer(body)).data == view.render(answer(body)).data


@pytest.mark.parametrize(
    ("body", "content_type", "name"),
    [
        (b"{}", "application/json", "pretty"),
        (b"[1]", "text/plain", "pretty"),
        (b"data: x\n\n", "text/event-stream", "pretty"),
        (b"hello", "text/plain", "pretty"),
        (PNG, "image/png", "hex"),
        (PNG, "application/octet-stream", "hex"),
        (PNG, "", "hex"),
        (b"\x00\x01\x02", "application/x-thing", "hex"),
        (b"", "", "pretty"),
    ],
)
def test_the_fitting_view_comes_first(body: bytes, content_type: str, name: str) -> None:
    assert best_view(answer(body, content_type)).name == name


@pytest.mark.parametrize(
    ("body", "content_type", "content"),
    [
        (b"{}", "application/json; charset=utf-8", "json"),
        (b"{}", "application/problem+json", "json"),
        (b"{}", "text/json", "json"),
        (b" \n{}", "", "json"),
        (b"\xef\xbb\xbf[1]", "application/octet-stream", "json"),
        (b"{}\n{}", "application/x-ndjson", "ndjson"),
        (b"{}\n{}", "application/stream+json", "ndjson"),
        (b"<a/>", "application/soap+xml", "xml"),
        (b"<?xml version='1.0'?><a/>", "text/plain", "xml"),
        (b"<!DOCTYPE html><p>", "", "html"),
        (b"<p>", "text/html", "html"),
        (b"<p/>", "application/xhtml+xml", "html"),
        (b"f()", "text/javascript", "javascript"),
        (b"a{}", "text/css", "css"),
        (b"a=1&b=2", "application/x-www-form-urlencoded", "form"),
        (b"data: x", "text/event-stream", "text"),
        ("hi".encode("utf-16"), "text/plain", "text"),
        (b"plain", "application/x-thing", "text"),
        (b"%PDF-1.7", "application/pdf", "binary"),
    ],
)
def test_the_kind_of_content_is_recognised(body: bytes, content_type: str, content: str) -> None:
    assert content_of(answer(body, content_type)) == content


def test_pretty_json_is_indented_and_keeps_every_digit() -> None:
    text = shown("pretty", b'{"p":1.10,"n":12345678901234567890}', "application/json")
    assert text.data == b'{\n  "p": 1.10,\n  "n": 12345678901234567890\n}'
    assert (text.language, text.problem) == ("json", None)


def test_pretty_says_where_json_is_broken_and_shows_it_anyway() -> None:
    text = shown("pretty", b'{"a":[1,2', "application/json")
    assert text.data == b'{\n  "a": [\n    1,\n    2'
    assert text.problem is not None
    assert (text.problem.line, text.problem.column) == (1, 10)


def test_pretty_explains_no_problem_of_an_empty_body() -> None:
    assert shown("pretty", b"", "application/json").problem is None


def test_pretty_formats_every_line_of_ndjson() -> None:
    text = shown("pretty", b'{"a":1}\r\n\n[1 x\n[2]\n', "application/x-ndjson")
    assert text.data == b'{\n  "a": 1\n}\n[\n  1 x\n[\n  2\n]'


def test_pretty_shows_a_form_one_field_per_line() -> None:
    assert shown("pretty", b"a=1&b=%20", "application/x-www-form-urlencoded").data == b"a=1&\nb=%20"


@pytest.mark.parametrize(
    ("content_type", "language"), [("text/html", "html"), ("text/xml", "xml"), ("text/plain", "text")]
)
def test_pretty_leaves_markup_as_it_is_and_names_its_language(content_type: str, language: str) -> None:
    text = shown("pretty", b"<p>  x\n</p>", content_type)
    assert (text.data, text.language) == (b"<p>  x\n</p>", language)


def test_raw_shows_the_body_as_it_came() -> None:
    body = b'{"a" :1.10 }\r\n'
    assert shown("raw", body, "application/json").data is body


HANZI = "模型已部署，可以调用。"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (HANZI.encode(), "text/plain"),
        (HANZI.encode(), "text/plain; charset=UTF-8"),
        (codecs.BOM_UTF8 + HANZI.encode(), "text/plain; charset=gbk"),
        (HANZI.encode("utf-16"), "text/plain"),
        (codecs.BOM_UTF16_BE + HANZI.encode("utf-16-be"), ""),
        (HANZI.encode("utf-32"), "text/plain"),
        (HANZI.encode("utf-16-le"), "text/plain; charset=utf-16le"),
        (HANZI.encode("gb18030"), "text/plain; charset=GB2312"),
        (HANZI.encode("gbk"), 'text/plain; charset="gbk"'),
        (HANZI.encode("gbk"), "text/plain"),
        (HANZI.encode("gbk"), "text/plain; charset=no-such-charset"),
        (HANZI.encode("gbk"), "text/plain; charset=base64"),
        (HANZI.encode("gbk"), "text/plain; charset=unicode_escape"),
    ],
)
def test_chinese_text_is_readable_in_every_charset(body: bytes, content_type: str) -> None:
    assert to_utf8(answer(body, content_type)).decode() == HANZI


@pytest.mark.parametrize("head", [b'<?xml version="1.0" encoding="GBK"?>', b'<html><meta charset="gb2312">'])
def test_a_document_may_name_its_charset_itself(head: bytes) -> None:
    assert to_utf8(answer(head + HANZI.encode("gbk"), "text/html")).decode() == head.decode() + HANZI


def test_western_text_without_a_charset_is_readable() -> None:
    assert to_utf8(answer(b"caf\xe9 \x93x\x94", "text/plain")).decode() == "café “x”"


def test_bad_bytes_of_a_named_charset_are_replaced() -> None:
    assert to_utf8(answer(b"a\xffb", "application/json; charset=utf-8")).decode() == "a\ufffdb"


def test_json_in_another_charset_is_formatted() -> None:
    text = shown("pretty", json.dumps({"a": HANZI}, ensure_ascii=False).encode("gbk"), "application/json")
    assert text.data.decode() == f'{{\n  "a": "{HANZI}"\n}}'


def test_the_hex_view_shows_offset_bytes_and_characters() -> None:
    rows = view_named("hex").render(answer(b"Hello, world\n\x00\xff~ more"))
    assert isinstance(rows, HexRows)
    assert rows.row(0) == "00000000  48 65 6c 6c 6f 2c 20 77  6f 72 6c 64 0a 00 ff 7e  |Hello, world...~|"
    assert rows.row(1) == "00000010  20 6d 6f 72 65                                    | more|"
    assert (rows.row_count, rows.data) == (2, f"{rows.row(0)}\n{rows.row(1)}".encode())


@pytest.mark.parametrize("row", [-1, 2, 10**9])
def test_a_row_that_is_not_there_is_refused(row: int) -> None:
    with pytest.raises(IndexError):
        HexRows(bytes(32)).row(row)


def test_rows_of_a_big_body_are_made_when_they_are_looked_at() -> None:
    rows = HexRows(bytes(range(256)) * 200_000)
    assert rows.row_count == 3_200_000
    assert rows.row(3_199_999).startswith("030d3ff0  f0 f1 f2")
    assert rows.rows(3_199_998, 4_000_000).count(b"\n") == 1


@given(st.binary(max_size=100), st.integers(0, 8), st.integers(0, 8))
def test_rows_together_are_the_rows_one_by_one(body: bytes, start: int, count: int) -> None:
    rows = HexRows(body)
    one_by_one = [rows.row(number) for number in range(start, min(start + count, rows.row_count))]
    assert rows.rows(start, start + count).decode() == "\n".join(one_by_one)


def test_an_empty_body_has_no_rows() -> None:
    assert (HexRows(b"").row_count, HexRows(b"").data) == (0, b"")


@pytest.mark.parametrize(
    ("body", "content_type", "charset", "source"),
    [
        (HANZI.encode(), "text/plain", "utf-8", "utf-8"),
        (b"ascii", "", "utf-8", "utf-8"),
        (HANZI.encode("gbk"), "text/plain; charset=GBK", "gb18030", "header"),
        ("日本".encode("cp932"), "text/plain; charset=Shift_JIS", "shift_jis", "header"),
        (b"caf\xe9", "text/plain; charset=iso-8859-1", "cp1252", "header"),
        (HANZI.encode("utf-16"), "text/plain; charset=gbk", "utf-16", "mark"),
        (HANZI.encode("utf-16-le"), "text/plain; charset=utf-16", "utf-16", "header"),
        (b'<meta charset="gbk">' + HANZI.encode("gbk"), "text/html", "gb18030", "document"),
        (HANZI.encode("gbk"), "text/plain", "gb18030", "guess"),
        (b"caf\xe9", "text/plain", "cp1252", "guess"),
        (HANZI.encode(), "application/json; charset=iso-8859-1", "utf-8", "json"),
        (HANZI.encode(), "application/problem+json; charset=gbk", "utf-8", "json"),
        (HANZI.encode("gbk"), "application/json; charset=gbk", "gb18030", "header"),
        (HANZI.encode() * 200_000, "text/plain", "utf-8", "utf-8"),
    ],
)
def test_how_a_body_is_read_and_who_says_so(body: bytes, content_type: str, charset: str, source: str) -> None:
    found = reading(answer(body, content_type))
    assert (found.charset, found.source, found.unknown) == (charset, source, "")


def test_a_charset_that_nobody_knows_is_told() -> None:
    assert reading(answer(HANZI.encode(), "text/plain; charset=x-klingon")) == ("utf-8", "utf-8", "x-klingon")


@pytest.mark.parametrize("charset", [name for name, _ in CHOICES])
def test_every_choice_counts_more_than_what_the_answer_says(charset: str) -> None:
    response = answer(b"caf\xe9\xb1\xa1 ", "application/octet-stream; charset=utf-8")
    chosen = read_as(response, charset)
    assert reading(chosen) == (charset, "chosen", "")
    assert to_utf8(chosen).decode() == decode(response.body, charset)
    assert best_view(chosen).name != "hex"
    assert chosen.body is response.body
    assert read_as(response, "") is response
