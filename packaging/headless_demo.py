"""Runs the demo where there is no display: the services, one of their requests, and a picture of the window.

    headless_demo.py WORKSPACE REQUEST PICTURE

The services print where they are and how to log in; the request is sent with that by `firstlight send`, whose
answer is shown. Then the real window opens off screen, sends the request it starts with, and is photographed.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

PROGRAM = [sys.executable, "-m", "firstlight"]
ANSWER_S = 30.0
T = TypeVar("T")


@contextmanager
def demo_services() -> Iterator[Mapping[str, Mapping[str, str]]]:
    """Start the demo services and give their addresses and credentials; stop them afterwards."""
    with subprocess.Popen([*PROGRAM, "demo", "--headless"], stdout=subprocess.PIPE, text=True) as services:
        assert services.stdout
        try:
            yield json.loads(services.stdout.readline())
        finally:
            services.terminate()


def send(workspace: Path, request: str, facts: Mapping[str, Mapping[str, str]]) -> int:
    """Send one request of the workspace, print what came back, return the exit code."""
    variables = [f"--var={name}={value}" for name, value in facts["addresses"].items()]
    secrets = {f"FIRSTLIGHT_SECRET_{name.upper()}": value for name, value in facts["credentials"].items()}
    print(f"> firstlight send {request!r} --json", flush=True)
    sent = subprocess.run(
        [*PROGRAM, "send", request, "-w", str(workspace), *variables, "--json"],
        env={**os.environ, **secrets},
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=False,
    )
    if sent.returncode == 0:
        show(json.loads(sent.stdout))
    return sent.returncode


def show(answer: Mapping[str, Any]) -> None:
    """Print the main facts of an answer."""
    response, timings, stream = answer["response"], answer["timings"], answer["stream"]
    print(f"  {answer['request']['method']} {answer['request']['url']}")
    print(f"  {response['status']} {response['reason']}, {response['body_bytes']} bytes, {timings['total_ms']:.0f} ms")
    if stream:
        print(f"  {stream['events']} messages, first token after {stream['ttft_ms']:.0f} ms")
    print("  " + (stream["text"] if stream else response["body"] or "").replace("\n", "\n  "))


async def until(condition: Callable[[], T]) -> T:
    """Wait until the window shows what is looked for; it has no event for a program that only looks."""
    async with asyncio.timeout(ANSWER_S):
        while not (found := condition()):  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    return found


async def photograph(window: Any, picture: Path) -> None:
    """Send the request the window shows, wait for the answer, save the picture."""
    from PySide6.QtWidgets import QAbstractButton, QLabel

    send_button = await until(lambda: window.findChild(QAbstractButton, "sendButton"))
    idle = send_button.text()
    send_button.click()
    status = window.findChild(QLabel, "statusLabel")
    await until(lambda: re.match(r"\d", status.text()) and send_button.text() == idle)
    await asyncio.sleep(0.2)  # the last paint
    picture.parent.mkdir(parents=True, exist_ok=True)
    window.grab().save(str(picture))


def main(arguments: list[str]) -> int:
    """Run the demo and return the exit code of its request."""
    workspace, request, picture = Path(arguments[0]), arguments[1], Path(arguments[2])
    with demo_services() as facts:
        code = send(workspace, request, facts)
    if code != 0:
        return code
    picture.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"FIRSTLIGHT_HOME": home, "QT_QPA_PLATFORM": "offscreen"}
        from firstlight.ui.main import run

        code = run([], lambda window: photograph(window, picture))
    if code != 0 or not picture.exists():
        print("> the window gave no picture", file=sys.stderr)
        return code or 1
    print(f"> a picture of the window: {picture}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
