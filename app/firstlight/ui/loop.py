"""Runs Qt at once and asyncio inside it as soon as the first paint is over.

asyncio and qasync take 80 ms to import: a thread does it behind the painted window. From then on there is one
loop, qasync's, in which every coroutine of the window runs.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Coroutine
from importlib import import_module
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from firstlight.ui.garbage import Garbage

if TYPE_CHECKING:
    import asyncio

_NEVER_PAINTED_MS = 1500  # a window that starts minimised paints nothing, and must work all the same
_THREADS = 8
_SWITCH_INTERVAL_S = 0.001  # with Python's 5 ms a busy thread delays a paint by 28 ms, with 1 ms by 7 ms

Work = Callable[[], Coroutine[Any, Any, None]]


class Loop(QObject):
    """One run of the program: Qt's loop, and in it one coroutine that ends it."""

    _imported = Signal()

    def __init__(
        self,
        app: QApplication,
        work: Work,
        more_imports: Callable[[], object],
        on_problem: Callable[[BaseException], None],
    ) -> None:
        """Prepare to run `work`; `more_imports` runs in the thread that imports asyncio."""
        super().__init__(app)
        self._more_imports = more_imports
        self._app = app
        self._work = work
        self._on_problem = on_problem
        self._importing: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None
        self._garbage = Garbage(self)
        self._imported.connect(self._on_imported)
        QTimer.singleShot(_NEVER_PAINTED_MS, self.begin)

    def run(self) -> None:
        """Run until the coroutine ends.

        Raises:
            BaseException: whatever the coroutine raised.
        """
        self._app.exec()  # the one loop of the program; nothing else may nest another
        if self._task is None or self._loop is None:
            return
        self._finish(self._loop, self._task)
        if not self._task.cancelled():
            self._task.result()

    @Slot()
    def begin(self) -> None:
        """Import asyncio in a thread, then start the coroutine; a second call does nothing."""
        if self._importing is None:
            self._garbage.take_over()
            sys.setswitchinterval(_SWITCH_INTERVAL_S)
            self._importing = threading.Thread(target=self._import, name="import asyncio", daemon=True)
            self._importing.start()

    def _import(self) -> None:
        import asyncio  # noqa: F401 - for the main thread, which then finds it loaded

        import qasync  # noqa: F401

        import_module("concurrent.futures.thread")
        self._more_imports()
        self._imported.emit()

    @Slot()
    def _on_imported(self) -> None:
        import asyncio
        from concurrent.futures import ThreadPoolExecutor

        import qasync

        self._garbage.freeze()
        self._loop = qasync.QEventLoop(self._app, already_running=True)
        # qasync's own starts ten threads at once and keeps them.
        self._loop.set_default_executor(ThreadPoolExecutor(_THREADS, thread_name_prefix="work"))
        asyncio.set_event_loop(self._loop)
        self._loop.set_exception_handler(self._on_loop_problem)
        self._task = self._loop.create_task(self._work(), name="window")
        self._task.add_done_callback(lambda _task: self._loop.stop() if self._loop else None)

    def _on_loop_problem(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        self._on_problem(context.get("exception") or RuntimeError(str(context["message"])))

    def _finish(self, loop: asyncio.AbstractEventLoop, task: asyncio.Task[None]) -> None:
        import asyncio

        # qasync leaves both to whoever ran Qt's loop; `quit` from outside may have ended it before the task.
        loop.stop()
        asyncio._set_running_loop(None)
        if not task.done():
            task.cancel()
            loop.run_until_complete(asyncio.wait([task]))
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()
        asyncio.set_event_loop(None)
