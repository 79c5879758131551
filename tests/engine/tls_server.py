"""A TLS server on blocking sockets: unlike asyncio's, it sends the alert of a failed handshake before it closes."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from servers import response


@contextmanager
def tls_serving(context: ssl.SSLContext, body: bytes = b"let in") -> Iterator[int]:
    """Answer every request with `body`; give the port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=_serve, args=(listening, context, body))
        thread.start()
        try:
            yield int(listening.getsockname()[1])
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            thread.join()


def _serve(listening: socket.socket, context: ssl.SSLContext, body: bytes) -> None:
    with suppress(OSError):  # the test is over
        while True:
            connection, _ = listening.accept()
            with suppress(OSError), connection, context.wrap_socket(connection, server_side=True) as secured:
                if secured.recv(65536):
                    secured.sendall(response(body, "Connection: close"))
