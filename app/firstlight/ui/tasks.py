"""Coroutines are started in one place: named, remembered, cancelled together, their errors heard."""

from __future__ import annotations

from collections.abc import Coroutine, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:  # 50 ms of import that the first paint does not wait for (docs/adr/0003)
    import asyncio


class Tasks(QObject):
    """The running tasks of one owner. The loop keeps only weak references; this keeps strong ones.

    They are cancelled when the owner is deleted: what they would show has gone.
    """

    failed = Signal(object)
    """An exception nobody expected: a programming error, on its way to the crash dialog."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running: set[asyncio.Task[Any]] = set()
        self.destroyed.connect(partial(_cancel, self._running))

    def start(self, work: Coroutine[Any, Any, Any], *, name: str) -> asyncio.Task[Any]:
        """Start `work` on the running loop and remember it until it ends."""
        import asyncio

        task = asyncio.get_running_loop().create_task(work, name=name)
        self._running.add(task)
        task.add_done_callback(self._on_ended)
        return task

    def _on_ended(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self.failed.emit(error)

    async def cancel_all(self) -> None:
        """Cancel every running task, and what is started while they end, and wait until each has cleaned up."""
        import asyncio

        while running := [task for task in self._running if not task.done()]:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)


def _cancel(running: Iterable[asyncio.Task[Any]], *_: object) -> None:
    for task in tuple(running):
        if not task.done():
            task.cancel()
