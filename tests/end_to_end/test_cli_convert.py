"""`firstlight convert`: one format into another, by the real program."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from program import Program, serving

from firstlight.store.workspace import Workspace

COMMAND = "curl https://h.test/v1?x=1 -H 'X-Auth-Token: MII-planted' -F 'images=@files/rose.png;type=image/png'"
FILE = (
    "name: Predict\nmethod: POST\nurl: '{{base}}/v1'\nauth: {kind: bearer, token: '{{secret:iris-token}}'}\n"
    "body: {kind: raw, text: '{\"a\": 1.10}'}\n"
)


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path)


def test_a_command_becomes_the_neutral_form(program: Program) -> None:
    done = program.run("convert", "-", "--to", "har", stdin=COMMAND.encode())
    assert (done.returncode, done.stderr) == (0, b"")
    request = json.loads(done.stdout)["log"]["entries"][0]["request"]
    assert (request["method"], request["url"]) == ("POST", "https://h.test/v1?x=1")
    assert request["headers"] == [{"name": "X-Auth-Token", "value": "MII-planted"}]
    assert request["postData"]["params"][0]["fileName"] == "files/rose.png"
    (program.folder / "in.har").write_bytes(done.stdout)
    back = program.run("convert", "in.har", "--to", "curl", "-o", "out.sh")
    assert (back.returncode, back.stdout, back.stderr) == (0, b"", b"")
    text = (program.folder / "out.sh").read_text("utf-8")
    assert "-F 'images=@\"files/rose.png\";type=image/png'" in text


def test_a_token_never_stands_in_a_first_light_file(program: Program) -> None:
    done = program.run("convert", COMMAND, "--from", "curl", "--to", "firstlight")
    assert done.returncode == 0
    assert b"{{secret:request-token}}" in done.stdout
    assert b"MII-planted" not in done.stdout + done.stderr
    assert done.stderr == (
        b"firstlight: The secret request-token is not in the file: set FIRSTLIGHT_SECRET_REQUEST_TOKEN.\n"
    )


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("curl", "curl -X PUT --globoff 'http://h/{{x}}' \\"),
        ("curl-cmd", "curl -X PUT "),
        ("curl-powershell", "curl.exe -X PUT "),
        ("python-requests", "import requests"),
        ("python-httpx", "import httpx"),
    ],
)
def test_a_file_becomes_a_command_or_a_script_and_its_secrets_are_looked_up(
    kind: str, line: str, program: Program
) -> None:
    (program.folder / "r.yaml").write_text(FILE, "utf-8")
    done = program.run("convert", "r.yaml", "--to", kind)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"{{base}}/v1" in done.stdout.replace(b"^", b"")
    assert b"FIRSTLIGHT_SECRET_IRIS_TOKEN" in done.stdout
    (program.folder / "s.yaml").write_text(
        "name: A\nmethod: PUT\nurl: http://h/{{x}}\nheaders: [{name: A, value: b}]\n"
    )
    assert line in program.run("convert", "s.yaml", "--to", kind).stdout.decode()


def test_references_to_secrets_stay_in_the_neutral_form(program: Program) -> None:
    (program.folder / "r.yaml").write_text(FILE.replace("/v1", "/v1?token={{secret:t}}"), "utf-8")
    request = json.loads(program.run("convert", "r.yaml", "--to", "har").stdout)["log"]["entries"][0]["request"]
    assert {"name": "Authorization", "value": "Bearer {{secret:iris-token}}"} in request["headers"]
    assert request["url"] == "{{base}}/v1?token={{secret:t}}"


def test_several_requests(program: Program) -> None:
    entries = [{"request": {"method": "GET", "url": f"http://h/{n}"}} for n in range(2)]
    (program.folder / "x.har").write_text(json.dumps({"log": {"entries": entries}}))
    assert program.run("convert", "x.har", "--to", "curl").stdout == b"curl http://h/0\n\ncurl http://h/1\n"
    done = program.run("convert", "x.har", "--to", "firstlight")
    assert (done.returncode, done.stdout) == (4, b"")
    assert done.stderr.startswith(b"firstlight: The input holds 2 requests; this format holds one.")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("x.txt", "--to", "postman"), 2, b"--to cannot be 'postman'; choose from"),
        (("x.txt", "--from", "bruno", "--to", "har"), 2, b"--from cannot be 'bruno'; choose from"),
        (("x.txt",), 2, b"--to is missing"),
        (("x.txt", "--to", "har"), 4, b"x.txt is in none of the formats that can be read: curl, har, firstlight."),
        (("x.txt", "--from", "curl", "--to", "har"), 4, b"x.txt, line 1, column 1: This is not a cURL command"),
        (("x.txt", "--from", "har", "--to", "curl"), 4, b"x.txt, line 1, column 1: This is not JSON."),
        (("none.txt", "--to", "har"), 4, b"none.txt"),
    ],
)
def test_what_cannot_be_converted_is_told(arguments: tuple[str, ...], code: int, said: bytes, program: Program) -> None:
    (program.folder / "x.txt").write_text("just words")
    done = program.run("convert", *arguments)
    assert (done.returncode, done.stdout) == (code, b"")
    assert said in done.stderr
    assert done.stderr.count(b"\n") == 1


def test_a_command_carries_the_certificate_and_the_cookies_and_the_neutral_form_does_not(program: Program) -> None:
    folder = Workspace.create(program.folder / "ws", "Lab").folder
    with serving() as server:
        server.answers["/login"] = lambda call: call.reply(b"in", Set_Cookie="sid=a-long-secret; Path=/")
        program.run("send", server.url("/login"), "-w", "ws")
        (folder / "r.yaml").write_text(f"name: R\nurl: {server.url('/data')}\n", "utf-8")
    made = program.run("convert", "ws/r.yaml", "--to", "curl")
    assert b'-H "Cookie: sid=${FIRSTLIGHT_SECRET_COOKIE_SID}"' in made.stdout
    assert b"a-long-secret" not in made.stdout
    assert b"sid" not in program.run("convert", "ws/r.yaml", "--to", "har").stdout

    own = [{"host": "h.test", "file": "/keys/own.crt", "key_file": "/keys/own.key"}]
    (program.folder / "home" / "settings.json").write_text(json.dumps({"client_certificates": own}), "utf-8")
    made = program.run("convert", "curl https://h.test/v1", "--to", "python-requests")
    assert b'cert=("/keys/own.crt", "/keys/own.key")' in made.stdout
