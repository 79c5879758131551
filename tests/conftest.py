"""What every ring of tests shares."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

sys.path.append(str(Path(__file__).parent / "engine"))  # servers.py serves every ring

from causes import Stage, open_stage
from demo_server import RunningDemo, running_demo

# Before any Qt is loaded, in whatever order the rings run: no test needs a display.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Before anybody asks for a keyring, which is remembered from then on: no test meets the one of this machine.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

# Tests that were started in the background of a shell would hand on that Ctrl+C is ignored, also to what they start.
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# No time limits: the first example may import a package, and a busy machine is no failure.
settings.register_profile("first-light", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("first-light")


@pytest.fixture(scope="session")
def demo() -> Iterator[RunningDemo]:
    """Give the demo services as a real child process; tokens come without a pause."""
    with running_demo() as running:
        yield running


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Give the servers on which exchanges fail."""
    with open_stage(tmp_path_factory.mktemp("stage")) as made:
        yield made
