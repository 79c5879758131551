"""The greyed headers never lie: what the preview tells is what an echo server receives."""

from __future__ import annotations

import pytest
from servers import Received, collect, replies, response, run, scope, serving

from firstlight.model.events import Started
from firstlight.model.request import Authorization, Body, FormPart, Header, Param, Request
from firstlight.runner.preview import GeneratedHeader, HeaderPreview, preview

JSON = Body(kind="raw", text='{"a": "ü"}')
FORM = Body(kind="form-data", parts=(FormPart(name="a", value="b"),))
BEARER = Authorization(kind="bearer", values={"token": "tok-123456"})


def told(request: Request, **variables: str) -> HeaderPreview:
    return preview(request, scope(**variables))


def states(shown: HeaderPreview) -> dict[str, str]:
    return {line.name: line.state for line in shown.generated}


def sent(request: Request, **variables: str) -> tuple[Received, HeaderPreview]:
    async def work() -> tuple[Received, HeaderPreview]:
        async with serving(replies(response())) as server:
            ready = Request(**{f: getattr(request, f) for f in request.__dataclass_fields__} | {"url": server.url})
            outcome, _ = await collect(ready, where=scope(**variables))
            assert outcome.failure is None, outcome.failure
            return server.received[0], told(ready, **variables)

    return run(work())


@pytest.mark.parametrize(
    "request_",
    [
        Request(),
        Request(method="POST"),
        Request(method="PUT", body=JSON),
        Request(method="POST", body=FORM),
        Request(method="POST", body=Body(kind="raw", text="{{text}}", language="text")),
        Request(authorization=BEARER),
        Request(authorization=Authorization(kind="basic", values={"username": "{{user}}", "password": "pw"})),
        Request(authorization=Authorization(kind="apikey", values={"key": "X-{{user}}", "value": "k-123456"})),
        Request(authorization=BEARER, headers=(Header(name="authorization", value="mine"),)),
        Request(headers=(Header(name="user-agent", value="mine"), Header(name="HOST", value="virtual"))),
        Request(headers=(Header(name="{{user}}"), Header(name="Accept", value="x", enabled=False))),
        Request(method="POST", headers=(Header(name="Content-Type", value="text/x"),), body=JSON),
        Request(method="POST", headers=(Header(name="Content-Length", value="11"),), body=JSON),
        Request(without=("User-Agent", "accept", "Accept-Encoding", "Host")),
        Request(method="POST", body=JSON, without=("Content-Type", "Content-Length")),
        Request(method="POST", without=("Content-Length",)),
    ],
    ids=repr,
)
def test_the_preview_is_what_arrives(request_: Request) -> None:
    received, shown = sent(request_, text="ü {{user}}", user="ada")
    own = {row.name.lower() for row in request_.headers if row.enabled} | {"{{user}}", "ada"}
    arrived = dict(lower(received))
    expected = [line for line in shown.generated if line.state == "sent"]
    generated = {line.name.lower() for line in expected}
    arrived_names = [name for name, _ in lower(received) if name in generated or name not in own]

    assert arrived_names == [line.name.lower() for line in expected]
    for line in expected:
        assert same(arrived[line.name.lower()], line), line


def lower(received: Received) -> list[tuple[str, str]]:
    return [(name.lower(), value) for name, value in received.headers]


def same(arrived: str, line: GeneratedHeader) -> bool:
    if "••••••" in line.value:
        return arrived.startswith(line.value.partition("••••••")[0])
    return arrived.partition("boundary=")[0] == line.value.partition("boundary=")[0]


def test_a_body_without_its_length_travels_in_chunks() -> None:
    received, shown = sent(Request(method="POST", body=JSON, without=("Content-Length",)))
    assert received.header("transfer-encoding") == "chunked"
    assert received.header("content-length") is None
    assert states(shown)["Content-Length"] == "left out"


def test_an_unresolved_variable_leaves_the_rest_told() -> None:
    shown = told(
        Request(
            method="POST",
            url="{{base}}/:id",
            headers=(Header(name="Accept", value="{{nothing}}"),),
            body=Body(kind="raw", text='{"x": {{x}}}'),
            authorization=Authorization(kind="bearer", values={"token": "{{token}}"}),
        )
    )
    values = {line.name: line.value for line in shown.generated}
    assert (values["Host"], values["Content-Length"]) == ("", "")
    assert values["Content-Type"] == "application/json"
    assert values["Authorization"] == "Bearer ••••••"
    assert states(shown)["Accept"] == "overridden"


def test_an_empty_path_variable_and_a_missing_secret_hide_neither_host_nor_credential() -> None:
    secret = Authorization(kind="x-auth-token", values={"token": "{{secret:gone}}"})
    values = {line.name: line.value for line in told(Request(url="http://host:81/:id", authorization=secret)).generated}
    assert values["Host"] == "host:81"
    assert values["X-Auth-Token"] == "••••••"


@pytest.mark.parametrize(
    "body",
    [
        Body(kind="binary", path="/nowhere/rose.jpg"),
        Body(kind="raw", text="{{$guid}}"),
        Body(kind="raw", text="{{ $randomWords }}"),
        Body(kind="raw", text="{{words}}"),
        Body(kind="raw", text="{{secret:token}}"),
        Body(kind="raw", text="{{token}}"),
        Body(kind="x-www-form-urlencoded", pairs=(Param(name="a", value="{{words}}"),)),
        Body(kind="x-www-form-urlencoded", pairs=(Param(name="a", value="{{$randomInt}}"),)),
        Body(kind="form-data", parts=(FormPart(name="a", value="{{secret:token}}"),)),
        Body(kind="raw", text="x" * 600_000),
    ],
)
def test_a_length_that_is_not_known_is_not_guessed_and_no_file_is_opened(body: Body) -> None:
    variables = {"words": "{{$randomWords}}", "token": "{{secret:token}}"}
    shown = told(Request(method="POST", url="http://h", body=body), **variables)
    assert [line.value for line in shown.generated if line.name == "Content-Length"] == [""]
    assert "Content-Type" in states(shown)


def test_what_cannot_be_prepared_at_all_is_left_away() -> None:
    nothing = Request(
        url="ftp://host",
        body=Body(kind="binary"),
        authorization=Authorization(kind="basic", values={"username": "a:b", "password": "x"}),
    )
    assert list(states(told(nothing))) == ["Host", "User-Agent", "Accept", "Accept-Encoding"]
    assert "Host" in states(told(Request(authorization=Authorization(kind="from-the-future"))))


def test_rows_that_lose_or_are_mended_say_so() -> None:
    rows = (
        Header(name="Authorization", value="mine"),
        Header(name="Content-Type", value="multipart/form-data"),
        Header(name="X"),
        Header(name="Authorization", value="off", enabled=False),
    )
    shown = told(Request(method="POST", headers=rows, body=FORM, authorization=BEARER))
    assert {place: str(note) for place, note in shown.notes.items()} == {
        0: "Not sent: the Authorization tab sends its own Authorization.",
        1: "The boundary of the form was added to Content-Type.",
    }


def test_the_mended_boundary_is_told_with_the_exchange() -> None:
    async def work() -> None:
        async with serving(replies(response())) as server:
            rows = (Header(name="Content-Type", value="multipart/form-data"),)
            _, events = await collect(Request(method="POST", url=server.url, headers=rows, body=FORM))
            assert isinstance(events[0], Started)
            assert [str(note) for note in events[0].notes] == ["The boundary of the form was added to Content-Type."]

    run(work())


def test_user_and_password_in_the_url_show_the_header_they_become() -> None:
    shown = told(Request(url="http://ada:pw@host/"))
    assert shown.generated[-1] == GeneratedHeader(
        name="Authorization", value="Basic ••••••", source="authorization", optional=False
    )


@pytest.mark.parametrize("method", ["GET!", "m.1|2~", "purge", "X'"])
def test_any_token_is_a_method(method: str) -> None:
    received, _ = sent(Request(method=method))
    assert received.method == method


@pytest.mark.parametrize("method", ["A B", "GET/", "中", "a:b", "A\tB"])
def test_anything_else_is_none(method: str) -> None:
    async def work() -> None:
        outcome, _ = await collect(Request(method=method, url="http://host", params=(Param(name="a"),)))
        assert outcome.failure is not None
        assert outcome.failure.kind == "bad-method"

    run(work())
