"""Failures until the head of the answer is whole: sending, waiting, bytes that are no HTTP, heads that break."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import RequestReceived
from servers import Peer

from causes.cause import Cause, Stage, served
from causes.demo import broken_server
from firstlight.model.request import Body, Request, RequestSettings

_PATIENT_S = 0.2
_IDLE = RequestSettings(idle_timeout_s=_PATIENT_S)
_TOTAL = RequestSettings(total_timeout_s=_PATIENT_S)


def _upload(to: Callable[[Stage], Request]) -> Callable[[Stage], Request]:
    """Send a file there that no buffer of the system can hold."""

    def request(on: Stage) -> Request:
        path = on.folder / "big.bin"
        if not path.exists():
            path.write_bytes(b"x" * 20_000_000)
        return replace(to(on), method="POST", body=Body(kind="binary", path=str(path)))

    return request


async def _resets_the_upload(peer: Peer) -> None:
    await peer.head()
    await peer.reader.readexactly(100_000)
    peer.reset()


async def _closes_the_upload(peer: Peer) -> None:
    """Say the end while the client still sends: it goes on sending for a while and finds nobody."""
    await peer.head()
    peer.writer.write_eof()
    await peer.gone()


def _http2(answer: Callable[[H2Connection, int], None]) -> Callable[[Stage], Request]:
    """Speak HTTP/2 without TLS and answer the first request so."""

    async def handler(peer: Peer) -> None:
        connection = H2Connection(H2Configuration(client_side=False))
        connection.initiate_connection()
        while True:
            await peer.send(connection.data_to_send())
            data = await peer.reader.read(65_536)
            if not data:
                return
            for event in connection.receive_data(data):
                if isinstance(event, RequestReceived):
                    assert event.stream_id is not None
                    answer(connection, event.stream_id)

    settings = RequestSettings(http_version="2")
    return lambda on: Request(url=on.url(handler) + "/", settings=settings)


async def _garbage_frames(peer: Peer) -> None:
    await peer.reader.read(100)
    await peer.send(b"\x00\x00\x00\x04\x00\x00\x00\x00\x00" + b"\x00\x00\x04\x08\x00\x00\x00\x00\x09\x00\x00\x00\x00")
    await peer.gone()


async def _answers_with_http1(peer: Peer) -> None:
    await peer.reader.readuntil(b"SM\r\n\r\n")
    await peer.send(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
    await peer.gone()


async def _http2_leaves(peer: Peer) -> None:
    await peer.reader.read(100)
    await peer.send(b"\x00\x00\x00\x04\x00\x00\x00\x00\x00")
    peer.writer.write_eof()  # in good order: what was not read yet would make a reset of it
    await peer.gone()


def _begins_then_resets(connection: H2Connection, stream: int) -> None:
    connection.send_headers(stream, [(":status", "200"), ("content-type", "text/plain")])
    connection.send_data(stream, b"hello")
    connection.reset_stream(stream, 2)


def _goes_away(connection: H2Connection, _stream: int) -> None:
    connection.close_connection(11, last_stream_id=0)


def _settings(**values: Any) -> Request:
    return Request(settings=RequestSettings(**values))


_TWO = _settings(http_version="2")

CAUSES = (
    Cause(
        name="reset while sending", layer="send", kind="connection-reset",
        request=_upload(served(_resets_the_upload)),
        english="broke the connection off while the request was being sent", chinese="在请求发送途中断开了连接",
    ),
    Cause(
        name="closed while sending", layer="send", kind="connection-closed",
        request=_upload(served(_closes_the_upload)),
        english="closed the connection while the request was being sent", chinese="在请求发送途中关闭了连接",
    ),
    Cause(
        name="a server that takes no more", layer="send", kind="idle-timeout",
        request=_upload(broken_server("/takes-nothing", Request(settings=_IDLE))),
        english="took no more of the request for 0.2 s (idle timeout), so First Light closed the connection",
        chinese="在 0.2 秒内没有再接收请求内容（空闲超时），First Light 已关闭连接",
    ),
    Cause(
        name="the total time ends while sending", layer="send", kind="total-timeout",
        request=_upload(broken_server("/takes-nothing", Request(settings=_TOTAL))),
        english="First Light ended the exchange while the request was being sent", chinese="发送请求时，First Light",
    ),
    Cause(
        name="closed without an answer", layer="wait", kind="no-answer", request=broken_server("/hang-up"),
        english="closed the connection without answering", chinese="没有响应就关闭了连接",
    ),
    Cause(
        name="reset without an answer", layer="wait", kind="connection-reset", request=broken_server("/reset"),
        english="broke the connection off without answering", chinese="没有响应就断开了连接",
    ),
    Cause(
        name="silence beyond the wait timeout", layer="wait", kind="wait-timeout",
        request=broken_server("/silent", Request(settings=RequestSettings(wait_timeout_s=_PATIENT_S))),
        english="did not answer within 0.2 s (wait timeout)", chinese="在 0.2 秒内没有响应（等待超时）",
    ),
    Cause(
        name="a server that takes no more within the send timeout", layer="send", kind="send-timeout",
        request=_upload(broken_server("/takes-nothing", Request(settings=RequestSettings(send_timeout_s=_PATIENT_S)))),
        english="took no more of the request for 0.2 s (send timeout)", chinese="（发送超时）",
    ),
    Cause(
        name="silence", layer="wait", kind="idle-timeout", request=broken_server("/silent", Request(settings=_IDLE)),
        english="did not answer within 0.2 s (idle timeout), so First Light closed the connection",
        chinese="在 0.2 秒内没有响应（空闲超时），First Light 已关闭连接",
    ),
    Cause(
        name="the total time ends while waiting", layer="wait", kind="total-timeout",
        request=broken_server("/silent", Request(settings=_TOTAL)),
        english="First Light ended the exchange while waiting for the answer", chinese="等待响应时，First Light",
    ),
    Cause(
        name="another protocol", layer="protocol", kind="not-http", request=broken_server("/not-http"),
        english="is not HTTP. It begins with “SSH-2.0-OpenSSH_9.2", chinese="不是 HTTP，其开头为“SSH-2.0",
    ),
    Cause(
        name="a body without a head, as in HTTP/0.9", layer="protocol", kind="no-status-line",
        request=broken_server("/no-status-line"), english="as HTTP/0.9 did. It begins with “<html>",
        chinese="没有状态行和响应头（如同 HTTP/0.9）",
    ),
    Cause(
        name="a server that speaks HTTP/2 alone", layer="protocol", kind="http2-only",
        request=broken_server("/http2-only"), english="speaks HTTP/2 alone", chinese="只支持 HTTP/2",
    ),
    Cause(
        name="a status line that is none", layer="protocol", kind="bad-status-line",
        request=broken_server("/bad-status-line"), english="the status line is “HTTP/1.1 OK 200”",
        chinese="状态行为“HTTP/1.1 OK 200”",
    ),
    Cause(
        name="a header line without a colon", layer="protocol", kind="bad-head", request=broken_server("/bad-header"),
        english="“this line has no colon” is no header line", chinese="“this line has no colon”不是响应头行",
        status=200,
    ),
    Cause(
        name="two lengths", layer="protocol", kind="bad-head", request=broken_server("/two-lengths"),
        english="Content-Length is there twice", chinese="Content-Length 出现两次", status=200,
    ),
    Cause(
        name="closed within the head", layer="read", kind="truncated-head", request=broken_server("/cut-head"),
        english="closed the connection within the headers", chinese="在发送响应头途中关闭了连接", status=200,
    ),
    Cause(
        name="reset within the head", layer="read", kind="truncated-head", request=broken_server("/reset-in-head"),
        english="broke the connection off within the headers", chinese="在发送响应头途中断开了连接", status=200,
    ),
    Cause(
        name="silence within the head", layer="read", kind="idle-timeout",
        request=broken_server("/stops-in-head", Request(settings=_IDLE)),
        english="nothing more arrived for 0.2 s (idle timeout)", chinese="0.2 秒内没有新内容到达（空闲超时）",
        status=200,
    ),
    Cause(
        name="10,000 header lines", layer="protocol", kind="too-many-headers", request=broken_server("/header-flood"),
        english="has 10,000 header lines; more than 1,000 are not taken", chinese="有 10,000 行；超过 1,000 行的不接收",
        status=200,
    ),
    Cause(
        name="header lines without end", layer="protocol", kind="head-too-large",
        request=broken_server("/endless-headers"), english="larger than 1024 KiB", chinese="超过 1024 KiB", status=200,
    ),
    Cause(
        name="informational answers without end", layer="protocol", kind="too-many-informational",
        request=broken_server("/endless-informational"), english="more than 100 informational answers (1xx)",
        chinese="超过 100 个信息性响应（1xx）",
    ),
    Cause(
        name="an HTTP/2 connection shut down", layer="wait", kind="connection-shut-down", request=_http2(_goes_away),
        english="shut the HTTP/2 connection down (ENHANCE_YOUR_CALM)", chinese="（ENHANCE_YOUR_CALM）",
    ),
    Cause(
        name="an HTTP/2 connection closed", layer="wait", kind="connection-closed",
        request=served(_http2_leaves, _TWO), english="closed the HTTP/2 connection", chinese="关闭了 HTTP/2 连接",
    ),
    Cause(
        name="an HTTP/2 stream broken off", layer="read", kind="stream-reset", request=_http2(_begins_then_resets),
        english="broke the HTTP/2 stream off (INTERNAL_ERROR)", chinese="（INTERNAL_ERROR）", status=200,
        arrived=b"hello",
    ),
    Cause(
        name="HTTP/1.1 where HTTP/2 was asked for", layer="protocol", kind="no-http2",
        request=served(_answers_with_http1, _TWO), english="does not speak HTTP/2; it answers with HTTP/1.1",
        chinese="HTTP/2",
    ),
    Cause(
        name="frames against the rules", layer="protocol", kind="bad-frame", request=served(_garbage_frames, _TWO),
        english="breaks the rules of HTTP/2", chinese="违反了 HTTP/2 规则",
    ),
)  # fmt: skip
