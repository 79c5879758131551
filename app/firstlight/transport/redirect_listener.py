"""Waits on a port of this machine for the browser to come back from a sign-in (RFC 8252 §7.3). Loopback only."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html import escape
from urllib.parse import urlsplit

from firstlight.model.failure import failed
from firstlight.model.system_errors import reason_of
from firstlight.texts import Phrase, tr

_HOSTS = ("127.0.0.1", "localhost", "[::1]")
_USUAL = "http://127.0.0.1/callback"
_LONGEST_HEAD_BYTES = 64 * 1024
_HEAD_WITHIN_S = 10.0


class RedirectListener:
    """Takes the first request to its address as the answer; whatever else comes gets 404."""

    def __init__(self, asked: str) -> None:
        parts = urlsplit(asked or _USUAL)
        self._host, self._port, self._path = parts.hostname or "", parts.port or 0, parts.path or "/"
        shown = f"[{self._host}]" if ":" in self._host else self._host
        if parts.scheme != "http" or shown not in _HOSTS:
            raise failed(
                "variable",
                "bad-callback",
                Phrase("The callback URL {url} does not lead to this machine.", url=asked),
                Phrase("Write http://127.0.0.1:PORT/PATH, or leave it empty."),
            )
        self._shown = shown
        self.address = asked
        self._answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._serving: set[asyncio.Task[None]] = set()

    async def open(self) -> asyncio.Server:
        """Open the port.

        Raises:
            ExchangeError: it is taken.
        """
        try:
            server = await asyncio.start_server(self._serve, self._host, self._port, limit=_LONGEST_HEAD_BYTES)
        except OSError as error:
            raise failed(
                "connect",
                "port-in-use",
                Phrase(
                    "Cannot wait for the browser on port {port}: {reason}", port=self._port, reason=reason_of(error)
                ),
                Phrase("Leave the port out of the callback URL, or close the program that has it."),
            ) from error
        port = server.sockets[0].getsockname()[1]
        self.address = f"http://{self._shown}:{port}{self._path}"
        return server

    async def answer(self) -> str:
        """Return the whole address that the browser came back with."""
        return await self._answer

    async def end_connections(self) -> None:
        """End what browsers have opened in case they might need it."""
        for task in self._serving:
            task.cancel()
        await asyncio.gather(*self._serving, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - asyncio runs every connection in one
        self._serving.add(task)
        try:
            async with asyncio.timeout(_HEAD_WITHIN_S):
                head = await reader.readuntil(b"\r\n\r\n")
            target = self._target(head.split(b"\r\n", 1)[0].decode("latin-1"))
            writer.write(_found() if target else _not_found())
            await writer.drain()
            if target and not self._answer.done():  # only now: the page is on its way
                self._answer.set_result(f"http://{self._shown}{target}")
            writer.close()
            await writer.wait_closed()
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, TimeoutError):
            return
        except asyncio.CancelledError:  # by end_connections; asyncio 3.11 would report it as an error of the server
            return
        finally:
            writer.transport.abort()  # closed already, unless the browser went away or kept it open for later
            self._serving.discard(task)

    def _target(self, line: str) -> str:
        """Return what an answer asks for; empty for everything else a browser may want, such as an icon."""
        method, _, rest = line.partition(" ")
        target = rest.partition(" ")[0]
        path, question, _query = target.partition("?")
        return target if method == "GET" and path == self._path and question else ""


@asynccontextmanager
async def listen_for_redirect(asked: str) -> AsyncIterator[RedirectListener]:
    """Wait for the browser at `asked`; empty or without a port: at any free one."""
    listener = RedirectListener(asked)
    server = await listener.open()
    try:
        yield listener
    finally:
        server.close()
        await listener.end_connections()


def _found() -> bytes:
    return _page("200 OK", tr("Done. You can close this page and go back to First Light."))


def _not_found() -> bytes:
    return _page("404 Not Found", tr("Nothing is here."))


def _page(status: str, text: str) -> bytes:
    body = (
        f"<!doctype html><meta charset=utf-8><title>First Light</title>"
        f'<body style="font:16px system-ui;margin:20vh auto;max-width:28em;text-align:center">{escape(text)}'
    ).encode()
    head = (
        f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n"
        "Cache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + body
