"""`firstlight send` explains a failing answer: in --json, in the events, and in one line with --fail."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from program import Handler, Program, Server, serving

from demo_server import RunningDemo, running_demo


@pytest.fixture(scope="module")
def demo() -> Iterator[RunningDemo]:
    with running_demo() as running:
        yield running


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path)


IRIS = "/v1/infers/e4f6a9b2-5d1c-4c7e-9a83-0b2d7f61c5a8"


def test_a_refusal_is_explained_by_code_and_status(demo: RunningDemo, program: Program) -> None:
    token = demo["demo_domain_token"]
    command = f"curl -X POST {demo.url}{IRIS} -H 'X-Auth-Token: {token}' -d '{{}}'"
    told = program.json("--curl", command)["explanation"]
    assert told["code"] == "ModelArts.0204"
    assert "names no project" in told["meaning"]
    assert "project-scoped token" in told["remedy"]


def test_fail_says_it_in_one_line_in_the_language_of_the_shell(demo: RunningDemo, program: Program) -> None:
    done = program.run("send", f"{demo.url}{IRIS}/nowhere", "--fail")
    assert done.returncode == 1
    said = done.stderr.decode()
    assert said.startswith("firstlight: The answer is 404 Not Found. APIG.0101: The gateway knows no such API")
    assert said.count("\n") == 1
    program.variables["LC_ALL"] = "zh_CN.UTF-8"
    chinese = program.run("send", f"{demo.url}{IRIS}/nowhere", "--fail")
    assert "APIG.0101: 网关没有这个 API" in chinese.stderr.decode()


def test_an_error_behind_status_200_is_a_refusal_for_fail(server: Server, program: Program) -> None:
    body = json.dumps({"erno": "MR.0105", "msg": "Recognition failed"}).encode()
    server.answers["/picture"] = lambda call: call.reply(body)
    plain = program.run("send", server.url("/picture"))
    strict = program.run("send", server.url("/picture"), "--fail")
    assert (plain.returncode, plain.stderr) == (0, b"")
    assert strict.returncode == 1
    assert b"MR.0105" in strict.stderr


def test_the_last_event_carries_the_explanation(demo: RunningDemo, program: Program) -> None:
    done = program.run("send", f"{demo.url}/faults/status/450", "--events", "jsonl")
    last = json.loads(done.stdout.splitlines()[-1])
    assert last["kind"] == "finished"
    assert last["explanation"]["code"] == "450"
    fine = program.run("send", f"{demo.url}/faults/echo", "--events", "jsonl")
    assert "explanation" not in json.loads(fine.stdout.splitlines()[-1])


def test_an_error_inside_a_stream_is_explained(server: Server, program: Program) -> None:
    error = {"message": "CUDA out of memory", "type": "InternalServerError", "code": 500}

    def answer(call: Handler) -> None:
        call.begin_stream()
        call.token("a")
        call.event(json.dumps({"error": error}))
        call.event("[DONE]")

    server.answers["/v1/chat/completions"] = answer
    told = program.json(server.url("/v1/chat/completions"))
    assert told["error"]["kind"] == "error-in-stream"
    assert told["explanation"]["code"] == "500"
    assert "failed while it worked" in told["explanation"]["meaning"]


def test_what_an_explanation_quotes_is_masked(server: Server, program: Program) -> None:
    secret = "sk-live-0123456789"
    body = {"error": {"message": f"Incorrect API key: {secret}", "type": "x", "code": f"bad {secret}"}}
    server.answers["/v1/models"] = lambda call: call.reply(json.dumps(body).encode(), 401)
    told = program.run(
        "send", "--curl", f"curl {server.url('/v1/models')} -H 'Authorization: Bearer {secret}'", "--json", "--fail"
    )
    assert json.loads(told.stdout)["explanation"]["code"] == "bad ••••••"
    assert secret.encode() not in told.stdout + told.stderr


def test_what_will_probably_go_wrong_is_said_before_and_nothing_is_blocked(server: Server, program: Program) -> None:
    server.answers["/x"] = lambda call: call.reply(b"fine")
    command = f"curl -X GET {server.url('/x')} -d '{{}}' -H 'Authorization: Bearer Bearer abc'"
    done = program.run("send", "--curl", command)
    assert (done.returncode, done.stdout) == (0, b"fine")
    notes = done.stderr.decode().splitlines()
    assert any(line.startswith("firstlight: Note: Authorization says Bearer twice.") for line in notes)
    assert any("GET carries a body" in line for line in notes)
    events = program.run("send", "--curl", command, "--events", "jsonl")
    kinds = [caution["kind"] for caution in json.loads(events.stdout.splitlines()[0])["cautions"]]
    assert "doubled-scheme" in kinds


def test_what_is_only_worth_saying_after_the_answer_is_said_then(demo: RunningDemo, program: Program) -> None:
    command = f"curl -X POST {demo.url}{IRIS} -H 'X-Apig-AppCode: unknown' -d '{{}}'"
    told = program.run("send", "--curl", command, "--fail").stderr.decode()
    assert "APIG.0303" in told
    assert "firstlight: Noticed in the request: The request signs in as an app." in told
    assert "Noticed" not in program.run("send", "--curl", command).stderr.decode()
