"""A limit for every phase: handshake, sending, the wait for the first byte; else idle or connect count."""

from __future__ import annotations

import asyncio

import pytest
from servers import Handler, Peer, collect, response, run, serving

from firstlight.model.exchange import Exchange
from firstlight.model.request import Body, Request, RequestSettings


async def silent(peer: Peer) -> None:
    await peer.head()
    await peer.gone()


async def full(peer: Peer) -> None:
    """Take the head and nothing more."""
    await peer.head()
    await asyncio.Event().wait()


async def slow_body(peer: Peer) -> None:
    await peer.request()
    await peer.send(response(b"x" * 10)[:-5])
    await peer.gone()


def talk(handler: Handler, scheme: str = "http", body: str = "", **limits: float | None) -> Exchange:
    async def work() -> Exchange:
        async with serving(handler) as server:
            settings = RequestSettings(**{"idle_timeout_s": 30.0, "connect_timeout_s": 30.0, **limits})  # type: ignore[arg-type]
            sent = Body(kind="raw", text=body) if body else Body()
            url = f"{scheme}://127.0.0.1:{server.port}/"
            return (await collect(Request(method="POST", url=url, body=sent, settings=settings)))[0]

    return run(work())


def check(outcome: Exchange, layer: str, kind: str, words: str) -> None:
    assert outcome.failure is not None
    assert (outcome.failure.layer, outcome.failure.kind) == (layer, kind)
    assert words in str(outcome.failure.message)


@pytest.mark.parametrize(
    ("limits", "kind", "words"),
    [
        ({"wait_timeout_s": 0.2}, "wait-timeout", "0.2 s (wait timeout)"),
        ({"idle_timeout_s": 0.2}, "idle-timeout", "0.2 s (idle timeout)"),
        ({"idle_timeout_s": 0.1, "wait_timeout_s": 0.3}, "wait-timeout", "0.3 s (wait timeout)"),
        ({"idle_timeout_s": None, "wait_timeout_s": 0.2}, "wait-timeout", "0.2 s (wait timeout)"),
    ],
)
def test_the_wait_for_the_first_byte(limits: dict[str, float | None], kind: str, words: str) -> None:
    check(talk(silent, **limits), "wait", kind, words)


def test_once_the_answer_has_begun_the_idle_timeout_counts() -> None:
    outcome = talk(slow_body, idle_timeout_s=0.2, wait_timeout_s=20)
    check(outcome, "read", "idle-timeout", "0.2 s (idle timeout)")


@pytest.mark.parametrize(("limits", "kind"), [({"send_timeout_s": 0.2}, "send-timeout"),
                                              ({"idle_timeout_s": 0.2}, "idle-timeout")])  # fmt: skip
def test_a_service_that_takes_no_more(limits: dict[str, float | None], kind: str) -> None:
    check(talk(full, body="x" * 20_000_000, **limits), "send", kind, "took no more of the request")


@pytest.mark.parametrize(
    ("limits", "words"),
    [({"tls_timeout_s": 0.2}, "0.2 s (TLS timeout)"), ({"connect_timeout_s": 0.2}, "0.2 s (connect timeout)")],
)
def test_a_handshake_that_never_ends(limits: dict[str, float | None], words: str) -> None:
    async def mute(peer: Peer) -> None:
        await peer.gone()

    check(talk(mute, "https", **limits), "tls", "tls-timeout", words)
