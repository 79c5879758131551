"""The real program from its first paint until the network is ready: the longest stall of its window.

A 5 ms heartbeat runs in the window from the first paint on. The stall counted is the worst lateness between the
moment the first request is on screen and the moment the network is ready; building that first screen is reported
beside it.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile

from harness import report, window_environment

RUNS = 5
CODE = """
import asyncio, sys
from time import perf_counter_ns
from PySide6.QtCore import Qt, QTimer
from firstlight.ui import main
beats = []
class Window(main.MainWindow):
    def __init__(self):
        super().__init__()
        self.beat = QTimer(self, timerType=Qt.TimerType.PreciseTimer, interval=5)
        self.beat.timeout.connect(lambda: beats.append(perf_counter_ns()))
        self.painted.connect(self.beat.start)
        self.ready_ns = 0
        self.network_ready.connect(lambda: setattr(self, "ready_ns", perf_counter_ns()))
main.MainWindow = Window
async def script(window):
    await asyncio.sleep(0.03)
    shown = len(beats)
    began_ns = perf_counter_ns()
    while not window.ready_ns:
        await asyncio.sleep(0.005)
    ready_ns = window.ready_ns
    await asyncio.sleep(0.05)
    late = [(b - a) / 1e6 - 5 for a, b in zip(beats, beats[1:])]
    print(max(late[shown:]), max(late[:shown]), (ready_ns - began_ns) / 1e6)
main.run([sys.argv[1]] if len(sys.argv) > 1 else [], script)
"""


def measure(home: str) -> tuple[float, float, float]:
    """Return the stall while the network gets ready, the stall of the first screen, and the wait, in ms."""
    environment = window_environment(home) | {"LC_ALL": "C.UTF-8"}
    done = subprocess.run([sys.executable, "-c", CODE], stdout=subprocess.PIPE, env=environment, check=True, timeout=60)
    stall, screen, wait = done.stdout.split()[-3:]
    return float(stall), float(screen), float(wait)


def main() -> None:
    """Measure and print one line."""
    with tempfile.TemporaryDirectory() as home:
        measure(home)
        stalls, screens, waits = (sorted(column) for column in zip(*(measure(home) for _ in range(RUNS)), strict=True))
    middle = RUNS // 2
    detail = f"ready {waits[middle]:.0f} ms after the first screen; building that: {screens[middle]:.0f} ms at a time"
    report("window: longest stall while the network gets ready", stalls[middle], "≤ 30 ms", detail)


if __name__ == "__main__":
    main()
