"""A workspace of 10,000 requests: how long until it is shown and searched, how alive the window is meanwhile.

The reference is a plain open().read() of the same files in the same run, in the same process. The heartbeat is a 5 ms
timer of the window's own loop; how late its worst beat is, is how long the window was deaf.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from harness import HERE, percentile, report

RUNS = 5
REQUESTS, FOLDERS, COLLECTIONS = 10_000, 200, 10

WORK = """
import asyncio, json, sys, time
from pathlib import Path
from PySide6.QtCore import QTimer, Qt
from firstlight.ui.main import run
from firstlight.ui.window_work import Work

folder = Path(sys.argv[1])
beats = []

def ms(since): return (time.perf_counter() - since) * 1000

async def painted(widget):
    before = ms(0)
    widget.viewport().repaint()
    await asyncio.sleep(0)

def heartbeat():
    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.setInterval(5)
    timer.timeout.connect(lambda: beats.append(time.perf_counter()))
    timer.start()
    return timer

async def script(window):
    library, tree = window.findChild(Work).library, window.sidebar.tree
    files = [path for path in folder.rglob("request-*.yaml")]
    begun = time.perf_counter()
    for path in files:
        with open(path, "rb") as file:
            file.read()
    reading = ms(begun)
    timer = heartbeat()
    await asyncio.sleep(0.3)
    beats.clear()
    begun = time.perf_counter()
    assert await library.open_workspace(folder)
    window.sidebar.filter.setText("request 9999")
    await painted(tree)
    opening = ms(begun)
    late = max(b - a for a, b in zip(beats, beats[1:])) * 1000 - 5
    assert tree.rows.rowCount() == 1
    filters = []
    for text in ("r", "re", "request 38", "post 777", "zzz", "/v1/", "folder 3.1", "collection 4 put", ""):
        begun = time.perf_counter()
        window.sidebar.filter.setText(text)
        await painted(tree)
        filters.append(ms(begun))
    begun = time.perf_counter()
    await library.refresh()
    again = ms(begun)
    path = files[5000].relative_to(folder).as_posix()
    begun = time.perf_counter()
    await library.open(path)
    print(json.dumps([reading, opening, late, max(filters), again, ms(begun)]))
    timer.stop()

run([str(Path(sys.argv[2]))], script)
"""


def make_workspace(folder: Path) -> None:
    """Write the files of a large workspace."""
    from firstlight.formats.firstlight_yaml import dump_request
    from firstlight.model.request import Authorization, Body, Header, Request
    from firstlight.store.workspace import Workspace

    workspace = Workspace.create(folder, "Big")
    collections = [workspace.add_collection(f"Collection {number}") for number in range(COLLECTIONS)]
    folders = [
        workspace.add_folder(collections[n % COLLECTIONS], f"Folder {n % COLLECTIONS}.{n}") for n in range(FOLDERS)
    ]
    for number in range(REQUESTS):
        request = Request(
            name=f"Request {number}",
            method=("GET", "POST", "PUT")[number % 3],
            url=f"{{{{base_url}}}}/v1/services/{number}/infer",
            headers=(Header(name="Content-Type", value="application/json"), Header(name="X-Trace", value=str(number))),
            authorization=Authorization(kind="x-auth-token", values={"token": "{{secret:demo_token}}"}),
            body=Body(kind="raw", text='{\n  "data": {\n    "req_data": [{"sepal_length": 3}]\n  }\n}'),
        )
        file = folder / folders[number % FOLDERS] / f"request-{number}.yaml"
        file.write_text(dump_request(request), encoding="utf-8")


def measured(command: list[str], environment: dict[str, str]) -> list[float]:
    """Return the times of one run, in a home of its own: the window opens the tabs of the last one again."""
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return [float(value) for value in json.loads(ran.stdout)]


def main() -> None:
    """Measure and print the lines."""
    with tempfile.TemporaryDirectory() as home:
        from firstlight.store.workspace import Workspace

        make_workspace(Path(home, "big"))
        Workspace.create(Path(home, "small"), "Small")
        environment = os.environ | {
            "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
            "PYTHONPATH": str(HERE.parent / "app"),
        }
        command = [sys.executable, "-c", WORK, str(Path(home, "big")), str(Path(home, "small"))]
        runs = [measured(command, environment | {"FIRSTLIGHT_HOME": str(Path(home, str(run)))}) for run in range(RUNS)]
    reading, opening, late, filtering, again, one = (
        percentile(list(column), 0.5) for column in zip(*runs, strict=True)
    )
    said = f"{opening:.0f} ms, reading alone {reading:.0f} ms"
    report("10,000 requests: open, searched and painted", opening / 1000, "≤ 1.5 s", said)
    report("10,000 requests: open and searched ÷ reading the files", opening / reading, "≤ 5×", said)
    report("10,000 requests: latest beat of a 5 ms heartbeat while opening", late, "≤ 100 ms")
    report("10,000 requests: slowest of nine filters, painted", filtering, "≤ 50 ms")
    report("10,000 requests: look at the disk again ÷ reading the files", again / reading, "≤ 2×", f"{again:.0f} ms")
    report("10,000 requests: open one of them", one, "≤ 200 ms")


if __name__ == "__main__":
    main()
