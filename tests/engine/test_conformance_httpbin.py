"""Against httpbin on a real server: methods, bodies, encodings, redirects, authorization, streams, statuses."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from peers import peer
from servers import collect, run, scope

from firstlight.model.exchange import Exchange
from firstlight.model.request import Authorization, Body, FormPart, Header, Param, Request, RequestSettings


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with peer("httpbin") as address:
        yield address


def sent(request: Request, folder: Path | str = "") -> Exchange:
    outcome, _ = run(collect(request, where=scope(folder)))
    assert outcome.failure is None, str(outcome.failure and outcome.failure.message)
    return outcome


def echoed(outcome: Exchange) -> Any:
    assert outcome.response is not None
    assert outcome.response.status == 200
    return json.loads(outcome.response.body)


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
def test_methods_and_parameters_arrive(url: str, method: str) -> None:
    rows = (Param(name="a", value="1"), Param(name="中", value="文 &"))
    seen = echoed(sent(Request(method=method, url=f"{url}/{method.lower()}", params=rows)))
    assert seen["args"] == {"a": "1", "中": "文 &"}


def test_head_has_no_body(url: str) -> None:
    outcome = sent(Request(method="HEAD", url=f"{url}/get"))
    assert outcome.response is not None
    assert (outcome.response.status, outcome.response.body) == (200, b"")


_TEXT, _FILE = FormPart(name="t", value="x"), FormPart(name="f", kind="file", files=("a.txt",))
BODIES: dict[str, tuple[Body, Callable[[Any], object], object]] = {
    "json": (Body(kind="raw", text='{"a": [1, 2.5]}'), lambda seen: seen["json"], {"a": [1, 2.5]}),
    "form": (
        Body(kind="x-www-form-urlencoded", pairs=(Param(name="k", value="v +&"),)),
        lambda seen: seen["form"],
        {"k": "v +&"},
    ),
    "parts": (
        Body(
            kind="form-data", parts=(FormPart(name="t", value="x"), FormPart(name="f", kind="file", files=("a.txt",)))
        ),
        lambda seen: (seen["form"], seen["files"]),
        ({"t": "x"}, {"f": "hello"}),
    ),
    "file": (Body(kind="binary", path="a.txt"), lambda seen: seen["data"], "hello"),
}


@pytest.mark.parametrize("kind", BODIES)
def test_bodies_arrive(url: str, kind: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("hello", "utf-8")
    body, look, wanted = BODIES[kind]
    assert look(echoed(sent(Request(method="POST", url=f"{url}/post", body=body), tmp_path))) == wanted


@pytest.mark.parametrize(("encoding", "flag"), [("gzip", "gzipped"), ("deflate", "deflated"), ("brotli", "brotli")])
def test_packed_answers_are_unpacked(url: str, encoding: str, flag: str) -> None:
    assert echoed(sent(Request(url=f"{url}/{encoding}")))[flag] is True


@pytest.mark.parametrize("status", [200, 204, 304, 404, 418, 500, 503])
def test_any_status_is_an_answer(url: str, status: int) -> None:
    outcome = sent(Request(url=f"{url}/status/{status}"))
    assert outcome.response is not None
    assert outcome.response.status == status


def test_redirects_are_followed_when_asked_to(url: str) -> None:
    follow = RequestSettings(follow_redirects=True)
    assert echoed(sent(Request(url=f"{url}/redirect/3", settings=follow)))["url"].endswith("/get")
    stays = sent(Request(url=f"{url}/redirect/3")).response
    assert stays is not None
    assert stays.status == 302


def test_basic_and_bearer_are_accepted(url: str) -> None:
    basic = Authorization(kind="basic", values={"username": "u", "password": "p:ä"})
    assert echoed(sent(Request(url=f"{url}/basic-auth/u/p:%C3%A4", authorization=basic)))["authenticated"] is True
    bearer = Authorization(kind="bearer", values={"token": "t0ken"})
    assert echoed(sent(Request(url=f"{url}/bearer", authorization=bearer)))["token"] == "t0ken"
    wrong = Authorization(kind="basic", values={"username": "u", "password": "x"})
    refused = sent(Request(url=f"{url}/basic-auth/u/p", authorization=wrong)).response
    assert refused is not None
    assert (refused.status, refused.header("WWW-Authenticate")) == (401, 'Basic realm="Fake Realm"')


def test_a_stream_of_lines_comes_line_by_line(url: str) -> None:
    outcome = sent(Request(url=f"{url}/stream/20", settings=RequestSettings(stream="ndjson")))
    assert outcome.stream is not None
    assert (outcome.stream.kind, outcome.stream.events) == ("ndjson", 20)


def test_bytes_arrive_as_they_are(url: str) -> None:
    first = sent(Request(url=f"{url}/bytes/70000?seed=1")).response
    again = sent(Request(url=f"{url}/stream-bytes/70000?seed=1&chunk_size=999")).response
    assert first is not None
    assert again is not None
    assert len(first.body) == 70_000
    assert first.body == again.body


def test_a_drip_is_waited_for(url: str) -> None:
    dripped = sent(Request(url=f"{url}/drip?duration=0.1&numbytes=5&delay=0")).response
    assert dripped is not None
    assert dripped.body == b"*****"


def test_headers_arrive_and_come_back(url: str) -> None:
    seen = echoed(sent(Request(url=f"{url}/headers", headers=(Header(name="X-Note", value="a, b"),))))
    assert seen["headers"]["X-Note"] == "a, b"
    answered = sent(Request(url=f"{url}/response-headers?X-Twice=1&X-Twice=2")).response
    assert answered is not None
    assert [value for name, value in answered.headers if name.lower() == "x-twice"] == ["1", "2"]
