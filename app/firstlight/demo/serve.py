"""Runs the demo services until Ctrl+C, SIGTERM, or, when asked to, until standard input closes."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable

import uvicorn

from firstlight.demo.application import build
from firstlight.demo.faults import broken, tls
from firstlight.demo.faults.broken import FaultyServer
from firstlight.demo.listening import listen, url_of
from firstlight.demo.world import World

STOP_WITH_INPUT = "FIRSTLIGHT_DEMO_STOP_WITH_INPUT"
"""Set to 1, this environment variable ends the demo when its standard input closes: a parent's crash ends it too."""
_HEADER_BYTES = 256 * 1024
_LARGEST_MESSAGE_BYTES = 64 * 1024 * 1024
_KEEP_ALIVE_S = 75


def run_headless(port: int = 0) -> int:
    """Serve on `port` (0: a free one); print one JSON line with addresses and credentials once ready.

    Returns the exit code, 0 after a wish to stop.

    Raises:
        ExchangeError: the port is taken.
    """
    main, other, node, raw, secure = listen(port), listen(0), listen(0), listen(0), listen(0)
    world = World(
        main_url=url_of(main),
        other_url=url_of(other),
        node_url=url_of(node),
        broken_url=url_of(raw),
        tls_port=secure.getsockname()[1],
    )
    server = _Server(world, on_ready=lambda: _announce(world))
    stopping = _on_stop_signals(server.stop)
    if os.environ.get(STOP_WITH_INPUT) == "1":
        threading.Thread(target=_wait_for_end_of_input, args=(server.stop,), daemon=True).start()
    try:
        asyncio.run(_serve(server, [main, other, node], raw, secure))
    finally:
        stopping()
    return 0


class _Server(uvicorn.Server):
    """uvicorn, silent, telling when it answers."""

    def __init__(self, world: World, on_ready: Callable[[], None]) -> None:
        super().__init__(
            uvicorn.Config(
                build(world),
                http="h11",
                ws="websockets-sansio",
                ws_max_size=_LARGEST_MESSAGE_BYTES,
                loop="asyncio",
                lifespan="off",
                log_config=None,
                log_level="critical",
                access_log=False,
                proxy_headers=False,
                server_header=False,
                timeout_keep_alive=_KEEP_ALIVE_S,
                # Streams that are still running are cut: whoever stops the demo does not wait for them.
                timeout_graceful_shutdown=0,
                h11_max_incomplete_event_size=_HEADER_BYTES,
            )
        )
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to accept connections, then tell."""
        await super().startup(sockets)
        self._on_ready()

    def stop(self) -> None:
        """Ask the server to end; safe from a signal handler and from another thread."""
        self.should_exit = True


async def _serve(server: _Server, listeners: list[socket.socket], raw: socket.socket, secure: socket.socket) -> None:
    faulty = [(FaultyServer(broken.by_path), raw), (FaultyServer(tls.answer), secure)]
    listening = [await asyncio.start_server(each.answer, sock=sock) for each, sock in faulty]
    try:
        await server.serve(sockets=listeners)
    finally:
        for one in listening:
            one.close()
        for each, _ in faulty:
            await each.aclose()


def _announce(world: World) -> None:
    """Print where the services are and how to log in, on one line."""
    line = json.dumps({"addresses": world.addresses(), "credentials": world.credentials()})
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _on_stop_signals(stop: Callable[[], None]) -> Callable[[], None]:
    """Make SIGINT and SIGTERM a wish to stop; return what puts the old handlers back.

    uvicorn installs handlers of its own, and when it has stopped it raises the signal again for whoever was there
    before. That is us: so Ctrl+C ends the demo with code 0 and no traceback.
    """
    if threading.current_thread() is not threading.main_thread():
        return lambda: None
    before = {sig: signal.signal(sig, lambda *_: stop()) for sig in uvicorn.server.HANDLED_SIGNALS}

    def put_back() -> None:
        for sig, handler in before.items():
            signal.signal(sig, handler)

    return put_back


def _wait_for_end_of_input(stop: Callable[[], None]) -> None:
    # os.read and not sys.stdin: a daemon thread inside a buffered reader aborts the interpreter's shutdown.
    while os.read(0, 4096):
        pass
    stop()
