"""Failures on the way there: the name, the connection, the proxy."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from servers import Peer, closed_port, replies, response

from causes.cause import Cause, Stage, plain
from firstlight.model.request import Request, RequestSettings

_FAR = Request(url="http://service.example/")
_FAR_SAFE = Request(url="https://service.example/")


def _nobody_listens(_on: Stage) -> Request:
    return Request(url=f"http://127.0.0.1:{closed_port()}/")


def _never_accepted(on: Stage) -> Request:
    """A listener whose queue is full drops further connections, as a firewall does."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(0)
    on.kept.append(listener)
    port = listener.getsockname()[1]
    for _ in range(4):
        waiting = socket.socket()
        waiting.setblocking(False)
        with suppress(BlockingIOError):
            waiting.connect(("127.0.0.1", port))
        on.kept.append(waiting)
    return Request(url=f"http://127.0.0.1:{port}/", settings=RequestSettings(connect_timeout_s=0.2))


def _resolver(answer: Callable[[], list[Any]]) -> Callable[[Stage, pytest.MonkeyPatch], None]:
    """Let the system's resolver answer so for names under .example."""
    real = socket.getaddrinfo

    def look_up(host: Any, *args: Any, **options: Any) -> list[Any]:
        return answer() if str(host).endswith(".example") else real(host, *args, **options)

    return lambda _on, patch: patch.setattr(socket, "getaddrinfo", look_up)


def _try_again() -> list[Any]:
    raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")


def _never() -> list[Any]:
    threading.Event().wait(5)
    return []


def _two(first: str, second: str) -> Callable[[], list[Any]]:
    families = {True: socket.AF_INET6, False: socket.AF_INET}
    return lambda: [(families[":" in at], socket.SOCK_STREAM, 6, "", (at, 0)) for at in (first, second)]


def _at_closed_port(host: str, **settings: Any) -> Callable[[Stage], Request]:
    return lambda _on: Request(url=f"http://{host}:{closed_port()}/", settings=RequestSettings(**settings))


def _proxy(stage_url: Callable[[Stage], str]) -> Callable[[Stage, pytest.MonkeyPatch], None]:
    def around(on: Stage, patch: pytest.MonkeyPatch) -> None:
        for name in ("http_proxy", "https_proxy"):
            patch.setenv(name, stage_url(on))
        patch.delenv("no_proxy", raising=False)

    return around


async def _says_nothing_of_socks(peer: Peer) -> None:
    await peer.reader.read(100)
    await peer.send(b"HTTP/1.1 400 Bad Request\r\n\r\n")


async def _wants_a_login(peer: Peer) -> None:
    await peer.head()
    await peer.send(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")


async def _lets_nobody_through(peer: Peer) -> None:
    await peer.head()
    await peer.send(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")


def _http2_alone(on: Stage) -> Request:
    context = on.authority.server_context("localhost")
    context.set_alpn_protocols(["http/1.1"])
    url = on.url(replies(response()), context)
    return Request(url=url, settings=RequestSettings(http_version="2", verify_tls=False))


CAUSES = (
    Cause(
        name="a host name without address", layer="dns", kind="unknown-host",
        request=plain(Request(url="http://no-such-host.invalid/")), english="no-such-host.invalid has no address",
        chinese="no-such-host.invalid",
    ),
    Cause(
        name="a name server that is away", layer="dns", kind="dns-unavailable", request=plain(_FAR),
        around=_resolver(_try_again), english="did not answer the question for service.example",
        chinese="service.example",
    ),
    Cause(
        name="a name server that stays silent", layer="dns", kind="dns-timeout", around=_resolver(_never),
        request=plain(Request(url="http://service.example/", settings=RequestSettings(connect_timeout_s=0.2))),
        english="gave no address for service.example within 0.2 s", chinese="0.2 秒",
    ),
    Cause(
        name="a port where nothing listens", layer="connect", kind="connection-refused", request=_nobody_listens,
        english="nothing listens on port", chinese="没有服务监听",
    ),
    Cause(
        name="a network without a way to it", layer="connect", kind="unreachable",
        request=plain(Request(url="http://224.0.0.1/")),  # TCP has no way to a multicast address
        english="224.0.0.1:80 cannot be reached", chinese="224.0.0.1:80",
    ),
    Cause(
        name="an address that the system does not take", layer="connect", kind="connect-failed",
        request=plain(Request(url="http://[fe80::1]/")), english="No connection to fe80::1:80",
        chinese="fe80::1:80",
    ),
    Cause(
        name="packets that are dropped", layer="connect", kind="connect-timeout", request=_never_accepted,
        english="within 0.2 s (connect timeout)", chinese="0.2 秒",
    ),
    Cause(
        name="IPv6 and IPv4 both refuse", layer="connect", kind="connection-refused",
        request=_at_closed_port("two.example"), around=_resolver(_two("::1", "127.0.0.1")),
        english="::1: nothing listens there; 127.0.0.1: nothing listens there",
        chinese="::1：没有服务监听；127.0.0.1：没有服务监听",
    ),
    Cause(
        name="one address refuses, the other has no way", layer="connect", kind="connect-failed",
        request=_at_closed_port("two.example"), around=_resolver(_two("224.0.0.1", "127.0.0.1")),
        english="224.0.0.1: there is no way to it; 127.0.0.1: nothing listens there",
        chinese="224.0.0.1：没有可达的路由；127.0.0.1：没有服务监听",
    ),
    Cause(
        name="a place to connect to that is none", layer="connect", kind="bad-connect-to",
        request=plain(Request(url="http://h/", settings=RequestSettings(connect_to="a b"))),
        english="“a b” is no address to connect to", chinese="“a b”",
    ),
    Cause(
        name="a proxy that is not there", layer="proxy", kind="proxy-unreachable", request=plain(_FAR),
        around=_proxy(lambda _on: f"http://127.0.0.1:{closed_port()}"),
        english="cannot be reached: nothing listens there", chinese="没有服务监听",
    ),
    Cause(
        name="a proxy that is silent", layer="proxy", kind="connect-timeout",
        request=plain(Request(url="http://service.example/", settings=RequestSettings(connect_timeout_s=0.2))),
        around=_proxy(lambda on: _never_accepted(on).url.rstrip("/")),
        english="No connection to the proxy 127.0.0.1", chinese="未能连接到代理 127.0.0.1",
    ),
    Cause(
        name="a proxy that refuses", layer="proxy", kind="proxy-refused", request=plain(_FAR_SAFE),
        around=_proxy(lambda on: on.url(_lets_nobody_through)), english="403 Forbidden", chinese="403 Forbidden",
    ),
    Cause(
        name="a proxy that wants a login", layer="proxy", kind="proxy-login", request=plain(_FAR_SAFE),
        around=_proxy(lambda on: on.url(_wants_a_login)), english="wants a user name and a password. It answers 407",
        chinese="要求用户名和密码。",
    ),
    Cause(
        name="a SOCKS5 proxy that is none", layer="proxy", kind="proxy-refused", request=plain(_FAR),
        around=_proxy(lambda on: on.url(_says_nothing_of_socks).replace("http://", "socks5://")),
        english="does not answer as a SOCKS5 proxy", chinese="不是 SOCKS5 代理",
    ),
    Cause(
        name="a proxy that is no URL", layer="proxy", kind="bad-proxy", request=plain(_FAR),
        around=_proxy(lambda _on: "ftp://proxy:21"), english="“ftp://proxy:21” is not a usable URL",
        chinese="“ftp://proxy:21”",
    ),
    Cause(
        name="a server without HTTP/2", layer="protocol", kind="no-http2", request=_http2_alone,
        english="does not speak HTTP/2", chinese="HTTP/2",
    ),
)  # fmt: skip
