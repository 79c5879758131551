"""`firstlight send --curl`: a command of a terminal, sent by First Light."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from program import Handler, Program, Server, serving


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        running.answers["/p"] = tell
        yield running


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path)


def tell(call: Handler) -> None:
    shown = {"method": call.command, "headers": dict(call.headers.items()), "body": call.received.decode()}
    call.reply(json.dumps(shown).encode())


def test_a_command_is_sent_and_what_was_not_understood_is_said(server: Server, program: Program) -> None:
    (program.folder / "in.json").write_text('{"a": 1.10}')
    command = f"curl '{server.url('/p')}' --proxy x:1 -H 'Content-Type: application/json' --data-binary @in.json"
    done = program.run("send", "--curl", command)
    found = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, b"firstlight: Not taken over: --proxy\n")
    assert (found["method"], found["body"]) == ("POST", '{"a": 1.10}')


def test_a_command_may_come_on_standard_input_and_its_secrets_are_masked(server: Server, program: Program) -> None:
    command = f'curl "{server.url("/p")}" \\\n  -H "X-Auth-Token: MII-secret-token"\n'
    done = program.run("send", "--curl", "-", "--json", stdin=command.encode())
    assert done.returncode == 0, done.stderr
    assert server.requests[0][0] == "GET"
    assert "MII-secret-token" in str(server.requests[0][2])
    assert b"MII-secret-token" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            "wget http://h",
            b"firstlight: This is not a cURL command: it does not begin with curl. Quote the whole command.",
        ),
        ("curl -v -H 'A: 1'", b"firstlight: The URL is empty. Type the address of the service."),
    ],
)
def test_what_cannot_be_sent_is_exit_code_4(given: str, said: bytes, program: Program) -> None:
    done = program.run("send", "--curl", given)
    assert (done.returncode, done.stdout) == (4, b"")
    assert done.stderr.splitlines()[-1] == said


def test_bytes_that_are_no_text_are_refused(program: Program) -> None:
    done = program.run("send", "--curl", "-", stdin=b"curl \xff")
    assert (done.returncode, done.stderr) == (
        4,
        b"firstlight: Standard input, line 1: not a UTF-8 text. Save the file as UTF-8.\n",
    )
