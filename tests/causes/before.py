"""Failures before any socket: variables, files, and requests that cannot be written as HTTP."""

from __future__ import annotations

import os
from dataclasses import replace

from servers import Peer, replies, response

from causes.cause import Cause, Stage, plain, served
from firstlight.model.request import Authorization, Body, FormPart, Header, Request, RequestSettings


def _with_row(name: str, value: str) -> Request:
    return Request(url="http://h/", headers=(Header(name=name, value=value),))


def _link_in_a_circle(on: Stage) -> Request:
    path = on.folder / "circle.bin"
    if not path.is_symlink():
        os.symlink(path, path)
    return Request(method="POST", url="http://h/", body=Body(kind="binary", path=str(path)))


def _folder(on: Stage) -> Request:
    return Request(method="POST", url="http://h/", body=Body(kind="binary", path=str(on.folder)))


def _changing_file(on: Stage) -> Request:
    path = on.folder / "growing.bin"
    path.write_bytes(b"x" * 30_000_000)

    async def handler(peer: Peer) -> None:
        await peer.head()
        await peer.reader.readexactly(1)  # by now the file is open
        path.write_bytes(b"short")
        await peer.gone()

    body = Body(kind="binary", path=str(path))
    return Request(method="POST", url=on.url(handler), body=body)


_TWO_HOSTS = Request(headers=(Header(name="Host", value="a"), Header(name="Host", value="b")))
_BAD_QUERY = Body(kind="graphql", query="{ a }", variables="[1]")
_GET = Request(url="http://h/")

_UNSENT = (
    Cause(
        name="a variable that nobody knows", layer="variable", kind="unknown-variable",
        request=plain(Request(url="http://h/{{nobody}}")), english="the variable {{nobody}} has no value",
        chinese="变量 {{nobody}} 没有值",
    ),
    Cause(
        name="a secret that nobody knows", layer="variable", kind="unknown-secret",
        request=plain(_with_row("X-Key", "{{secret:nobody}}")), english="there is no secret “nobody”",
        chinese="没有名为“nobody”的机密",
    ),
    Cause(
        name="variables in a circle", layer="variable", kind="circular-variable",
        request=plain(Request(url="http://h/{{a}}")), variables={"a": "{{b}}", "b": "{{a}}"},
        english="refer to each other", chinese="相互引用",
    ),
    Cause(
        name="a path variable left empty", layer="variable", kind="empty-path-variable",
        request=plain(Request(url="http://h/v1/:service")), english=":service has no value", chinese=":service 没有值",
    ),
    Cause(
        name="a credential left empty", layer="variable", kind="empty-credential",
        request=plain(Request(url="http://h/", authorization=Authorization(kind="bearer"))),
        english="token", chinese="Token",
    ),
    Cause(
        name="a user name with a colon", layer="variable", kind="bad-credential",
        request=plain(Request(
            url="http://h/", authorization=Authorization(kind="basic", values={"username": "a:b", "password": "c"})
        )),
        english="colon", chinese="冒号",
    ),
    Cause(
        name="a file that is gone", layer="file", kind="missing-file",
        request=plain(Request(method="POST", url="http://h/", body=Body(kind="binary", path="gone.bin"))),
        english="gone.bin is not there", chinese="gone.bin 不存在",
    ),
    Cause(
        name="no file chosen", layer="file", kind="no-file-chosen",
        request=plain(Request(
            method="POST", url="http://h/", body=Body(kind="form-data", parts=(FormPart(name="f", kind="file"),))
        )),
        english="no file", chinese="文件",
    ),
    Cause(
        name="a folder instead of a file", layer="file", kind="not-a-file", request=_folder,
        english="is not a file", chinese="不是文件",
    ),
    Cause(
        name="a file that cannot be read", layer="file", kind="unreadable-file", request=_link_in_a_circle,
        english="cannot be read: the link leads in a circle", chinese="链接",
    ),
    Cause(
        name="a port that is no number", layer="protocol", kind="bad-url", request=plain(Request(url="http://h:x/")),
        english="x", chinese="x",
    ),
    Cause(
        name="a method with a blank", layer="protocol", kind="bad-method",
        request=plain(Request(url="http://h/", method="GE T")), english="“GE T” cannot be a method",
        chinese="“GE T”",
    ),
    Cause(
        name="a header name with a blank", layer="protocol", kind="bad-header-name",
        request=plain(_with_row("A B", "c")), english="“A B” cannot be the name of a header",
        chinese="“A B”不能作为请求头名",
    ),
    Cause(
        name="a header value with a line end", layer="protocol", kind="bad-header-value",
        request=plain(_with_row("A", "b\r\nC: d")), english="A", chinese="A",
    ),
    Cause(
        name="a Content-Length that lies", layer="protocol", kind="bad-content-length",
        request=plain(_with_row("Content-Length", "9")), english="0 bytes", chinese="0 字节",
    ),
    Cause(
        name="GraphQL variables that are no object", layer="protocol", kind="bad-graphql-variables",
        request=plain(Request(method="POST", url="http://h/", body=_BAD_QUERY)), english="variables", chinese="变量",
    ),
    Cause(
        name="a path to the text that is none", layer="protocol", kind="bad-text-path",
        request=plain(Request(url="http://h/", settings=RequestSettings(stream_text_path="$["))),
        english="$[", chinese="$[",
    ),
)  # fmt: skip
_SENT = (
    Cause(
        name="a file that changes while it is sent", layer="file", kind="file-changed", request=_changing_file,
        english="changed while it was being sent", chinese="在发送过程中发生了变化",
    ),
    Cause(
        name="two Host headers", layer="protocol", kind="bad-request", request=served(replies(response()), _TWO_HOSTS),
        english="cannot be written as HTTP", chinese="无法将该请求写成 HTTP",
    ),
)  # fmt: skip

CAUSES = (*(replace(cause, never_sent=True) for cause in _UNSENT), *_SENT)
