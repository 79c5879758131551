"""What a request of the demo workspace may promise: checks of the Exchange it becomes."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeAlias

from firstlight.model.exchange import Exchange
from firstlight.resources import resource_path

FILES = resource_path("demo", "workspace", "files")

Advertised: TypeAlias = Callable[[Exchange], None]


def answers(status: int, check: Callable[[Any], bool] = lambda _: True) -> Advertised:
    """Expect a whole JSON answer."""

    def verify(done: Exchange) -> None:
        assert done.failure is None
        assert done.response.status == status
        assert check(json.loads(done.response.body)), done.response.body[:400]

    return verify


def refused(status: int, code: str) -> Advertised:
    """Expect an error code in the body, in whatever shape."""
    return says(status, f'"{code}"')


def says(status: int, text: str) -> Advertised:
    """Expect a text in the body."""

    def verify(done: Exchange) -> None:
        assert (done.response.status, done.failure) == (status, None)
        assert text in done.response.body.decode()
        assert (done.explanation is not None) == (status >= 400 or '"erno"' in text or "MR." in text)

    return verify


def explained(status: int, vendor: str) -> Advertised:
    """Expect an answer that First Light explains, by what it knows of that vendor."""

    def verify(done: Exchange) -> None:
        assert (done.response.status, done.failure) == (status, None)
        assert done.explanation.vendor == vendor

    return verify


def streams(text: str = "", finish: str | None = "stop", usage: str = "", *, reasoning: bool = False) -> Advertised:
    """Expect a stream that ends well: part of its text, its finish reason, a count in its usage."""

    def verify(done: Exchange) -> None:
        assert done.failure is None
        assert text in done.stream.text
        assert done.stream.text
        assert done.stream.finish_reason == finish
        assert not done.stream.truncated
        assert bool(done.stream.reasoning) == reasoning
        assert not usage or done.stream.usage[usage] > 0

    return verify


def fails(layer: str, kind: str, *, received: str | None = None) -> Advertised:
    """Expect a failure, and what was received before it."""

    def verify(done: Exchange) -> None:
        assert (done.failure.layer, done.failure.kind) == (layer, kind)
        assert done.failure.hint
        assert (done.response is None) == (received is None)
        assert not received or received in done.response.body.decode()

    return verify


def all_of(*advertised: Advertised) -> Advertised:
    def verify(done: Exchange) -> None:
        for one in advertised:
            one(done)

    return verify


def with_header(name: str) -> Advertised:
    def verify(done: Exchange) -> None:
        assert done.response.header(name)

    return verify


def cut_inside_an_event(done: Exchange) -> None:
    assert done.failure.layer == "read"
    assert done.stream.truncated
    assert done.stream.text


def calls(tool: str, given: dict[str, str]) -> Advertised:
    """Expect a stream that ends with a tool call."""

    def verify(done: Exchange) -> None:
        assert done.failure is None
        assert done.stream.finish_reason == "tool_use"
        assert [(call.name, json.loads(call.arguments)) for call in done.stream.tool_calls] == [(tool, given)]

    return verify


def arrives_as(kind: str, usage: str = "") -> Advertised:
    """Expect a stream that only the request's settings tell from a whole answer."""

    def verify(done: Exchange) -> None:
        assert (done.failure, done.stream.kind, done.stream.truncated) == (None, kind, False)
        assert "token" in done.stream.text
        assert done.stream.events > (0 if kind == "text" else 3)  # arrivals of text may meet on the way
        assert not usage or done.stream.usage[usage] > 0

    return verify


def came_in_one_piece(done: Exchange) -> None:
    assert done.failure is None
    assert done.stream.text
    assert done.stream.buffered


def talks(text: str, *, usage: str = "", code: int = 1000, by: str = "us") -> Advertised:
    """Expect a WebSocket that answers with generated text and is closed as it should."""

    def verify(done: Exchange) -> None:
        assert done.failure is None
        assert (done.closed.code, done.closed.by, done.closed.clean) == (code, by, True)
        assert text in done.stream.text
        assert not done.stream.truncated
        assert not usage or done.stream.usage[usage] > 0

    return verify


def tells_of(code: str) -> Advertised:
    """Expect that the close code of a WebSocket is explained, in both languages."""

    def verify(done: Exchange) -> None:
        assert done.explanation.code == code
        assert done.explanation.meaning["en"]
        assert done.explanation.meaning["zh_CN"]

    return verify


def comes_back(messages: int) -> Advertised:
    """Expect an echo of so many messages."""

    def verify(done: Exchange) -> None:
        assert (done.failure, done.closed.code) == (None, 1000)
        assert done.stream.events == messages

    return verify


def is_the_rose(done: Exchange) -> None:
    assert done.response.body == (FILES / "rose.jpg").read_bytes()
    assert done.response.media_type.startswith(("image/", "application/octet-stream"))


def keeps_every_digit(done: Exchange) -> None:
    for exact in (b"1.10,", b"9223372036854775807", b"1e400", b"1E-7", b"-0.0"):
        assert exact in done.response.body


def arrived_without_token(done: Exchange) -> None:
    answers(200, lambda echo: echo["origin"] == "other")(done)
    names = {name for name, _ in json.loads(done.response.body)["headers"]}
    assert "x-auth-token" not in names
    assert "host" in names


def is_huge(done: Exchange) -> None:
    assert done.failure is None
    assert len(done.response.body) > 20 * 2**20


def flower(species: str) -> Callable[[Any], bool]:
    return lambda body: body["data"]["resp_data"][0]["predictresult"] == species


def chats(text: str) -> Advertised:
    return answers(200, lambda body: text in body["choices"][0]["message"]["content"])


def project(body: Any) -> bool:
    return body["token"]["project"]["name"] == "cn-southwest-2"
