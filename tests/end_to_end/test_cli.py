"""The other commands of the program: version, help, format, demo; and that none of them loads the window."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from program import Program, environment, serving

import firstlight
from firstlight.cli.main import run_command, wants_window


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path)


def test_the_version_is_printed(program: Program) -> None:
    done = program.run("--version")
    assert (done.returncode, done.stdout.decode(), done.stderr) == (0, f"firstlight {firstlight.__version__}\n", b"")


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["send", "--help"], ["format", "-h"], ["demo", "--help"]])
def test_help_is_printed(program: Program, arguments: list[str]) -> None:
    done = program.run(*arguments)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"Usage: firstlight")


@pytest.mark.parametrize(
    ("arguments", "window"),
    [
        ([], True),
        (["my-workspace"], True),
        (["./send"], True),
        (["demo"], True),
        (["demo", "--port", "0"], True),
        (["demo", "--headless"], False),
        (["demo", "--help"], False),
        (["demo", "--port", "x"], False),
        (["send"], False),
        (["format"], False),
        (["--version"], False),
        (["-h"], False),
        (["a", "b"], False),
        (["frob"], False),
    ],
)
def test_only_a_workspace_or_the_demo_opens_the_window(
    arguments: list[str], window: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "my-workspace").mkdir()
    (tmp_path / "send").mkdir()
    monkeypatch.chdir(tmp_path)
    assert wants_window(arguments) is window


@pytest.mark.parametrize("arguments", [[], ["demo"]])
def test_without_a_display_the_window_is_refused_in_one_line(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("LANG", "C.UTF-8")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)

    assert not wants_window(arguments)
    assert run_command(arguments) == 2

    errors = capsys.readouterr().err
    assert "there is no display" in errors
    assert errors.count("\n") == 1


def imported_by(program: Program, *arguments: str) -> set[str]:
    """Return the modules that a run of the program imports, as the interpreter itself reports them."""
    command = [sys.executable, "-X", "importtime", "-m", "firstlight", *arguments]
    env = environment(program.folder / "home")
    done = subprocess.run(command, cwd=program.folder, env=env, capture_output=True, text=True, timeout=60, check=True)
    return {line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if line.startswith("import time:")}


def test_the_command_line_loads_no_window(program: Program) -> None:
    with serving() as server:
        server.answers["/"] = lambda call: call.reply(b"{}")
        loaded = imported_by(program, "send", server.url("/"))
    assert "httpx" in loaded
    assert not {name for name in loaded if name.partition(".")[0] in {"PySide6", "shiboken6", "qasync"}}
    assert not {name for name in loaded if name.startswith("firstlight.ui")}


def test_the_version_loads_next_to_nothing(program: Program) -> None:
    ours = {name for name in imported_by(program, "--version") if name.startswith("firstlight")}
    assert ours == {"firstlight", "firstlight.cli", "firstlight.cli.main"}


def test_json_is_laid_out_without_changing_a_digit(program: Program) -> None:
    data = '{"b":1.10,"a":[1e400,12345678901234567890],"a":"é\\u00e9/\\/","空":{}}'.encode()
    (program.folder / "in.json").write_bytes(data)
    laid_out = program.run("format", "in.json")
    assert (laid_out.returncode, laid_out.stderr) == (0, b"")
    assert laid_out.stdout.startswith(b'{\n  "b": 1.10,\n  "a": [\n    1e400,\n    12345678901234567890\n')
    assert program.run("format", "-", stdin=data).stdout == laid_out.stdout
    assert program.run("format", "--minify", stdin=laid_out.stdout).stdout == data + b"\n"


def test_broken_json_names_the_place(program: Program) -> None:
    (program.folder / "in.json").write_bytes(b'{\n  "a": 1,\n}')
    done = program.run("format", "in.json")
    assert (done.returncode, done.stdout) == (4, b"")
    assert done.stderr.startswith(b"firstlight: in.json, line 2, column 9: ")
    missing = program.run("format", "nowhere.json")
    assert (missing.returncode, missing.stderr) == (4, b"firstlight: Cannot read nowhere.json: it does not exist.\n")


def test_the_headless_demo_says_where_it_is_and_ends_on_ctrl_c(program: Program) -> None:
    with program.running("demo", "--headless") as process:
        assert process.stdout
        ready = json.loads(process.stdout.readline())
        program.variables = {f"FIRSTLIGHT_SECRET_{k.upper()}": v for k, v in ready["credentials"].items()}
        variables = [part for name, value in ready["addresses"].items() for part in ("--var", f"{name}={value}")]
        demo = Path(firstlight.__file__).parents[2] / "resources" / "demo" / "workspace"
        chat = program.json("First steps/Streamed chat", "-w", str(demo), *variables, "--fail")
        assert chat["stream"]["text"]
        assert chat["stream"]["usage"]["completion_tokens"] > 0
        assert chat["stream"]["ttft_ms"] > 0
        process.send_signal(signal.SIGINT)
    assert process.returncode == 0
