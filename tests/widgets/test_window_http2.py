"""HTTP/2 under the window's own loop, against a real server: streams, uploads, and cancelling wherever it stands."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from h2_server import http2_serving, stingy
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from servers import Authority, serving
from until import until
from window_screen import WindowScreen, make_workspace, shown_window

from firstlight.model.request import Body, Request
from firstlight.store.workspace import Workspace

CHUNK = b'data: {"choices": [{"index": 0, "delta": {"content": "tok%d "}}]}\n\n'


class Service:
    """What the tests steer and look at."""

    def __init__(self) -> None:
        self.left: list[str] = []
        """Paths whose client went away."""
        self.received_bytes = 0
        self.versions: list[str] = []

    async def __call__(self, scope: dict[str, Any], receive: Callable[[], Awaitable[Any]], send: Any) -> None:
        if scope["type"] != "http":
            return
        self.versions.append(scope["http_version"])
        more = True
        while more:
            message = await receive()
            self.received_bytes += len(message.get("body", b""))
            more = message.get("more_body", False)
        if scope["path"] == "/waits":
            await self._until_gone(scope["path"], receive)
            return
        kind = b"text/event-stream" if scope["path"] in ("/stream", "/flow") else b"text/plain"
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", kind)]})
        if scope["path"] == "/stream":
            for number in range(200):
                await send({"type": "http.response.body", "body": CHUNK % number, "more_body": True})
            await send({"type": "http.response.body", "body": b"data: [DONE]\n\n"})
        elif scope["path"] == "/flow":
            await send({"type": "http.response.body", "body": CHUNK % 1, "more_body": True})
            await self._until_gone(scope["path"], receive)
        else:
            await send({"type": "http.response.body", "body": b"%d bytes" % self.received_bytes})

    async def _until_gone(self, path: str, receive: Callable[[], Awaitable[Any]]) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        self.left.append(path)


@asynccontextmanager
async def window_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[tuple[WindowScreen, Service]]:
    """Show a window on a workspace whose requests go to an HTTP/2 service."""
    authority = Authority(tmp_path)
    authority.server_context("localhost")
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.path))
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)
    service = Service()
    async with http2_serving(service, tmp_path / "localhost30.pem") as port:
        folder = make_workspace(tmp_path / "ws", f"https://localhost:{port}")
        workspace = Workspace.open(folder)
        big = Body(kind="raw", language="text", text="x" * 3_000_000)
        for path, body in (("stream", Body()), ("waits", Body()), ("flow", Body()), ("upload", big)):
            request = Request(name=path.title(), method="POST", url=f"{{{{demo_url}}}}/{path}", body=body)
            workspace.add_request("collections/Chat", request)
        async with shown_window(folder) as screen:
            yield screen, service


def label(screen: WindowScreen, name: str) -> str:
    return next((one.text() for one in screen.window.findChildren(QLabel, name) if one.isVisible()), "")


async def send(screen: WindowScreen, name: str) -> None:
    await screen.open(f"collections/Chat/{name}.yaml")
    screen.keys("Ctrl+Return", screen.find(QLineEdit, "urlEdit"))


async def test_a_stream_over_http_2_is_joined_and_its_connection_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with window_on(tmp_path, monkeypatch) as (screen, service):
        for turn in (1, 2):
            await send(screen, "stream")
            record = screen.tab.pane._record
            await until(lambda: len(service.versions) == turn)  # noqa: B023
            await screen.answered()
            await until(lambda: record.end and record.connected and record.connected.request_number == turn)  # noqa: B023
            await until(lambda: label(screen, "statusLabel").startswith("200"))
            assert record.answers[0].text.decode() == "".join(f"tok{number} " for number in range(200))
            assert record.head is not None
            assert record.head.http_version == "HTTP/2"
        assert record.connected is not None
        assert record.connected.reused
        assert service.versions == ["2", "2"]


async def test_a_big_body_over_http_2_arrives_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with window_on(tmp_path, monkeypatch) as (screen, service):
        await send(screen, "upload")
        await until(lambda: label(screen, "statusLabel").startswith("200"))
        assert service.received_bytes == 3_000_000
        await until(lambda: screen.tab.pane._record.body() == b"3000000 bytes")


@pytest.mark.parametrize("path", ["waits", "flow"])
async def test_cancel_ends_it_wherever_it_stands(path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with window_on(tmp_path, monkeypatch) as (screen, service):
        await send(screen, path)
        await until(lambda: service.versions == ["2"])
        if path == "flow":
            await until(lambda: screen.tab.pane.message_count() == 1)
        button = screen.find(QPushButton, "sendButton")
        await until(lambda: button.text() == "Cancel")
        screen.click(button)
        await screen.answered()
        await until(lambda: label(screen, "errorTitle") != "")
        await until(lambda: service.left == [f"/{path}"])
        await send(screen, "stream")
        await until(lambda: label(screen, "statusLabel").startswith("200"))


async def test_cancel_ends_an_upload_that_nobody_takes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    authority = Authority(tmp_path)
    context = authority.server_context("localhost")
    context.set_alpn_protocols(["h2"])
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.path))
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)
    async with serving(stingy, context) as server:
        folder = make_workspace(tmp_path / "ws", server.url.replace("127.0.0.1", "localhost"))
        body = Body(kind="raw", language="text", text="x" * 3_000_000)
        Workspace.open(folder).add_request(
            "collections/Chat", Request(name="Stuck", method="POST", url="{{demo_url}}/", body=body)
        )
        async with shown_window(folder) as screen:
            await send(screen, "stuck")
            await until(lambda: server.connections == 1 and screen.tab.pane._record.tls is not None)
            assert screen.tab.pane._record.sent is None
            screen.click(screen.find(QPushButton, "sendButton"))
            await screen.answered()
            await until(lambda: label(screen, "errorTitle") != "")
            await until(lambda: server.left == 1)
