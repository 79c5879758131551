"""Starts real servers of others for the tests that meet them, and tells why one cannot be met here."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest

_PROGRAM = Path(__file__).with_name("peer_programs.py")


@contextmanager
def peer(name: str, package: str = "") -> Iterator[str]:
    """Run one of peer_programs.PROGRAMS and give its URL; skip where there is no wheel of its package."""
    if not find_spec(package or name):
        pytest.skip(f"there is no wheel of {package or name} for this platform")
    pipe = subprocess.PIPE
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen([sys.executable, str(_PROGRAM), name], stdin=pipe, stdout=pipe, stderr=said) as process,
    ):
        assert process.stdin
        assert process.stdout
        try:
            url = process.stdout.readline().decode().strip()
            said.seek(0)
            assert url, said.read().decode()
            yield url
        finally:
            process.stdin.close()
            process.wait(30)
