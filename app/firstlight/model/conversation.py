"""What is asked of an open WebSocket: messages, pings, its end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, TypeAlias

from firstlight.model.prepared import PreparedMessage


@dataclass(frozen=True, slots=True, kw_only=True)
class SendMessage:
    """Send this message."""

    message: PreparedMessage


@dataclass(frozen=True, slots=True, kw_only=True)
class SendPing:
    """Send a ping; the peer's pong tells the round trip."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendClose:
    """Say goodbye and wait for the peer's answer, at most `patience_s`."""

    code: int = 1000
    reason: str = ""
    patience_s: float = 10.0


Order: TypeAlias = SendMessage | SendPing | SendClose


class Orders(Protocol):
    """Where the transport asks what to do next on an open WebSocket."""

    async def next(self) -> Order:
        """Wait for the next order."""


GOOD_CLOSES = frozenset({1000, 1001, 1005})
"""Close codes that tell of no trouble: as intended, going away, without a code."""
LONGEST_REASON_BYTES = 123
"""Of a close frame: 125 bytes with the code in front (RFC 6455 §5.5)."""


def is_sendable_code(code: int) -> bool:
    """Tell whether a client may close with `code` (RFC 6455 §7.4): those of the protocol and the private ones."""
    return code in _SENDABLE or 3000 <= code <= 4999


_SENDABLE = frozenset({1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014})
