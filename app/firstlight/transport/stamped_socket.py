"""A socket that knows when the system received what is read from it, however late that is read (Linux).

The kernel stamps each segment and tells the stamp of the last one that a read took (SO_TIMESTAMPNS, socket(7)). So
a message that arrived while this program was busy still has its true time; only those before it in one read do not.
"""

from __future__ import annotations

import socket
import struct
import sys
import time
from typing import Any

_SO_TIMESTAMPNS = 35  # of Linux on every processor that First Light runs on; Python does not name it
_SECONDS_AND_NS = struct.Struct("@qq")
_ROOM_BYTES = 64
AVAILABLE = sys.platform == "linux"


class StampedSocket(socket.socket):
    """Reads as asyncio does it, with `recv` and `recv_into`."""

    arrived_ns = 0
    """When the last byte of the last read had arrived, on the clock of `perf_counter_ns`; 0 when nobody knows."""

    def __init__(self, family: int) -> None:
        super().__init__(family, socket.SOCK_STREAM)
        self.setblocking(False)
        try:
            self.setsockopt(socket.SOL_SOCKET, _SO_TIMESTAMPNS, 1)
        except OSError:  # a system that only looks like Linux: then nobody knows
            return

    def recv(self, size: int, flags: int = 0, /) -> bytes:
        """Read up to `size` bytes."""
        data, told, _, _ = self.recvmsg(size, _ROOM_BYTES, flags)
        self._hear(told)
        return data

    def recv_into(self, buffer: Any, size: int = 0, flags: int = 0) -> int:
        """Read into `buffer`."""
        count, told, _, _ = self.recvmsg_into([memoryview(buffer)[: size or None]], _ROOM_BYTES, flags)
        self._hear(told)
        return count

    def _hear(self, told: list[tuple[int, int, bytes]]) -> None:
        now_ns, real_ns = time.perf_counter_ns(), time.time_ns()
        for level, kind, data in told:
            if level == socket.SOL_SOCKET and kind == _SO_TIMESTAMPNS and len(data) == _SECONDS_AND_NS.size:
                seconds, ns = _SECONDS_AND_NS.unpack(data)
                waited_ns = real_ns - (seconds * 1_000_000_000 + ns)
                self.arrived_ns = now_ns - waited_ns if 0 <= waited_ns < _PLAUSIBLE_NS else 0
                return
        self.arrived_ns = 0


_PLAUSIBLE_NS = 3600 * 1_000_000_000  # beyond that somebody has set the clock
