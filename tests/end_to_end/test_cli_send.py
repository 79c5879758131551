"""`firstlight send`, the real program against a real server: what it prints and what its exit code says."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from program import Answer, Handler, Program, Server, serving


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path)


WORKSPACE = {
    "firstlight.yaml": "format: 1\nname: W\nvariables: {stage: workspace, token: '{{secret:iris-token}}'}\n",
    "environments/staging.yaml": "name: Staging\nvariables: {stage: staging}\n",
    "collections/Iris/collection.yaml": "name: Iris\nvariables: {path: /echo}\n",
    "collections/Iris/predict.yaml": (
        "name: Predict\nmethod: POST\nurl: '{{base}}{{path}}'\nheaders: [{name: X-Stage, value: '{{stage}}'}]\n"
        "auth: {kind: bearer, token: '{{token}}'}\nbody: {kind: raw, text: '{\"a\": 1.10}'}\n"
    ),
    "collections/Iris/Errors/folder.yaml": "name: Errors\n",
    "collections/Iris/Errors/file.yaml": (
        "name: File\nurl: '{{base}}/echo'\nbody: {kind: binary, path: files/rose.jpg}\n"
    ),
    "collections/Iris/broken.yaml": "name: Broken\n\turl: x\n",
}


@pytest.fixture
def workspace(program: Program) -> Path:
    folder = program.folder / "w"
    for name, text in WORKSPACE.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def echo(call: Handler) -> None:
    call.reply(json.dumps({"stage": call.headers["X-Stage"], "seen": call.headers["Authorization"]}).encode())


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def test_the_body_is_printed_byte_for_byte(server: Server, program: Program) -> None:
    body = bytes(range(256)) * 300 + "é\r\n".encode("utf-16")
    server.answers["/bytes"] = lambda call: call.reply(body)
    done = program.run("send", server.url("/bytes?a=1&b"))
    assert (done.returncode, done.stdout, done.stderr) == (0, body, b"")
    assert [request[:2] for request in server.requests] == [("GET", "/bytes?a=1&b")]


def test_json_tells_everything_about_one_exchange(server: Server, program: Program) -> None:
    body = '{"price": 1.10, "名": "é"}'.encode()
    server.answers["/x"] = lambda call: call.reply(body, 201, Content_Type="application/json", Set_Cookie="s=abcdef")
    found = program.json(server.url("/x"))
    assert list(found) == ["request", "response", "timings", "stream", "error", "explanation"]
    assert (found["request"]["method"], found["request"]["url"]) == ("GET", server.url("/x"))
    assert ["Accept", "*/*"] in found["request"]["headers"]
    response = found["response"]
    assert list(response) == [
        "status", "reason", "http_version", "headers", "body_bytes", "body_sha256", "body", "encoding",
    ]  # fmt: skip
    assert (response["status"], response["reason"], response["http_version"]) == (201, "Created", "HTTP/1.1")
    assert (response["body"], response["encoding"], response["body_bytes"]) == (body.decode(), "utf-8", len(body))
    assert response["body_sha256"] == hashlib.sha256(body).hexdigest()
    headers = {name.lower(): value for name, value in response["headers"]}
    assert headers["content-type"] == "application/json"
    assert "abcdef" not in headers["set-cookie"]
    assert list(found["timings"]) == [
        "dns_ms", "connect_ms", "tls_ms", "send_ms", "wait_ms", "first_byte_ms", "download_ms", "total_ms",
    ]  # fmt: skip
    assert found["timings"]["tls_ms"] is None
    assert found["timings"]["total_ms"] > found["timings"]["connect_ms"] > 0
    assert (found["stream"], found["error"], found["explanation"]) == (None, None, None)


@pytest.mark.parametrize(
    ("content_type", "body", "text", "encoding"),
    [
        ("text/plain; charset=GB18030", "初光".encode("gb18030"), "初光", "gb18030"),
        ("text/plain; charset=no-such-charset", "初光".encode(), "初光", "utf-8"),
        ("text/plain; charset=base64", b"plain", "plain", "utf-8"),
        ("text/plain; charset=undefined", b"plain", "plain", "utf-8"),
        ("text/plain; charset=utf-7", b"+2AA-", "+2AA-", "utf-8"),
        ("image/png", b"\x89PNG\r\n\xff", None, None),
        ("text/plain; charset=ascii", b"caf\xe9", None, None),
        ("", b"", "", "utf-8"),
    ],
)
def test_json_gives_the_body_as_text_when_it_is_text(
    server: Server, program: Program, content_type: str, body: bytes, text: str | None, encoding: str | None
) -> None:
    server.answers["/x"] = lambda call: call.reply(body, Content_Type=content_type)
    response = program.json(server.url("/x"))["response"]
    assert (response["body"], response["encoding"], response["body_bytes"]) == (text, encoding, len(body))


def test_a_request_of_a_workspace_is_found_by_its_names_and_filled_in(
    server: Server, program: Program, workspace: Path
) -> None:
    server.answers["/echo"] = echo
    program.variables["FIRSTLIGHT_SECRET_IRIS_TOKEN"] = "tok-123456"
    base = f"base={server.url('')}"
    done = program.run("send", "Iris/Predict", "-w", "w", "--var", base)
    assert json.loads(done.stdout) == {"stage": "workspace", "seen": "Bearer tok-123456"}
    done = program.run("send", "iris/predict", "-w", "w", "--var", base, "-e", "Staging")
    assert json.loads(done.stdout)["stage"] == "staging"
    done = program.run("send", "w/collections/Iris/predict.yaml", "--var", base, "--var", "stage=run", "-e", "Staging")
    assert json.loads(done.stdout)["stage"] == "run"
    done = program.run("send", "collections/Iris/predict.yaml", "-w", "w", "--var", base)
    assert json.loads(done.stdout)["stage"] == "workspace"
    assert [(method, body) for method, _, _, body in server.requests] == [("POST", b'{"a": 1.10}')] * 4


def test_a_request_file_needs_no_workspace_and_a_url_may_use_one(
    server: Server, program: Program, workspace: Path
) -> None:
    server.answers["/echo"] = echo
    (program.folder / "alone.yaml").write_text(
        f"url: {server.url('/echo')}\nheaders: [{{name: X-Stage, value: 'no'}}]\n"
    )
    assert json.loads(program.run("send", "alone.yaml").stdout)["stage"] == "no"
    done = program.run("send", "{{base}}/echo", "-w", str(workspace), "--var", f"base={server.url('')}")
    assert done.returncode == 0


def test_secrets_are_masked_in_everything_but_the_plain_body(server: Server, program: Program, workspace: Path) -> None:
    server.answers["/echo"] = echo
    program.variables["FIRSTLIGHT_SECRET_IRIS_TOKEN"] = "tok-123456"
    arguments = ("send", "Iris/Predict", "-w", "w", "--var", f"base={server.url('')}")
    for option in (["--json"], ["--events", "jsonl"]):
        done = program.run(*arguments, *option)
        assert done.returncode == 0
        assert b"tok-123456" not in done.stdout + done.stderr
        assert "Bearer ••••••".encode() in done.stdout
    refused = f"http://user:hunter22@127.0.0.1:{free_port()}/?api_key=key-123456"
    for option in ([], ["--json"], ["--events", "jsonl"]):
        done = program.run("send", refused, *option)
        assert done.returncode == 3
        assert b"hunter22" not in done.stdout + done.stderr
        assert b"key-123456" not in done.stdout + done.stderr


def test_fail_turns_a_refusal_into_exit_code_1(server: Server, program: Program) -> None:
    server.answers["/no"] = lambda call: call.reply(b'{"error_code": "APIG.0301"}', 401)
    plain = program.run("send", server.url("/no"))
    assert (plain.returncode, plain.stdout, plain.stderr) == (0, b'{"error_code": "APIG.0301"}', b"")
    strict = program.run("send", server.url("/no"), "--fail")
    assert (strict.returncode, strict.stdout) == (1, plain.stdout)
    assert strict.stderr.startswith(
        b"firstlight: The answer is 401 Unauthorized. APIG.0301: IAM authentication failed. "
    )
    assert strict.stderr.count(b"\n") == 1


def test_no_answer_is_exit_code_3_and_says_what_was_seen(program: Program) -> None:
    url = f"http://127.0.0.1:{free_port()}/"
    done = program.run("send", url)
    assert (done.returncode, done.stdout) == (3, b"")
    assert done.stderr.startswith(b"firstlight: ")
    assert done.stderr.count(b"\n") == 1
    found = program.json(url)
    assert (found["response"], found["error"]["layer"], found["error"]["kind"]) == (
        None,
        "connect",
        "connection-refused",
    )
    assert list(found["error"]) == ["layer", "kind", "message", "hint"]


def test_an_error_inside_a_stream_is_no_answer_even_with_done(server: Server, program: Program) -> None:
    def answer(call: Handler) -> None:
        call.begin_stream()
        call.token("half ")
        call.event('{"error": {"message": "out of memory", "code": 500}}')
        call.event("[DONE]")

    server.answers["/s"] = answer
    done = program.run("send", server.url("/s"))
    assert (done.returncode, done.stdout) == (3, b"half ")
    assert b"out of memory" in done.stderr
    found = program.json(server.url("/s"))
    assert (found["response"]["status"], found["error"]["layer"], found["stream"]["text"]) == (200, "service", "half ")


@pytest.mark.parametrize(
    ("arguments", "layer", "said"),
    [
        (["Iris/Nothing", "-w", "w"], "file", "There is no request “Iris/Nothing” in this workspace."),
        (["Iris/Predict"], "file", "is neither a URL nor a file, and there is no workspace here."),
        (["Iris/Predict", "-w", "nowhere"], "file", "nowhere is not a workspace: it holds no firstlight.yaml."),
        (["Iris/Predict", "-w", "w", "-e", "Prod"], "file", "There is no environment “Prod” in this workspace."),
        (["Iris/broken.yaml", "-w", "w"], "file", "line 2, column 1: A tab stands where only blanks are allowed."),
        (["Iris/Predict", "-w", "w"], "variable", "the variable {{base}} has no value"),
        (["Iris/Predict", "-w", "w", "--var", "base=http://x"], "variable", "there is no secret “iris-token”"),
        (["Iris/Errors/File", "-w", "w", "--var", "base=http://x"], "file", "files/rose.jpg is not there"),
        (["http://127.0.0.1:9/", "-e", "Prod"], "file", "There is no workspace to take the environment “Prod” from."),
        (["http://127.0.0.1:9/", "-o", "nowhere/x"], "file", "Cannot write nowhere/x: it does not exist."),
        (["http://127.0.0.1:9/", "-o", "w"], "file", "Cannot write w: it is a folder."),
    ],
)
@pytest.mark.usefixtures("workspace")
def test_wrong_input_is_exit_code_4_and_nothing_is_sent(
    program: Program, arguments: list[str], layer: str, said: str
) -> None:
    done = program.run("send", *arguments)
    assert (done.returncode, done.stdout) == (4, b"")
    line = done.stderr.decode()
    assert line.startswith("firstlight: ")
    assert line.count("\n") == 1
    assert said in line
    found = program.json(*arguments)
    assert (found["response"], found["error"]["layer"]) == (None, layer)
    lines = program.run("send", *arguments, "--events", "jsonl").stdout.splitlines()
    assert [json.loads(text)["kind"] for text in lines] == ["failed"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["send"], "TARGET"),
        (["send", "http://x", "--json", "--events", "jsonl"], "--json and --events exclude each other"),
        (["send", "http://x", "--events", "xml"], "xml"),
        (["send", "http://x", "--var", "novalue"], "“novalue” is not NAME=VALUE"),
        (["send", "http://x", "extra"], "extra"),
        (["format", "a", "b"], "b"),
        (["demo", "--headless", "--port", "70000"], "“70000” is not a port"),
        (["demo", "--hedless"], "--hedless"),
        (["--nonsense"], "--nonsense"),
        (["one", "two"], "two"),
        (["frob"], "“frob” is neither a command nor the folder of a workspace"),
        (["--version", "now"], "--version stands alone"),
    ],
)
def test_a_usage_error_is_exit_code_2_in_one_line(program: Program, arguments: list[str], said: str) -> None:
    done = program.run(*arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.count(b"\n") == 1
    assert said in done.stderr.decode()


def test_the_body_goes_into_a_file_byte_for_byte(server: Server, program: Program) -> None:
    body = os.urandom(100_000)
    server.answers["/x"] = lambda call: call.reply(body)
    (program.folder / "out.bin").write_bytes(b"old")
    done = program.run("send", server.url("/x"), "-o", "out.bin")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert (program.folder / "out.bin").read_bytes() == body
    found = program.json(server.url("/x"), "-o", "again.bin")
    assert hashlib.sha256((program.folder / "again.bin").read_bytes()).hexdigest() == found["response"]["body_sha256"]
    program.run("send", server.url("/x"), "-o", os.devnull)
    assert not Path(os.devnull).is_file()


def test_tokens_are_printed_while_they_come(server: Server, program: Program) -> None:
    """The server sends each token only after the one before was seen on standard output."""
    seen = threading.Semaphore(0)

    def answer(call: Handler) -> None:
        call.begin_stream()
        call.event(json.dumps({"choices": [{"index": 0, "delta": {"role": "assistant", "content": ""}}]}))
        for text in ("初", "光", "!"):
            call.token(text)
            assert seen.acquire(timeout=30)
        call.event("[DONE]")

    server.answers["/chat"] = answer
    with program.running("send", server.url("/chat")) as process:
        assert process.stdout
        for text in ("初", "光", "!"):
            assert process.stdout.read(len(text.encode())).decode() == text
            seen.release()
        assert process.stdout.read() == b""
    assert process.returncode == 0


def test_events_are_printed_while_they_happen(server: Server, program: Program) -> None:
    seen = threading.Event()

    def answer(call: Handler) -> None:
        call.begin_stream()
        call.token("one")
        assert seen.wait(30)
        call.wfile.write(b'id: 7\nevent: note\nretry: 10\n: hm\ndata: {"choices": []}\n\ndata: cut of')

    server.answers["/chat"] = answer
    with program.running("send", server.url("/chat"), "--events", "jsonl") as process:
        assert process.stdout
        events = [json.loads(process.stdout.readline()) for _ in range(7)]
        seen.set()
        events += [json.loads(line) for line in process.stdout]
    kinds = [event["kind"] for event in events]
    assert kinds[:8] == ["started", "connected", "request_head", "sent", "headers", "body", "server_event", "token"]
    assert kinds[-1] == "finished"
    times = [event["at_ns"] for event in events if event["kind"] != "started"]
    assert times == sorted(times)
    assert all(type(time) is int for time in times)
    by_kind = {event["kind"]: event for event in events}
    assert by_kind["token"]["text"] == "one"
    named = next(event for event in events if event["kind"] == "server_event" and event["type"] == "note")
    assert named.keys() == {"kind", "at_ns", "type", "data", "id", "retry", "comment", "truncated"}
    assert (named["data"], named["id"], named["retry"], named["truncated"]) == ('{"choices": []}', "7", 10, False)
    assert [e["truncated"] for e in events if e["kind"] == "server_event"] == [False, False, True]
    assert "".join(e["text"] for e in events if e["kind"] == "body").endswith("data: cut of")
    assert by_kind["finished"]["stream"]["text"] == "one"


def test_bytes_that_are_no_text_are_base64_in_events(server: Server, program: Program) -> None:
    server.answers["/x"] = lambda call: call.reply(b"\xff\x00")
    lines = program.run("send", server.url("/x"), "--events", "jsonl").stdout.splitlines()
    (body,) = [event for event in map(json.loads, lines) if event["kind"] == "body"]
    assert {**body, "at_ns": 0} == {"kind": "body", "at_ns": 0, "bytes": 2, "base64": "/wA="}


def test_a_stream_that_holds_no_generated_text_is_printed_as_received(server: Server, program: Program) -> None:
    def answer(call: Handler) -> None:
        call.begin_stream()
        for number in range(8):
            call.event(f"tick {number}")

    server.answers["/ticks"] = answer
    server.answers["/two"] = lambda call: call.reply(b"data: a\n\ndata: b\n\n", Content_Type="text/event-stream")
    assert program.run("send", server.url("/ticks")).stdout == b"".join(b"data: tick %d\n\n" % n for n in range(8))
    assert program.run("send", server.url("/two")).stdout == b"data: a\n\ndata: b\n\n"


def endless(left: threading.Event) -> Answer:
    def answer(call: Handler) -> None:
        call.begin_stream()
        try:
            while True:
                call.token("word ")
        except OSError:
            left.set()

    return answer


def test_ctrl_c_stops_the_request_and_closes_the_connection(server: Server, program: Program) -> None:
    left = threading.Event()
    server.answers["/endless"] = endless(left)
    with program.running("send", server.url("/endless"), "--events", "jsonl") as process:
        assert process.stdout
        assert process.stderr
        while json.loads(process.stdout.readline())["kind"] != "token":
            pass
        process.send_signal(signal.SIGINT)
        lines = process.stdout.readlines()
        assert json.loads(lines[-1])["kind"] == "cancelled"
        assert process.stderr.read() == b""
    assert process.returncode == 130
    assert left.wait(30)


@pytest.mark.parametrize("option", [(), ("--events", "jsonl")])
def test_a_reader_that_leaves_ends_the_request_quietly(
    server: Server, program: Program, option: tuple[str, ...]
) -> None:
    left = threading.Event()
    server.answers["/endless"] = endless(left)
    with program.running("send", server.url("/endless"), *option) as process:
        assert process.stdout
        assert process.stderr
        shown = b""
        while b"word" not in shown:
            shown += process.stdout.read(1)
        process.stdout.close()
        assert process.wait(30) == 141
        assert process.stderr.read() == b""
    assert left.wait(30)
