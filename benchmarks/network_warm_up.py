"""The network stack is prepared in a thread while a window is alive: how long the window is kept waiting at most."""

from __future__ import annotations

import os
import threading
from itertools import pairwise
from time import perf_counter, perf_counter_ns

from harness import report

BEAT_MS = 5


def measure() -> tuple[float, float]:
    """Return the worst lateness of a 5 ms heartbeat and the time until ready, in milliseconds."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import Qt, QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow

    from firstlight.transport import warm_up

    app = QApplication([])
    window = QMainWindow()
    window.show()
    beats_ns: list[int] = []
    ready: list[float] = []

    def work() -> None:
        began = perf_counter()
        warm_up()
        ready.append((perf_counter() - began) * 1e3)

    thread = threading.Thread(target=work)

    def on_beat() -> None:
        beats_ns.append(perf_counter_ns())
        if len(beats_ns) == 20:
            thread.start()
        elif ready:
            app.quit()

    timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=BEAT_MS)
    timer.timeout.connect(on_beat)
    timer.start()
    app.exec()
    thread.join()
    late = [(after - before) / 1e6 - BEAT_MS for before, after in pairwise(beats_ns[15:])]
    return max(late), ready[0]


def main() -> None:
    stall_ms, ready_ms = measure()
    report("network ready in the background, longest stall", stall_ms, "≤ 30 ms", f"ready after {ready_ms:.0f} ms")


if __name__ == "__main__":
    main()
