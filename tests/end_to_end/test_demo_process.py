"""The demo services as a process: one line when ready, silent while it runs, gone when asked to stop."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from urllib.parse import urlsplit

import httpx
import pytest

from demo_server import ROOT, running_demo
from firstlight.demo.listening import listen, url_of
from firstlight.model.failure import ExchangeError


def start(*arguments: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "app")}
    command = [sys.executable, "-m", "firstlight.demo", *arguments]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=pipe, stderr=pipe, text=True, env=environment)


@pytest.mark.parametrize("wish", [signal.SIGTERM, signal.SIGINT])
def test_it_prints_one_line_and_stops_at_once_though_streams_are_open(wish: signal.Signals) -> None:
    with start() as process:
        ready = json.loads(process.stdout.readline())
        broken = urlsplit(ready["addresses"]["demo_broken_url"])
        url = ready["addresses"]["demo_url"]
        with (
            httpx.Client(trust_env=False) as client,
            client.stream("GET", f"{url}/faults/endless?demo_pace_ms=1") as endless,
            socket.create_connection((broken.hostname, broken.port)) as silent,
        ):
            silent.sendall(b"GET /silent HTTP/1.1\r\n\r\n")
            next(endless.iter_raw())
            process.send_signal(wish)
            out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (0, "", "")


def test_the_line_names_addresses_and_credentials() -> None:
    with running_demo() as demo:
        assert set(demo.addresses) == {
            "demo_url", "demo_other_origin", "demo_node_url", "demo_broken_url", "demo_tls_port", "demo_port",
        }  # fmt: skip
        assert {
            "demo_token", "demo_domain_token", "demo_expired_token", "demo_appcode", "demo_api_key", "demo_eas_token",
            "demo_user", "demo_password", "demo_account",
        } <= set(demo.credentials)  # fmt: skip
        ports = {name: value for name, value in demo.addresses.items() if name.endswith("_port")}
        assert all(port.isdigit() for port in ports.values())
        urls = [value for name, value in demo.addresses.items() if name not in ports]
        assert all(url.startswith("http://127.0.0.1:") for url in urls)
        listed = httpx.get(demo.url, trust_env=False).json()
        assert listed["addresses"] == demo.addresses


def test_the_port_can_be_chosen() -> None:
    with listen(0) as probe:
        port = urlsplit(url_of(probe)).port
    with start(str(port)) as process:
        ready = json.loads(process.stdout.readline())
        process.terminate()
        process.communicate(timeout=30)
    assert ready["addresses"]["demo_url"] == f"http://127.0.0.1:{port}"


@pytest.mark.parametrize("port", [None, 70_000])
def test_a_port_that_cannot_be_had_is_told_in_words(port: int | None) -> None:
    with listen(0) as taken:
        wanted = port or urlsplit(url_of(taken)).port
        with pytest.raises(ExchangeError) as caught:
            listen(wanted)
    assert str(wanted) in str(caught.value.failure.message)
    assert caught.value.failure.hint


def test_it_listens_on_loopback_only() -> None:
    with listen(0) as listener:
        assert listener.getsockname()[0] == "127.0.0.1"


def test_it_stops_when_its_parent_is_gone_if_asked_to() -> None:
    """running_demo() closes the standard input; that alone must end the process."""
    with running_demo() as demo:
        pass
    assert demo.process.returncode == 0
