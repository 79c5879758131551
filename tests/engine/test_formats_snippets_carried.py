"""Snippets carry what goes along to the host: the client certificate of the settings, the cookies of the workspace."""

from __future__ import annotations

import asyncio
import contextlib
import io
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from client_files import PASSPHRASE, Files, encrypted_key, one_file, open_pkcs12, pkcs12, two_files
from servers import Authority, Received, collect, replies, response, run, scope, serving
from websocket_peers import real_server, talk
from websockets.asyncio.server import ServerConnection

from firstlight.formats.curl import parse_curl
from firstlight.formats.snippets import SNIPPETS, OwnCertificate, Repeat, Snippet
from firstlight.model.client_certificate import ClientCertificate
from firstlight.model.cookies import Cookie
from firstlight.model.exchange import Scope
from firstlight.model.network import NetworkSettings
from firstlight.model.protocols import HTTP
from firstlight.model.request import Header, Message, Request, RequestSettings
from firstlight.model.secrets import environment_name
from firstlight.runner.conversation import Conversation
from firstlight.runner.outgoing import outgoing
from firstlight.store.client_certificates import read_unlocked, secret_name, written
from firstlight.store.cookie_jar import CookieJar
from firstlight.transport import HttpTransport

COMMANDS = [snippet for snippet in SNIPPETS if HTTP in snippet.speaks and snippet.kind[-3:] not in {"cmd", "ell"}]
KINDS = {snippet.kind: snippet for snippet in SNIPPETS}
FORMS = [one_file, two_files, encrypted_key, pkcs12, open_pkcs12]
SESSION = "a-session-that-lets-in+/="


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Authority:
    monkeypatch.setenv(environment_name(secret_name("127.0.0.1")), PASSPHRASE)
    return Authority(tmp_path)


def python(text: str) -> str:
    shown = io.StringIO()
    with contextlib.redirect_stdout(shown):
        exec(compile(text, "snippet", "exec"), {"__name__": "__main__"})
    return shown.getvalue()


async def execute(snippet: Snippet, text: str) -> str:
    if snippet.kind.startswith("python"):
        return await asyncio.to_thread(python, text)
    process = await asyncio.create_subprocess_exec(
        "sh", "-c", text.replace("curl", "curl -sS", 1), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE
    )
    shown, _ = await process.communicate()
    assert process.returncode == 0
    return shown.decode()


def known(client: ClientCertificate) -> tuple[ClientCertificate, ...]:
    """Return what the settings tell a snippet: the passphrase is only named."""
    return read_unlocked([written(replace(client, host="127.0.0.1"))])


def trusting(authority: Authority, *, verify: bool = True) -> RequestSettings:
    return RequestSettings(ca_file=str(authority.path), verify_tls=verify, http_version="1.1")


@pytest.mark.filterwarnings("ignore:Unverified HTTPS request")  # says the library, rightly
@pytest.mark.parametrize("verify", [True, False], ids=["verified", "unverified"])
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
@pytest.mark.parametrize("snippet", COMMANDS, ids=lambda snippet: snippet.kind)
def test_a_snippet_shows_the_certificate_and_never_tells_its_passphrase(
    snippet: Snippet, form: Callable[[Files], ClientCertificate], verify: bool, tmp_path: Path, authority: Authority
) -> None:
    certificates = known(form(Files(tmp_path, authority)))

    async def work() -> str:
        async with serving(replies(response(b"let in")), authority.demanding_context("127.0.0.1")) as server:
            request = Request(url=f"{server.url}/v1", settings=trusting(authority, verify=verify))
            made = outgoing(request, scope(), hide=False, certificates=certificates)
            text = snippet.written(made, Repeat())
            assert PASSPHRASE not in text
            assert certificates[0].file in text
            return await execute(snippet, text)

    assert "let in" in run(work())


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_a_script_for_a_websocket_shows_the_certificate(
    form: Callable[[Files], ClientCertificate], tmp_path: Path, authority: Authority
) -> None:
    certificates = known(form(Files(tmp_path, authority)))
    heard: list[str | bytes] = []

    async def once(connection: ServerConnection) -> None:
        heard.append(await connection.recv())
        await connection.close(4001, "enough")

    async def work() -> None:
        async with real_server(once, authority.demanding_context("127.0.0.1")) as port:
            request = Request(
                url=f"wss://127.0.0.1:{port}/talk",
                protocol="websocket",
                messages=(Message(text="hello"),),
                settings=trusting(authority),
            )
            made = outgoing(request, scope(), certificates=certificates)
            await asyncio.to_thread(python, KINDS["python-websockets"].written(made, Repeat()))

    run(work())
    assert heard == ["hello"]


def test_first_light_itself_shows_the_same_certificate(tmp_path: Path, authority: Authority) -> None:
    client = replace(pkcs12(Files(tmp_path, authority)), host="127.0.0.1")

    async def work() -> bytes:
        async with serving(replies(response(b"let in")), authority.demanding_context("127.0.0.1")) as server:
            transport = HttpTransport(NetworkSettings(client_certificates=(client,)))
            try:
                outcome, _ = await collect(Request(url=server.url, settings=trusting(authority)), transport)
            finally:
                await transport.aclose()
            assert outcome.response is not None, outcome.failure
            return outcome.response.body

    assert run(work()) == b"let in"


def test_a_certificate_is_named_for_its_host_over_tls_alone() -> None:
    certificates = (
        ClientCertificate(host="*.example.com", file="~/own.crt", key_file="own.key"),
        ClientCertificate(host="*", file="/gone/other.PFX", passphrase="the name"),
    )

    def own(url: str, *, keep: bool = False) -> OwnCertificate | None:
        return outgoing(Request(url=url), scope(), keep_variables=keep, certificates=certificates).certificate

    first = own("https://api.example.com/v1")
    assert first is not None
    assert (first.file, first.key_file) == (str(Path.home() / "own.crt"), str(Path.cwd() / "own.key"))
    assert not first.pkcs12
    other = own("https://h/v1")
    assert other is not None
    assert other.pkcs12  # by its name: it is not there
    assert other.passphrase
    assert own("http://api.example.com/v1") is None
    assert own("{{base}}/v1", keep=True) is None


def test_a_path_with_a_colon_is_no_passphrase_and_a_drive_is_a_drive() -> None:
    made = outgoing(Request(url="https://h"), scope())
    odd = replace(made, certificate=OwnCertificate(file="/a:b\\c.pem"))
    assert r"--cert '/a\:b\\c.pem'" in KINDS["curl"].written(odd, Repeat())
    windows = replace(made, certificate=OwnCertificate(file=r"C:\my\own.p12", pkcs12=True))
    text = KINDS["curl-powershell"].written(windows, Repeat())
    assert r"--cert 'C:\\my\\own.p12'" in text
    assert "--cert-type P12" in text


def test_a_pasted_certificate_is_told_to_belong_to_the_settings() -> None:
    made = outgoing(Request(url="https://h"), scope())
    own = OwnCertificate(file="/own.crt", key_file="/own.key")
    reading = parse_curl(KINDS["curl"].written(replace(made, certificate=own), Repeat()))
    assert [dict(note.values)["option"] for note in reading.notes] == ["--cert", "--key"]


# --- cookies ---


def jar(folder: Path, *cookies: Cookie) -> CookieJar:
    made = CookieJar(folder / "jar.json")
    made.change(put=cookies)
    return made


COOKIES = (
    Cookie(name="session", value=SESSION, domain="127.0.0.1"),
    Cookie(name="session", value="another-one-below", domain="127.0.0.1", path="/v1"),
    Cookie(name="theme", value="dark", domain="127.0.0.1"),
    Cookie(name="elsewhere", value="x", domain="other.test"),
)


@pytest.mark.parametrize("hide", [True, False], ids=["looked up", "included"])
@pytest.mark.parametrize("snippet", COMMANDS, ids=lambda snippet: snippet.kind)
def test_a_snippet_sends_the_cookies_that_the_jar_has_for_the_url(
    snippet: Snippet, hide: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FIRSTLIGHT_SECRET_COOKIE_SESSION", "another-one-below")
    monkeypatch.setenv("FIRSTLIGHT_SECRET_COOKIE_SESSION_2", SESSION)
    where: Scope = replace(scope(), jar=jar(tmp_path, *COOKIES))

    async def work() -> list[Received]:
        async with serving(replies(response(b"fine"))) as server:
            request = Request(url=f"{server.url}/v1/infer")
            text = snippet.written(outgoing(request, where, hide=hide), Repeat())
            assert (SESSION in text) is not hide
            assert "elsewhere" not in text
            await execute(snippet, text)
            await collect(request, where=where)
            return server.received

    theirs, ours = run(work())
    assert theirs.header("cookie") == ours.header("cookie")
    assert ours.header("cookie") == f"session=another-one-below; session={SESSION}; theme=dark"


def test_a_script_for_a_websocket_sends_the_cookies(tmp_path: Path) -> None:
    where = replace(scope(), jar=jar(tmp_path, *COOKIES[2:]))
    heard: list[str | None] = []

    async def once(connection: ServerConnection) -> None:
        assert connection.request is not None
        heard.append(connection.request.headers.get("Cookie"))
        await connection.close()

    async def work() -> None:
        async with real_server(once) as port:
            request = Request(url=f"ws://127.0.0.1:{port}/", protocol="websocket")
            await asyncio.to_thread(python, KINDS["python-websockets"].written(outgoing(request, where), Repeat()))
            await talk(request, Conversation.of(request, where), where)

    run(work())
    assert heard == ["theme=dark", "theme=dark"]


@pytest.mark.parametrize(
    "request_",
    [
        Request(settings=RequestSettings(cookies=False)),
        Request(without=("Cookie",)),
        Request(headers=(Header(name="Cookie", value="mine=1"),)),
    ],
    ids=["off", "left out", "typed"],
)
def test_no_cookie_of_the_jar_is_in_a_snippet_where_none_is_sent(request_: Request, tmp_path: Path) -> None:
    where = replace(scope(), jar=jar(tmp_path, *COOKIES))
    made = outgoing(replace(request_, url="http://127.0.0.1/v1"), where)
    assert "theme" not in repr(made.headers)
