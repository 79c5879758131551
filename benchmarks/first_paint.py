"""From the spawn of the process to the first idle moment after the first paint: First Light ÷ a bare PySide6 window.

Both are child processes in the same run, one after the other; medians. The second line is what a person waits for:
the demo workspace's tree and its first request on screen, ready to be sent.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time

from harness import report, window_environment

RUNS = 15
BARE = """
import os, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, done)
def done():
    sys.stdout.write("painted\\n"); sys.stdout.flush(); os._exit(0)
app = QApplication([])
window = Window()
window.resize(1360, 860)
window.show()
app.exec()
"""
OURS = """
import os, sys
from firstlight.ui import main
def done():
    sys.stdout.write("painted\\n"); sys.stdout.flush(); os._exit(0)
class Window(main.MainWindow):
    def __init__(self):
        super().__init__()
        self.painted.connect(done)
main.MainWindow = Window
main.run([])
"""
READY = """
import sys
from firstlight.ui.main import run
async def script(window):
    sys.stdout.write("ready\\n"); sys.stdout.flush()
run([], script)
"""


def wait_ms(code: str, home: str) -> float:
    """Start `code` and return the time until it prints a line."""
    environment = window_environment(home)
    started_ns = time.perf_counter_ns()
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout is not None
        assert process.stdout.readline()
        waited_ns = time.perf_counter_ns() - started_ns
        process.wait(30)
    return waited_ns / 1e6


def median(values: list[float]) -> float:
    """Return the middle value."""
    return sorted(values)[len(values) // 2]


def main() -> None:
    """Measure and print two lines."""
    with tempfile.TemporaryDirectory() as home:
        for code in (BARE, OURS, READY):  # the first start writes byte code and unpacks the demo workspace
            wait_ms(code, home)
        rounds = [[wait_ms(code, home) for code in (BARE, OURS, READY)] for _ in range(RUNS)]
    bare, ours, ready = (median(list(column)) for column in zip(*rounds, strict=True))
    report("spawn to first paint ÷ bare PySide6 window", ours / bare, "≤ 2.0×", f"{ours:.0f} ms ÷ {bare:.0f} ms")
    report("spawn to the first request on screen ÷ bare window", ready / bare, "≤ 6.0×", f"{ready:.0f} ms")


if __name__ == "__main__":
    main()
