"""Renders a big body in a child process: a C call that holds the GIL freezes the window from a thread, too.

A thread feeds the pipe and waits, the loop awaits the thread.
"""

from __future__ import annotations

import asyncio
import multiprocessing
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import NamedTuple

from firstlight.model.response import Response
from firstlight.ui.child.transfer import receive_bytes, send_bytes
from firstlight.ui.child.work import serve
from firstlight.views import View
from firstlight.views.json_problem import JsonProblem

INLINE_BYTES = 1_000_000
"""Bodies up to this are rendered at once: 2 ms where the fast way works, 70 where JSON is broken."""


class Rendered(NamedTuple):
    """What a child process made of a body."""

    data: bytearray
    """UTF-8."""
    language: str
    problem: JsonProblem | None


def is_big(view: View, response: Response) -> bool:
    """Tell whether rendering belongs into a child process; a hex dump makes its rows when they are seen."""
    return len(response.body) > INLINE_BYTES and view.name != "hex"


async def render_in_child(view: View, response: Response) -> Rendered | None:
    """Render in a child process; None when it died (of memory, most likely). Cancelling kills it."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs,), daemon=True, name=f"render {view.name}")
    try:
        return await asyncio.to_thread(_ask, process, ours, theirs, (view.name, response))
    finally:
        # The thread may still be at it when the task was cancelled: killing the child ends its waiting.
        if process.pid is not None:
            process.kill()
        await asyncio.to_thread(_close, process, ours)


def _ask(process: SpawnProcess, ours: Connection, theirs: Connection, task: tuple[str, Response]) -> Rendered | None:
    name, response = task
    try:
        process.start()
        theirs.close()  # so that the child's end is the end of the pipe
        ours.send((name, response.status, response.headers))
        send_bytes(ours, response.body)
        language, problem = ours.recv()
        return Rendered(receive_bytes(ours), language, problem)
    except (EOFError, OSError):
        return None


def _close(process: SpawnProcess, ours: Connection) -> None:
    if process.pid is not None:
        process.join()
        process.close()
    ours.close()
