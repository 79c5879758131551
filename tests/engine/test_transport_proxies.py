"""The proxy of the environment is used where it should be, and its failures are its own."""

from __future__ import annotations

import pytest
from servers import closed_port, collect, replies, response, run, serving

from firstlight.model.exchange import Exchange
from firstlight.model.request import Request
from firstlight.transport import HttpTransport


def check(outcome: Exchange, kind: str, *words: str) -> None:
    assert outcome.failure is not None
    assert (outcome.failure.layer, outcome.failure.kind) == ("proxy", kind)
    assert outcome.failure.hint
    assert all(word in str(outcome.failure.message) for word in words)


def test_a_proxy_of_the_environment_is_used_but_never_for_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    async def work() -> None:
        async with serving(replies(response(b"through"))) as proxy, serving(replies(response(b"direct"))) as server:
            monkeypatch.setenv("http_proxy", proxy.url)
            monkeypatch.setenv("no_proxy", "inside.example")
            transport = HttpTransport()
            outcome, _ = await collect(Request(url="http://service.example:81/x?y"), transport)
            assert outcome.response is not None
            assert outcome.response.body == b"through"
            assert proxy.received[0].line == "GET http://service.example:81/x?y HTTP/1.1"
            for host in ("127.0.0.1", "localhost", "LOCALHOST"):
                outcome, _ = await collect(Request(url=f"http://{host}:{server.port}/"), transport)
                assert outcome.response is not None
                assert outcome.response.body == b"direct"
            inside, _ = await collect(Request(url="http://inside.example/"), transport)
            assert inside.failure is not None
            assert inside.failure.layer == "dns"
            await transport.aclose()

    run(work())


def test_a_proxy_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{closed_port()}")
    outcome, _ = run(collect(Request(url="https://service.example/")))
    check(outcome, "proxy-unreachable", "127.0.0.1")


def test_a_proxy_that_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    async def work() -> Exchange:
        answer = response(status="407 Proxy Authentication Required")
        async with serving(replies(answer)) as proxy:
            monkeypatch.setenv("https_proxy", proxy.url)
            outcome, _ = await collect(Request(url="https://service.example/"))
            return outcome

    check(run(work()), "proxy-login", "407")


def test_a_proxy_url_that_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "gopher://x")
    outcome, _ = run(collect(Request(url="http://service.example/")))
    check(outcome, "bad-proxy", "gopher")


@pytest.mark.parametrize("url", ["http://ada:hunter22@:bad", "gopher://ada:hunter22@proxy", "http://ada:hunter22@h:1x"])
def test_the_password_of_a_proxy_is_never_told(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", url)
    outcome, _ = run(collect(Request(url="http://service.example/")))
    check(outcome, "bad-proxy")
    assert "hunter22" not in str(outcome.failure)
