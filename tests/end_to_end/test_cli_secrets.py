"""Where `firstlight send` takes secrets from: the environment, then the vault whose password it is given."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from program import Program, Server, environment, serving

from firstlight.store.vault import Vault

TOKEN = "tok-密-123456"


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        running.answers["/p"] = lambda call: call.reply(b"answered")
        yield running


@pytest.fixture
def program(tmp_path: Path, server: Server) -> Program:
    vault = Vault(tmp_path / "home" / "secrets.vault")
    vault.create("correct horse")
    vault.set("iris-token", TOKEN)
    request = f"name: P\nurl: {server.url('/p')}\nparams: [{{name: t, value: '{{{{secret:iris-token}}}}'}}]\n"
    (tmp_path / "p.yaml").write_text(request, "utf-8")
    return Program(tmp_path)


def sent(server: Server) -> list[str]:
    return [path for _method, path, _headers, _body in server.requests]


WIRE = "/p?t=tok-%E5%AF%86-123456"


def test_the_vault_opens_with_the_password_of_the_environment(program: Program, server: Server) -> None:
    program.variables["FIRSTLIGHT_VAULT_PASSWORD"] = "correct horse"
    done = program.run("send", "p.yaml")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"answered", b"")
    assert sent(server) == [WIRE]


def test_the_environment_comes_first_and_then_the_vault_stays_closed(program: Program, server: Server) -> None:
    program.variables |= {"FIRSTLIGHT_SECRET_IRIS_TOKEN": "own", "FIRSTLIGHT_VAULT_PASSWORD": "wrong, and not needed"}
    assert program.run("send", "p.yaml").returncode == 0
    assert sent(server) == ["/p?t=own"]


def test_a_wrong_password_sends_nothing_and_changes_nothing(program: Program, server: Server, tmp_path: Path) -> None:
    before = (tmp_path / "home" / "secrets.vault").read_bytes()
    program.variables["FIRSTLIGHT_VAULT_PASSWORD"] = "correct hose"
    done = program.run("send", "p.yaml")
    assert done.returncode == 4
    assert b"secrets.vault is wrong" in done.stderr
    assert program.json("p.yaml")["error"]["kind"] == "wrong-password"
    assert sent(server) == []
    assert (tmp_path / "home" / "secrets.vault").read_bytes() == before


def test_without_a_password_and_a_terminal_nobody_is_asked(program: Program, server: Server) -> None:
    done = program.run("send", "p.yaml", stdin=b"correct horse\n")
    assert done.returncode == 4
    assert "“iris-token” is not known while the vault is locked".encode() in done.stderr
    assert b"FIRSTLIGHT_VAULT_PASSWORD" in done.stderr
    assert sent(server) == []


def test_a_damaged_vault_is_named(program: Program, server: Server, tmp_path: Path) -> None:
    (tmp_path / "home" / "secrets.vault").write_bytes(b"half of a va")
    program.variables["FIRSTLIGHT_VAULT_PASSWORD"] = "correct horse"
    done = program.run("send", "p.yaml")
    assert done.returncode == 4
    assert b"secrets.vault is damaged" in done.stderr
    assert sent(server) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals of this kind")
def test_at_a_terminal_the_person_is_asked_and_the_password_is_not_shown(program: Program, server: Server) -> None:
    import pty

    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        program.command("send", "p.yaml"),
        cwd=program.folder,
        env=environment(program.folder / "home"),
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    with process:
        said = b""
        while b"vault: " not in said:
            said += os.read(ours, 1000)
        os.write(ours, b"correct horse\n")
        assert process.stdout is not None
        assert process.stdout.read() == b"answered"
    os.close(ours)
    assert b"correct horse" not in said
    assert (process.returncode, sent(server)) == (0, [WIRE])
