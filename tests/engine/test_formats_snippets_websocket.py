"""A WebSocket as a script and as commands: what they send is what First Light sends."""

from __future__ import annotations

import asyncio
import contextlib
import io
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from servers import run, scope
from websocket_peers import real_server, talk
from websockets.asyncio.server import ServerConnection

from firstlight.formats.curl import parse_curl
from firstlight.formats.snippets import SNIPPETS, Repeat, Snippet
from firstlight.model.failure import ExchangeError
from firstlight.model.protocols import WEBSOCKET, is_websocket
from firstlight.model.request import Authorization, Header, Message, Param, Request, RequestSettings
from firstlight.model.secrets import environment_name
from firstlight.runner.conversation import Conversation
from firstlight.runner.outgoing import outgoing

SECRETS = {"iris-token": "MII+x/y=", "pass word": "p:ä", "hex": "beef"}
PYTHON = next(snippet for snippet in SNIPPETS if snippet.kind == "python-websockets")
SPEAKING = [snippet for snippet in SNIPPETS if WEBSOCKET in snippet.speaks]
MESSAGES = (
    Message(text='line one\nline "two" \\ 初'),
    Message(kind="json", text='{"a": 1.10, "t": "{{secret:iris-token}}"}'),
    Message(kind="binary", text="00 01 fF"),
    Message(kind="binary", encoding="base64", text="_-8"),
    Message(kind="binary", text="{{secret:hex}} 00"),
    Message(kind="file", path="rose.png"),
)
REQUESTS = {
    "bare": Request(),
    "with all it has": Request(
        params=(Param(name="q", value="a b"),),
        headers=(Header(name="X-Name", value="Zoë 中"), Header(name="User-Agent", value="mine")),
        authorization=Authorization(kind="bearer", values={"token": "{{secret:iris-token}}"}),
        messages=MESSAGES,
        settings=RequestSettings(subprotocols="chat.v2, chat.v1", compress_messages=False, ping_every_s=30.0),
    ),
    "without a name": Request(without=("User-Agent",), messages=MESSAGES[:1]),
    "with a password": Request(
        authorization=Authorization(kind="basic", values={"username": "me ä", "password": "{{secret:pass word}}"})
    ),
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, value in SECRETS.items():
        monkeypatch.setenv(environment_name(name), value)
    (tmp_path / "rose.png").write_bytes(b"\x89PNG\r\n\x00")
    return tmp_path


def python(text: str) -> str:
    shown = io.StringIO()
    with contextlib.redirect_stdout(shown):
        exec(compile(text, "snippet", "exec"), {"__name__": "__main__"})
    return shown.getvalue()


class Heard:
    """A service that remembers handshakes and messages, and says goodbye when it has heard so many."""

    def __init__(self, messages: int) -> None:
        self.heads: list[tuple[str, list[tuple[str, str]]]] = []
        self.messages: list[list[str | bytes]] = []
        self._most = messages

    async def __call__(self, connection: ServerConnection) -> None:
        assert connection.request is not None
        own = {"host", "sec-websocket-key", "accept", "accept-encoding", "sec-websocket-extensions"}
        rows = [(name.lower(), value) for name, value in connection.request.headers.raw_items()]
        told = [row for row in rows if row[0] not in own and not row[1].startswith(("FirstLight/", "Python/"))]
        self.heads.append((connection.request.path, sorted(told)))
        heard: list[str | bytes] = []
        self.messages.append(heard)
        while len(heard) < self._most:
            heard.append(await connection.recv())
        await connection.send("thanks")
        await connection.close(4001, "enough")


@pytest.mark.parametrize("name", REQUESTS)
def test_the_script_sends_what_first_light_sends(name: str, folder: Path) -> None:
    request = REQUESTS[name]
    heard = Heard(len(request.messages))

    async def work() -> str:
        options = {"subprotocols": ["chat.v1"]} if request.settings.subprotocols else {}
        async with real_server(heard, **options) as port:
            here = replace(request, protocol="websocket", url=f"http://127.0.0.1:{port}/talk")
            where = scope(folder, SECRETS)
            text = PYTHON.written(outgoing(here, where), Repeat())
            assert not any(secret in text for secret in SECRETS.values())
            shown = await asyncio.to_thread(python, text)
            conversation = Conversation.of(here, where)
            outcome, _ = await talk(here, conversation, where)
            assert outcome.failure is None
            return shown

    assert run(work()).splitlines() == [
        "thanks",
        "received 4001 (private use) enough; then sent 4001 (private use) enough",
    ]
    theirs, ours = heard.heads
    assert theirs == ours
    assert heard.messages[0] == heard.messages[1]
    assert len(heard.messages[0]) == len(request.messages)


def test_the_script_leaves_when_nothing_comes_and_goes_where_it_is_led() -> None:
    async def silent(connection: ServerConnection) -> None:
        await connection.wait_closed()

    async def work() -> str:
        async with real_server(silent) as port:
            settings = RequestSettings(idle_timeout_s=0.1, connect_to=f"127.0.0.1:{port}")
            text = PYTHON.written(outgoing(Request(url="ws://nowhere.test/a", settings=settings), scope()), Repeat())
            return await asyncio.to_thread(python, text)

    assert run(work()) == ""


def test_tls_settings_are_written_down_where_they_matter() -> None:
    def written(url: str, **settings: object) -> str:
        request = Request(url=url, settings=RequestSettings(**settings))  # type: ignore[arg-type]
        return PYTHON.written(outgoing(request, scope()), Repeat())

    assert "ssl.CERT_NONE" in written("wss://h", verify_tls=False)
    assert 'cafile="/ca.pem"' in written("wss://h", ca_file="/ca.pem")
    assert "ssl" not in written("ws://h", verify_tls=False, ca_file="/ca.pem")
    assert 'address=("::1", 443)' in written("wss://h", connect_to="[::1]")
    assert 'address=("other", 81)' in written("ws://h:81", connect_to="other")
    assert "max_size=None" in written("ws://h", largest_message_mb=None)
    assert "recv(timeout=None)" in written("ws://h", idle_timeout_s=None)


def test_curl_tries_the_handshake_and_says_that_it_does_no_more(folder: Path) -> None:
    request, heard = REQUESTS["with all it has"], Heard(0)

    async def work() -> bytes:
        async with real_server(heard, subprotocols=["chat.v1"]) as port:
            here = replace(request, protocol="websocket", url=f"http://127.0.0.1:{port}/talk")
            text = SPEAKING[0].written(outgoing(here, scope(folder, SECRETS)), Repeat())
            assert text.startswith("# cURL tries the handshake alone")
            process = await asyncio.create_subprocess_exec(
                "sh", "-c", text, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
            shown, _ = await process.communicate()
            await talk(here, Conversation(), scope(folder, SECRETS))
            return shown

    assert run(work()).startswith(b"HTTP/1.1 101 Switching Protocols\r\n")
    theirs, ours = heard.heads
    assert theirs == ours


@pytest.mark.parametrize("snippet", SPEAKING[:3], ids=lambda snippet: snippet.kind)
def test_a_command_with_the_lines_of_a_handshake_is_read_as_a_websocket(snippet: Snippet) -> None:
    settings = RequestSettings(subprotocols="chat.v2", compress_messages=False)
    request = Request(url="wss://h.test/a?b=1", headers=(Header(name="X-A", value="1"),), settings=settings)
    reading = parse_curl(snippet.written(outgoing(request, scope()), Repeat()))
    assert reading.notes == ()
    again = reading.requests[0]
    assert is_websocket(again)
    assert (again.url, again.headers, again.settings) == ("wss://h.test/a", request.headers, settings)


def test_what_has_no_words_for_a_protocol_says_so() -> None:
    talks, asks = outgoing(Request(url="ws://h"), scope()), outgoing(Request(url="http://h"), scope())
    for snippet in SNIPPETS:
        if snippet not in SPEAKING:
            with pytest.raises(ExchangeError, match="cannot open a WebSocket"):
                snippet.written(talks, Repeat())
    with pytest.raises(ExchangeError, match="for WebSockets only"):
        PYTHON.written(asks, Repeat())
    assert not PYTHON.several


def test_variables_stay_and_what_cannot_be_sent_is_named() -> None:
    request = Request(
        url="{{base}}/talk",
        protocol="websocket",
        messages=(Message(text="{{a}}"), Message(kind="binary", text="{{b}}")),
    )
    text = PYTHON.written(outgoing(request, scope(), keep_variables=True), Repeat())
    assert 'url = "{{base}}/talk"' in text
    assert '"{{a}}",' in text
    assert 'bytes.fromhex("{{b}}")' in text
    for wrong in (Message(kind="binary", text="x"), Message(kind="file")):
        with pytest.raises(ExchangeError):
            outgoing(Request(url="ws://h", messages=(wrong,)), scope())
    digest = Request(
        url="ws://h", authorization=Authorization(kind="digest", values={"username": "a", "password": "b"})
    )
    assert "cannot answer Digest" in PYTHON.written(outgoing(digest, scope()), Repeat())
    encoded = Request(url="ws://h", messages=(Message(kind="binary", encoding="base64", text="{{secret:a}}"),))
    assert "base64.urlsafe_b64decode(os.environ" in PYTHON.written(outgoing(encoded, scope()), Repeat())
