"""Starts the real demo services as a child process, for tests of every ring."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class RunningDemo:
    """One running demo: where it is and how to log in."""

    process: subprocess.Popen[bytes]
    addresses: Mapping[str, str]
    credentials: Mapping[str, str]

    @property
    def url(self) -> str:
        """The main origin."""
        return self.addresses["demo_url"]

    def __getitem__(self, name: str) -> str:
        """Return a credential by its name."""
        return self.credentials[name]


@contextmanager
def running_demo(pace_ms: float = 0) -> Iterator[RunningDemo]:
    """Run the demo until the block ends. It must not write anything to standard error.

    It also ends when this process dies, however that happens: its standard input closes then.
    """
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "app"),
        "FIRSTLIGHT_DEMO_STOP_WITH_INPUT": "1",
        "FIRSTLIGHT_DEMO_PACE_MS": str(pace_ms),
        "FIRSTLIGHT_DEMO_SEED": "3",  # the same answers in every run
    }
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "firstlight.demo"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=environment,
        )
        with process:
            try:
                ready = process.stdout.readline()
                errors.seek(0)
                assert ready, errors.read().decode()
                yield RunningDemo(process, **json.loads(ready))
            finally:
                process.stdin.close()
                try:
                    process.wait(30)
                except subprocess.TimeoutExpired:
                    process.kill()
                    raise
        errors.seek(0)
        noise = errors.read().decode()
        assert not noise, noise
