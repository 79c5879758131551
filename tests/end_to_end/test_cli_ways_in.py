"""`firstlight send … --channel … --credential …` over every way into each service: right and wrong secrets."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from program import Program

from demo_server import RunningDemo, running_demo
from firstlight.cli.main import run_command
from firstlight.resources import resource_path
from ways_in import SAID, WAYS, Way, damaged

FOLDER = str(resource_path("demo", "workspace"))
CHINESE = re.compile(r"[\u4e00-\u9fff]")
ONE_OF_EACH = {way.service: way for way in WAYS if way.protocol != "HTTP" and way.sign_in.secret}
"""The last protocol of each vendor: a WebSocket where there is one."""


@pytest.fixture(scope="module")
def demo() -> Iterator[RunningDemo]:
    """Give a demo of this module alone: here keys are refused again and again."""
    with running_demo() as running:
        yield running


def arguments(way: Way, demo: RunningDemo, *more: str) -> tuple[str, ...]:
    variables = [word for name, value in demo.addresses.items() for word in ("--var", f"{name}={value}")]
    talk = [word for text in SAID for word in ("--message", text)] if way.protocol == "WebSocket" else []
    chosen = ("--channel", way.sign_in.channel, "--credential", way.sign_in.credential)
    return (way.request, "-w", FOLDER, *variables, *chosen, *talk, *more)


def secrets(way: Way, demo: RunningDemo, *, wrong: bool = False) -> dict[str, str]:
    given = dict(demo.credentials)
    if wrong:
        given[way.sign_in.secret] = damaged(given[way.sign_in.secret])
    return {f"FIRSTLIGHT_SECRET_{name.upper()}": value for name, value in given.items()}


class CommandLine:
    """The commands of the program within this process: a hundred of them take a few seconds."""

    def __init__(self, home: Path, monkeypatch: pytest.MonkeyPatch, capture: pytest.CaptureFixture[bytes]) -> None:
        self._home, self._patch, self._capture = home, monkeypatch, capture

    def send(self, given: dict[str, str], *words: str) -> tuple[int, list[dict[str, Any]], str]:
        """Return the exit code, the JSON that was printed, and what was said on standard error."""
        for name in [name for name in os.environ if name.startswith("FIRSTLIGHT_")]:
            self._patch.delenv(name)
        for name, value in {**given, "FIRSTLIGHT_HOME": str(self._home)}.items():
            self._patch.setenv(name, value)
        code = run_command(["send", *words])
        said = self._capture.readouterr()
        return code, [json.loads(line) for line in said.out.splitlines()], said.err.decode()


@pytest.fixture
def command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> CommandLine:
    return CommandLine(tmp_path / "home", monkeypatch, capfdbinary)


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_a_way_answers_and_refuses_a_wrong_secret_by_name(
    demo: RunningDemo, command_line: CommandLine, way: Way
) -> None:
    code, (told,), _ = command_line.send(secrets(way, demo), *arguments(way, demo, "--fail", "--json"))
    assert code == 0, told["error"] or told["explanation"]
    assert told["response"]["status"] == (101 if way.protocol == "WebSocket" else 200)
    if way.protocol != "HTTP":
        assert told["stream"]["text"]
        assert not told["stream"]["truncated"]
    if way.sign_in.secret:
        wrong = secrets(way, demo, wrong=True)
        code, (told,), said = command_line.send(wrong, *arguments(way, demo, "--fail", "--json"))
        refused_clearly(way, code, told)
        assert wrong[f"FIRSTLIGHT_SECRET_{way.sign_in.secret.upper()}"] not in json.dumps(told) + said


def refused_clearly(way: Way, code: int, told: dict[str, Any]) -> None:
    """Check that a refusal has a name, a meaning, and something to do."""
    no_token = way.sign_in.refused.startswith("iam-")
    assert code == (3 if no_token or way.protocol == "WebSocket" else 1)
    if no_token:
        assert told["error"]["kind"] == way.sign_in.refused
        assert told["error"]["hint"]
        return
    assert told["response"]["status"] == way.sign_in.status
    assert told["explanation"]["code"] == way.sign_in.refused
    assert told["explanation"]["meaning"]
    assert told["explanation"]["remedy"]


@pytest.mark.parametrize("way", [way for way in WAYS if way.protocol == "SSE"], ids=str)
def test_the_events_of_a_stream_come_over_every_way(demo: RunningDemo, command_line: CommandLine, way: Way) -> None:
    code, lines, _ = command_line.send(secrets(way, demo), *arguments(way, demo, "--events", "jsonl"))
    kinds = [line["kind"] for line in lines]
    assert code == 0
    assert kinds[-1] == "finished"
    assert {"headers", "server_event", "token"} <= set(kinds)


@pytest.mark.parametrize("way", ONE_OF_EACH.values(), ids=str)
def test_the_program_itself_tells_a_refusal_in_both_languages(tmp_path: Path, demo: RunningDemo, way: Way) -> None:
    program = Program(tmp_path)
    program.variables |= {**secrets(way, demo, wrong=True), "LANG": "zh_CN.UTF-8"}
    refused = program.run("send", *arguments(way, demo, "--fail"))
    assert refused.returncode in (1, 3)
    assert CHINESE.search(refused.stderr.decode())
    program.variables |= {**secrets(way, demo), "LANG": "C.UTF-8"}
    answered = program.run("send", *arguments(way, demo, "--fail"))
    assert (answered.returncode, bool(answered.stdout)) == (0, True), answered.stderr
