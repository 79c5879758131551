"""`firstlight send` finds the authorization of a request in the folders around it, and its values in an environment."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from program import Handler, Program, Server, serving

FILES = {
    "firstlight.yaml": "format: 1\nname: W\nvariables:\n  stage: workspace\n",
    "environments/staging.yaml": (
        "name: Staging\nvariables:\n  token:\n    value: '{{secret:lent}}'\n    secret: true\n"
        "  stage:\n    value: never\n    enabled: false\n"
    ),
    "collections/Iris/collection.yaml": "name: Iris\nauth:\n  kind: bearer\n  token: '{{token}}'\n",
    "collections/Iris/Inner/child.yaml": (
        "name: Child\nurl: '{{base}}/echo'\nheaders: [{name: X-Stage, value: '{{stage}}'}]\nauth:\n  kind: inherit\n"
    ),
}


def echo(call: Handler) -> None:
    call.reply(json.dumps({"stage": call.headers["X-Stage"], "seen": call.headers["Authorization"]}).encode())


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as server:
        server.answers["/echo"] = echo
        yield server


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path)


def test_a_request_inherits_its_authorization_from_collection_and_folder(server: Server, program: Program) -> None:
    for name, text in FILES.items():
        (program.folder / "w" / name).parent.mkdir(parents=True, exist_ok=True)
        (program.folder / "w" / name).write_text(text, "utf-8")
    program.variables["FIRSTLIGHT_SECRET_LENT"] = "tok-inherited"
    arguments = ("send", "Iris/Inner/Child", "-w", "w", "--var", f"base={server.url('')}", "-e", "Staging")
    seen = json.loads(program.run(*arguments).stdout)
    assert seen == {"stage": "workspace", "seen": "Bearer tok-inherited"}
    assert b"tok-inherited" not in program.run(*arguments, "--events", "jsonl").stdout
    folder = program.folder / "w/collections/Iris/Inner/folder.yaml"
    folder.write_text("name: Inner\nauth:\n  kind: none\n", "utf-8")
    assert json.loads(program.run(*arguments).stdout)["seen"] is None
