"""Memory of the idle program ÷ a bare PySide6 window: demo workspace and first request open, network ready.

Resident memory of the window's process alone (the demo is a process of its own), two seconds later. The keyring
is not asked for yet in the demo workspace; asking it adds about 11 MB on Linux.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

from harness import report, window_environment

RUNS = 3
RESIDENT = """
import re, sys
def resident_mb():
    with open("/proc/self/status") as status:
        return int(re.search(r"VmRSS:\\s*(\\d+)", status.read())[1]) / 1024
"""
BARE = (
    RESIDENT
    + """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.resize(1360, 860)
window.show()
def done():
    print(resident_mb())
    app.quit()
QTimer.singleShot(2000, done)
app.exec()
"""
)
OURS = (
    RESIDENT
    + """
import asyncio
from firstlight.ui import main
ready = asyncio.Event()
class Window(main.MainWindow):
    def __init__(self):
        super().__init__()
        self.network_ready.connect(ready.set)
main.MainWindow = Window
async def script(window):
    await asyncio.wait_for(ready.wait(), 20)
    await asyncio.sleep(2)
    print(resident_mb())
main.run([], script)
"""
)


def resident_mb(code: str, home: str) -> float:
    """Run `code` and return the number it prints."""
    environment = window_environment(home) | {"LC_ALL": "C.UTF-8"}
    done = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, env=environment, check=True, timeout=60)
    return float(done.stdout.split()[-1])


def main() -> None:
    """Measure and print one line."""
    if not os.path.exists("/proc/self/status"):
        print("idle memory ÷ bare window: measured on Linux only")
        return
    with tempfile.TemporaryDirectory() as home:
        resident_mb(OURS, home)  # the first start writes byte code, which takes 1.3 MB, and unpacks the demo workspace
        pairs = [(resident_mb(BARE, home), resident_mb(OURS, home)) for _ in range(RUNS)]
    bare, ours = (sorted(column)[RUNS // 2] for column in zip(*pairs, strict=True))
    report("idle memory ÷ bare PySide6 window", ours / bare, "≤ 1.9×", f"{ours:.0f} MB ÷ {bare:.0f} MB")


if __name__ == "__main__":
    main()
