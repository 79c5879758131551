"""A loopback server with a known schedule: so many chat chunks a second, each with the moment it was sent.

Run as a script: prints the port and serves until it is terminated. GET /RATE/COUNT asks for COUNT chunks, RATE of them
a second.
The moments are of `perf_counter_ns`, which all processes of a machine share (on Linux and macOS the monotonic clock).
"""

from __future__ import annotations

import json
import socket
import threading
import time
from contextlib import suppress

SENT = "sent_ns"
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"


def _chunk(number: int) -> bytes:
    delta = {"content": f" tok{number % 1000}"}
    chunk = {"choices": [{"index": 0, "delta": delta}], SENT: time.perf_counter_ns()}
    return b"data: " + json.dumps(chunk).encode() + b"\n\n"


def _serve(connection: socket.socket) -> None:
    with connection, suppress(OSError):
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        path = connection.recv(65_536).split(b" ", 2)[1]
        rate, count = (int(part) for part in path.strip(b"/").split(b"/"))
        connection.sendall(_HEAD)
        began = time.perf_counter()
        for number in range(count):
            pause = began + number / rate - time.perf_counter()
            if pause > 0:
                time.sleep(pause)
            connection.sendall(_chunk(number))
        connection.sendall(b"data: [DONE]\n\n")


def main() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        print(listening.getsockname()[1], flush=True)
        while True:
            connection, _ = listening.accept()
            threading.Thread(target=_serve, args=(connection,), daemon=True).start()


if __name__ == "__main__":
    main()
