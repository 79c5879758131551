"""Runs the real program as a process, and a real server on loopback for it to talk to."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

APP = Path(__file__).resolve().parents[2] / "app"

Answer = Callable[["Handler"], None]


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return an environment in which the program finds no settings, keyring, proxy or language of the tester."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("FIRSTLIGHT_", "LC_", "LANG"))}
    kept = {name: value for name, value in kept.items() if not name.lower().endswith("_proxy")}
    own = {
        "FIRSTLIGHT_HOME": str(home),
        "PYTHONPATH": str(APP),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        "PYTHONWARNINGS": "error",
    }
    return kept | own | more


@dataclass
class Program:
    """The command line of First Light, in a folder of its own."""

    folder: Path
    variables: dict[str, str] = field(default_factory=dict)

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "firstlight", *arguments]

    def run(self, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        """Run to the end."""
        env = environment(self.folder / "home", **self.variables)
        return subprocess.run(
            self.command(*arguments),
            cwd=self.folder,
            env=env,
            input=stdin,
            capture_output=True,
            timeout=60,
            check=False,
        )

    def json(self, *arguments: str) -> dict[str, Any]:
        """Run `send --json` and return its object."""
        done = self.run("send", *arguments, "--json")
        assert done.stdout.count(b"\n") == 1, done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    @contextmanager
    def running(self, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
        """Start, and make sure that it has ended afterwards."""
        env = environment(self.folder / "home", **self.variables)
        pipe = subprocess.PIPE
        process = subprocess.Popen(self.command(*arguments), cwd=self.folder, env=env, stdout=pipe, stderr=pipe)
        try:
            with process:
                yield process
        finally:
            process.kill()


class Handler(BaseHTTPRequestHandler):
    """Answers with what the test put under the path."""

    protocol_version = "HTTP/1.1"
    server: Server

    def _answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        self.received = self.rfile.read(length)
        self.server.requests.append((self.command, self.path, list(self.headers.items()), self.received))
        self.server.answers[self.path.partition("?")[0]](self)

    do_GET = do_POST = do_PUT = _answer  # noqa: N815 - the names that http.server looks for

    def reply(self, body: bytes, status: int = 200, **headers: str) -> None:
        """Send a whole answer."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def begin_stream(self) -> None:
        """Send the head of an event stream that ends with the connection."""
        self.close_connection = True
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()

    def event(self, data: str) -> None:
        """Send one message of the stream."""
        self.wfile.write(f"data: {data}\n\n".encode())
        self.wfile.flush()

    def token(self, text: str) -> None:
        """Send a piece of generated text in OpenAI's shape."""
        self.event(json.dumps({"choices": [{"index": 0, "delta": {"content": text}}]}))

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name in the standard library
        """Keep quiet."""


class Server(ThreadingHTTPServer):
    """A server whose answers the test writes: `server.answers["/path"] = lambda call: call.reply(b"…")`."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: dict[str, Answer] = {}
        self.requests: list[tuple[str, str, list[tuple[str, str]], bytes]] = []

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}{path}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that leaves in the middle is what some tests are about."""


@contextmanager
def serving() -> Iterator[Server]:
    """Run a server beside the test."""
    server = Server()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
