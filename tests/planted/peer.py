"""A service that tells everybody what it knows: it quotes every secret in every shape, wherever it can."""

from __future__ import annotations

import json
import socket
import struct
import threading
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import quote, quote_plus

_RST = struct.pack("ii", 1, 0)
_EXPIRES = '{"token": {"expires_at": "2999-01-01T00:00:00.000000Z", "project": {"name": "cn-north-4", "id": "1"}}}'


class Gossip(ThreadingHTTPServer):
    """Knows the secrets that the test tells it, as a service does that checks signatures."""

    daemon_threads = True

    def __init__(self, elsewhere: str = "") -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.elsewhere = elsewhere
        self.knows: tuple[str, ...] = ()
        self.issues: dict[str, str] = {}
        """What it hands out: `iam`, `access` and `refresh` tokens, and a `cookie`."""
        self.refuses_tokens = False
        self.asked: list[str] = []

    @property
    def base(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def quoted(self) -> list[str]:
        """Return everything it knows, in the shapes in which careless services write it."""
        return [shape for secret in (*self.knows, *self.issues.values()) for shape in _shapes(secret)]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that leave are no surprise here."""


def _shapes(secret: str) -> Iterator[str]:
    data = secret.encode()
    yield from (secret, quote(secret, safe=""), quote(secret), quote_plus(secret), escape(secret), data.hex())
    yield from (json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1].replace("/", "\\/"))
    for before in (b"", b"u", b"u:", b"usr"):
        encoded = b64encode(before + data + b" and more").decode()
        yield from (encoded, encoded.replace("+", "-").replace("/", "_"), quote(encoded, safe=""))


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Gossip

    def _answer(self) -> None:
        received = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.asked.append(self.path)
        path = self.path.partition("?")[0]
        if path.startswith("/digest") and "Authorization" not in self.headers:
            self._reply(
                401, b"{}", [("WWW-Authenticate", 'Digest realm="r", nonce="n", qop="auth", algorithm=SHA-256')]
            )
            return
        heard = "\n".join((self.path, *(value for _name, value in self.headers.items()), received.decode("latin-1")))
        getattr(self, "_" + path.rpartition("/")[2])(heard)

    do_GET = do_POST = _answer  # noqa: N815 - the names that http.server looks for

    def do_CONNECT(self) -> None:
        """Allow no tunnel, as a proxy that quotes what it was told."""
        self._reply(502, self._quoting(""), self._quoting_headers(), self.server.quoted()[0])

    def _quoting(self, heard: str) -> bytes:
        told = "\n".join(self.server.quoted())
        fields = {
            "request_id": self.server.quoted()[0],
            "error_code": "ModelArts.0202",
            "error_msg": f"Not with {told}",
            "error": {"message": told},
        }
        return json.dumps({**fields, "heard": heard.encode("latin-1").decode("utf-8", "replace")}).encode()

    def _quoting_headers(self) -> list[tuple[str, str]]:
        told = self.server.quoted()
        return [("X-Request-Id", told[0]), ("X-Trace-Id", told[-1]), *(("X-Seen", shape) for shape in told)]

    def _fine(self, _heard: str) -> None:
        cookie = (
            [("Set-Cookie", f"sid={self.server.issues['cookie']}; Path=/")] if "cookie" in self.server.issues else []
        )
        self._reply(200, b'{"ok": true}', cookie)

    def _gossip(self, heard: str) -> None:
        self._reply(400, self._quoting(heard), self._quoting_headers(), self.server.quoted()[0])

    def _refused(self, heard: str) -> None:
        asking = [("WWW-Authenticate", f'Bearer error_description="{quote(s)}"') for s in self.server.knows]
        self._reply(401, self._quoting(heard), asking)

    def _reset(self, _heard: str) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RST)
        self.connection.close()
        self.close_connection = True

    def _nonsense(self, _heard: str) -> None:
        self.wfile.write(f"HTTP/1.1 {self.server.quoted()[0]}\r\n\r\n".encode())
        self.close_connection = True

    def _half(self, heard: str) -> None:
        self._begin(200, [("Content-Length", "10000000"), *self._quoting_headers()])
        self.wfile.write(self._quoting(heard))
        self.close_connection = True

    def _elsewhere(self, _heard: str) -> None:
        told = quote(" ".join(self.server.knows), safe="")
        self._reply(302, b"", [("Location", f"{self.server.elsewhere}/gossip?told={told}")])

    def _stream(self, heard: str) -> None:
        self._begin(200, [("Content-Type", "text/event-stream"), ("Connection", "close")])
        for data in (*self.server.quoted(), self._quoting(heard).decode()):
            self.wfile.write(f"data: {data}\n\n".encode())
        self.close_connection = True

    def _tokens(self, heard: str) -> None:
        if self.server.refuses_tokens:
            self._reply(401, self._quoting(heard), self._quoting_headers())
        else:
            self._reply(201, _EXPIRES.encode(), [("X-Subject-Token", self.server.issues["iam"])])

    def _token(self, heard: str) -> None:
        if self.server.refuses_tokens:
            told = {"error": "invalid_client", "error_description": " ".join(self.server.quoted())}
            self._reply(400, json.dumps({**told, "heard": heard}).encode(), self._quoting_headers())
            return
        issued = {"access_token": self.server.issues["access"], "refresh_token": self.server.issues["refresh"]}
        self._reply(200, json.dumps({**issued, "token_type": "Bearer", "expires_in": 3600}).encode(), [])

    def _begin(self, status: int, headers: list[tuple[str, str]], reason: str = "") -> None:
        self.send_response(status, reason.encode().decode("latin-1") or None)
        for name, value in headers:
            self.send_header(name, value.encode().decode("latin-1"))
        self.end_headers()

    def _reply(self, status: int, body: bytes, headers: list[tuple[str, str]], reason: str = "") -> None:
        kind = ("Content-Type", "application/json")
        self._begin(status, [kind, ("Content-Length", str(len(body))), *headers], reason)
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name in the standard library
        """Keep quiet."""


@contextmanager
def gossiping() -> Iterator[Gossip]:
    """Run the service, and the same under another origin, beside the test."""
    other = Gossip()
    main = Gossip(other.base)
    threads = [threading.Thread(target=server.serve_forever, args=(0.02,)) for server in (main, other)]
    for thread in threads:
        thread.start()
    try:
        yield main
    finally:
        for server, thread in zip((main, other), threads, strict=True):
            server.shutdown()
            thread.join()
            server.server_close()
