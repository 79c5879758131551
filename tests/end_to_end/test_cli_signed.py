"""`firstlight send` of signed requests: the real program and the real demo, right and wrong secrets, a wrong clock."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from program import Handler, Program, serving

from demo_server import RunningDemo, running_demo
from firstlight.demo.modelarts.services import IRIS

FLOWER = '{"data": {"req_data": [{"sepal_length": 5.9, "sepal_width": 3.0, "petal_length": 4.2, "petal_width": 1.5}]}}'
WAYS = {
    "aksk": "kind: aksk, ak: '{{ak}}', sk: '{{secret:sk}}'",
    "aksk-derived": "kind: aksk-derived, ak: '{{ak}}', sk: '{{secret:sk}}', region: cn-southwest-2, service: modelarts",
    "app-signature": "kind: app-signature, app_key: '{{app_key}}', app_secret: '{{secret:app-secret}}'",
    "app-secret": "kind: app-secret, app_key: '{{app_key}}', app_secret: '{{secret:app-secret}}'",
    "app-basic": "kind: app-basic, username: '{{app_key}}', password: '{{secret:app-secret}}'",
    "app-key": "kind: app-key, app_key: '{{secret:app-key}}'",
    "eas-signature": "kind: eas-signature, token: '{{secret:eas}}'",
    "eas-token": "kind: eas-token, token: '{{secret:eas}}', scheme: bearer",
    "aws-sigv4": (
        "kind: aws-sigv4, access_key: '{{ak}}', secret_key: '{{secret:sk}}', region: eu-west-1, service: sagemaker"
    ),
    "digest": "kind: digest, username: demo-user, password: '{{secret:password}}'",
}
PATHS = {"eas-signature": "/api/predict/echo", "eas-token": "/api/predict/echo", "digest": "/digest",
         "aws-sigv4": "/endpoints/iris/invocations"}  # fmt: skip


@pytest.fixture(scope="module")
def demo() -> Iterator[RunningDemo]:
    with running_demo() as running:
        yield running


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path)


def saved(program: Program, kind: str, url: str) -> str:
    path = program.folder / f"{kind}.yaml"
    path.write_text(
        f"name: Signed\nmethod: POST\nurl: '{url}'\nauth: {{{WAYS[kind]}}}\nbody: {{kind: raw, text: '{FLOWER}'}}\n",
        "utf-8",
    )
    return str(path)


def secrets(demo: RunningDemo, *, wrong: bool = False) -> dict[str, str]:
    tail = "-wrong" if wrong else ""
    names = {"SK": "demo_sk", "APP_SECRET": "demo_app_secret", "APP_KEY": "demo_app_key", "EAS": "demo_eas_token",
             "PASSWORD": "demo_password"}  # fmt: skip
    return {f"FIRSTLIGHT_SECRET_{name}": demo[of] + tail for name, of in names.items()}


@pytest.mark.parametrize("kind", WAYS)
def test_every_way_works_with_the_right_secret_and_fails_clearly_with_a_wrong_one(
    demo: RunningDemo, program: Program, kind: str
) -> None:
    file = saved(program, kind, demo.url + PATHS.get(kind, f"/v1/infers/{IRIS.id}"))
    given = ["--var", f"ak={demo['demo_ak']}", "--var", f"app_key={demo['demo_app_key']}"]
    program.variables = secrets(demo)
    done = program.run("send", file, *given, "--fail")
    assert (done.returncode, done.stderr) == (0, b""), done
    assert done.stdout
    program.variables = wrong = secrets(demo, wrong=True)
    done = program.run("send", file, *given, "--fail")
    assert done.returncode == 1
    assert done.stderr.startswith(b"firstlight: "), done.stderr
    if kind != "app-key":  # which the gateway quotes: it is a name
        assert not any(value.encode() in done.stdout + done.stderr for value in wrong.values())
    program.variables = secrets(demo)
    program.run("send", file, *given)  # a success begins the count of refusals anew


def test_the_events_tell_how_it_was_signed_and_no_secret(demo: RunningDemo, program: Program) -> None:
    file = saved(program, "aksk", f"{demo.url}/v1/infers/{IRIS.id}?b=2&a=1")
    given = ["--var", f"ak={demo['demo_ak']}", "--events", "jsonl"]
    program.variables = secrets(demo)
    done = program.run("send", file, *given)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    signing = lines[0]["signing"]
    assert signing["algorithm"] == "SDK-HMAC-SHA256"
    assert signing["canonical_request"].split("\n")[:3] == ["POST", f"/v1/infers/{IRIS.id}/", "a=1&b=2"]
    assert demo["demo_sk"].encode() not in done.stdout
    plain = program.run("send", f"{demo.url}/hello", "--events", "jsonl")
    assert "signing" not in json.loads(plain.stdout.splitlines()[0])


def test_a_clock_that_is_off_is_named_with_how_far_and_what_to_do(program: Program) -> None:
    def refuse(call: Handler) -> None:
        date = format_datetime(datetime.now(UTC) + timedelta(minutes=42), usegmt=True)
        call.send_response_only(401)
        call.send_header("Date", date)
        call.send_header("Content-Length", "0")
        call.end_headers()

    with serving() as server:
        server.answers["/p"] = refuse
        file = saved(program, "aksk", server.url("/p"))
        program.variables = {"FIRSTLIGHT_SECRET_SK": "sk"}
        done = program.run("send", file, "--var", "ak=A")
        assert b"behind the server's" in done.stderr
        assert b"set the clock" in done.stderr
        assert len(server.requests) == 1


def test_a_digest_challenge_is_told_among_the_events(demo: RunningDemo, program: Program) -> None:
    file = saved(program, "digest", demo.url + "/digest")
    program.variables = secrets(demo)
    done = program.run("send", file, "--events", "jsonl")
    kinds = [json.loads(line)["kind"] for line in done.stdout.splitlines()]
    assert kinds.count("challenged") == 1
    assert kinds.count("headers") == 1
    assert kinds[-1] == "finished"
