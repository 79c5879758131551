"""Where the body of an answer goes instead of into memory."""

from __future__ import annotations

from typing import Protocol


class Sink(Protocol):
    """Takes one body. Every method raises ExchangeError (layer `file`) when it cannot be written."""

    async def begin(self) -> None:
        """Get ready: a body for it comes. Not called when the answer is an error or a stream, which stay in memory."""

    async def write(self, data: bytes) -> None:
        """Take the next bytes; returns when there is room for more, so that a slow disk slows the network down."""

    async def finish(self) -> str:
        """End it, everything has come. Return where it is; empty when no body came."""

    async def give_up(self, *, keep: bool) -> str:
        """End it half-way. Return where the part is that came, empty if it is gone or was not to be kept."""
