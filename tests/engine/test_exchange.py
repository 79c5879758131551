"""One Exchange from the first event to the last: order, times, streams, masking."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from servers import Peer, chunked, collect, replies, response, run, scope, serving

from firstlight.model.events import (
    BodyReceived,
    Cancelled,
    Connected,
    Event,
    Failed,
    Finished,
    HeadersReceived,
    HeadSent,
    Sent,
    ServerEvent,
    Started,
    Token,
)
from firstlight.model.exchange import Emit, Exchange
from firstlight.model.prepared import PreparedRequest
from firstlight.model.request import Authorization, Body, Header, Param, Request
from firstlight.runner.exchange import exchange

CHUNK = 'data: {"choices":[{"index":0,"delta":{"content":"%s"},"finish_reason":%s}]}\n\n'


def sse(*texts: str, done: bool = True) -> bytes:
    messages = [(CHUNK % (text, "null")).encode() for text in texts]
    if done:
        messages += [(CHUNK % ("", '"stop"')).encode(), b"data: [DONE]\n\n"]
    return chunked(*messages, content_type="text/event-stream; charset=utf-8")


def answer(data: bytes) -> tuple[Exchange, list[Event]]:
    async def work() -> tuple[Exchange, list[Event]]:
        async with serving(replies(data, then_close=True)) as server:
            return await collect(Request(url=server.url))

    return run(work())


def test_events_come_in_the_order_of_what_happened() -> None:
    outcome, events = answer(response(b"hello", "Content-Type: text/plain"))
    expected = [Started, Connected, HeadSent, Sent, HeadersReceived, BodyReceived, Finished]
    assert [type(event) for event in events] == expected
    stamps = [event.at_ns for event in events]
    assert stamps == sorted(stamps)
    assert outcome.failure is None
    assert outcome.sent is not None
    finished = events[-1]
    assert isinstance(finished, Finished)
    assert (finished.body_bytes, finished.timings) == (5, outcome.timings)


def test_the_phases_add_up_to_the_total() -> None:
    timings = answer(response(b"hello"))[0].timings
    phases = (timings.connect_ms, timings.send_ms, timings.wait_ms, timings.download_ms)
    assert all(phase is not None for phase in phases)
    assert (timings.dns_ms, timings.tls_ms) == (None, None)
    assert sum(phase or 0 for phase in phases) == pytest.approx(timings.total_ms)
    assert timings.first_byte_ms == pytest.approx(sum(phase or 0 for phase in phases[:3]))


def test_a_stream_is_decoded_as_it_arrives() -> None:
    outcome, events = answer(sse("Hel", "lo"))
    assert outcome.failure is None
    assert "".join(event.text for event in events if isinstance(event, Token)) == "Hello"
    assert outcome.stream is not None
    assert (outcome.stream.kind, outcome.stream.text, outcome.stream.finish_reason) == ("sse", "Hello", "stop")
    assert not outcome.stream.truncated
    assert outcome.stream.ttft_ms is not None
    assert outcome.response is not None
    assert outcome.response.body.endswith(b"data: [DONE]\n\n")


def test_a_message_cut_into_many_pieces_is_one_message() -> None:
    async def work() -> None:
        async def handler(peer: Peer) -> None:
            await peer.request()
            await peer.send(chunked(content_type="text/event-stream", end=False))
            for byte in (CHUNK % ("é中", "null")).encode():
                await peer.send(b"1\r\n%c\r\n" % byte)
                await asyncio.sleep(0)
            await peer.send(b"0\r\n\r\n")

        async with serving(handler) as server:
            _, events = await collect(Request(url=server.url))
            assert [event.text for event in events if isinstance(event, Token)] == ["é中"]
            assert sum(isinstance(event, ServerEvent) for event in events) == 1

    run(work())


def test_an_error_inside_a_stream_is_a_failure_even_before_done() -> None:
    error = b'data: {"error": {"message": "out of memory", "type": "server_error"}}\n\n'
    outcome, events = answer(chunked(error, b"data: [DONE]\n\n", content_type="text/event-stream"))
    assert outcome.failure is not None
    assert outcome.failure.layer == "service"
    assert "out of memory" in str(outcome.failure.message)
    assert outcome.response is not None
    assert outcome.response.status == 200
    assert isinstance(events[-1], Failed)
    assert events[-1].stream is not None


def test_a_stream_that_is_cut_off_keeps_what_came() -> None:
    outcome, events = answer(chunked((CHUNK % ("Hel", "null")).encode(), b"data: {", content_type="text/event-stream",
                                     end=False))  # fmt: skip
    assert outcome.failure is not None
    assert outcome.failure.kind == "truncated-body"
    assert outcome.stream is not None
    assert (outcome.stream.text, outcome.stream.truncated) == ("Hel", True)
    last = [event for event in events if isinstance(event, ServerEvent)][-1]
    assert last.truncated


def test_an_error_status_with_a_stream_is_an_answer() -> None:
    body = b'data: {"error": {"message": "no"}}\n\n'
    outcome, _ = answer(response(body, "Content-Type: text/event-stream", status="429 Too Many Requests"))
    assert outcome.failure is None
    assert outcome.response is not None
    assert outcome.response.status == 429


def test_cancelling_a_stream_tells_what_there_was() -> None:
    async def work() -> list[Event]:
        events: list[Event] = []
        seen = asyncio.Event()

        async def handler(peer: Peer) -> None:
            await peer.request()
            await peer.send(sse("Hel", done=False).removesuffix(b"0\r\n\r\n"))
            await peer.gone()

        def emit(event: Event) -> None:
            events.append(event)
            if isinstance(event, Token):
                seen.set()

        from firstlight.transport import HttpTransport

        async with serving(handler) as server:
            transport = HttpTransport()
            running = exchange(Request(url=server.url), scope(), transport, emit)
            task = asyncio.get_running_loop().create_task(running)
            await seen.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            await transport.aclose()
        return events

    last = run(work())[-1]
    assert isinstance(last, Cancelled)
    assert last.stream is not None
    assert last.stream.text == "Hel"
    assert last.body_bytes > 0


class Breaking:
    """A transport with a programming error."""

    secrets: frozenset[str] = frozenset()

    async def send(self, request: PreparedRequest, emit: Emit) -> None:
        raise ZeroDivisionError

    async def aclose(self) -> None:
        pass


def test_a_programming_error_is_not_swallowed() -> None:
    with pytest.raises(ZeroDivisionError):
        run(exchange(Request(url="http://h/"), scope(), Breaking(), lambda event: None))


def test_cancelling_while_a_file_is_looked_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def work() -> list[Event]:
        events: list[Event] = []
        begun = asyncio.Event()

        async def never(function: object, /, *args: object) -> None:
            begun.set()
            await asyncio.Event().wait()

        monkeypatch.setattr(asyncio, "to_thread", never)
        request = Request(url="http://h/", body=Body(kind="binary", path=str(tmp_path)))
        task = asyncio.get_running_loop().create_task(exchange(request, scope(), Breaking(), events.append))
        await begun.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return events

    assert [type(event) for event in run(work())] == [Cancelled]


def test_a_secret_from_the_store_is_sent_and_never_told() -> None:
    async def work() -> None:
        async with serving(replies(response())) as server:
            params = (Param(name="note", value="{{secret:k}}"),)
            where = scope(secrets={"k": "p@ss word"})
            outcome, events = await collect(Request(url=server.url, params=params), where=where)
            assert server.received[0].target == "/?note=p@ss%20word"
            assert outcome.failure is None
            assert "p@ss" not in repr([event for event in events if isinstance(event, Started)])

    run(work())


def test_a_secret_of_three_letters_is_not_told_either() -> None:
    async def work() -> list[Event]:
        async with serving(replies(response())) as server:
            request = Request(
                url=server.url,
                params=(Param(name="free", value="{{secret:short}}"),),
                headers=(Header(name="X-Own", value="key {{secret:short}}"),),
                authorization=Authorization(kind="apikey", values={"key": "X-Api", "value": " {{secret:short}} "}),
            )
            _, events = await collect(request, where=scope(secrets={"short": "z9q"}))
            assert server.received[0].header("x-own") == "key z9q"
            return events

    started = run(work())[0]
    assert isinstance(started, Started)
    assert "z9q" not in str(started)


def test_after_warming_up_the_first_request_imports_nothing_once_it_has_started() -> None:
    code = """
import asyncio, sys
from firstlight.model.exchange import Scope
from firstlight.model.request import Request
from firstlight.runner.exchange import exchange
from firstlight.transport import HttpTransport, warm_up
assert "httpx" not in sys.modules and "httpcore" not in sys.modules
warm_up()
assert "rich" not in sys.modules and "click" not in sys.modules
async def serve(reader, writer):
    await reader.readuntil(b"\\r\\n\\r\\n")
    writer.write(b"HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\n\\r\\nok")
    await writer.drain()
    writer.close()
async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
    before, known = set(sys.modules), []
    def emit(event):
        known.append(set(sys.modules))
    outcome = await exchange(Request(url=url), Scope(variables={}, secret=str), HttpTransport(), emit)
    assert outcome.response.body == b"ok"
    read = {name for name in known[0] - before if name.startswith("firstlight.inference")}
    assert read, "what reads an answer is loaded with the first request: at idle it would be 0.5 MB"
    print(sorted(set(sys.modules) - before - read))
asyncio.run(main())
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=_environment())
    assert done.stderr == ""
    assert done.stdout.strip() == "[]"


def _environment() -> dict[str, str]:
    import os

    import firstlight

    return os.environ | {"PYTHONPATH": str(Path(firstlight.__file__).parents[1])}


@pytest.mark.parametrize("missing_bytes", [0, 1])
def test_a_big_body_is_put_together_as_it_came(missing_bytes: int) -> None:
    body = b"".join(number.to_bytes(4, "big") for number in range(1_500_000))
    outcome, events = answer(response(body)[: -missing_bytes or None])
    assert outcome.response is not None
    assert outcome.response.body == body[: -missing_bytes or None]
    assert b"".join(event.data for event in events if isinstance(event, BodyReceived)) == outcome.response.body
    assert [type(event) for event in events if isinstance(event, Finished | Failed | Cancelled)] == [type(events[-1])]
    assert isinstance(events[-1], Failed if missing_bytes else Finished)
