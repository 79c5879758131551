"""The edges of what the command line prints: output that is refused, bytes that are no text, text that comes late."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from program import Handler, Program, Server, environment, serving


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        running.answers["/hello"] = lambda call: call.reply(b'{"hello": "world"}', Content_Type="application/json")
        yield running


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path)


def run_into(program: Program, redirection: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run under a shell that redirects standard output."""
    command = ["sh", "-c", f'"$0" "$@" {redirection}', *program.command(*arguments)]
    env = environment(program.folder / "home", **program.variables)
    return subprocess.run(
        command, cwd=program.folder, env=env, input=b"[]", capture_output=True, timeout=60, check=False
    )


@pytest.mark.parametrize("option", [(), ("--json",), ("--events", "jsonl")])
def test_output_that_cannot_be_written_is_told_in_one_line(
    server: Server, program: Program, option: tuple[str, ...]
) -> None:
    done = run_into(program, "1</dev/null", "send", server.url("/hello"), *option)
    assert done.returncode == 4
    assert done.stderr.startswith(b"firstlight: Cannot write Standard output: ")
    assert done.stderr.count(b"\n") == 1


def test_formatted_json_that_cannot_be_written_is_told_in_one_line(program: Program) -> None:
    done = run_into(program, "1</dev/null", "format")
    assert done.returncode == 4
    assert done.stderr.startswith(b"firstlight: Cannot write Standard output: ")
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("arguments", [("send", "{url}"), ("send", "{url}", "--json"), ("format",)])
def test_output_that_was_closed_from_the_start_is_a_reader_that_left(
    server: Server, program: Program, arguments: tuple[str, ...]
) -> None:
    filled = (argument.replace("{url}", server.url("/hello")) for argument in arguments)
    done = run_into(program, ">&-", *filled)
    assert (done.returncode, done.stderr) == (141, b"")


def test_errors_nobody_wants_to_hear_still_give_their_exit_code(program: Program) -> None:
    done = run_into(program, "2>&-", "send", "nowhere")
    assert (done.returncode, done.stdout) == (4, b"")


def test_an_argument_that_is_no_text_is_reported_like_any_other(program: Program) -> None:
    done = program.run("send", os.fsdecode(b"http://[::::/\xff"), "--json")
    assert done.returncode == 4
    report = json.loads(done.stdout)
    assert report["request"]["url"] == "http://[::::/?"
    assert report["error"]["kind"] == "bad-url"


def test_a_secret_that_is_no_text_is_named_by_its_place(server: Server, program: Program) -> None:
    program.variables["FIRSTLIGHT_SECRET_ODD"] = os.fsdecode(b"abc\xff")
    (program.folder / "odd.yaml").write_text(
        f"name: Odd\nurl: {server.url('/hello')}\nheaders: [{{name: X-Own, value: '{{{{secret:odd}}}}'}}]\n"
    )
    done = program.run("send", "odd.yaml", "--json")
    assert done.returncode == 4
    assert json.loads(done.stdout)["error"]["kind"] == "bad-header-value"
    assert b"abc" not in done.stdout + done.stderr


def test_a_password_typed_without_a_scheme_is_not_repeated(program: Program) -> None:
    (program.folder / "odd.yaml").write_text("name: Odd\nurl: 'ada:hunter22@host/{{missing}}'\n")
    done = program.run("send", "odd.yaml", "--json")
    assert done.returncode == 4
    assert json.loads(done.stdout)["request"]["url"] == "ada:••••••@host/{{missing}}"


CHUNK = 'data: {"choices":[{"index":0,"delta":{"content":"%s"}}]}\n\n'


def test_keep_alives_before_the_first_token_are_not_printed(server: Server, program: Program) -> None:
    stream = ": keep-alive\n\n" * 9 + CHUNK % "初" + CHUNK % "光" + "data: [DONE]\n\n"
    server.answers["/chat"] = lambda call: call.reply(stream.encode(), Content_Type="text/event-stream")
    assert program.run("send", server.url("/chat")).stdout.decode() == "初光"


def test_a_stream_printed_as_received_stays_so_when_text_comes_late(server: Server, program: Program) -> None:
    stream = "".join(f"data: tick {number}\n\n" for number in range(9)) + CHUNK % "late" + "data: [DONE]\n\n"

    def answer(call: Handler) -> None:
        call.begin_stream()
        for message in stream.split("\n\n")[:-1]:
            call.event(message.removeprefix("data: "))

    server.answers["/chat"] = answer
    assert program.run("send", server.url("/chat")).stdout.decode() == stream


def test_tool_calls_and_choices_are_in_the_json_and_their_secrets_masked(server: Server, program: Program) -> None:
    program.variables["FIRSTLIGHT_SECRET_KEY"] = "tok-123456"
    call = {"index": 0, "id": "c", "function": {"name": "look", "arguments": '{"key":"tok-123456"}'}}
    deltas = [(0, {"tool_calls": [call]}), (1, {"content": "tok-123456"})]
    messages = [{"choices": [{"index": index, "delta": delta, "finish_reason": "stop"}]} for index, delta in deltas]
    stream = "".join(f"data: {json.dumps(message)}\n\n" for message in messages) + "data: [DONE]\n\n"
    server.answers["/chat"] = lambda call: call.reply(stream.encode(), Content_Type="text/event-stream")
    done = program.run("send", server.url("/chat?key={{secret:KEY}}"), "--json")
    assert b"tok-123456" not in done.stdout
    found = json.loads(done.stdout)["stream"]
    arguments = '{"key":"••••••"}'
    assert found["tool_calls"] == [{"choice": 0, "index": 0, "id": "c", "name": "look", "arguments": arguments}]
    assert [(choice["index"], choice["text"]) for choice in found["choices"]] == [(0, ""), (1, "••••••")]
    assert found["buffered"] is False


@pytest.mark.parametrize(("locale", "words"), [("en_US.UTF-8", "probably incomplete"), ("zh_CN.UTF-8", "很可能不完整")])
def test_an_answer_that_ends_without_its_end_is_told(server: Server, program: Program, locale: str, words: str) -> None:
    def half(call: Handler) -> None:
        call.begin_stream()
        call.token("Hel")

    server.answers["/chat"] = half
    program.variables["LC_ALL"] = locale
    done = program.run("send", server.url("/chat"))
    assert (done.returncode, done.stdout) == (0, b"Hel")
    assert words in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1
