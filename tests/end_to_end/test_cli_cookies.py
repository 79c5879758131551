"""`firstlight send` in a workspace: cookies of one call are there for the next, and can be left alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from program import Program, Server, serving

from firstlight.store.workspace import Workspace


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        running.answers["/login"] = lambda call: call.reply(b"in", Set_Cookie="sid=a-long-secret; Path=/")
        running.answers["/data"] = lambda call: call.reply(b"data")
        yield running


def cookies(server: Server) -> list[str | None]:
    return [dict(headers).get("Cookie") for _method, _path, headers, _body in server.requests]


def test_a_login_lasts_for_the_next_command_of_the_workspace(tmp_path: Path, server: Server) -> None:
    Workspace.create(tmp_path / "ws", "Lab")
    program = Program(tmp_path)
    assert program.run("send", server.url("/login"), "-w", "ws").returncode == 0
    done = program.run("send", server.url("/data"), "-w", "ws", "--events", "jsonl")
    assert done.returncode == 0
    assert b"a-long-secret" not in done.stdout
    program.run("send", server.url("/data"))
    (tmp_path / "plain.yaml").write_text(
        f"name: P\nurl: {server.url('/data')}\nsettings: {{cookies: false}}\n", "utf-8"
    )
    program.run("send", "plain.yaml", "-w", "ws")
    assert cookies(server) == [None, "sid=a-long-secret", None, None]
    kept = [path for path in (tmp_path / "home" / "cookies").iterdir() if path.suffix == ".json"]
    assert len(kept) == 1
    assert not [path for path in (tmp_path / "ws").rglob("*") if path.is_file() and b"sid" in path.read_bytes()]
