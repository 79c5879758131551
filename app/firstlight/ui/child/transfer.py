"""Sends bytes through a pipe in slices: a copy of 80 MB at once would hold the GIL for 20 ms. No Qt."""

from __future__ import annotations

from multiprocessing.connection import Connection

_SLICE_BYTES = 1 << 20


def send_bytes(pipe: Connection, data: bytes) -> None:
    """Send the length, then the bytes."""
    pipe.send(len(data))
    view = memoryview(data)
    for start in range(0, len(data), _SLICE_BYTES):
        pipe.send_bytes(view[start : start + _SLICE_BYTES])


def receive_bytes(pipe: Connection) -> bytearray:
    """Receive what send_bytes sent.

    Raises:
        EOFError: the other side is gone.
    """
    length: int = pipe.recv()
    data, filled = bytearray(length), 0
    while filled < length:
        filled += pipe.recv_bytes_into(data, filled)
    return data
