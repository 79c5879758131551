"""What every benchmark shares: one printed line per figure, servers in a child process, medians of interleaved runs.

A benchmark is a plain script. It exits non-zero only when it could not measure; a missed target is printed as MISSED.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "app"))

_TARGET = re.compile(r"\s*(≤|≥|<=|>=)\s*([\d.,]+)\s*(.*)")


def report(name: str, value: float, target: str, detail: str = "") -> None:
    """Print one line: name, value, target and whether it was missed.

    `target` is a bound with its unit: "≤ 1.3×", "≥ 0.7×", "≤ 30 ms", "≥ 45,000 events/s".
    """
    found = _TARGET.fullmatch(target)
    if not found:
        raise ValueError(f"not a target: {target!r}")
    bound, unit = float(found[2].replace(",", "")), found[3].strip()
    met = value <= bound if found[1] in ("≤", "<=") else value >= bound
    shown = f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.2f}" if abs(value) < 10 else f"{value:.1f}"
    gap = "" if unit in ("×", "%", "") else " "
    missed = "" if met else "  MISSED"
    print(
        f"{name}  {shown}{gap}{unit}  (target {target.strip()}){missed}" + (f"  {detail}" if detail else ""), flush=True
    )


@contextmanager
def server(kind: str) -> Iterator[int]:
    """Run one of servers.SERVERS in a child process of its own and give its port on 127.0.0.1."""
    with child(str(HERE / "servers.py"), kind) as process:
        assert process.stdout is not None
        yield int(process.stdout.readline())


@contextmanager
def child(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Run a Python script in a child process and end it afterwards."""
    process = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=10)
        assert process.stdout is not None
        process.stdout.close()


def window_environment(home: str) -> dict[str, str]:
    """Return the environment of a program that is installed: byte code is kept, settings and data are in `home`."""
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return inherited | {
        "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
        "PYTHONPATH": str(HERE.parent / "app"),
        "FIRSTLIGHT_HOME": home,
    }


def percentile(values: list[float], share: float) -> float:
    """Return the value below which `share` (0 to 1) of `values` lie."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]
