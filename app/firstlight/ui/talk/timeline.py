"""What has travelled over a WebSocket so far, in both directions; the newest of it is kept. No Qt.

A message costs about 300 bytes beside its own text: a million of them would be 400 MB in a window that shows thirty.
So the oldest go, and it is said how many.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from firstlight.model.events import (
    WebSocketClosed,
    WebSocketMessage,
    WebSocketNotSent,
    WebSocketOpened,
    WebSocketPing,
    WebSocketPong,
)

Entry: TypeAlias = (
    WebSocketOpened | WebSocketMessage | WebSocketPing | WebSocketPong | WebSocketNotSent | WebSocketClosed
)
ENTRIES = (WebSocketOpened, WebSocketMessage, WebSocketPing, WebSocketPong, WebSocketNotSent, WebSocketClosed)

MOST_ENTRIES = 200_000
MOST_BYTES = 128 * 1024 * 1024
_SHARE_KEPT = 0.98
"""Of what is allowed, after something was dropped: one by one would move the whole list each time, a tenth at once
would hold the window for 15 ms."""


class Timeline:
    """Only grows at its end, and loses at its beginning."""

    def __init__(self, most_entries: int = MOST_ENTRIES, most_bytes: int = MOST_BYTES) -> None:
        self.entries: list[Entry] = []
        self.dropped = 0
        """How many entries were before the first one."""
        self.counts = {"in": 0, "out": 0}
        """Messages of each direction, those dropped included."""
        self.sizes = {"in": 0, "out": 0}
        """Their bytes."""
        self.round_trip_ms: float | None = None
        """Of the last ping that was answered."""
        self.opened: WebSocketOpened | None = None
        self.closed: WebSocketClosed | None = None
        self._most_entries = most_entries
        self._most_bytes = most_bytes
        self._kept_bytes = 0

    @property
    def total(self) -> int:
        """How many entries there were, those dropped included."""
        return self.dropped + len(self.entries)

    def extend(self, entries: Sequence[Entry]) -> None:
        """Take what has come, in its order. Twelve thousand at a time: counted by lists, not one by one."""
        self.entries += entries
        messages = [entry for entry in entries if type(entry) is WebSocketMessage]
        for direction in self.counts:
            sizes = [message.size_bytes for message in messages if message.direction == direction]
            self.counts[direction] += len(sizes)
            self.sizes[direction] += sum(sizes)
        self._kept_bytes += sum([message.size_bytes for message in messages if not message.path])
        if len(messages) < len(entries):
            for entry in entries:
                self._take_turn(entry)
        if len(self.entries) > self._most_entries or self._kept_bytes > self._most_bytes:
            self._drop()

    def _take_turn(self, entry: Entry) -> None:
        """Remember what is not a message and counts for the whole."""
        if isinstance(entry, WebSocketPong) and entry.round_trip_ms is not None:
            self.round_trip_ms = entry.round_trip_ms
        elif isinstance(entry, WebSocketOpened):
            self.opened = entry
        elif isinstance(entry, WebSocketClosed):
            self.closed = entry

    def _drop(self) -> None:
        if len(self.entries) > self._most_entries:
            self._lose(len(self.entries) - max(1, int(self._most_entries * _SHARE_KEPT)))
        if self._kept_bytes > self._most_bytes:
            over, first = self._kept_bytes - self._most_bytes * _SHARE_KEPT, 0
            while over > 0 and first < len(self.entries) - 1:
                over -= _weight(self.entries[first])
                first += 1
            self._lose(first)

    def _lose(self, count: int) -> None:
        """Forget the oldest."""
        self._kept_bytes -= sum([_weight(entry) for entry in self.entries[:count]])
        del self.entries[:count]
        self.dropped += count


def _weight(entry: Entry) -> int:
    """Return the bytes of what an entry holds in memory."""
    return 0 if not isinstance(entry, WebSocketMessage) or entry.path else entry.size_bytes
