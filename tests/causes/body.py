"""Failures once the head of the answer is there: bodies that break off, break the rules, or report an error."""

from __future__ import annotations

from servers import Peer, response

from causes.cause import Cause, served
from causes.demo import broken_server
from firstlight.model.request import Request, RequestSettings

_IDLE = Request(settings=RequestSettings(idle_timeout_s=0.2))
_TOTAL = Request(settings=RequestSettings(total_timeout_s=0.2))
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"


async def _promises_more(peer: Peer) -> None:
    await peer.request()
    await peer.send(b"HTTP/1.1 200 OK\r\nContent-Length: 4096\r\n\r\nhello")


async def _reports_an_error(peer: Peer) -> None:
    await peer.request()
    await peer.send(_HEAD + b'data: {"error": {"message": "out of memory", "code": 500}}\n\ndata: [DONE]\n\n')


async def _points_to_itself(peer: Peer) -> None:
    while True:
        await peer.request()
        await peer.send(response(b"on and on", "Location: /", status="307 Temporary Redirect"))


CAUSES = (
    Cause(
        name="fewer bytes than promised", layer="read", kind="truncated-body", request=served(_promises_more),
        english="(received 5 bytes, expected 4096)", chinese="已收到 5 字节，应为 4096 字节", status=200,
        arrived=b"hello",
    ),
    Cause(
        name="chunks without an end", layer="read", kind="truncated-body", request=broken_server("/cut-chunks"),
        english="(incomplete chunked read)", chinese="分块传输没有结束", status=200, arrived=b"hello",
    ),
    Cause(
        name="a chunk with a wrong size", layer="protocol", kind="bad-chunk", request=broken_server("/bad-chunk"),
        english="“xyz” is no size of a chunk", chinese="“xyz”不是分块大小", status=200, arrived=b"hello",
    ),
    Cause(
        name="reset within the body", layer="read", kind="connection-reset", request=broken_server("/reset-in-body"),
        english="broke the connection off in the middle of the answer", chinese="在响应途中断开了连接",
        status=200, arrived=b"hello",
    ),
    Cause(
        name="silence within the body", layer="read", kind="idle-timeout",
        request=broken_server("/stops-in-body", _IDLE), english="nothing more arrived for 0.2 s (idle timeout)",
        chinese="0.2 秒内没有新内容到达（空闲超时）", status=200, arrived=b"hello",
    ),
    Cause(
        name="the total time ends within the body", layer="read", kind="total-timeout",
        request=broken_server("/stops-in-body", _TOTAL),
        english="First Light ended the exchange while the answer was arriving", chinese="接收响应时，First Light",
        status=200, arrived=b"hello",
    ),
    Cause(
        name="gzip that is none", layer="read", kind="bad-content-encoding", request=broken_server("/bad-gzip"),
        english="labelled gzip but cannot be unpacked: it does not begin as packed data does",
        chinese="标记为 gzip，但无法解压：开头不是压缩数据的格式", status=200,
    ),
    Cause(
        name="gzip that is cut off", layer="read", kind="bad-content-encoding", request=broken_server("/cut-gzip"),
        english="the data ends too early", chinese="数据过早结束", status=200, arrived=b"first light first light",
    ),
    Cause(
        name="gzip with a wrong checksum", layer="read", kind="bad-content-encoding",
        request=broken_server("/wrong-checksum"), english="the checksum is wrong", chinese="校验和不正确", status=200,
        arrived=b"first light first light",
    ),
    Cause(
        name="brotli that is none", layer="read", kind="bad-content-encoding", request=broken_server("/bad-br"),
        english="labelled br but cannot be unpacked: the data is damaged", chinese="标记为 br，但无法解压：数据已损坏",
        status=200,
    ),
    Cause(
        name="zstd that is none", layer="read", kind="bad-content-encoding", request=broken_server("/bad-zstd"),
        english="labelled zstd but cannot be unpacked: it does not begin", chinese="标记为 zstd，但无法解压：开头",
        status=200,
    ),
    Cause(
        name="redirects without end", layer="protocol", kind="too-many-redirects",
        request=served(_points_to_itself, Request(settings=RequestSettings(follow_redirects=True))),
        english="redirect", chinese="重定向", status=307, arrived=b"on and on",
    ),
    Cause(
        name="an error inside a stream", layer="service", kind="error-in-stream", request=served(_reports_an_error),
        english="an error inside its stream: out of memory (500)", chinese="out of memory", status=200,
        arrived=b"data: {",
    ),
)  # fmt: skip
