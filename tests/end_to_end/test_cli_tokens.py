"""`firstlight send` with a token that is fetched: kept over the end of the program, shown nowhere, refused clearly."""

from __future__ import annotations

import base64
import json
import re
import urllib.parse
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from threading import Event

import httpx
import pytest
from program import Handler, Program, Server, serving

from demo_server import RunningDemo
from firstlight.demo import accounts
from firstlight.store.vault import Vault

PASSWORD = "Kassiopeia/1572&Ü"
TOKEN = "MIIfetched+token-0123456789"
EXPIRES = '{"token": {"expires_at": "2999-01-01T00:00:00.000000Z", "project": {"name": "cn-north-4", "id": "1"}}}'


@pytest.fixture
def server() -> Iterator[Server]:
    def issue(call: Handler) -> None:
        call.reply(EXPIRES.encode(), 201, X_Subject_Token=TOKEN)

    with serving() as running:
        running.answers |= {"/v3/auth/tokens": issue, "/p": lambda call: call.reply(b"answered")}
        yield running


@pytest.fixture
def program(tmp_path: Path, server: Server) -> Program:
    vault = Vault(tmp_path / "home" / "secrets.vault")
    vault.create("correct horse")
    vault.set("iam-password", PASSWORD)
    (tmp_path / "p.yaml").write_text(
        f"name: P\nurl: {server.url('/p')}\nauth:\n  kind: huawei-iam\n  endpoint: {server.url('')}\n"
        "  account: acc\n  user: ada\n  password: '{{secret:iam-password}}'\n  project: cn-north-4\n",
        "utf-8",
    )
    return Program(tmp_path, {"FIRSTLIGHT_VAULT_PASSWORD": "correct horse"})


def sent(server: Server) -> list[str]:
    return [f"{method} {path}" for method, path, _headers, _body in server.requests]


def test_a_token_outlives_a_program_that_is_killed(program: Program, server: Server) -> None:
    arrived, go_on = Event(), Event()

    def hang(call: Handler) -> None:
        arrived.set()
        go_on.wait(60)

    server.answers["/p"] = hang
    with program.running("send", "p.yaml") as process:
        assert arrived.wait(60)
        process.kill()
    go_on.set()
    server.answers["/p"] = lambda call: call.reply(b"answered")
    assert program.run("send", "p.yaml").stdout == b"answered"
    assert sent(server) == ["POST /v3/auth/tokens?nocatalog=true", "GET /p", "GET /p"]
    assert ("X-Auth-Token", TOKEN) in server.requests[-1][2]


@pytest.mark.parametrize("how", [(), ("--json",), ("--events", "jsonl")])
def test_neither_password_nor_token_is_shown_or_written_down(
    program: Program, server: Server, tmp_path: Path, how: tuple[str, ...]
) -> None:
    def gossip(call: Handler) -> None:  # quotes what it got, as careless services do
        call.reply(json.dumps(dict(call.headers.items())).encode(), 401, X_Seen=TOKEN, X_Was=PASSWORD[:10])

    server.answers["/p"] = gossip
    done = program.run("send", "p.yaml", *how)
    out = done.stdout.decode() + done.stderr.decode()
    if how:  # without options the body is printed as received
        assert TOKEN not in out
    for kept in (PASSWORD, urllib.parse.quote(PASSWORD, safe=""), base64.b64encode(PASSWORD.encode()).decode()):
        assert kept not in out
    for file in tmp_path.rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            assert PASSWORD.encode() not in data, file
            assert TOKEN.encode() not in data, file


def test_a_refusal_says_what_is_wrong(program: Program, demo: RunningDemo, tmp_path: Path) -> None:
    (tmp_path / "q.yaml").write_text(
        f"name: Q\nurl: {demo.url}/v3/projects\nauth:\n  kind: huawei-iam\n  endpoint: {demo.url}\n"
        f"  account: nobody\n  user: demo-user\n  password: {accounts.PASSWORD}\n  project: cn-north-4\n",
        "utf-8",
    )
    done = program.run("send", "q.yaml")
    assert done.returncode == 3
    assert b"account name is wrong" in done.stderr
    assert b"MFA" in done.stderr
    assert accounts.PASSWORD.encode() not in done.stderr
    error = program.json("q.yaml")["error"]
    assert (error["layer"], error["kind"]) == ("service", "iam-wrong-login")


def test_the_page_to_sign_in_is_printed_and_its_answer_waited_for(
    program: Program, demo: RunningDemo, tmp_path: Path
) -> None:
    (tmp_path / "me.yaml").write_text(
        f"name: Me\nurl: {demo.url}/oauth/me\nauth:\n  kind: oauth2\n  grant: authorization_code\n"
        f"  auth_url: {demo.url}/oauth/authorize\n  token_url: {demo.url}/oauth/token\n  client_id: demo-public\n",
        "utf-8",
    )
    with program.running("send", "me.yaml") as process:
        assert process.stderr is not None
        said = process.stderr.readline().decode()
        page = said[said.index("http") :].strip()
        with httpx.Client(trust_env=False, follow_redirects=True) as browser:
            found = re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', browser.get(page).text)
            data = {name: unescape(value) for name, value in found} | {"answer": "allow"}
            assert "First Light" in browser.post(page, data=data).text
        assert process.stdout is not None
        assert json.loads(process.stdout.read())["user"] == "demo-user"
        assert process.wait(60) == 0
