"""HAR files: what a browser recorded is read, and what is written is read again as the same request."""

from __future__ import annotations

import json
from typing import Any

import pytest
from servers import scope

from firstlight.formats.error import FormatError
from firstlight.formats.har import looks_like_har, read_har, write_har
from firstlight.model.request import Authorization, Body, FormPart, Header, Param, Request
from firstlight.model.urls import full_url
from firstlight.runner.outgoing import outgoing

REQUESTS = {
    "get": Request(url="https://h.test/a", params=(Param(name="q", value="a%20b"), Param(name="flag", bare=True))),
    "json": Request(method="POST", url="https://h.test/", body=Body(kind="raw", text='{"a": 1.10, "名": "é"}')),
    "bearer": Request(url="https://h.test/", authorization=Authorization(kind="bearer", values={"token": "t"})),
    "basic": Request(
        url="https://h.test/", authorization=Authorization(kind="basic", values={"username": "a", "password": "{{b}}"})
    ),
    "pairs": Request(
        method="POST",
        url="https://h.test/",
        body=Body(kind="x-www-form-urlencoded", pairs=(Param(name="a b", value="ä&"), Param(name="c", value="1"))),
    ),
    "binary": Request(
        method="PUT",
        url="https://h.test/",
        headers=(Header(name="Content-Type", value="image/png"),),
        body=Body(kind="binary", path="files/rose.png"),
    ),
    "form": Request(
        method="POST",
        url="https://h.test/",
        body=Body(
            kind="form-data",
            parts=(
                FormPart(name="meta", value="{}", content_type="application/json"),
                FormPart(name="images", kind="file", files=("files/rose.png",), content_type="image/png"),
            ),
        ),
    ),
}


def har(*requests: dict[str, Any]) -> str:
    return json.dumps({"log": {"version": "1.2", "entries": [{"request": request} for request in requests]}})


@pytest.mark.parametrize("request_", REQUESTS.values(), ids=REQUESTS.keys())
def test_what_is_written_is_read_again(request_: Request) -> None:
    text = write_har([outgoing(request_, scope(), keep_variables=True)])
    assert looks_like_har(text)
    assert read_har(text).requests == (request_,)
    assert read_har(text).notes == ()


def test_files_stand_in_the_params_by_their_path() -> None:
    entry = json.loads(write_har([outgoing(REQUESTS["form"], scope())]))["log"]["entries"][0]["request"]
    assert entry["postData"]["params"] == [
        {"name": "meta", "value": "{}", "contentType": "application/json"},
        {"name": "images", "fileName": "files/rose.png", "contentType": "image/png"},
    ]
    entry = json.loads(write_har([outgoing(REQUESTS["get"], scope())]))["log"]["entries"][0]
    assert entry["request"]["queryString"] == [{"name": "q", "value": "a b"}, {"name": "flag", "value": ""}]
    assert "postData" not in entry["request"]
    assert {"startedDateTime", "time", "response", "cache", "timings"} <= entry.keys()


HEADERS = {
    ":authority": "h",
    "Host": "h",
    "accept": "a/b",
    "Content-Type": "application/json",
    "content-length": "7",
}


def test_a_browsers_recording() -> None:
    headers = [{"name": name, "value": value} for name, value in HEADERS.items()]
    json_body = {"mimeType": "application/json", "text": '{"a":1}'}
    picture = {"mimeType": "image/png", "text": "aGk=", "encoding": "base64"}
    pairs = [{"name": "a", "value": "1"}, {"name": "b"}]
    form = {"mimeType": "application/x-www-form-urlencoded", "params": pairs}
    reading = read_har(
        har(
            {"method": "POST", "url": "https://h/p?x=1", "headers": headers, "postData": json_body},
            {"method": "POST", "url": "https://h/q", "postData": picture},
            {"method": "POST", "url": "https://h/r", "postData": form},
        )
    )
    first, second, third = reading.requests
    assert (first.method, full_url(first), first.body.text) == ("POST", "https://h/p?x=1", '{"a":1}')
    assert first.headers == (Header(name="accept", value="a/b"),)
    assert second.body == Body()
    assert [(row.name, row.value) for row in third.body.pairs] == [("a", "1"), ("b", "")]
    assert [str(note) for note in reading.notes] == ["A body that is not text was left out."]


@pytest.mark.parametrize("text", ["{", '{"log": {}}', '{"log": {"entries": [1]}}', '{"log": {"entries": []}}', "[]"])
def test_what_is_no_har_file_is_told(text: str) -> None:
    with pytest.raises(FormatError):
        read_har(text)
