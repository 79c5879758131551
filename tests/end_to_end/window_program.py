"""Runs the real window as a process of its own, driven by a script; reads what it printed and what it left behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from program import environment

HARMLESS = "This plugin does not support"
"""The offscreen platform says this of every dialog; it is no fault of the window."""

PROLOGUE = """
import asyncio, json, sys
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTabWidget, QWidget
from firstlight.ui.main import run

def say(**facts):
    sys.stdout.write(json.dumps(facts) + "\\n")
    sys.stdout.flush()

async def until(condition):
    async with asyncio.timeout(30):
        while not condition():
            await asyncio.sleep(0.01)

def demo_of(window):
    return window.findChild(QWidget, "demoLabel").text()

def sending(window):
    return window.tabs.current().findChild(QPushButton, "sendButton").text() == "Cancel"

async def ready(window):
    await until(lambda: demo_of(window) == "Demo services running")

def child_pids():
    import os
    running = map(int, filter(str.isdigit, os.listdir("/proc")))
    return [pid for pid in running if parent(pid) == os.getpid() and alive(pid)]

def parent(pid):
    try:
        with open(f"/proc/{pid}/stat") as line:
            return int(line.read().rpartition(")")[2].split()[1])
    except OSError:
        return 0

def alive(pid):
    try:
        with open(f"/proc/{pid}/cmdline") as line:
            return "--headless" in line.read()
    except OSError:
        return False

async def script(window):
"""
EPILOGUE = "\nsys.exit(run(sys.argv[1:], script))\n"


def window_code(body: str) -> str:
    """Return a program whose script is `body`, a piece of coroutine that knows `window`."""
    return PROLOGUE + textwrap.indent(textwrap.dedent(body).strip() + "\n", "    ") + EPILOGUE


@contextmanager
def window(home: Path, body: str, *arguments: str, before: str = "") -> Iterator[subprocess.Popen[str]]:
    """Start the window; it has ended when the block is left. `before` is code that runs first."""
    env = environment(home, QT_QPA_PLATFORM="offscreen", LC_ALL="C.UTF-8")
    process = subprocess.Popen(
        [sys.executable, "-c", before + window_code(body), *arguments],
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        with process:
            yield process
    finally:
        process.kill()


def facts(process: subprocess.Popen[str]) -> dict[str, Any]:
    """Return the next line that the script said."""
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line, process.communicate()[1]
    said: dict[str, Any] = json.loads(line)
    return said


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Wait for the end; return the exit code and what was written to standard error, the harmless part left out."""
    _output, errors = process.communicate(timeout=60)
    return process.returncode, "\n".join(line for line in errors.splitlines() if HARMLESS not in line)


def gone(pid: int) -> bool:
    """Tell whether a process has ended."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"


def wait_until(condition: Callable[[], bool], timeout_s: float = 30.0) -> None:
    """Wait for something outside."""
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)
