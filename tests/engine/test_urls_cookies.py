"""What becomes of a Set-Cookie line, and which cookies a request carries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from http.cookiejar import CookieJar
from urllib.request import Request as UrllibRequest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstlight.model.cookie_rules import (
    MOST_PER_DOMAIN,
    cookie_line,
    default_path,
    has_ended,
    matching,
    read_set_cookie,
    with_cookie,
)
from firstlight.model.cookies import Cookie, CookieVerdict
from firstlight.model.public_suffixes import is_public_suffix
from firstlight.model.wire_url import wire_url

NOW_S = 1_790_000_000.0
END_S = datetime(2027, 6, 9, 10, 18, 14, tzinfo=UTC).timestamp()
HERE = "https://app.shop.example/cart/items?x=1"


def read(line: str, url: str = HERE) -> CookieVerdict:
    return read_set_cookie(line, wire_url(url), NOW_S)


def carried(url: str, *lines: str, now_s: float = NOW_S, at: str = HERE) -> str:
    cookies: tuple[Cookie, ...] = ()
    for line in lines:
        cookies = with_cookie(cookies, read(line, at).cookie)
    return cookie_line(matching(cookies, wire_url(url), now_s))


def test_all_of_a_cookie_is_read() -> None:
    line = 'sid="a=b" ; Domain=.Shop.Example; Path=/cart; Max-Age=60; Secure; HttpOnly; SameSite=Lax; Priority=High'
    cookie = read(line).cookie
    assert cookie == Cookie(
        name="sid", value='"a=b"', domain="shop.example", host_only=False, path="/cart", expires_s=NOW_S + 60,
        secure=True, http_only=True, same_site="Lax", created_s=NOW_S,
    )  # fmt: skip
    assert read(line).state == "kept"


def test_what_is_not_said_follows_from_the_url() -> None:
    cookie = read("a=1; Domain=; Path=relative; Max-Age=soon; Expires=never").cookie
    assert (cookie.domain, cookie.host_only, cookie.path, cookie.expires_s) == ("app.shop.example", True, "/cart", None)


@pytest.mark.parametrize(
    ("target", "path"), [("/", "/"), ("/a", "/"), ("/a/", "/a"), ("/a/b?c=/d/e", "/a"), ("/?/x", "/")]
)
def test_the_path_of_a_cookie_that_names_none(target: str, path: str) -> None:
    assert default_path(target) == path


@pytest.mark.parametrize(
    ("line", "url", "words"),
    [
        ("novalue", HERE, "no name"),
        ("=x", HERE, "no name"),
        ("a=\x01", HERE, "control character"),
        ("a=" + "x" * 4096, HERE, "4096"),
        ("a=1; Domain=other.example", HERE, "does not include app.shop.example"),
        ("a=1; Domain=x.app.shop.example", HERE, "does not include"),
        ("a=1; Domain=hop.example", HERE, "does not include"),
        ("a=1; Domain=example", HERE, "different owners"),
        ("a=1; Domain=.com.cn", "https://shop.com.cn/", "Domain is com.cn: names below it belong to different owners"),
        ("a=1; Domain=github.io", "https://me.github.io/", "different owners"),
        ("a=1; Domain=xn--55qx5d.cn", "https://xn--mnq.xn--55qx5d.cn/", "different owners"),
        ("a=1; Domain=xn--.cn", "https://a.b.example/", "does not include"),
        ("a=1; Domain=0.0.1", "http://127.0.0.1/", "is an address"),
        ("a=1; Secure", "http://app.shop.example/", "came over http"),
        ("__Secure-a=1", HERE, "has to be Secure"),
        ("__Host-a=1; Secure", HERE, "Path=/"),
        ("__Host-a=1; Secure; Path=/; Domain=app.shop.example", HERE, "without Domain"),
        ("__host-a=1; Path=/", HERE, "without Domain"),
    ],
)
def test_a_cookie_that_must_not_be_kept_says_why(line: str, url: str, words: str) -> None:
    verdict = read(line, url)
    assert verdict.state == "rejected"
    assert words in str(verdict.reason)


@pytest.mark.parametrize(
    ("line", "url"),
    [
        ("a=", HERE),
        ("a=1; Domain=app.shop.example", HERE),
        ("a=1; Domain=shop.com.cn", "https://app.shop.com.cn/"),
        ("a=1; Domain=xn--mnq.xn--55qx5d.cn", "https://www.xn--mnq.xn--55qx5d.cn/"),
        ("a=1; Domain=corp.intranet", "https://models.corp.intranet/"),
        ("a=1; Domain=localhost", "http://localhost:8080/"),
        ("a=1; Domain=127.0.0.1", "http://127.0.0.1:8080/"),
        ("a=1; Domain=::1", "http://[::1]:8080/"),
        ("a=1; Secure", "http://localhost:8080/"),
        ("a=1; Secure", "http://127.0.0.1:8080/"),
        ("__Secure-a=1; Secure", HERE),
        ("__Host-a=1; Secure; Path=/", HERE),
        ("a=1; SameSite=None", HERE),
    ],
)
def test_cookies_that_are_kept(line: str, url: str) -> None:
    verdict = read(line, url)
    assert (verdict.state, verdict.reason) == ("kept", verdict.reason)
    assert carried(url, line, at=url)


def test_a_service_that_is_a_public_suffix_itself_keeps_its_cookie_to_itself() -> None:
    cookie = read("a=1; Domain=github.io", "https://github.io/").cookie
    assert cookie.host_only
    assert not matching([cookie], wire_url("https://somebody.github.io/"), NOW_S)


def test_a_name_that_no_script_can_spell_is_no_public_suffix() -> None:
    assert not is_public_suffix("xn--zzzzzzz99999.cn")


@pytest.mark.parametrize("line", ["a=; Max-Age=0", "a=; Max-Age=-1", "a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT"])
def test_a_cookie_that_has_ended_is_deleted(line: str) -> None:
    assert read(line).state == "deleted"


def test_max_age_counts_more_than_expires_and_nothing_lives_for_ever() -> None:
    late = "Expires=Fri, 31 Dec 9999 23:59:59 GMT"
    assert read(f"a=1; Max-Age=5; {late}").cookie.expires_s == NOW_S + 5
    assert read(f"a=1; {late}").cookie.expires_s == NOW_S + 400 * 86400
    assert read("a=1; Max-Age=999999999999").cookie.expires_s == NOW_S + 400 * 86400
    assert read("a=1; expires=Wed, 09-Jun-2027 10:18:14 GMT").cookie.expires_s == END_S


@pytest.mark.parametrize(
    ("line", "url", "goes"),
    [
        ("a=1; Path=/", "https://app.shop.example/", True),
        ("a=1; Path=/", "https://APP.shop.example:8443/x", True),
        ("a=1; Path=/", "https://x.app.shop.example/", False),
        ("a=1; Path=/", "https://shop.example/", False),
        ("a=1; Path=/; Domain=shop.example", "https://shop.example/", True),
        ("a=1; Path=/; Domain=shop.example", "https://a.b.shop.example/", True),
        ("a=1; Path=/; Domain=shop.example", "https://ashop.example/", False),
        ("a=1", "https://app.shop.example/cart", True),
        ("a=1", "https://app.shop.example/cart/9", True),
        ("a=1", "https://app.shop.example/cart?x", True),
        ("a=1", "https://app.shop.example/cartoon", False),
        ("a=1", "https://app.shop.example/", False),
        ("a=1; Path=/cart/", "https://app.shop.example/cart/x", True),
        ("a=1; Path=/; Secure", "http://app.shop.example/", False),
        ("a=1; Path=/", "http://app.shop.example/", True),
    ],
)
def test_where_a_cookie_goes(line: str, url: str, goes: bool) -> None:
    assert (carried(url, line) == "a=1") is goes


def test_longer_paths_come_first_then_older_cookies() -> None:
    lines = ("b=1; Path=/", "a=2; Path=/", "c=3; Path=/cart", "b=4; Path=/")
    assert carried("https://app.shop.example/cart/x", *lines) == "c=3; b=4; a=2"


def test_what_has_ended_is_not_sent() -> None:
    assert carried(HERE, "a=1; Max-Age=60", now_s=NOW_S + 61) == ""
    assert has_ended(read("a=1; Max-Age=60").cookie, NOW_S + 60)


def test_of_too_many_the_oldest_goes() -> None:
    cookies: tuple[Cookie, ...] = ()
    for number in range(MOST_PER_DOMAIN + 1):
        cookies = with_cookie(cookies, Cookie(name=f"n{number}", value="", domain="a", created_s=number))
    cookies = with_cookie(cookies, Cookie(name="n0", value="", domain="b"))
    assert len(cookies) == MOST_PER_DOMAIN + 1
    assert ("a", "/", "n0") not in {cookie.key for cookie in cookies}


@dataclass
class Answer:
    """What http.cookiejar wants of an answer."""

    line: str

    def info(self) -> Message:
        message = Message()
        message["Set-Cookie"] = self.line
        return message


names = st.sampled_from(["a", "sid", "x-y"])
values = st.sampled_from(["1", "", "abc"])
paths = st.sampled_from(["", "; Path=/", "; Path=/cart", "; Path=/cart/items"])
domains = st.sampled_from(["", "; Domain=shop.example", "; Domain=.app.shop.example", "; Domain=else.example"])
ages = st.sampled_from(["", "; Max-Age=1000", "; Max-Age=0"])
urls = st.sampled_from(
    [
        HERE,
        "https://shop.example/",
        "https://app.shop.example/",
        "http://app.shop.example/cart/items",
        "https://else.example/",
    ]
)


@given(
    name=names, value=values, path=paths, domain=domains, age=ages, secure=st.sampled_from(["", "; Secure"]), url=urls
)
def test_the_standard_library_agrees(
    name: str, value: str, path: str, domain: str, age: str, secure: str, url: str
) -> None:
    line = f"{name}={value}{path}{domain}{age}{secure}"
    jar = CookieJar()
    jar.extract_cookies(Answer(line), UrllibRequest(HERE))  # type: ignore[arg-type]
    asked = UrllibRequest(url)
    jar.add_cookie_header(asked)
    verdict = read(line)
    kept = (verdict.cookie,) if verdict.state == "kept" else ()
    assert cookie_line(matching(kept, wire_url(url), NOW_S)) == (asked.get_header("Cookie") or "")
