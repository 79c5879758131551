"""SOCKS5 and HTTP proxies with and without a login, names looked up over there, and what is said when they refuse."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from proxy_servers import proxy_serving, socks_serving
from servers import Authority, Peer, collect, replies, response, run, serving

from firstlight.model.events import Connected, Event, HeadSent, Resolved, TlsEstablished, Tunnelled
from firstlight.model.exchange import Exchange
from firstlight.model.network import NetworkSettings
from firstlight.model.request import Request
from firstlight.model.wire_url import wire_url
from firstlight.transport import HttpTransport
from firstlight.transport.proxies import Proxies

ADA = ("ada", "p@ss:w/rd")
QUOTED = "ada:p%40ss%3Aw%2Frd@"
PLAIN, SECURE = "service.example:8080", "service.example:8443"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@contextmanager
def trusted(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.path))
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)
    yield


async def through(proxy: str, url: str) -> tuple[Exchange, list[Event]]:
    transport = HttpTransport(NetworkSettings(proxy_mode="custom", proxy_url=proxy))
    try:
        return await collect(Request(url=url), transport)
    finally:
        await transport.aclose()


def failure(outcome: Exchange, kind: str, *words: str) -> None:
    assert outcome.failure is not None, outcome.response
    assert (outcome.failure.layer, outcome.failure.kind) == ("proxy", kind)
    assert outcome.failure.hint
    said = str(outcome.failure.message)
    assert all(word in said for word in words), said
    assert ADA[1] not in said


@pytest.mark.parametrize("scheme", ["socks5", "socks5h"])
@pytest.mark.parametrize("login", [None, ADA], ids=["open", "login"])
def test_socks5_looks_the_name_up_over_there(scheme: str, login: tuple[str, str] | None) -> None:
    async def work() -> None:
        async with serving(replies(response(b"inside"))) as server, socks_serving({PLAIN: server}, login) as proxy:
            user = QUOTED if login else ""
            outcome, events = await through(f"{scheme}://{user}127.0.0.1:{proxy.port}", f"http://{PLAIN}/a?b")
            assert outcome.response is not None, outcome.failure
            assert outcome.response.body == b"inside"
            assert (proxy.asked, proxy.logins) == ([PLAIN], [login] if login else [])
            assert server.received[0].line == "GET /a?b HTTP/1.1"
            assert not any(isinstance(event, Resolved) for event in events)
            connected = next(event for event in events if isinstance(event, Connected))
            assert connected.proxy == f"{scheme}://127.0.0.1:{proxy.port}"

    run(work())


def test_https_through_socks5(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    async def work() -> None:
        context = authority.server_context("service.example")
        async with (
            serving(replies(response(b"inside")), context) as server,
            socks_serving({SECURE: server}) as proxy,
        ):
            outcome, events = await through(f"socks5://127.0.0.1:{proxy.port}", f"https://{SECURE}/")
            assert outcome.response is not None, outcome.failure
            assert any(isinstance(event, TlsEstablished) for event in events)

    with trusted(authority, monkeypatch):
        run(work())


@pytest.mark.parametrize("user", ["", "ada:guess@"])
def test_socks5_that_wants_another_login_is_named(user: str) -> None:
    async def work() -> Exchange:
        async with socks_serving({}, ADA) as proxy:
            return (await through(f"socks5://{user}127.0.0.1:{proxy.port}", f"http://{PLAIN}/"))[0]

    failure(run(work()), "proxy-login", "127.0.0.1")


@pytest.mark.parametrize(("code", "words"), [(2, "not allowed"), (4, "cannot be reached"), (5, "refuses")])
def test_socks5_that_does_not_get_there_says_why(code: int, words: str) -> None:
    async def work() -> Exchange:
        async with socks_serving({}, refusal=code) as proxy:
            return (await through(f"socks5://127.0.0.1:{proxy.port}", f"http://{PLAIN}/"))[0]

    failure(run(work()), "proxy-refused", words)


def test_a_socks_proxy_that_is_none_is_named() -> None:
    async def web(peer: Peer) -> None:
        await peer.reader.read(100)
        await peer.send(response(status="400 Bad Request"))

    async def work() -> Exchange:
        async with serving(web) as server:
            return (await through(f"socks5://127.0.0.1:{server.port}", f"http://{PLAIN}/"))[0]

    failure(run(work()), "proxy-refused")


@pytest.mark.parametrize("login", [None, ADA], ids=["open", "login"])
def test_plain_http_goes_to_the_proxy_in_absolute_form(login: tuple[str, str] | None) -> None:
    async def work() -> None:
        async with proxy_serving({}, login) as proxy:
            user = QUOTED if login else ""
            outcome, events = await through(f"http://{user}127.0.0.1:{proxy.port}", f"http://{PLAIN}/a?b")
            assert outcome.response is not None
            assert outcome.response.body == f"by the proxy: http://{PLAIN}/a?b".encode()
            assert proxy.logins == ([login] if login else [])
            head = next(event for event in events if isinstance(event, HeadSent))
            assert ADA[1] not in str(head)
            assert all(value.endswith("••••••") for name, value in head.headers if name == "Proxy-Authorization")

    run(work())


@pytest.mark.parametrize("login", [None, ADA], ids=["open", "login"])
def test_https_goes_through_a_tunnel_whose_answer_is_told(
    login: tuple[str, str] | None, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def work() -> None:
        context = authority.server_context("service.example")
        async with (
            serving(replies(response(b"inside")), context) as server,
            proxy_serving({SECURE: server}, login) as proxy,
        ):
            user = QUOTED if login else ""
            outcome, events = await through(f"http://{user}127.0.0.1:{proxy.port}", f"https://{SECURE}/x")
            assert outcome.response is not None, outcome.failure
            assert outcome.response.body == b"inside"
            assert (proxy.heads, proxy.logins) == ([f"CONNECT {SECURE} HTTP/1.1"], [login] if login else [])
            told = next(event for event in events if isinstance(event, Tunnelled))
            assert (told.status, told.reason) == (200, "Connection established")
            assert ("X-Proxy", "lab") in told.headers
            assert server.received[0].header("proxy-authorization") is None

    with trusted(authority, monkeypatch):
        run(work())


@pytest.mark.parametrize("url", [f"https://{SECURE}/", f"http://{PLAIN}/"])
@pytest.mark.parametrize("user", ["", "ada:guess@"])
def test_a_proxy_that_wants_another_login_is_named(url: str, user: str) -> None:
    async def work() -> Exchange:
        async with proxy_serving({}, ADA) as proxy:
            return (await through(f"http://{user}127.0.0.1:{proxy.port}", url))[0]

    outcome = run(work())
    failure(outcome, "proxy-login", "407")


@pytest.mark.parametrize(
    ("no_proxy", "direct"),
    [
        ("10.0.0.0/8", True), ("10.1.2.3", True), ("10.1.2.3:8080", True), ("10.1.2.3:81", False), ("*", True),
        ("192.168.0.0/16", False), ("", False), ("fd00::/8, 10.1.0.0/16", True),
    ],
)  # fmt: skip
def test_no_proxy_of_the_environment_knows_networks_and_ports(
    no_proxy: str, direct: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://proxy.example:3128")
    monkeypatch.setenv("no_proxy", no_proxy)
    assert (Proxies(NetworkSettings()).proxy_for(wire_url("http://10.1.2.3:8080/")) == "") is direct


@pytest.mark.parametrize(
    ("host", "direct"), [("a.intranet.example", True), ("intranet.example", True), ("other.example", False)]
)
def test_no_proxy_of_the_environment_means_hosts_below_as_well(
    host: str, direct: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("all_proxy", "socks5://proxy.example:1080")
    monkeypatch.setenv("no_proxy", "intranet.example")
    assert (Proxies(NetworkSettings()).proxy_for(wire_url(f"https://{host}/")) == "") is direct
