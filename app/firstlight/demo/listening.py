"""Opens the listening sockets, on loopback only."""

from __future__ import annotations

import socket
import sys

from firstlight.model.failure import failed
from firstlight.model.system_errors import reason_of
from firstlight.texts import Phrase

HOST = "127.0.0.1"


def listen(port: int) -> socket.socket:
    """Return a socket that listens on `port`; 0 takes a free one.

    Raises:
        ExchangeError: the port is taken or not allowed.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if sys.platform != "win32":
        # Elsewhere this only skips the wait after a restart; on Windows it would let two demos share the port.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen(128)
    except (OSError, OverflowError) as error:
        listener.close()
        raise failed(
            "connect",
            "port-in-use",
            Phrase(
                "The demo services cannot listen on {host}:{port}: {reason}",
                host=HOST,
                port=port,
                reason=reason_of(error),
            ),
            Phrase("Choose another port, or leave it out to take a free one."),
        ) from error
    listener.setblocking(False)
    return listener


def url_of(listener: socket.socket) -> str:
    """Return the address under which a listener is reached."""
    return f"http://{HOST}:{listener.getsockname()[1]}"
