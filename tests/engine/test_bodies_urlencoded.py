"""x-www-form-urlencoded: what a browser would send for the same rows."""

from __future__ import annotations

from urllib.parse import parse_qsl

from hypothesis import given
from hypothesis import strategies as st

from firstlight.bodies import body_kind
from firstlight.model.prepared import EncodedBody, FileSlice
from firstlight.model.request import Body, Param


def no_files(path: str) -> FileSlice:
    raise AssertionError(path)


def encoded(*pairs: Param) -> EncodedBody:
    return body_kind("x-www-form-urlencoded").encode(Body(pairs=pairs), no_files)


def sent(*pairs: Param) -> bytes:
    return b"".join(piece for piece in encoded(*pairs).pieces if isinstance(piece, bytes))


def test_signs_are_encoded_as_the_url_standard_says() -> None:
    printable = "".join(map(chr, range(0x20, 0x7F)))
    expected = (
        b"all=+%21%22%23%24%25%26%27%28%29*%2B%2C-.%2F0123456789%3A%3B%3C%3D%3E%3F%40ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        b"%5B%5C%5D%5E_%60abcdefghijklmnopqrstuvwxyz%7B%7C%7D%7E"
    )
    assert sent(Param(name="all", value=printable)) == expected


def test_every_language_travels_as_utf8_and_half_a_character_as_a_mark() -> None:
    assert sent(Param(name="名", value="é 😀\n\ud800")) == b"%E5%90%8D=%C3%A9+%F0%9F%98%80%0A%EF%BF%BD"


def test_duplicates_empty_values_and_order_are_kept_and_unticked_rows_stay_at_home() -> None:
    rows = (
        Param(name="b", value="1"),
        Param(name="a"),
        Param(name="b", value="1"),
        Param(name="", value="x"),
        Param(name="off", value="1", enabled=False),
        Param(name=""),
    )
    assert sent(*rows) == b"b=1&a=&b=1&=x"


def test_no_rows_are_an_empty_form_with_its_type() -> None:
    assert encoded() == EncodedBody(content_type="application/x-www-form-urlencoded")


@given(st.lists(st.tuples(st.text(max_size=20), st.text(max_size=20)).filter(any), max_size=5))
def test_a_server_reads_back_what_was_typed(pairs: list[tuple[str, str]]) -> None:
    data = sent(*(Param(name=name, value=value) for name, value in pairs))
    assert parse_qsl(data.decode(), keep_blank_values=True) == pairs
