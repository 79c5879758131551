"""Whatever a request holds: written as a command for any shell and read again, it is the same request."""

from __future__ import annotations

import string
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from servers import scope

from firstlight.formats.curl import parse_curl
from firstlight.formats.snippets import SNIPPETS, Outgoing, Part, Repeat, Snippet
from firstlight.runner.outgoing import outgoing

COMMANDS = [snippet for snippet in SNIPPETS if snippet.lexer != "python"]
ODD = "\"'\\$`!%^&|<>()[]{};,=@#~*? \t‘’“”„é中😀"
texts = st.text(
    st.sampled_from(ODD + "abAB01") | st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=20
)
bodies = st.text(st.sampled_from(ODD + "ab\n"), min_size=1, max_size=40)
values = texts.map(str.strip).filter(lambda text: "{{" not in text)
names = st.text(string.ascii_letters + "-", min_size=1, max_size=8).map(lambda name: f"X-{name}-x")
plain = st.text(string.ascii_letters + string.digits + "._- \"'\\;,", min_size=1, max_size=12).map(
    lambda text: f"f{text}f"
)
types = st.sampled_from(["", "text/plain", "application/json; charset=utf-8"])
parts = st.one_of(
    st.builds(Part, name=names, value=values.filter(bool), content_type=types),
    st.builds(Part, name=names, path=plain, file_name=plain, content_type=st.just("image/png")),
)
common = {
    "url": st.sampled_from(["http://h/", "https://h.test:81/a/b?x=1&y=%20&z=a+b", "http://h/?q=[1]"]),
    "headers": st.lists(st.tuples(names, values), max_size=3).map(tuple),
    "basic": st.none() | st.tuples(st.just("me"), values),
}
requests = st.one_of(
    st.builds(Outgoing, method=st.sampled_from(["GET", "HEAD", "DELETE", "PURGE", "POST"]), **common),
    st.builds(Outgoing, method=st.sampled_from(["POST", "PUT"]), text=bodies, **common),
    st.builds(Outgoing, method=st.just("POST"), parts=st.lists(parts, min_size=1, max_size=3).map(tuple), **common),
)


def with_type(request: Outgoing) -> Outgoing:
    if request.text is None:
        return request
    return replace(request, headers=(("Content-Type", "text/x-odd"), *request.headers))


@pytest.mark.parametrize("snippet", COMMANDS, ids=lambda snippet: snippet.kind)
@given(request=requests)
def test_a_request_survives_every_shell(snippet: Snippet, request: Outgoing) -> None:
    request = with_type(request)
    reading = parse_curl(snippet.write(request, Repeat()))
    assert reading.notes == ()
    again = outgoing(reading.requests[0], scope(), keep_variables=True)
    assert (again.method, again.url, again.basic) == (request.method, request.url, request.basic)
    assert (again.text, again.parts) == (request.text, request.parts)
    assert sorted(again.headers) == sorted(request.headers)


@given(text=st.text(max_size=200) | st.text(ODD + "curl-HXdF\n", max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    for start in ("curl ", "curl.exe '", "curl ^\n", "curl.exe `\n"):
        parse_curl(f"{start}x{text}")
