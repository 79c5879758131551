"""Cookies on the wire: sent where they belong, kept from answers and redirects, told, and never to strangers."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace

import pytest
from servers import Handler, Server, collect, replies, response, run, scope, serving

from firstlight.model.cookie_rules import with_cookie
from firstlight.model.cookies import Cookie, CookieKey
from firstlight.model.events import CookiesReceived, Event, HeadSent, Redirected
from firstlight.model.exchange import Exchange
from firstlight.model.request import Header, Request, RequestSettings
from firstlight.transport import HttpTransport

FOLLOW = RequestSettings(follow_redirects=True)


class Memory:
    """A jar without a disk."""

    def __init__(self, *cookies: Cookie) -> None:
        self.kept = cookies

    def cookies(self) -> tuple[Cookie, ...]:
        return self.kept

    def change(self, put: Iterable[Cookie] = (), drop: Iterable[CookieKey] = ()) -> None:
        gone = set(drop)
        self.kept = tuple(cookie for cookie in self.kept if cookie.key not in gone)
        for cookie in put:
            self.kept = with_cookie(self.kept, cookie)

    def pairs(self) -> dict[str, str]:
        return {cookie.name: cookie.value for cookie in self.kept}


def here(name: str, value: str = "1", host: str = "127.0.0.1") -> Cookie:
    return Cookie(name=name, value=value, domain=host)


async def sent(
    request: Request, jar: Memory | None, transport: HttpTransport | None = None
) -> tuple[Exchange, list[Event]]:
    return await collect(request, transport, replace(scope(), jar=jar))


def ask(jar: Memory, handler: Handler, path: str = "/", **settings: object) -> tuple[Server, Exchange, list[Event]]:
    async def work() -> tuple[Server, Exchange, list[Event]]:
        async with serving(handler) as server:
            request = Request(url=server.url + path, settings=replace(RequestSettings(), **settings))
            return server, *await sent(request, jar)

    return run(work())


def verdicts(events: list[Event]) -> list[tuple[str, str]]:
    told = [one for event in events if isinstance(event, CookiesReceived) for one in event.cookies]
    return [(one.cookie.name, one.state) for one in told]


def test_cookies_of_the_jar_are_sent_and_masked() -> None:
    jar = Memory(here("sid", "a-long-secret-value"), here("lang", "en"), here("other", host="shop.example"))
    server, _, events = ask(jar, replies(response()))
    assert server.received[0].header("cookie") == "sid=a-long-secret-value; lang=en"
    head = next(event for event in events if isinstance(event, HeadSent))
    assert "a-long-secret-value" not in str(head)
    assert ("Cookie", "••••••") in head.headers


def test_what_an_answer_sets_is_kept_and_told() -> None:
    jar = Memory(here("old"), here("gone"))
    lines = ("a=1; Path=/", "old=2; Path=/", "gone=; Max-Age=0; Path=/", "bad=1; Domain=else.example")
    answer = response(b"", *(f"set-Cookie: {line}" for line in lines))
    _, outcome, events = ask(jar, replies(answer))
    assert outcome.response is not None
    assert jar.pairs() == {"old": "2", "a": "1"}
    assert verdicts(events) == [("a", "kept"), ("old", "kept"), ("gone", "deleted"), ("bad", "rejected")]


def test_cookies_can_be_off_for_a_request() -> None:
    jar = Memory(here("sid"))
    server, _, events = ask(
        jar, replies(response(b"", "Set-Cookie: a=1", "Set-Cookie: b=1; Domain=x.example")), cookies=False
    )
    assert server.received[0].header("cookie") is None
    assert jar.pairs() == {"sid": "1"}
    assert verdicts(events) == [("a", "not kept"), ("b", "rejected")]


@pytest.mark.parametrize(
    "changes", [{"headers": (Header(name="cookie", value="own=1"),)}, {"without": ("Cookie",)}], ids=["own", "without"]
)
def test_a_row_of_ones_own_replaces_them_and_leaving_the_header_out_sends_none(changes: dict[str, object]) -> None:
    async def work() -> None:
        jar = Memory(here("sid"))
        async with serving(replies(response(b"", "Set-Cookie: a=1"))) as server:
            await sent(replace(Request(url=server.url), **changes), jar)
            lines = [value for name, value in server.received[0].headers if name.lower() == "cookie"]
            assert lines == (["own=1"] if "headers" in changes else [])
            assert jar.pairs() == {"sid": "1", "a": "1"}

    run(work())


def test_without_a_workspace_nothing_is_kept_but_all_is_told() -> None:
    async def work() -> None:
        async with serving(replies(response(b"", "Set-Cookie: a=1"))) as server:
            _, events = await sent(Request(url=server.url), None)
            assert verdicts(events) == [("a", "not kept")]

    run(work())


def test_a_redirect_sets_cookies_and_the_next_request_sends_them() -> None:
    hop = response(b"", "Location: /account/", "Set-Cookie: sid=7; Path=/account", status="302 Found")
    jar = Memory(here("start"))
    server, outcome, events = ask(jar, replies(hop, response(b"in")), "/login", follow_redirects=True)
    assert outcome.response is not None
    assert [one.header("cookie") for one in server.received] == ["start=1", "sid=7; start=1"]
    assert verdicts(events) == [("sid", "kept")]


def test_another_origin_gets_its_own_cookies_alone() -> None:
    async def work() -> None:
        async with serving(replies(response(b"", "Set-Cookie: there=2"))) as target:
            elsewhere = f"http://localhost:{target.port}/"
            hop = response(b"", f"Location: {elsewhere}", "Set-Cookie: new=1", status="302 Found")
            async with serving(replies(hop)) as server:
                jar = Memory(here("sid"), here("known", host="localhost"))
                await sent(Request(url=server.url, settings=FOLLOW), jar)
                assert server.received[0].header("cookie") == "sid=1"
                assert target.received[0].header("cookie") == "known=1"
                assert jar.pairs() == {"sid": "1", "known": "1", "new": "1", "there": "2"}

    run(work())


def test_cookies_that_are_not_sent_on_are_told_as_dropped() -> None:
    async def work() -> None:
        async with serving(replies(response())) as target:
            hop = response(b"", f"Location: http://localhost:{target.port}/", status="302 Found")
            async with serving(replies(hop)) as server:
                _, events = await sent(Request(url=server.url, settings=FOLLOW), Memory(here("sid")))
                assert target.received[0].header("cookie") is None
                assert next(event for event in events if isinstance(event, Redirected)).dropped == ("Cookie",)

    run(work())


def test_a_stranger_gets_no_cookie_in_the_url_either() -> None:
    async def work() -> None:
        async with serving(replies(response())) as target:
            place = f"http://localhost:{target.port}/?session=a-long-secret-value&x=1"
            async with serving(replies(response(b"", f"Location: {place}", status="302 Found"))) as server:
                jar = Memory(here("sid", "a-long-secret-value"))
                await sent(Request(url=server.url, settings=FOLLOW), jar)
                assert target.received[0].target == "/?x=1"

    run(work())


def test_no_service_sets_a_cookie_for_its_strangers_and_the_list_is_read_for_a_domain_alone() -> None:
    code = """if True:
        import asyncio, sys
        from servers import collect, replies, response, scope, serving
        from firstlight.model.events import CookiesReceived
        from firstlight.model.request import Request, RequestSettings
        from firstlight.transport import warm_up

        async def work():
            plain = response(b"", "Set-Cookie: a=1")
            wide = response(b"", "Set-Cookie: b=1; Domain=com.cn", "Set-Cookie: c=1; Domain=shop.com.cn")
            for answer in (plain, wide):
                async with serving(replies(answer)) as server:
                    settings = RequestSettings(connect_to=f"127.0.0.1:{server.port}")
                    _, events = await collect(Request(url="http://app.shop.com.cn/", settings=settings))
                    told = [one for event in events if isinstance(event, CookiesReceived) for one in event.cookies]
                    print([(one.cookie.name, one.state) for one in told], "publicsuffixlist" in sys.modules)

        warm_up()
        asyncio.run(work())
    """
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True,
                          env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})  # fmt: skip
    first, second = done.stdout.splitlines()
    assert first == "[('a', 'not kept')] False"
    assert second == "[('b', 'rejected'), ('c', 'not kept')] True"
