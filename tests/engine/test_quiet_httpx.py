"""What httpx gets in the place of a module is that module when it is asked."""

from __future__ import annotations

import subprocess
import sys

import pytest

CODE = """
import sys
from firstlight.transport.quiet_httpx import httpcore, httpx
assert not {"idna", "certifi", "brotlicffi", "anyio", "h2"} & set(sys.modules), sys.modules.keys()
"""


@pytest.mark.parametrize(
    ("asks", "comes"),
    [
        ("assert httpx.URL('https://bücher.example').raw_host == b'xn--bcher-kva.example'", "idna"),
        ("assert httpx.URL('https://xn--bcher-kva.example').host == 'bücher.example'", "idna"),
        ("httpcore.default_ssl_context()", "certifi"),
    ],
)
def test_a_stand_in_is_the_module_when_something_of_it_is_asked_for(asks: str, comes: str) -> None:
    subprocess.run([sys.executable, "-c", f"{CODE}\n{asks}\nassert {comes!r} in sys.modules"], check=True, timeout=60)


def test_a_stand_in_can_be_looked_at_by_whoever_looks_at_every_import() -> None:
    looks = "import inspect\nfrom PySide6 import QtCore"
    subprocess.run([sys.executable, "-c", f"{looks}\n{CODE}"], check=True, timeout=60)


def test_a_host_that_cannot_be_is_refused_as_httpx_does() -> None:
    asks = "try:\n    httpx.URL('https://' + 'ü' * 80)\nexcept httpx.InvalidURL:\n    raise SystemExit(7)"
    assert subprocess.run([sys.executable, "-c", f"{CODE}\n{asks}"], check=False, timeout=60).returncode == 7
