"""A server that does not speak proper HTTP: the faults that no web framework can produce.

It reads one request head and plays the script of that path byte for byte.
"""

from __future__ import annotations

import asyncio

from firstlight.demo.faults.broken_sockets import BROKEN_SOCKETS
from firstlight.demo.faults.floods import FLOODS
from firstlight.demo.faults.scripts import BODIES, CONNECTIONS, HEADS, Script, says

SCRIPTS: tuple[tuple[str, Script], ...] = (*CONNECTIONS, *HEADS, *BODIES, *FLOODS)
_NOT_HTTP = says(b"SSH-2.0-OpenSSH_9.2\r\n\r\n")


async def by_path(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Play the script of the path that is asked for; an unknown one is answered by something that is not HTTP."""
    head = await reader.readuntil(b"\r\n\r\n")
    path = head.split(b" ", 2)[1].split(b"?")[0].decode("latin-1")
    if (broken := dict(BROKEN_SOCKETS).get(path)) is not None:
        await broken(head, writer)
        return
    await dict(SCRIPTS).get(path, _NOT_HTTP)(reader, writer)


class FaultyServer:
    """Plays `script` on every connection, and can hang up on all of them."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._ended: dict[asyncio.StreamWriter, asyncio.Event] = {}

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection (the callback of asyncio.start_server)."""
        ended = self._ended[writer] = asyncio.Event()
        try:
            await self._script(reader, writer)
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, IndexError):
            # The client went away, or does not speak HTTP either: there is nobody to tell.
            return
        finally:
            writer.close()
            del self._ended[writer]
            ended.set()

    async def aclose(self) -> None:
        """Hang up on every client and wait until their scripts have ended."""
        waiting = dict(self._ended)
        for writer in waiting:
            writer.transport.abort()
        for ended in waiting.values():
            await ended.wait()
