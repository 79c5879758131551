"""How long `firstlight --version` takes, as a multiple of an empty Python process. Interleaved, medians."""

from __future__ import annotations

import subprocess
import sys
import time

from harness import HERE, report

RUNS = 31
EMPTY = [sys.executable, "-c", "pass"]
VERSION = [sys.executable, "-m", "firstlight", "--version"]


def duration_ms(command: list[str]) -> float:
    """Run a command to its end and return how long it took."""
    started_ns = time.perf_counter_ns()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=HERE.parent / "app")
    return (time.perf_counter_ns() - started_ns) / 1e6


def main() -> None:
    """Measure and print one line."""
    pairs = [(duration_ms(EMPTY), duration_ms(VERSION)) for _ in range(RUNS)]
    empty_ms, version_ms = (sorted(column)[RUNS // 2] for column in zip(*pairs, strict=True))
    detail = f"{version_ms:.0f} ms ÷ {empty_ms:.0f} ms"
    report("firstlight --version ÷ python -c pass", version_ms / empty_ms, "≤ 12×", detail)


if __name__ == "__main__":
    main()
