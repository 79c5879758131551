"""Real servers of others, each run as a process of its own: prints its address, serves until its input closes.

Not a test and not a library: `peers.py` starts it with a name from PROGRAMS.
"""

from __future__ import annotations

import os
import socket
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path


def _httpbin() -> None:
    """httpbin, what clients are tried against since 2011, on werkzeug's server with kept connections."""
    from httpbin import app
    from werkzeug.serving import WSGIRequestHandler, make_server

    class Quiet(WSGIRequestHandler):
        protocol_version = "HTTP/1.1"

        def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - the name in werkzeug
            """Say nothing."""

    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    _tell(server.socket)
    server.serve_forever()


def _llmock() -> None:
    """An OpenAI-compatible service that breaks on demand, on uvicorn."""
    import uvicorn
    from llmock.main import create_app

    place = _place()
    config = uvicorn.Config(create_app(), log_level="critical", loop="asyncio", http="h11", ws="none")
    _tell(place)
    uvicorn.Server(config).run(sockets=[place])


def _llama() -> None:
    """llama.cpp's own server with a model of one layer."""
    import xllamacpp
    from tiny_model import write_tiny_model

    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder, "tiny.gguf")
        write_tiny_model(model)
        options = xllamacpp.CommonParams()
        options.model.path = str(model)
        options.n_ctx, options.n_parallel, options.warmup = 512, 1, False
        options.hostnames, options.port = ["127.0.0.1"], 0
        server = xllamacpp.Server(options)
        _say(server.listening_address)
        sys.stdin.read()


def _place() -> socket.socket:
    place = socket.socket()
    place.bind(("127.0.0.1", 0))
    place.listen(64)
    return place


def _tell(place: socket.socket) -> None:
    """Print the address, and leave when the one who reads it does."""
    _say(f"http://127.0.0.1:{place.getsockname()[1]}")
    threading.Thread(target=_leave_with_input, daemon=True).start()


def _say(address: str) -> None:
    sys.stdout.write(f"{address}\n")
    sys.stdout.flush()


def _leave_with_input() -> None:
    sys.stdin.read()
    os._exit(0)


PROGRAMS: dict[str, Callable[[], None]] = {"httpbin": _httpbin, "llmock": _llmock, "llama": _llama}

if __name__ == "__main__":
    PROGRAMS[sys.argv[1]]()
