"""Every snippet is run, and sends what First Light sends: same method, target, headers, body."""

from __future__ import annotations

import asyncio
import contextlib
import io
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from servers import Received, collect, replies, response, run, scope, serving

from firstlight.auth import METHODS
from firstlight.formats.curl import parse_curl
from firstlight.formats.snippets import SNIPPETS as ALL_SNIPPETS
from firstlight.formats.snippets import Outgoing, Repeat, Snippet
from firstlight.formats.snippets.python_code import long_literal
from firstlight.model.access_token import AccessToken
from firstlight.model.exchange import Scope
from firstlight.model.failure import ExchangeError
from firstlight.model.request import Authorization, Body, FormPart, Header, Param, Request, RequestSettings
from firstlight.model.secrets import environment_name
from firstlight.runner.outgoing import outgoing

SNIPPETS = tuple(snippet for snippet in ALL_SNIPPETS if "http" in snippet.speaks)
SECRETS = {"iris-token": "MII+x/y=", "pass word": "p:ä", "key": "a&b=c%20+d é", "access-token": "MIIobtained"}
JSON = '{\n  "data": {"req": [{"x": 1.5, "名": "it\'s \\"q\\" \\\\ $HOME `x` %PATH% !"}]},\n  "ok": true\n}'

REQUESTS = {
    "get": Request(
        params=(Param(name="q", value="a+b c"), Param(name="q", value="%2B"), Param(name="flag", bare=True))
    ),
    "brackets": Request(params=(Param(name="a[]", value="[1]"),)),
    "dots": Request(url="/a/./b"),
    "delete": Request(method="DELETE"),
    "custom method": Request(method="PURGE"),
    "head": Request(method="HEAD"),
    "post without a body": Request(method="POST"),
    "headers": Request(
        headers=(
            Header(name="X-Name", value="Zoë 中 \"q\" 'x' $HOME `y` %PATH% ^ & | \\"),
            Header(name="X-Empty"),
            Header(name="User-Agent", value="mine"),
            Header(name="Accept", value="text/event-stream"),
            Header(name="X-Off", value="1", enabled=False),
        )
    ),
    "json": Request(method="POST", body=Body(kind="raw", text=JSON)),
    "json of one line": Request(method="POST", body=Body(kind="raw", text='{"a": [1, 2.5, null, "x"], "b": {}}')),
    "json to the digit": Request(method="POST", body=Body(kind="raw", text='{"a":1.10,"b":1e400,"a":2}')),
    "compact json": Request(method="PUT", body=Body(kind="raw", text='{"a":[true,false]}')),
    "big json": Request(
        method="POST", body=Body(kind="raw", text='{"a": "' + "x" * 200 + '", "b": [' + "1, " * 99 + "1]}")
    ),
    "text": Request(method="POST", body=Body(kind="raw", language="text", text='line one\nline "two"\\n\n"""end"')),
    "text with strange characters": Request(
        method="POST", body=Body(kind="raw", language="text", text="a\r\nb\x01\t'\u2028’“”\\")
    ),
    "text without type": Request(
        method="POST", without=("Content-Type", "User-Agent"), body=Body(kind="raw", language="text", text="x")
    ),
    "own content type": Request(
        method="POST", headers=(Header(name="content-type", value="application/x-y"),), body=Body(kind="raw", text="@x")
    ),
    "pairs": Request(
        method="POST",
        body=Body(kind="x-www-form-urlencoded", pairs=(Param(name="a b", value="ä&="), Param(name="c", value="*~"))),
    ),
    "graphql": Request(method="POST", body=Body(kind="graphql", query="{ a(x: $x) }", variables='{"x": 1.10}')),
    "binary": Request(method="POST", body=Body(kind="binary", path="picture.bin")),
    "form": Request(
        method="POST",
        headers=(Header(name="Content-Type", value="multipart/form-data"),),
        body=Body(
            kind="form-data",
            parts=(
                FormPart(name="meta", value='{"a": "x;y"}', content_type="application/json"),
                FormPart(name="text", value="@not a file;type=x, 中\nnext"),
                FormPart(name="images", kind="file", files=("rose.png", "my, odd;name.txt")),
                FormPart(name="图", kind="file", files=("rose.png",), file_names=('a "b" 中.png',), content_type="a/b"),
                FormPart(name="off", value="1", enabled=False),
            ),
        ),
    ),
    "form of texts": Request(method="POST", body=Body(kind="form-data", parts=(FormPart(name="a", value="1"),))),
}
CREDENTIALS = {
    "bearer": {"token": "{{secret:iris-token}}"},
    "basic": {"username": "me ä", "password": "{{secret:pass word}}"},
    "apikey": {"key": "X-Key", "value": "{{secret:iris-token}}", "in": "header"},
    "x-auth-token": {"token": "{{secret:iris-token}}"},
    "appcode": {"appcode": "{{secret:iris-token}}"},
    "eas-token": {"token": "{{secret:iris-token}}"},
    "app-key": {"app_key": "{{secret:iris-token}}"},
    "app-secret": {"app_key": "me", "app_secret": "{{secret:iris-token}}"},
    "app-basic": {"username": "me", "password": "{{secret:iris-token}}"},
    "digest": {"username": "me", "password": "{{secret:pass word}}"},
    "none": {},
}


def same(received: Received) -> tuple[str, str, list[tuple[str, str]], bytes]:
    """Return what must be equal: not what each client says of itself."""
    boundary = re.search(r"boundary=(\S+)", received.header("content-type") or "")
    mark = boundary[1] if boundary else "\0"
    own = {"accept-encoding", "content-length", "connection", "expect"}
    pairs: dict[str, str] = {}
    for name, value in received.headers:
        client = name.lower() == "user-agent" and re.match(r"curl/|FirstLight/|python-", value)
        if not client and name.lower() not in own and (name.lower(), value) != ("accept", "*/*"):
            joined = f"{pairs[name.lower()]}, {value}" if name.lower() in pairs else value
            pairs[name.lower()] = joined.replace(mark, "B")
    return received.method, received.target, sorted(pairs.items()), received.body.replace(mark.encode(), b"B")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, value in SECRETS.items():
        monkeypatch.setenv(environment_name(name), value)
    (tmp_path / "rose.png").write_bytes(b"\x89PNG\r\n")
    (tmp_path / "my, odd;name.txt").write_bytes(b"odd")
    (tmp_path / "picture.bin").write_bytes(bytes(range(256)))
    return tmp_path


def written(snippet: Snippet, request: Request, where: Scope) -> str:
    return snippet.write(outgoing(request, where), Repeat())


async def execute(snippet: Snippet, text: str) -> str:
    """Run a snippet as its reader would; those of Windows are read back into one for this system."""
    if snippet.kind.startswith("python"):
        return await asyncio.to_thread(python, text)
    process = await asyncio.create_subprocess_exec(
        "sh", "-c", text.replace("curl", "curl -s", 1), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE
    )
    shown, _ = await process.communicate()
    assert process.returncode == 0
    return shown.decode()


def python(text: str) -> str:
    shown = io.StringIO()
    with contextlib.redirect_stdout(shown):
        exec(compile(text, "snippet", "exec"), {"__name__": "__main__"})
    return shown.getvalue()


def both(snippet: Snippet, request: Request, folder: Path) -> tuple[Received, Received]:
    async def work() -> tuple[Received, Received]:
        async with serving(replies(response(b"fine"))) as server:
            here = replace(request, url=server.url + (request.url or "/v1/infer"))
            obtained = AccessToken(value=SECRETS["access-token"], obtained_at_s=0.0, scheme="Bearer")
            where = replace(scope(folder, SECRETS), token=obtained)
            await execute(snippet, written(snippet, here, where))
            outcome, _ = await collect(here, where=where)
            assert outcome.failure is None, outcome.failure
            theirs, ours = server.received
            return theirs, ours

    return run(work())


HERE = [snippet for snippet in SNIPPETS if snippet.kind not in {"curl-cmd", "curl-powershell"}]


@pytest.mark.parametrize("name", REQUESTS)
@pytest.mark.parametrize("snippet", HERE, ids=lambda snippet: snippet.kind)
def test_a_snippet_sends_what_first_light_sends(snippet: Snippet, name: str, folder: Path) -> None:
    if name == "dots" and snippet.kind.startswith("python"):
        pytest.skip("both libraries tidy up the path; a browser does, too")
    theirs, ours = both(snippet, REQUESTS[name], folder)
    if name == "brackets" and snippet.kind == "python-requests":
        assert theirs.target == ours.target.replace("[", "%5B").replace(
            "]", "%5D"
        )  # it encodes them, whatever one does
    else:
        assert same(theirs) == same(ours)


@pytest.mark.parametrize("kind", [method.kind for method in METHODS if not method.sign])
@pytest.mark.parametrize("snippet", HERE, ids=lambda snippet: snippet.kind)
def test_every_authorization_is_sent_and_its_secret_stays_out_of_the_text(
    snippet: Snippet, kind: str, folder: Path
) -> None:
    request = Request(authorization=Authorization(kind=kind, values=CREDENTIALS.get(kind, {})))
    text = written(snippet, replace(request, url="http://h"), scope(folder, SECRETS))
    assert not any(value in text for value in SECRETS.values())
    theirs, ours = both(snippet, request, folder)
    assert same(theirs) == same(ours)


def test_a_text_without_its_signature_says_so(folder: Path) -> None:
    values = {"ak": "AK1", "sk": "{{secret:iris-token}}", "project_id": "p1"}
    request = Request(url="http://h", authorization=Authorization(kind="aksk", values=values))
    made = outgoing(request, scope(folder, SECRETS))
    assert ("X-Project-Id", "p1") in made.headers
    for snippet in SNIPPETS:
        first, second, third = snippet.written(made, Repeat()).splitlines()[:3]
        if not snippet.signs:
            assert first.startswith(f"{snippet.comment} Not signed yet: “AK/SK signature")
            assert "a few minutes" in second
            assert third == f"{snippet.comment} The Python snippets sign by themselves."
        assert SECRETS["iris-token"] not in snippet.written(made, Repeat())


def test_a_key_in_the_url_is_encoded_by_the_script(folder: Path) -> None:
    values = {"key": "api key", "value": "{{secret:key}}", "in": "query"}
    request = Request(authorization=Authorization(kind="apikey", values=values))
    for snippet in HERE:
        if snippet.kind.startswith("python"):
            theirs, ours = both(snippet, request, folder)
            assert same(theirs) == same(ours)


@pytest.mark.parametrize("name", [name for name in REQUESTS if name != "text with strange characters"])
@pytest.mark.parametrize("snippet", [s for s in SNIPPETS if s.lexer != "python"], ids=lambda snippet: snippet.kind)
def test_a_command_is_read_back_as_the_request_it_was_written_from(snippet: Snippet, name: str, folder: Path) -> None:
    request = replace(REQUESTS[name], url="https://h.test" + (REQUESTS[name].url or "/v1"))
    where = scope(folder, SECRETS)
    reading = parse_curl(written(snippet, request, where))
    assert reading.notes == ()
    again = outgoing(reading.requests[0], where)
    expected = outgoing(request, where)
    assert (again.method, again.url, again.text, again.path, again.parts, again.basic) == (
        expected.method, expected.url, expected.text, expected.path, expected.parts, expected.basic,
    )  # fmt: skip
    assert sorted(again.headers) == sorted(expected.headers)


def test_a_stream_prints_its_tokens_as_they_come(folder: Path) -> None:
    httpx = next(snippet for snippet in SNIPPETS if snippet.kind == "python-httpx")
    events = (
        b': hi\n\ndata: {"choices": [{"delta": {"reasoning_content": "Hm. "}}]}\n\n'
        b'data: {"choices": [{"delta": {"content": "Gr\xc3\xbc\xc3\x9fe \xe2\x80\xa8"}}]}\n\ndata: {"choices": []}\n\n'
        b'data: {"choices": [{"message": {"content": "Welt"}}]}\n\ndata: [DONE]\n\n'
    )
    request = Request(method="POST", body=Body(kind="raw", text='{"stream": true}'))

    async def work(*answers: bytes) -> str:
        async with serving(replies(*answers)) as server:
            return await execute(httpx, written(httpx, replace(request, url=server.url), scope()))

    assert run(work(response(events, "Content-Type: text/event-stream"))) == "Hm. Grüße \u2028Welt\n"
    with pytest.raises(RuntimeError, match="401 no"):
        run(work(response(b"no", status="401 Unauthorized")))


@pytest.mark.parametrize("snippet", [s for s in SNIPPETS if s.repeats], ids=lambda snippet: snippet.kind)
@pytest.mark.parametrize("name", ["form", "json"])
def test_a_script_repeats_in_threads(snippet: Snippet, name: str, folder: Path) -> None:
    async def work() -> None:
        async with serving(replies(response(b"fine"))) as server:
            request = replace(REQUESTS[name], url=server.url)
            text = snippet.write(outgoing(request, scope(folder)), Repeat(executions=3, threads=2))
            shown = await execute(snippet, text)
            assert len(server.received) == 6
            assert len({received.body[-40:] for received in server.received}) <= 6
            assert shown.count("fine") == 6

    run(work())


def test_a_script_runs_as_a_program_of_its_own(folder: Path) -> None:
    async def work() -> None:
        async with serving(replies(response(b"fine"))) as server:
            snippet = next(snippet for snippet in SNIPPETS if snippet.kind == "python-requests")
            request = replace(REQUESTS["json"], url=server.url)
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-c", written(snippet, request, scope()), stdout=subprocess.PIPE, env=dict(os.environ)
            )
            shown, _ = await process.communicate()
            assert shown.decode().split() == ["200", "fine"]

    run(work())


def test_settings_are_written_down_where_they_differ() -> None:
    slow = RequestSettings(follow_redirects=True, verify_tls=False, connect_timeout_s=2.5, idle_timeout_s=None,
                           total_timeout_s=9.0)  # fmt: skip
    made = outgoing(Request(url="http://h", settings=slow), scope())
    texts = {snippet.kind: snippet.write(made, Repeat()) for snippet in SNIPPETS}
    assert "-L \\\n  -k \\\n  --connect-timeout 2.5 \\\n  -m 9\n" in texts["curl"]
    assert "verify=False" in texts["python-requests"]
    assert "timeout=(2.5, None)" in texts["python-requests"]
    assert "allow_redirects" not in texts["python-requests"]
    assert "timeout=httpx.Timeout(None, connect=2.5)" in texts["python-httpx"]
    assert "follow_redirects=True" in texts["python-httpx"]
    assert parse_curl(texts["curl"]).requests[0].settings == replace(slow, idle_timeout_s=60.0)


def test_a_file_of_authorities_is_named_unless_nothing_is_verified() -> None:
    trusting = Request(url="https://h", settings=RequestSettings(ca_file="/ca.pem"))
    texts = {snippet.kind: written(snippet, trusting, scope()) for snippet in SNIPPETS}
    assert "--cacert /ca.pem" in texts["curl"]
    assert 'verify="/ca.pem"' in texts["python-requests"]
    assert 'cafile="/ca.pem"' in texts["python-httpx"]
    careless = replace(trusting, settings=RequestSettings(ca_file="/ca.pem", verify_tls=False))
    assert not any("ca.pem" in written(snippet, careless, scope()) for snippet in SNIPPETS)


def test_a_command_connects_where_first_light_does() -> None:
    async def work() -> None:
        async with serving(replies(response(b"fine"))) as server:
            settings = RequestSettings(connect_to=f"127.0.0.1:{server.port}", http_version="1.1")
            text = written(SNIPPETS[0], Request(url="http://nowhere.test/a", settings=settings), scope())
            assert await execute(SNIPPETS[0], text) == "fine"
            assert server.received[0].header("host") == "nowhere.test"
            assert parse_curl(text).requests[0].settings == settings

    run(work())
    text = written(SNIPPETS[0], Request(url="http://h", settings=RequestSettings(connect_to="[::1]")), scope())
    assert "--connect-to '::[::1]:'" in text


def test_variables_are_filled_in_or_kept() -> None:
    request = Request(
        method="{{verb}}",
        url="{{base}}/v1/:id",
        path_variables=(Param(name="id", value="{{id}}"),),
        headers=(Header(name="X-{{a}}", value="{{a}}"),),
        authorization=Authorization(kind="basic", values={"username": "{{a}}", "password": "{{b}}"}),
        body=Body(kind="form-data", parts=(FormPart(name="{{a}}", value="{{b}}"),)),
    )
    kept = outgoing(replace(request, headers=()), scope(), keep_variables=True)
    assert (kept.method, kept.url, kept.basic) == ("{{verb}}", "{{base}}/v1/{{id}}", ("{{a}}", "{{b}}"))
    assert [(part.name, part.value) for part in kept.parts or ()] == [("{{a}}", "{{b}}")]
    filled = outgoing(request, scope(verb="PUT", base="http://h", id="7/8", a="x", b="y"))
    assert (filled.method, filled.url, filled.headers) == ("PUT", "http://h/v1/7%2F8", (("X-x", "x"),))
    body = Body(kind="raw", text='{"a": "{{a}}"}')
    kept = outgoing(Request(url="http://h:{{port}}/x", body=body), scope(), keep_variables=True)
    assert (kept.url, kept.text) == ("http://h:{{port}}/x", '{"a": "{{a}}"}')


def test_secrets_are_included_when_they_are_asked_for(folder: Path) -> None:
    request = Request(url="http://h", authorization=Authorization(kind="bearer", values=CREDENTIALS["bearer"]))
    made = outgoing(request, scope(folder, SECRETS), hide=False)
    assert made.headers == (("Authorization", "Bearer MII+x/y="),)
    assert made.lookups == {}


def test_a_secret_in_a_body_is_looked_up_and_a_mark_that_is_in_the_text_already_is_no_mark() -> None:
    request = Request(url="http://h", method="POST", body=Body(kind="raw", text='{"mark": "{{secret:a}} \n markks0z"}'))
    made = outgoing(request, scope())
    texts = [snippet.write(made, Repeat()) for snippet in SNIPPETS]
    assert '\'{"mark": "\'"$FIRSTLIGHT_SECRET_A"\'' in texts[0]
    assert "%FIRSTLIGHT_SECRET_A%" in texts[1]
    assert "${env:FIRSTLIGHT_SECRET_A}" in texts[2]
    assert 'body = \'{"mark": "\' + os.environ["FIRSTLIGHT_SECRET_A"] + \'' in texts[3]
    for text in texts[:3]:
        assert parse_curl(text).requests[0].body.text == request.body.text


def test_what_cannot_be_sent_cannot_be_written_either() -> None:
    with pytest.raises(ExchangeError, match="missing"):
        outgoing(Request(url="http://h/{{missing}}"), scope())
    with pytest.raises(ExchangeError, match="no file"):
        outgoing(
            Request(url="http://h", body=Body(kind="form-data", parts=(FormPart(name="a", kind="file"),))), scope()
        )


def test_powershell_passes_an_empty_text() -> None:
    powershell = next(snippet for snippet in SNIPPETS if snippet.kind == "curl-powershell")
    text = powershell.write(Outgoing(method="POST", url="http://h", text="", headers=(("A", "b "),)), Repeat())
    assert parse_curl(text).requests[0].method == "POST"


@pytest.mark.parametrize("text", ['a\n"', "a\n\\", 'x"""\n', "a\nb\x00", "plain"])
def test_a_literal_is_the_text(text: str) -> None:
    assert eval(long_literal(text)) == text
