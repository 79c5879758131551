"""`firstlight send --channel … --credential …`: one request over any combination that its service has."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from program import Handler, Program, Server, serving

FILES = {
    "firstlight.yaml": "format: 1\nname: W\n",
    "services/iris.yaml": (
        "name: Iris\nvendor: modelarts\n"
        "channels:\n"
        "  - {name: Public, kind: public, url: '{{base}}/public', credential: Token}\n"
        "  - {name: High-speed, kind: vpc-direct, url: '{{base}}/direct'}\n"
        "credentials:\n"
        "  - {name: Token, auth: {kind: x-auth-token, token: '{{secret:iris-token}}'}}\n"
        "  - {name: Key, auth: {kind: bearer, token: '{{secret:iris-key}}'}}\n"
    ),
    "collections/C/predict.yaml": "name: Predict\nmethod: POST\nurl: /predict\nservice: Iris\n",
    "collections/C/plain.yaml": "name: Plain\nmethod: GET\nurl: '{{base}}/public/predict'\n",
}


def echo(call: Handler) -> None:
    call.reply(
        json.dumps(
            {"path": call.path, "token": call.headers["X-Auth-Token"], "key": call.headers["Authorization"]}
        ).encode()
    )


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as server:
        server.answers |= {"/public/predict": echo, "/direct/predict": echo}
        yield server


@pytest.fixture
def program(tmp_path: Path) -> Program:
    program = Program(tmp_path)
    for name, text in FILES.items():
        (tmp_path / "w" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "w" / name).write_text(text, "utf-8")
    program.variables |= {"FIRSTLIGHT_SECRET_IRIS_TOKEN": "tok-1", "FIRSTLIGHT_SECRET_IRIS_KEY": "key-2"}
    return program


def test_channel_and_credential_are_chosen_on_the_command_line(server: Server, program: Program) -> None:
    def seen(*more: str) -> tuple[str, str | None, str | None]:
        done = program.run("send", "C/Predict", "-w", "w", "--var", f"base={server.url('')}", *more)
        assert done.returncode == 0, done.stderr
        found = json.loads(done.stdout)
        return found["path"], found["token"], found["key"]

    assert seen() == ("/public/predict", "tok-1", None)
    assert seen("--channel", "high-speed") == ("/direct/predict", None, None)
    assert seen("--channel", "High-speed", "--credential", "Key") == ("/direct/predict", None, "Bearer key-2")
    assert seen("--credential", "none") == ("/public/predict", None, None)


def test_a_combination_that_is_not_there_is_named(server: Server, program: Program) -> None:
    base = ("-w", "w", "--var", f"base={server.url('')}")
    for more, word in ((("--channel", "Edge"), "Edge"), (("--credential", "Other"), "Other")):
        done = program.run("send", "C/Predict", *base, *more)
        assert done.returncode == 4
        assert word in done.stderr.decode()
        assert "Iris" in done.stderr.decode()
    done = program.run("send", "C/Plain", *base, "--channel", "Public")
    assert done.returncode == 4
    assert "no service" in done.stderr.decode()
    assert not server.requests


def test_what_is_printed_names_the_address_and_masks_the_credential(server: Server, program: Program) -> None:
    told = program.json("C/Predict", "-w", "w", "--var", f"base={server.url('')}", "--credential", "Key")
    assert told["request"]["url"] == server.url("/public/predict")
    assert "key-2" not in json.dumps(told["request"])


def test_a_request_of_a_service_is_converted_with_its_address_and_its_credential(program: Program) -> None:
    done = program.run("convert", "w/collections/C/predict.yaml", "--to", "curl")
    assert done.returncode == 0, done.stderr
    text = done.stdout.decode()
    assert "{{base}}/public/predict" in text
    assert "X-Auth-Token: ${FIRSTLIGHT_SECRET_IRIS_TOKEN}" in text
    back = program.run("convert", "w/collections/C/predict.yaml", "--to", "firstlight")
    assert b"service: Iris" in back.stdout
