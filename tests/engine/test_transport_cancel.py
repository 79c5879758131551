"""Cancel at every phase: it answers at once and the server sees the connection close. Times are measured and logged."""

from __future__ import annotations

import asyncio
import gzip
import socket
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import brotli
import pytest
import zstandard
from cancelling import Watch, cancel
from servers import Authority, Peer, chunked, response, run, serving

from firstlight.model.events import BodyReceived, HeadersReceived, TlsEstablished, Uploading
from firstlight.model.request import Body, Request, RequestSettings

BOMB = bytes(400_000_000)
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": lambda data: gzip.compress(data, 1),
    "br": lambda data: brotli.compress(data, quality=1),
    "zstd": zstandard.ZstdCompressor(level=1).compress,
}


def test_at_the_name() -> None:
    """No connection is there yet; the look-up itself is left to its thread."""

    async def work() -> None:
        watch = Watch()
        watch.closed.set()
        asked = asyncio.get_running_loop()
        real = socket.getaddrinfo

        def slow(host: str, *rest: object, **more: object) -> object:
            if host != "slow.example":
                return real(host, *rest, **more)  # type: ignore[arg-type] # passed on
            asked.call_soon_threadsafe(watch.reached.set)
            answer.wait(30)
            raise socket.gaierror(socket.EAI_NONAME, "no such name")

        answer = threading.Event()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(socket, "getaddrinfo", slow)
            await cancel(watch, Request(url="http://slow.example/"), "dns")
            answer.set()

    run(work())


def test_at_the_connection() -> None:
    """A listener whose queue is full lets the handshake of TCP hang."""

    async def work() -> None:
        watch = Watch()
        watch.closed.set()
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            listener.listen(0)
            place = listener.getsockname()
            filling = [socket.socket() for _ in range(8)]
            for filler in filling:
                filler.setblocking(False)
                filler.connect_ex(place)
            try:
                loop = asyncio.get_running_loop()
                loop.call_later(0.2, watch.reached.set)
                await cancel(watch, Request(url=f"http://127.0.0.1:{place[1]}/"), "connect")
            finally:
                for filler in filling:
                    filler.close()
        assert [type(event).__name__ for event in watch.events] == ["Started", "Cancelled"]

    run(work())


def test_at_the_handshake() -> None:
    async def work() -> None:
        watch = Watch()

        async def handler(peer: Peer) -> None:
            await peer.reader.read(100)
            watch.reached.set()
            await watch.stand(peer)

        async with serving(handler) as server:
            await cancel(watch, Request(url=f"https://localhost:{server.port}/"), "tls")
        assert not [event for event in watch.events if isinstance(event, TlsEstablished)]

    run(work())


@asynccontextmanager
async def standing(watch: Watch, before: bytes, authority: Authority | None = None) -> AsyncIterator[str]:
    """Serve: take the head, say `before`, and nothing more; give the URL."""

    async def handler(peer: Peer) -> None:
        await peer.head()
        if before:
            await peer.send(before)
        elif watch.until is None:
            watch.reached.set()
        await watch.stand(peer)

    context = authority.server_context("localhost") if authority else None
    async with serving(handler, context) as server:
        yield f"{server.scheme}://localhost:{server.port}/"


@pytest.mark.parametrize("encrypted", [False, True])
def test_at_the_upload(tmp_path: Path, *, encrypted: bool) -> None:
    file = tmp_path / "big"
    with file.open("wb") as made:
        made.truncate(200_000_000)

    async def work() -> None:
        watch = Watch()

        async def handler(peer: Peer) -> None:
            await peer.head()
            for _ in range(40):  # takes a little, then no more
                await peer.reader.read(1 << 18)
            await watch.stand(peer)

        watch.until = Uploading
        context = Authority(tmp_path).server_context("localhost") if encrypted else None
        async with serving(handler, context) as server:
            body = Body(kind="binary", path=str(file))
            settings = RequestSettings(verify_tls=False)
            url = f"{server.scheme}://localhost:{server.port}/"
            request = Request(method="POST", url=url, body=body, settings=settings)
            await cancel(watch, request, f"upload, {server.scheme}")
        assert not [event for event in watch.events if isinstance(event, HeadersReceived)]

    run(work())


@pytest.mark.parametrize("encrypted", [False, True])
def test_at_the_wait(tmp_path: Path, *, encrypted: bool) -> None:
    async def work() -> None:
        watch = Watch()
        async with standing(watch, b"", Authority(tmp_path) if encrypted else None) as url:
            settings = RequestSettings(verify_tls=False)
            await cancel(watch, Request(url=url, settings=settings), "wait, encrypted" if encrypted else "wait")

    run(work())


@pytest.mark.parametrize("encrypted", [False, True])
def test_at_the_download(tmp_path: Path, *, encrypted: bool) -> None:
    async def work() -> None:
        watch = Watch()
        watch.until = BodyReceived
        async with standing(
            watch, chunked(b"x" * 100_000, end=False), Authority(tmp_path) if encrypted else None
        ) as url:
            settings = RequestSettings(verify_tls=False)
            await cancel(watch, Request(url=url, settings=settings), "download, encrypted" if encrypted else "download")
        assert watch.events[-1].body_bytes == 100_000  # type: ignore[union-attr] # the last is Cancelled

    run(work())


@pytest.mark.parametrize("encoding", list(PACKERS))
def test_at_the_decompression(encoding: str) -> None:
    packed = PACKERS[encoding](BOMB)

    async def work() -> None:
        watch = Watch()
        watch.until = BodyReceived
        async with standing(watch, response(packed, f"Content-Encoding: {encoding}")) as url:
            await cancel(watch, Request(url=url), f"decompression, {encoding} of {len(packed):,} bytes")
        assert 0 < watch.events[-1].body_bytes < len(BOMB)  # type: ignore[union-attr] # the last is Cancelled

    run(work())
