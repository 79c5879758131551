"""What benchmarks of the visible response pane share: the pane as in the window, a loop, a heartbeat."""

from __future__ import annotations

import os
from collections.abc import Callable, Coroutine
from time import perf_counter_ns
from typing import Any, TypeVar

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_API", "pyside6")

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from firstlight.transport import warm_up
from firstlight.ui.garbage import Garbage
from firstlight.ui.response.pane import ResponsePane
from firstlight.ui.theme.apply import apply_theme

HEARTBEAT_MS = 5
T = TypeVar("T")


class Heartbeat:
    """Fires every 5 ms and notes how much later than that it did."""

    def __init__(self) -> None:
        self.late_ms: list[float] = []
        self._last_ns = 0
        self._timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=HEARTBEAT_MS)
        self._timer.timeout.connect(self._on_beat)

    def start(self) -> None:
        self._last_ns = perf_counter_ns()
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def taken(self) -> list[float]:
        """Stop; return the lateness of every beat since the last time, in milliseconds."""
        self.stop()
        late, self.late_ms = self.late_ms, []
        return late

    def _on_beat(self) -> None:
        now_ns = perf_counter_ns()
        self.late_ms.append(max(0.0, (now_ns - self._last_ns) / 1e6 - HEARTBEAT_MS))
        self._last_ns = now_ns


def in_window(work: Callable[[ResponsePane], Coroutine[Any, Any, T]]) -> T:
    """Run `work` on Qt's loop with a pane that is seen, cycles collected as in the window."""
    import qasync

    app = QApplication([])
    app.setQuitOnLastWindowClosed(False)
    apply_theme(app, "light")
    pane = ResponsePane()
    pane.resize(1100, 700)
    pane.show()
    warm_up()
    garbage = Garbage(app)
    garbage.take_over()
    garbage.freeze()
    loop = qasync.QEventLoop(app)

    async def ready() -> T:
        await pane.get_ready()
        return await work(pane)

    with loop:
        result: T = loop.run_until_complete(ready())
    return result
