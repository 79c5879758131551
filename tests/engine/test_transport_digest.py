"""Digest: the service asks, the request is sent a second time with the reply, and that is told."""

from __future__ import annotations

import re
from dataclasses import replace
from hashlib import md5, sha256
from pathlib import Path

import pytest
from servers import Peer, Received, collect, replies, response, run, serving

from firstlight.formats.snippets import SNIPPETS, Repeat
from firstlight.model.events import Challenged, Event, HeadersReceived
from firstlight.model.exchange import Exchange, Scope
from firstlight.model.request import Authorization, Body, Request, RequestSettings
from firstlight.runner.outgoing import outgoing

HASHES = {"MD5": md5, "SHA-256": sha256}
USER = {"username": "ada", "password": "an open sesame"}


def asked(algorithm: str = "MD5", extra: str = 'qop="auth", ') -> bytes:
    challenge = f'Digest realm="lab", {extra}algorithm={algorithm}, nonce="n0nce", opaque="o"'
    return response(b"who?", f"WWW-Authenticate: {challenge}", status="401 Unauthorized")


def fits(received: Received, algorithm: str, password: str = USER["password"]) -> bool:
    """Compute the reply by RFC 7616 §3.4.1 and compare."""
    fields = dict(re.findall(r'(\w+)="?([^",]+)"?', received.header("authorization") or ""))

    def hashed(text: str) -> str:
        return HASHES[algorithm](text.encode()).hexdigest()

    first, second = hashed(f"ada:lab:{password}"), hashed(f"{received.method}:{received.target}")
    expected = hashed(f"{first}:n0nce:{fields['nc']}:{fields['cnonce']}:auth:{second}")
    return fields["response"] == expected and fields["uri"] == received.target


def exchanged(request: Request, *answers: bytes) -> tuple[Exchange, list[Event], list[Received]]:
    async def work() -> tuple[Exchange, list[Event], list[Received]]:
        left = list(answers)

        async def handler(peer: Peer) -> None:
            while left:
                await peer.request()
                await peer.send(left.pop(0))

        async with serving(handler) as server:
            made = replace(
                request, url=server.url + "/a/../b?q=%2F", authorization=Authorization(kind="digest", values=USER)
            )
            outcome, events = await collect(made)
            return outcome, events, server.received

    return run(work())


@pytest.mark.parametrize("algorithm", HASHES)
def test_the_challenge_is_answered_and_the_second_sending_told(algorithm: str, tmp_path: Path) -> None:
    (tmp_path / "rose.png").write_bytes(b"\x89PNG")
    request = Request(method="POST", body=Body(kind="binary", path=str(tmp_path / "rose.png")))
    outcome, events, (first, second) = exchanged(request, asked(algorithm), response(b"welcome"))

    assert outcome.failure is None
    assert outcome.response is not None
    assert outcome.response.body == b"welcome"
    assert first.header("authorization") is None
    assert fits(second, algorithm)
    assert (first.body, second.body) == (b"\x89PNG", b"\x89PNG")
    (told,) = (event for event in events if isinstance(event, Challenged))
    assert (told.status, told.scheme, told.repeated_bytes) == (401, "Digest", 4)
    assert sum(isinstance(event, HeadersReceived) for event in events) == 1
    assert outcome.timings.wait_ms is not None
    assert "open sesame" not in repr(events)


def test_a_refused_reply_is_the_answer_and_nothing_is_tried_again() -> None:
    outcome, _, received = exchanged(Request(), asked(), asked())
    assert outcome.failure is None
    assert outcome.response is not None
    assert (outcome.response.status, outcome.response.body) == (401, b"who?")
    assert len(received) == 2


@pytest.mark.parametrize("challenge", ["Basic realm=x", "Bearer"])
def test_a_service_that_asks_for_something_else_gets_nothing(challenge: str) -> None:
    refusal = response(b"no", f"WWW-Authenticate: {challenge}", status="401 Unauthorized")
    outcome, events, received = exchanged(Request(), refusal)
    assert outcome.failure is None
    assert outcome.response is not None
    assert outcome.response.status == 401
    assert not any(isinstance(event, Challenged) for event in events)
    assert len(received) == 1


@pytest.mark.parametrize("answer", [asked(extra='qop="auth-int", '), asked("MD4"), response(
    b"who?", "WWW-Authenticate: Digest qop", status="401 Unauthorized")])  # fmt: skip
def test_a_challenge_that_cannot_be_answered_is_named_and_shown(answer: bytes) -> None:
    outcome, _, received = exchanged(Request(), answer)
    assert outcome.failure is not None
    assert (outcome.failure.layer, outcome.failure.kind) == ("protocol", "digest-challenge")
    assert "qop=auth" in str(outcome.failure.hint)
    assert outcome.response is not None
    assert outcome.response.body == b"who?"
    assert len(received) == 1


def test_the_reply_goes_neither_to_another_address_nor_to_another_origin() -> None:
    follow = Request(settings=RequestSettings(follow_redirects=True))
    outcome, _, received = exchanged(follow, asked(), response(b"", "Location: /there", status="302 Found"))
    assert outcome.failure is not None
    assert outcome.failure.kind == "redirect-of-a-signed-request"
    assert len(received) == 2

    async def work() -> None:
        async with serving(replies(asked())) as other:
            moved = response(b"", f"Location: {other.url}/", status="302 Found")
            async with serving(replies(moved)) as server:
                made = replace(follow, url=server.url, authorization=Authorization(kind="digest", values=USER))
                answer, _ = await collect(made)
                assert answer.response is not None
                assert answer.response.status == 401
                assert len(other.received) == 1

    run(work())


@pytest.mark.parametrize(
    "snippet", [s for s in SNIPPETS if s.lexer == "python" and "http" in s.speaks], ids=lambda snippet: snippet.kind
)
def test_a_script_answers_the_challenge_as_well(snippet: object, capsys: pytest.CaptureFixture[str]) -> None:
    async def work() -> None:
        import asyncio

        async def handler(peer: Peer) -> None:
            for answer in (asked(), response(b"welcome")):
                await peer.request()
                await peer.send(answer)

        async with serving(handler) as server:
            request = Request(url=f"{server.url}/b", authorization=Authorization(kind="digest", values=USER))
            where = Scope(variables={}, secret=lambda _name: None)
            text = snippet.written(outgoing(request, where, hide=False), Repeat())  # type: ignore[attr-defined]
            await asyncio.to_thread(exec, compile(text, "snippet", "exec"), {})
            assert fits(server.received[-1], "MD5")

    run(work())
    assert "welcome" in capsys.readouterr().out
