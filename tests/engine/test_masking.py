"""A secret is hidden in every shape it travels in."""

from __future__ import annotations

from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable
from html import escape
from json import dumps
from urllib.parse import quote, quote_plus

import pytest

from firstlight.model.secrets import MASK, Masker

SECRET = 'p@ss/w"örd+<1> &?'
ENCODED = quote(SECRET, safe="")


@pytest.mark.parametrize(
    "shape",
    [
        SECRET,
        ENCODED,
        ENCODED.replace("%2F", "%2f").replace("%C3%B6", "%c3%b6").replace("%3C", "%3c").replace("%3E", "%3e")
        .replace("%2B", "%2b").replace("%3F", "%3f"),
        quote(SECRET),
        quote_plus(SECRET),
        escape(SECRET),
        b64encode(SECRET.encode()).decode(),
        dumps(SECRET)[1:-1],
        dumps(SECRET, ensure_ascii=False)[1:-1],
        dumps(SECRET, ensure_ascii=False)[1:-1].replace("/", "\\/"),
        dumps(SECRET, ensure_ascii=False)[1:-1].replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"),
    ],
)  # fmt: skip
def test_no_shape_of_a_secret_is_readable(shape: str) -> None:
    shown = Masker.of([SECRET]).mask(f"before {shape} after")
    assert shown == f"before {MASK} after"


def test_a_longer_secret_leaves_no_tail_behind() -> None:
    assert Masker.of(["abcd", "abcdefgh"]).mask("abcdefgh") == MASK


def test_secret_headers_are_hidden_even_when_nobody_declared_them_secret() -> None:
    masker = Masker()
    assert masker.mask_header("X-Auth-Token", "MIIabc") == MASK
    assert masker.mask_header("Authorization", "Bearer abc") == f"Bearer {MASK}"
    assert masker.mask_header("Authorization", "raw-eas-token") == MASK
    assert masker.mask_header("Set-Cookie", "sid=abc; Path=/") == MASK
    assert masker.mask_header("Cookie", "sid=abc; b=2") == MASK
    assert masker.mask_header("Accept", "application/json") == "application/json"


def test_very_short_values_do_not_blank_out_the_log() -> None:
    assert Masker.of(["a"]).mask("a cat") == "a cat"


@pytest.mark.parametrize("encode", [b64encode, urlsafe_b64encode])
@pytest.mark.parametrize("before", ["", "a", "ab", "abc", "user:"])
def test_a_secret_within_something_longer_in_base64_is_hidden(before: str, encode: Callable[[bytes], bytes]) -> None:
    secret = "a~long?>secret~"
    plain = encode(f"{before}{secret} and more".encode()).decode()
    shown = Masker.of([secret]).mask(plain)
    left = shown.replace(MASK, "")
    assert MASK in shown
    assert len(plain) - len(left) >= len(secret) * 8 // 6 - 1  # all characters but those it shares with a neighbour


def test_a_short_secret_is_hidden_where_it_stands_alone_in_a_header_or_url() -> None:
    masker = Masker.of(["a1", " b2 "])
    assert masker.mask_header("X-Own-Key", "a1") == MASK
    assert masker.mask_header("X-Own", "key a1; data1") == f"key {MASK}; data1"
    assert (
        masker.mask_words("https://h/a1/data1?k=a1&l=b2&m=%20b2%20")
        == f"https://h/{MASK}/data1?k={MASK}&l={MASK}&m={MASK}"
    )


def test_blanks_around_a_secret_do_not_unmask_it_where_they_were_removed() -> None:
    assert Masker.of([" tok-123456\n"]).mask("X: tok-123456") == f"X: {MASK}"
    assert Masker.of(["", "  "]).mask_words("a  b") == "a  b"


def test_bytes_around_a_secret_stay_as_they_are() -> None:
    assert Masker.of(["söcret"]).mask_bytes("\xff\xfe".encode("latin-1") + "söcret".encode() + b"\x80") == (
        b"\xff\xfe" + MASK.encode() + b"\x80"
    )
