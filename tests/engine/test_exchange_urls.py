"""A typed URL is sent as typed; only what is illegal is encoded, and what cannot be sent is named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstlight.model.failure import ExchangeError
from firstlight.model.wire_url import wire_url


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("https://host/a+b?c+d=%20&e=%2B&f", "https://host/a+b?c+d=%20&e=%2B&f"),
        ("https://host/a b?q=x y\"'<>", "https://host/a%20b?q=x%20y%22'%3C%3E"),
        ("https://host/中?q=é", "https://host/%E4%B8%AD?q=%C3%A9"),
        ("https://host/100%?x=%zz&y=%4", "https://host/100%25?x=%25zz&y=%254"),
        ("https://host/a/../b/./c//d", "https://host/a/../b/./c//d"),
        ("https://host?x=1", "https://host/?x=1"),
        ("https://host:443/#frag", "https://host/"),
        ("http://host:80/", "http://host/"),
        ("http://host:8080/?a=[1]&b={x}|y", "http://host:8080/?a=[1]&b=%7Bx%7D%7Cy"),
        ("HTTP://Host/x", "http://Host/x"),
        ("  https://host/x\n", "https://host/x"),
        ("localhost:8000/v1", "http://localhost:8000/v1"),
        ("127.0.0.1/v1", "http://127.0.0.1/v1"),
        ("[::1]:9/v1", "http://[::1]:9/v1"),
        ("service.example/v1", "https://service.example/v1"),
        ("localhost.example/v1", "https://localhost.example/v1"),
        ("//host/v1", "https://host/v1"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://user:p%40ss@host/x", "https://host/x"),
        ("https://host/?u=http://other/p?x", "https://host/?u=http://other/p?x"),
    ],
)
def test_the_url_that_is_sent(typed: str, sent: str) -> None:
    assert wire_url(typed).url == sent
    assert wire_url(sent).url == sent


def test_user_and_password_of_a_url_are_taken_out() -> None:
    found = wire_url("https://us%20er:p%40ss:x@host/")
    assert (found.username, found.password) == ("us er", "p@ss:x")


@pytest.mark.parametrize(
    ("typed", "quoted"),
    [
        ("", "empty"),
        ("https://", "no host"),
        ("https:///path", "no host"),
        ("https://host:port/", "port"),
        ("https://host:99999/", "99999"),
        ("https://ho st/", "ho st"),
        ("https://ho<st/", "ho<st"),
        ("https://[::1/", "[::1"),
        ("ftp://host/", "ftp://"),
        ("https://..ü../", "..ü.."),
    ],
)
def test_a_url_that_cannot_be_sent_is_explained(typed: str, quoted: str) -> None:
    with pytest.raises(ExchangeError) as caught:
        wire_url(typed)
    assert (caught.value.failure.layer, caught.value.failure.kind) == ("protocol", "bad-url")
    assert quoted in str(caught.value.failure.message)
    assert caught.value.failure.hint


@given(st.text(max_size=40))
def test_any_path_becomes_ascii_without_blanks_and_stays_so(path: str) -> None:
    sent = wire_url("https://host/" + path.replace("#", "")).url
    assert sent.isascii()
    assert sent.isprintable()
    assert " " not in sent
    assert wire_url(sent).url == sent


@pytest.mark.parametrize("typed", ["http://ada:hun/ter22@host/", "ada:hun?ter22@host", "http://ada:hun#ter22@host"])
def test_half_a_password_is_not_quoted_as_a_port(typed: str) -> None:
    with pytest.raises(ExchangeError) as caught:
        wire_url(typed)
    assert "hun" not in str(caught.value.failure)
    assert "%2F" in str(caught.value.failure.hint)


def test_two_spellings_of_one_origin_are_one() -> None:
    assert wire_url("HTTPS://Host/a").origin == wire_url("https://host:443/b").origin == ("https", "host", 443)
    assert wire_url("https://host/").origin != wire_url("http://host:443/").origin


def test_an_at_sign_behind_the_host_is_no_password() -> None:
    assert wire_url("http://localhost:8080/a:b@c").target == "/a:b@c"
