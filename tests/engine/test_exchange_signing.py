"""A signed exchange: what is told of it, a clock that is off, large files, and stopping while one is hashed."""

from __future__ import annotations

import asyncio
import json
import tracemalloc
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from hashlib import sha256
from pathlib import Path

import pytest
from servers import collect, replies, response, run, scope, serving

from firstlight.model.events import Cancelled, Event, HeadersReceived, Started
from firstlight.model.request import Authorization, Body, FormPart, Request
from firstlight.runner.exchange import exchange
from firstlight.runner.prepare import prepare, takes_long
from firstlight.runner.signature_checks import clock_ahead, clock_words, is_refused, preview_of_signing
from firstlight.transport import HttpTransport

SIGNED = Authorization(
    kind="aksk",
    values={"ak": "AK123456", "sk": "{{secret:sk}}", "security_token": "{{secret:temporary}}", "payload": "signed"},
)
SECRETS = {"sk": "planted-secret-key", "temporary": "planted-security-token"}


def test_the_beginning_tells_how_it_was_signed_and_no_secret() -> None:
    async def work() -> None:
        async with serving(replies(response(b"ok"))) as server:
            request = Request(
                method="POST", url=f"{server.url}/p?a=1", authorization=SIGNED, body=Body(kind="raw", text="{}")
            )
            _, events = await collect(request, where=scope(secrets=SECRETS))
            begun = next(event for event in events if isinstance(event, Started))
            assert begun.signing is not None
            assert begun.signing.canonical_request.startswith("POST\n/p/\na=1\n")
            assert "x-security-token:••••••" in begun.signing.canonical_request
            received = server.received[0]
            whole = received.header("authorization") or ""
            assert begun.signing.authorization.startswith(whole.partition("Signature=")[0])
            assert whole not in repr(events)
            assert "planted" not in repr(events)
            assert received.header("x-security-token") == "planted-security-token"

    run(work())


@pytest.mark.parametrize(("minutes", "status"), [(20, 401), (-20, 401), (0, 403)])
def test_the_clock_is_compared_with_the_answer_of_a_refused_signature(minutes: int, status: int) -> None:
    async def work() -> None:
        date = format_datetime(datetime.now(UTC) - timedelta(minutes=minutes), usegmt=True)
        refusal = response(b"no", f"Date: {date}", status=f"{status} No")
        async with serving(replies(refusal, refusal)) as server:
            for authorization, told in ((SIGNED, True), (Authorization(), False)):
                _, events = await collect(
                    Request(url=server.url, authorization=authorization), where=scope(secrets=SECRETS)
                )
                (top,) = (event for event in events if isinstance(event, HeadersReceived))
                assert (top.clock_ahead_s is not None) == told
                assert not told or abs(top.clock_ahead_s - 60 * minutes) < 30
            assert len(server.received) == 2  # nothing is tried again

    run(work())


def test_the_clock_is_left_alone_when_it_cannot_be_the_reason() -> None:
    signing = prepare(Request(url="http://h", authorization=SIGNED), scope(secrets=SECRETS)).signing
    assert signing is not None
    now = format_datetime(datetime.now(UTC), usegmt=True)
    assert clock_ahead(signing, 200, now) is None
    assert clock_ahead(signing, 401, "") is None
    assert clock_ahead(signing, 401, "yesterday") is None
    assert clock_ahead(None, 401, now) is None
    assert clock_ahead(signing, 401, now) in {-1, 0, 1, 2}
    assert not clock_words(signing, None)
    assert "not the reason" in str(clock_words(signing, -3))
    assert is_refused(signing, 401)
    assert not is_refused(signing, 403)
    assert not is_refused(None, 401)


@pytest.mark.parametrize("kind", ["binary", "form-data"])
def test_a_large_file_is_hashed_piece_by_piece(tmp_path: Path, kind: str) -> None:
    big = tmp_path / "big.bin"
    with big.open("wb") as file:
        file.write(b"begin")
        file.truncate(200 * 1024 * 1024)
    part = FormPart(name="f", kind="file", files=(str(big),))
    body = Body(kind="binary", path=str(big)) if kind == "binary" else Body(kind="form-data", parts=(part,))
    request = Request(method="POST", url="http://h", authorization=SIGNED, body=body)
    where = scope(secrets=SECRETS)
    assert takes_long(request, where)
    tracemalloc.start()
    prepared = prepare(request, where)
    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak_bytes < 8 * 1024 * 1024
    assert "body-too-large" in [caution.kind for caution in prepared.cautions]
    if kind == "binary":
        assert prepared.signing is not None
        assert prepared.signing.canonical_request.endswith("\n" + sha256(big.read_bytes()).hexdigest())


def test_a_file_that_became_shorter_is_named(tmp_path: Path) -> None:
    from firstlight.model.failure import ExchangeError
    from firstlight.model.prepared import EncodedBody, FileSlice
    from firstlight.runner.signing import hashed

    short = tmp_path / "short.bin"
    short.write_bytes(b"12")
    with pytest.raises(ExchangeError, match=r"short\.bin cannot be read: it has become shorter"):
        hashed(EncodedBody(pieces=(FileSlice(path=str(short), size_bytes=3),)), "sha256")
    with pytest.raises(ExchangeError, match="gone"):
        hashed(EncodedBody(pieces=(FileSlice(path=str(tmp_path / "gone"), size_bytes=3),)), "md5")


def test_cancelling_ends_the_hashing_of_a_file(tmp_path: Path) -> None:
    endless = tmp_path / "endless.bin"
    with endless.open("wb") as file:
        file.truncate(2**43)  # eight terabytes of nothing: hours to hash

    async def work() -> list[Event]:
        events: list[Event] = []
        transport = HttpTransport()
        body = Body(kind="binary", path=str(endless))
        request = Request(method="POST", url="http://127.0.0.1:9", authorization=SIGNED, body=body)
        task = asyncio.ensure_future(exchange(request, scope(secrets=SECRETS), transport, events.append))  # noqa: TID251
        done, _ = await asyncio.wait({task}, timeout=0.2)
        assert not done
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await transport.aclose()
        return events

    events = run(work())  # ends only when its thread has ended
    assert [type(event) for event in events] == [Cancelled]


def test_a_preview_needs_neither_secrets_nor_files() -> None:
    body = Body(kind="binary", path="/nowhere/at all.bin")
    request = Request(method="POST", url="http://h", authorization=SIGNED, body=body)
    signing = preview_of_signing(request, scope())
    assert signing is not None
    assert signing.canonical_request.endswith("\n…")
    assert signing.authorization.endswith("Signature=…")
    assert preview_of_signing(Request(url="http://h"), scope()) is None
    eas = Authorization(kind="eas-signature", values={"token": "{{secret:token}}"})
    signing = preview_of_signing(Request(url="http://h/api/predict/x", authorization=eas), scope())
    assert signing is not None
    assert signing.authorization == "EAS …"


def test_a_long_text_is_hashed_in_a_thread() -> None:
    where = scope(secrets=SECRETS)
    text = json.dumps({"a": "x" * 3_000_000})
    long = Request(method="POST", url="http://h", authorization=SIGNED, body=Body(kind="raw", text=text))
    assert takes_long(long, where)
    assert not takes_long(Request(method="POST", url="http://h", body=Body(kind="raw", text=text)), where)
