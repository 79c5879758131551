"""OAuth 2.0 against the demo's real server: every grant, renewal, refusals, the browser and its answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from browser import Person
from servers import closed_port, collect, run, scope

from demo_server import RunningDemo
from firstlight.demo import accounts
from firstlight.model.events import Event, Started
from firstlight.model.exchange import Emit, Exchange
from firstlight.model.failure import ExchangeError
from firstlight.model.request import Authorization, Request
from firstlight.runner.consenting import consented
from firstlight.runner.obtaining import wanted_token
from firstlight.runner.tokens import Tokens
from firstlight.texts import Phrase
from firstlight.transport import HttpTransport
from firstlight.transport.redirect_listener import listen_for_redirect

CODE = "authorization_code"


class Heard:
    """The calls that were made for tokens, by what they asked for."""

    def __init__(self) -> None:
        self.calls: list[list[Event]] = []

    def __call__(self, _name: Phrase) -> Emit:
        self.calls.append([])
        return self.calls[-1].append


def signing_in(demo: RunningDemo, **values: str) -> Request:
    fields = {
        "token_url": f"{demo.url}/oauth/token", "auth_url": f"{demo.url}/oauth/authorize",
        "client_id": "demo-client", "client_secret": demo["demo_oauth_secret"],
    }  # fmt: skip
    return Request(url=f"{demo.url}/oauth/me", authorization=Authorization(kind="oauth2", values=fields | values))


def send(request: Request, tokens: Tokens, person: Person | None = None, count: int = 1) -> list[Exchange]:
    async def work() -> list[Exchange]:
        if person is not None:
            tokens.ask_person = person.ask
        transport = HttpTransport()
        where = replace(scope(), tokens=tokens)
        outcomes = await asyncio.gather(*(collect(request, transport, where) for _ in range(count)))
        if person is not None:
            await person.done()
        await tokens.aclose()
        await transport.aclose()
        return [outcome for outcome, _ in outcomes]

    return run(work())


def told(outcome: Exchange) -> Any:
    assert outcome.failure is None, outcome.failure
    assert outcome.response is not None
    assert outcome.response.status == 200
    return httpx.Response(200, content=outcome.response.body).json()


@pytest.mark.parametrize(
    ("values", "user"),
    [
        ({}, None),
        ({"client_in": "body", "scope": "infer profile"}, None),
        ({"grant": "password", "username": "demo-user", "password": accounts.PASSWORD}, "demo-user"),
        ({"grant": "password", "username": "demo-user", "password": accounts.PASSWORD, "client_id": "demo-public",
          "client_secret": ""}, "demo-user"),
    ],
)  # fmt: skip
def test_each_grant_without_a_browser_gets_in(demo: RunningDemo, values: dict[str, str], user: str | None) -> None:
    heard = Heard()
    (outcome,) = send(signing_in(demo, **values), Tokens(listener=heard))
    assert told(outcome)["user"] == user
    assert told(outcome)["scope"] == values.get("scope", "infer")
    (call,) = heard.calls
    assert isinstance(call[0], Started)
    assert demo["demo_oauth_secret"] not in repr(call[0])
    assert accounts.PASSWORD not in repr(call[0])


def test_ten_requests_open_the_browser_once(demo: RunningDemo) -> None:
    person, heard = Person(), Heard()
    outcomes = send(signing_in(demo, grant=CODE), Tokens(listener=heard), person, count=10)
    assert [told(outcome)["user"] for outcome in outcomes] == ["demo-user"] * 10
    assert (len(person.pages), len(heard.calls)) == (1, 1)
    assert "go back to First Light" in person.seen[0]
    assert urlsplit(person.pages[0]).path == "/oauth/authorize"


def test_a_public_client_proves_itself_by_pkce_on_a_port_of_its_own(demo: RunningDemo) -> None:
    port = closed_port()
    values = {"client_id": "demo-public", "client_secret": "", "redirect": f"http://localhost:{port}/back"}
    person = Person()
    (outcome,) = send(signing_in(demo, grant=CODE, **values), Tokens(), person)
    assert told(outcome)["client"] == "demo-public"
    assert f"redirect_uri=http%3A%2F%2Flocalhost%3A{port}%2Fback" in person.pages[0]


def test_who_says_no_is_asked_again_only_when_they_want_it(demo: RunningDemo) -> None:
    person = Person("deny")
    tokens = Tokens()
    (outcome,) = send(signing_in(demo, grant=CODE), tokens, person)
    assert outcome.failure is not None
    assert outcome.failure.kind == "oauth-access-denied"
    person.answer = "allow"
    assert told(send(signing_in(demo, grant=CODE), tokens, person)[0])["user"] == "demo-user"


@pytest.mark.parametrize("redirect", ["https://127.0.0.1/x", "http://example.com/x", "nonsense"])
def test_the_answer_comes_to_this_machine_only(demo: RunningDemo, redirect: str) -> None:
    (outcome,) = send(signing_in(demo, grant=CODE, redirect=redirect), Tokens(), Person())
    assert outcome.failure is not None
    assert outcome.failure.kind == "bad-callback"


def test_without_anybody_at_a_browser_that_is_told(demo: RunningDemo) -> None:
    (outcome,) = send(signing_in(demo, grant=CODE), Tokens())
    assert outcome.failure is not None
    assert outcome.failure.kind == "nobody-at-a-browser"


def with_listener(work: Callable[[str], Any]) -> Any:
    async def run_it() -> Any:
        async with listen_for_redirect("") as listener:
            await asyncio.to_thread(work, listener.address)
            async with asyncio.timeout(10):
                return await listener.answer()

    return run(run_it())


def test_what_else_a_browser_wants_is_no_answer() -> None:
    def visit(address: str) -> None:
        parts = urlsplit(address)
        with httpx.Client(trust_env=False) as browser:
            for strange in (f"http://{parts.netloc}/favicon.ico", address):
                assert browser.get(strange).status_code == 404
            assert browser.post(f"{address}?code=1").status_code == 404
            assert browser.get(f"{address}?code=2&state=x").status_code == 200
            assert browser.get(f"{address}?code=3&state=x").status_code == 200  # reloaded: the first one counts

    assert with_listener(visit).endswith("/callback?code=2&state=x")


def test_a_taken_port_is_named() -> None:
    async def work() -> None:
        async with listen_for_redirect("") as first:
            with pytest.raises(ExchangeError) as caught:
                async with listen_for_redirect(first.address):
                    pass
            assert caught.value.failure.kind == "port-in-use"

    run(work())


def test_nobody_signs_in_and_the_wait_ends(demo: RunningDemo) -> None:
    async def work() -> str:
        wanted = wanted_token(signing_in(demo, grant=CODE), scope())
        assert wanted is not None
        with pytest.raises(ExchangeError) as caught:
            await consented(wanted, listen_for_redirect, lambda _page: None, patience_s=0.01)
        return caught.value.failure.kind

    assert run(work()) == "nobody-signed-in"


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({"client_secret": "wrong"}, "oauth-invalid-client"),
        ({"client_id": "nobody"}, "oauth-invalid-client"),
        ({"scope": "everything"}, "oauth-invalid-scope"),
        ({"grant": "password", "username": "demo-user", "password": "wrong"}, "oauth-invalid-grant"),
        ({"client_id": "demo-public", "client_secret": ""}, "oauth-unauthorized-client"),
    ],
)
def test_a_wrong_secret_fails_clearly_and_once(demo: RunningDemo, values: dict[str, str], kind: str) -> None:
    heard = Heard()
    tokens = Tokens(listener=heard)
    outcomes = send(signing_in(demo, **values), tokens, count=5) + send(signing_in(demo, **values), tokens)
    assert {outcome.failure and outcome.failure.kind for outcome in outcomes} == {kind}
    assert len(heard.calls) == 1


def test_a_token_is_renewed_without_the_person(demo: RunningDemo) -> None:
    now, heard, person = [1_800_000_000.0], Heard(), Person()
    tokens = Tokens(listener=heard, now=lambda: now[0])
    request = signing_in(demo, grant=CODE)
    for _ in range(3):
        assert told(send(request, tokens, person)[0])["user"] == "demo-user"
        now[0] += 595
    assert (len(person.pages), len(heard.calls)) == (1, 3), "each renewal brings the means for the next one"


def test_a_renewal_that_is_refused_begins_anew(demo: RunningDemo) -> None:
    now, person = [1_800_000_000.0], Person()
    tokens = Tokens(now=lambda: now[0])
    request = signing_in(demo, grant=CODE)
    send(request, tokens, person)
    wanted = wanted_token(request, scope())
    assert wanted is not None
    token = run(tokens.known(wanted))
    assert token is not None
    tokens._tokens[wanted.key] = replace(token, refresh="demo-rt-gone")
    now[0] += 595
    assert told(send(request, tokens, person)[0])["user"] == "demo-user"
    assert len(person.pages) == 2


def test_a_short_lived_token_is_expired_for_the_service_too(demo: RunningDemo) -> None:
    data = {"grant_type": "client_credentials", "client_id": "demo-client", "client_secret": demo["demo_oauth_secret"]}
    with httpx.Client(base_url=demo.url, trust_env=False) as client:
        token = client.post("/oauth/valid/0/token", data=data).json()["access_token"]
        refused = client.get("/oauth/me", headers={"Authorization": f"Bearer {token}"})
        assert (refused.status_code, refused.json()["error"]) == (401, "invalid_token")
        assert client.get("/oauth/me").json()["error"] == "missing_token"


def test_the_server_checks_what_it_is_shown(demo: RunningDemo) -> None:
    asked = {"response_type": "code", "client_id": "demo-client", "redirect_uri": "http://127.0.0.1:9/x", "state": "s"}
    with httpx.Client(base_url=demo.url, trust_env=False) as client:
        for wrong in ({"client_id": "x"}, {"redirect_uri": "https://evil.example/"}, {"response_type": "token"},
                      {"redirect_uri": "http://[1"}):  # fmt: skip
            assert client.get("/oauth/authorize", params=asked | wrong).status_code == 400
            assert client.post("/oauth/authorize", data=asked | wrong | {"answer": "allow"}).status_code == 400
        bare = client.post("/oauth/authorize", data=asked | {"answer": "allow"})
        assert "error=invalid_request" in bare.headers["location"]
        secret = {"client_id": "demo-client", "client_secret": demo["demo_oauth_secret"]}
        for given, error in (
            ({"grant_type": "implicit"}, "unsupported_grant_type"),
            ({"grant_type": "authorization_code", "code": "x"}, "invalid_grant"),
            ({"grant_type": "refresh_token", "refresh_token": "x"}, "invalid_grant"),
        ):
            assert client.post("/oauth/token", data=given | secret).json()["error"] == error
        odd = client.post("/oauth/token", headers={"Authorization": "Basic ?"}, data={"grant_type": "x"})
        assert odd.status_code == 401
