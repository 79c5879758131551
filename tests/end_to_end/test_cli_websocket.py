"""`firstlight send` of a WebSocket, the real program against the server of `websockets`: what docs/cli.md promises."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from program import Program
from websockets.sync.server import ServerConnection, serve


def echo(connection: ServerConnection) -> None:
    for message in connection:
        connection.send(message)


@contextmanager
def serving(handler: Callable[[ServerConnection], None] = echo) -> Iterator[str]:
    quiet = logging.getLogger("quiet websockets")
    quiet.disabled = True
    with serve(handler, "127.0.0.1", 0, logger=quiet) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"ws://127.0.0.1:{server.socket.getsockname()[1]}/"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path)


def saved(program: Program, url: str, more: str = "") -> str:
    path = program.folder / "talk.yaml"
    path.write_text(f"name: Talk\nprotocol: websocket\nurl: '{url}'\n{more}", encoding="utf-8")
    return str(path)


MESSAGES = """\
messages:
  - name: Hello
    text: 'hello {{who}}'
  - name: Key
    text: '{{secret:iris-token}}'
  - name: Bytes
    kind: binary
    text: 00 ff
settings: {idle_timeout_s: 0.5}
"""


def test_the_saved_messages_are_sent_and_what_comes_back_is_printed(program: Program) -> None:
    program.variables["FIRSTLIGHT_SECRET_IRIS_TOKEN"] = "sesame-1234"
    with serving() as url:
        done = program.run("send", saved(program, url, MESSAGES), "--var", "who=Ada")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == b"hello Ada\nsesame-1234\nAP8=\n"


def test_messages_of_the_command_line_take_their_place(program: Program) -> None:
    with serving() as url:
        done = program.run("send", url, "--message", "one", "--message", '{"two": 2}', "--wait", "0.5")
        assert (done.returncode, done.stdout) == (0, b'one\n{"two": 2}\n')
        done = program.run("send", url, "--message", "one", "--wait", "0.5", "-o", "answer.txt")
        assert (done.returncode, done.stdout) == (0, b"")
    assert (program.folder / "answer.txt").read_bytes() == b"one\n"


def test_every_event_is_a_line_with_direction_and_text_or_base64_and_no_secret(program: Program) -> None:
    program.variables["FIRSTLIGHT_SECRET_IRIS_TOKEN"] = "sesame-1234"
    with serving() as url:
        done = program.run("send", saved(program, url, MESSAGES), "--var", "who=Ada", "--events", "jsonl")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    kinds = [line["kind"] for line in lines]
    assert kinds[:6] == ["started", "connected", "request_head", "sent", "headers", "websocket_opened"]
    assert kinds[-2:] == ["websocket_closed", "finished"]
    messages = [line for line in lines if line["kind"] == "websocket_message"]
    came = [line for line in messages if line["direction"] == "in"]
    assert [(line.get("text"), line.get("base64")) for line in came] == [
        ("hello Ada", None), ("••••••", None), (None, "AP8="),
    ]  # fmt: skip
    assert [line.get("text", line.get("base64")) for line in messages if line["direction"] == "out"] == [
        "hello Ada", "••••••", "AP8=",
    ]  # fmt: skip
    assert all(line["size_bytes"] for line in messages)
    assert "sesame" not in done.stdout.decode()
    closed = lines[-2]
    assert (closed["code"], closed["by"], closed["clean"]) == (1000, "us", True)
    assert lines[-1]["closed"]["code"] == 1000


def test_json_tells_the_joined_text_and_the_close(program: Program) -> None:
    def chat(connection: ServerConnection) -> None:
        connection.recv()
        for text in ("First", " Light"):
            connection.send(json.dumps({"choices": [{"index": 0, "delta": {"content": text}}]}))
        connection.send("[DONE]")
        connection.close(4001, "quota used up")

    with serving(chat) as url:
        report = program.json(url, "--message", "go")
        assert report["stream"]["text"] == "First Light"
        assert (report["stream"]["kind"], report["stream"]["events"]) == ("websocket", 3)
        assert report["websocket"] == {"code": 4001, "reason": "quota used up", "by": "peer", "clean": True}
        assert report["response"]["status"] == 101
        plain = program.run("send", url, "--message", "go")
        assert (plain.returncode, plain.stdout) == (0, b"First Light")
        failing = program.run("send", url, "--message", "go", "--fail")
        assert failing.returncode == 1
        assert b"4001 quota used up" in failing.stderr


def test_a_refused_handshake_is_exit_code_3_with_the_answer(program: Program) -> None:
    from program import serving as serving_http

    with serving_http() as server:
        server.answers["/chat"] = lambda call: call.reply(b'{"error_msg": "no token"}', 401)
        url = server.url("/chat").replace("http", "ws")
        done = program.run("send", url, "--message", "x")
        assert done.returncode == 3
        assert done.stdout == b'{"error_msg": "no token"}'
        assert b"401 Unauthorized" in done.stderr
        report = program.json(url)
    assert report["response"]["status"] == 401
    assert report["error"]["kind"] == "handshake-refused"
    assert report["websocket"] is None


def test_a_message_that_cannot_be_sent_is_exit_code_4_and_nothing_was_sent(program: Program) -> None:
    done = program.run("send", "ws://127.0.0.1:1/", "--message", "{{nobody}}")
    assert done.returncode == 4
    assert b"{{nobody}}" in done.stderr


def test_a_wait_that_is_none_is_a_usage_error(program: Program) -> None:
    for wrong in ("0", "-1", "soon", "inf"):
        assert program.run("send", "ws://h/", "--wait", wrong).returncode == 2


def test_a_connection_that_is_lost_is_exit_code_3(program: Program) -> None:
    def leave(connection: ServerConnection) -> None:
        connection.send("one")
        connection.socket.close()

    with serving(leave) as url:
        done = program.run("send", url)
    assert done.returncode == 3
    assert done.stdout == b"one\n"
    assert b"1006" in done.stderr
