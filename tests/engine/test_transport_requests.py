"""What arrives at the server is what was typed: lines, bodies, files, to the byte."""

from __future__ import annotations

import asyncio
import hashlib
import socket
import tracemalloc
from pathlib import Path

import pytest
from servers import Peer, Received, collect, replies, response, run, serving

from firstlight import __version__
from firstlight.model.events import Connected, Resolved, Sent
from firstlight.model.request import Authorization, Body, FormPart, Header, Param, Request
from firstlight.transport import HttpTransport


def arrives(request: Request, path: str = "/") -> Received:
    async def work() -> Received:
        async with serving(replies(response())) as server:
            sent = {name: getattr(request, name) for name in request.__dataclass_fields__}
            outcome, _ = await collect(Request(**sent | {"url": server.url + path}))
            assert outcome.failure is None, outcome.failure
            return server.received[0]

    return run(work())


def names(received: Received) -> list[str]:
    return [name for name, _ in received.headers]


def test_a_bare_get_has_the_default_headers_and_no_more() -> None:
    received = arrives(Request())
    assert received.line == "GET / HTTP/1.1"
    assert names(received) == ["Host", "User-Agent", "Accept", "Accept-Encoding"]
    assert received.header("user-agent") == f"FirstLight/{__version__}"
    assert received.header("accept-encoding") == "gzip, deflate, br, zstd"


def test_path_and_query_arrive_as_typed() -> None:
    params = (Param(name="q", value="a+b c"), Param(name="q", value="%2B"), Param(name="flag", bare=True),
              Param(name="empty"), Param(name="off", value="1", enabled=False))  # fmt: skip
    received = arrives(Request(params=params), "/a/../b/./c//d%2Fe?x=1")
    assert received.target == "/a/../b/./c//d%2Fe?x=1&q=a+b%20c&q=%2B&flag&empty="


def test_header_rows_arrive_in_order_with_duplicates_and_as_utf8() -> None:
    rows = (
        Header(name="X-Two", value="1"),
        Header(name="user-agent", value="mine"),
        Header(name="X-Two", value="2"),
        Header(name="X-Name", value=" Zoë 中 "),
        Header(name="X-Off", value="1", enabled=False),
        Header(name="X-Empty", value=""),
    )
    received = arrives(Request(headers=rows))
    shown = [(name, value) for name, value in received.headers if name.lower().startswith(("x-", "user"))]
    assert shown == [("X-Two", "1"), ("user-agent", "mine"), ("X-Two", "2"), ("X-Name", "Zoë 中"), ("X-Empty", "")]


def test_a_typed_host_replaces_the_generated_one() -> None:
    received = arrives(Request(headers=(Header(name="Host", value="virtual.example"),)))
    assert [value for name, value in received.headers if name == "Host"] == ["virtual.example"]


def test_a_right_content_length_set_by_hand_is_sent_once() -> None:
    received = arrives(
        Request(method="POST", headers=(Header(name="content-length", value="5"),), body=Body(kind="raw", text="hello"))
    )
    assert [value for name, value in received.headers if name.lower() == "content-length"] == ["5"]
    assert received.body == b"hello"


def test_user_and_password_in_the_url_become_basic_auth() -> None:
    async def work() -> None:
        async with serving(replies(response())) as server:
            await collect(Request(url=f"http://ada:pw@127.0.0.1:{server.port}/"))
            assert server.received[0].header("authorization") == "Basic YWRhOnB3"

    run(work())


@pytest.mark.parametrize(("method", "length"), [("POST", "0"), ("PUT", "0"), ("GET", None), ("DELETE", None)])
def test_an_empty_body_is_announced_where_servers_wait_for_one(method: str, length: str | None) -> None:
    assert arrives(Request(method=method)).header("content-length") == length


def test_a_json_body_arrives_to_the_byte_with_its_type() -> None:
    text = '{"digits": 1.10,\r\n "text": "中"}'
    received = arrives(Request(method="POST", body=Body(kind="raw", text=text)))
    assert received.body == text.encode()
    assert received.header("content-type") == "application/json"
    assert received.header("content-length") == str(len(text.encode()))
    assert received.header("transfer-encoding") is None


def test_a_typed_content_type_wins() -> None:
    rows = (Header(name="content-type", value="application/json;charset=utf8"),)
    received = arrives(Request(method="POST", headers=rows, body=Body(kind="raw", text="{}")))
    types = [value for name, value in received.headers if name.lower() == "content-type"]
    assert types == ["application/json;charset=utf8"]


def test_a_typed_multipart_type_without_boundary_gets_the_boundary() -> None:
    rows = (Header(name="Content-Type", value="multipart/form-data"),)
    body = Body(kind="form-data", parts=(FormPart(name="a", value="b"),))
    received = arrives(Request(method="POST", headers=rows, body=body))
    boundary = (received.header("content-type") or "").partition("boundary=")[2]
    assert boundary
    assert received.body.startswith(f"--{boundary}\r\n".encode())


def test_a_form_with_a_file_arrives_to_the_byte(tmp_path: Path) -> None:
    data = bytes(range(256)) * 8000
    (tmp_path / "rose.jpg").write_bytes(data)
    parts = (FormPart(name="meta", value="{}"), FormPart(name="images", kind="file", files=("rose.jpg",)))

    async def work() -> Received:
        from servers import scope

        async with serving(replies(response())) as server:
            request = Request(method="POST", url=server.url, body=Body(kind="form-data", parts=parts))
            outcome, events = await collect(request, where=scope(tmp_path))
            assert outcome.failure is None
            sent = next(event for event in events if isinstance(event, Sent))
            assert sent.body_bytes == len(server.received[0].body)
            return server.received[0]

    received = run(work())
    assert b'name="images"; filename="rose.jpg"\r\nContent-Type: image/jpeg\r\n\r\n' + data + b"\r\n--" in received.body


def test_a_huge_file_is_never_in_memory_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "big.bin"
    with path.open("wb") as file:
        for number in range(100):
            file.write(bytes([number]) * 1_000_000)
    expected = hashlib.sha256(path.read_bytes()).hexdigest()

    async def work() -> str:
        digest = hashlib.sha256()

        async def handler(peer: Peer) -> None:
            received = await peer.head()
            left = int(received.header("content-length") or 0)
            while left:
                data = await peer.reader.read(min(left, 1 << 20))
                digest.update(data)
                left -= len(data)
            await peer.send(response(b"thanks"))

        async with serving(handler) as server:
            outcome, _ = await collect(Request(method="POST", url=server.url, body=Body(kind="binary", path=str(path))))
            assert outcome.failure is None
        return digest.hexdigest()

    tracemalloc.start()
    try:
        assert run(work()) == expected
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


def test_a_connection_is_used_again_and_says_so() -> None:
    async def work() -> None:
        async with serving(replies(response(b"1"), response(b"2"))) as server:
            transport = HttpTransport()
            first, one = await collect(Request(url=server.url), transport)
            second, two = await collect(Request(url=server.url), transport)
            await transport.aclose()
            assert server.connections == 1
            assert [e.reused for e in one + two if isinstance(e, Connected)] == [False, True]
            assert all(e.address == "127.0.0.1" for e in one + two if isinstance(e, Connected))
            assert first.timings.connect_ms is not None
            assert second.timings.connect_ms is None
            assert second.response is not None
            assert second.response.body == b"2"

    run(work())


def test_a_connection_that_the_server_closed_meanwhile_is_not_used_again() -> None:
    async def work() -> None:
        async with serving(replies(response(b"ok"), then_close=True)) as server:
            transport = HttpTransport()
            for _ in range(3):
                outcome, events = await collect(Request(method="POST", url=server.url), transport)
                assert outcome.failure is None
                assert not next(e for e in events if isinstance(e, Connected)).reused
            await transport.aclose()

    run(work())


def test_no_cookie_is_kept() -> None:
    async def work() -> None:
        async with serving(replies(response(b"", "Set-Cookie: a=b"))) as server:
            transport = HttpTransport()
            for _ in range(2):
                await collect(Request(url=server.url), transport)
            await transport.aclose()
            assert [received.header("cookie") for received in server.received] == [None, None]

    run(work())


def test_a_typed_transfer_encoding_is_used() -> None:
    async def handler(peer: Peer) -> None:
        await peer.head()
        chunk = await peer.reader.readuntil(b"0\r\n\r\n")
        await peer.send(response(chunk))

    async def work() -> None:
        async with serving(handler) as server:
            rows = (Header(name="Transfer-Encoding", value="chunked"),)
            sent = Request(method="POST", url=server.url, headers=rows, body=Body(kind="raw", text="abc"))
            outcome, _ = await collect(sent)
            assert server.received[0].header("content-length") is None
            assert outcome.response is not None
            assert outcome.response.body == b"3\r\nabc\r\n0\r\n\r\n"

    run(work())


def test_a_host_name_is_looked_up_once_and_its_address_told() -> None:
    async def work() -> None:
        async with serving(replies(response())) as server:
            outcome, events = await collect(Request(url=f"http://localhost:{server.port}/"))
            found = [event for event in events if isinstance(event, Resolved)]
            assert [(event.host, event.port) for event in found] == [("localhost", server.port)]
            assert outcome.timings.dns_ms is not None

    run(work())


def test_many_requests_at_once_each_get_their_own_answer() -> None:
    async def handler(peer: Peer) -> None:
        while True:
            received = await peer.request()
            await asyncio.sleep(0)
            await peer.send(response(received.target.encode()))

    async def work() -> None:
        async with serving(handler) as server:
            transport = HttpTransport()
            sending = [collect(Request(url=f"{server.url}/{number}"), transport) for number in range(50)]
            results = await asyncio.gather(*sending)
            await transport.aclose()
            for number, (outcome, events) in enumerate(results):
                assert outcome.response is not None
                assert outcome.response.body == f"/{number}".encode()
                assert sum(isinstance(event, Connected) for event in events) == 1

    run(work())


def test_an_ipv6_address_in_brackets() -> None:
    if not socket.has_ipv6:
        return

    async def work() -> None:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            head = await reader.readuntil(b"\r\n\r\n")
            writer.write(response(head.split(b"\r\n")[1]))
            await writer.drain()
            writer.close()

        try:
            listening = await asyncio.start_server(serve, "::1", 0)
        except OSError:
            return  # a machine without IPv6
        port = listening.sockets[0].getsockname()[1]
        outcome, _ = await collect(Request(url=f"http://[::1]:{port}/"))
        listening.close()
        await listening.wait_closed()
        assert outcome.response is not None
        assert outcome.response.body == f"Host: [::1]:{port}".encode()

    run(work())


def test_an_authorization_row_is_masked_in_what_is_told() -> None:
    async def work() -> None:
        async with serving(replies(response())) as server:
            authorization = Authorization(kind="bearer", values={"token": "s3cret-token"})
            params = (Param(name="api_key", value="k3y-value"),)
            _, events = await collect(Request(url=server.url, params=params, authorization=authorization))
            assert server.received[0].header("authorization") == "Bearer s3cret-token"
            assert "s3cret-token" not in repr(events)
            assert "k3y-value" not in repr(events)

    run(work())
