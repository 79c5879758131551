"""The demo services as a child process: started for the demo workspace, ended with it.

The child prints one JSON line (addresses, credentials) and serves until its standard input closes: that happens
when the window stops it, and also when the window dies without a word.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Mapping
from typing import cast

from PySide6.QtCore import QObject, Signal

_STOP_WITH_INPUT = "FIRSTLIGHT_DEMO_STOP_WITH_INPUT"
"""As in demo.serve, which is not imported here: it brings a web server along."""
_READY_S = 30.0
_GOODBYE_S = 3.0
_LONGEST_LINE_BYTES = 1 << 20  # the credentials are long: a token may have 2,400 characters


class DemoProcess(QObject):
    """One demo, at most one child. `run` is started as a task and cancelled to end it."""

    changed = Signal(str)
    """off, starting, running or failed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state = "off"
        self.addresses: Mapping[str, str] = {}
        self.credentials: Mapping[str, str] = {}
        self.process_id = 0
        self._settled = asyncio.Event()

    async def settled(self) -> None:
        """Wait until the demo runs, or has failed to."""
        await self._settled.wait()

    async def run(self, port: int = 0) -> None:
        """Start the child and stay until it ends; cancelling ends it."""
        self._change("starting")
        process = await asyncio.create_subprocess_exec(
            *_command(port),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=_LONGEST_LINE_BYTES,
            env=os.environ | {_STOP_WITH_INPUT: "1"},
        )
        self.process_id = process.pid
        state = "failed"
        try:
            if await self._read_line(process):
                self._change("running")
                await process.wait()
        except asyncio.CancelledError:
            state = "off"
            raise
        finally:
            await _end(process)
            self.process_id = 0
            self._change(state)

    async def _read_line(self, process: asyncio.subprocess.Process) -> bool:
        output = cast(asyncio.StreamReader, process.stdout)
        try:
            async with asyncio.timeout(_READY_S):
                line = await output.readline()
            facts = json.loads(line)
        except (TimeoutError, ValueError):
            return False
        self.addresses, self.credentials = facts["addresses"], facts["credentials"]
        return True

    def _change(self, state: str) -> None:
        self.state = state
        if state == "starting":
            self._settled.clear()
        else:
            self._settled.set()
        self.changed.emit(state)


def _command(port: int) -> list[str]:
    start = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "firstlight"]
    return [*start, "demo", "--headless", *(["--port", str(port)] if port else [])]


async def _end(process: asyncio.subprocess.Process) -> None:
    """Close the child's input, wait, and insist if it does not go."""
    cast(asyncio.StreamWriter, process.stdin).close()
    for insist in (process.terminate, process.kill):
        try:
            async with asyncio.timeout(_GOODBYE_S):
                await process.wait()
        except TimeoutError:
            insist()
        else:
            return
    await process.wait()
