"""Secrets in every other place: URL, parameters, headers, bodies, messages, services, environments, proxy, cookies."""

from __future__ import annotations

import json
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from client_files import Files
from servers import Authority
from tls_server import tls_serving

from demo_server import RunningDemo
from firstlight.cli.main import run_command
from firstlight.cli.secrets import secret_store
from firstlight.formats.firstlight_yaml import dump_environment, dump_service
from firstlight.model.access_token import AccessToken
from firstlight.model.collection import Environment, VariableRow
from firstlight.model.exchange import Scope, Variable
from firstlight.model.prepared import Login
from firstlight.model.request import (
    FROM_SERVICE,
    Authorization,
    Body,
    FormPart,
    Header,
    Message,
    Param,
    Request,
    RequestSettings,
)
from firstlight.model.secrets import environment_name
from firstlight.model.service import Channel, Credential, Service
from firstlight.runner.prepare import prepare
from firstlight.store.client_certificates import secret_name
from firstlight.store.settings import Settings, save_settings
from firstlight.store.settings_use import PROXY_PASSWORD
from firstlight.store.workspace import Workspace
from planted import Plants
from planted.peer import Gossip, gossiping

FORM = "é\"'{}+/=\\&%<p"
COOKIES = "cookies are kept in a private file, as browsers keep them (docs/adr/0027)"
Run = Callable[..., tuple[int, bytes, bytes]]


@pytest.fixture(scope="module")
def peer() -> Iterator[Gossip]:
    with gossiping() as running:
        yield running


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Iterator[Run]:
    """Run a command in this process, in a folder of its own."""
    monkeypatch.setenv("FIRSTLIGHT_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    secret_store.cache_clear()

    def command(*arguments: str) -> tuple[int, bytes, bytes]:
        code = run_command(list(arguments))
        return (code, *capfdbinary.readouterr())

    yield command
    secret_store.cache_clear()


@pytest.fixture
def planted(monkeypatch: pytest.MonkeyPatch) -> tuple[Plants, Callable[..., str]]:
    """Return the plants, and what plants a new one in the environment and returns a reference to it."""
    plants = Plants()

    def reference(place: str, form: str = FORM) -> str:
        monkeypatch.setenv(environment_name(place), plants.plant(place, form))
        return f"{{{{secret:{place}}}}}"

    return plants, reference


def told_nothing(plants: Plants, run: Run, *arguments: str, code: int | None = None) -> None:
    """Run `send` in both forms that mask; nothing planted is in what it prints."""
    for how in (("--json",), ("--events", "jsonl")):
        ended, out, err = run("send", *arguments, *how)
        assert code is None or ended == code, err
        assert plants.found(out) == plants.found(err) == [], (arguments, how, plants.around(out + err))


def test_secrets_in_every_part_of_a_request_are_masked(
    planted: tuple[Plants, Callable[..., str]], peer: Gossip, run: Run, tmp_path: Path
) -> None:
    plants, ref = planted
    workspace = Workspace.create(tmp_path / "ws", "Lab")
    lab = workspace.add_collection("Lab")
    base = {"method": "POST", "settings": RequestSettings(follow_redirects=True)}
    bodies = {
        "raw": Body(kind="raw", text=f'{{"key": "{ref("in-raw")}"}}'),
        "form": Body(kind="form-data", parts=(FormPart(name="key", value=ref("in-part")),)),
        "pairs": Body(kind="x-www-form-urlencoded", pairs=(Param(name="key", value=ref("in-pair")),)),
        "graphql": Body(kind="graphql", query="{a}", variables=f'{{"key": "{ref("in-graphql", "p+/{}=")}"}}'),
    }
    row = Header(name="X-Own", value=f"Key {ref('in-header')}")
    param = Param(name="own", value=ref("in-param"))
    for kind, body in bodies.items():
        url = f"{peer.base}/x/{ref('in-path')}/gossip"
        workspace.add_request(lab, Request(name=kind, url=url, headers=(row,), params=(param,), body=body, **base))
    peer.issues = {}
    others = {"raw": "in-raw", "form": "in-part", "pairs": "in-pair", "graphql": "in-graphql"}
    for kind in bodies:
        unknown = {place for name, place in others.items() if name != kind}
        peer.knows = tuple(secret for place, secret in plants.secrets.items() if place not in unknown)
        told_nothing(plants, run, f"Lab/{kind}", "-w", "ws", code=0)
    assert plants.found_below(tmp_path) == []


def test_secret_variables_of_environments_and_credentials_of_services_are_masked(
    planted: tuple[Plants, Callable[..., str]], peer: Gossip, run: Run, tmp_path: Path
) -> None:
    plants, ref = planted
    workspace = Workspace.create(tmp_path / "ws", "Lab")
    lab = workspace.add_collection("Lab")
    rows = (
        VariableRow(name="kept", value=ref("kept-variable"), secret=True),
        VariableRow(name="written", value=plants.plant("written by hand", FORM), secret=True),
    )
    by_hand = tmp_path / "ws" / "environments" / "lab.yaml"
    by_hand.parent.mkdir(exist_ok=True)
    by_hand.write_text(dump_environment(Environment(name="Lab", variables=rows)), "utf-8")
    service = Service(
        name="Iris",
        channels=(Channel(name="Public", url=peer.base, credential="Me"),),
        credentials=(Credential(name="Me", authorization=Authorization(kind="bearer", values={"token": ref("mine")})),),
        headers=(Header(name="X-Every", value=ref("every-request")),),
    )
    page = tmp_path / "ws" / "services" / "iris.yaml"
    page.parent.mkdir(exist_ok=True)
    page.write_text(dump_service(service), "utf-8")
    rows_sent = (Header(name="X-Kept", value="{{kept}}"), Header(name="X-Written", value="{{written}}"))
    request = Request(name="Ask", url="/gossip", service="Iris", headers=rows_sent, authorization=FROM_SERVICE)
    workspace.add_request(lab, request)
    peer.knows, peer.issues = tuple(plants.secrets.values()), {}
    told_nothing(plants, run, "Lab/Ask", "-w", "ws", "-e", "Lab", code=0)
    peer.knows = tuple(secret for place, secret in plants.secrets.items() if place != "mine")
    told_nothing(plants, run, "Lab/Ask", "-w", "ws", "-e", "Lab", "--credential", "none", code=0)
    told_nothing(plants, run, "Lab/Ask", "-w", "ws", code=4)  # without the environment a variable is missing
    assert plants.found_below(tmp_path, but={by_hand: frozenset({"written by hand"})}) == []


def test_commands_and_urls_that_hold_a_secret_are_masked(
    planted: tuple[Plants, Callable[..., str]], peer: Gossip, run: Run, tmp_path: Path
) -> None:
    plants, _ref = planted
    user, token, key = (plants.plant(place, "p+={}") for place in ("-u", "-H", "?token"))
    peer.issues = {}
    host = peer.base.removeprefix("http://")
    for ending in ("gossip", "refused", "reset", "nonsense", "elsewhere"):
        peer.knows = (user, token, key)
        command = f"curl -L -u 'ada:{user}' -H 'X-Auth-Token: {token}' '{peer.base}/{ending}?token={key}'"
        told_nothing(plants, run, "--curl", command)
        peer.knows = (user, key)
        told_nothing(plants, run, f"http://ada:{user}@{host}/{ending}?token={key}")
    told_nothing(plants, run, f"http://ada:{user}@{host}/{{{{unknown}}}}?token={key}", code=4)
    told_nothing(plants, run, f"http://ada:{user}@127.0.0.1:1/?token={key}", code=3)
    told_nothing(plants, run, f"ftp://ada:{user}@{host}/?token={key}")
    _code, out, err = run("convert", f"curl -u 'ada:{user}' {peer.base} --unknown-option", "--to", "firstlight")
    assert plants.found(out + err) == []
    assert plants.found_below(tmp_path) == []


def test_the_password_of_a_proxy_is_masked(
    planted: tuple[Plants, Callable[..., str]], peer: Gossip, run: Run, tmp_path: Path
) -> None:
    plants, ref = planted
    ref(PROXY_PASSWORD)
    peer.knows, peer.issues = tuple(plants.secrets.values()), {}
    for proxy in (peer.base, "http://127.0.0.1:1", "socks5://127.0.0.1:1"):
        save_settings(Settings(proxy_mode="custom", proxy_url=proxy, proxy_user="ada"))
        for ending in ("gossip", "refused", "reset", "nonsense"):
            told_nothing(plants, run, f"http://nowhere.invalid/{ending}")
        told_nothing(plants, run, "https://nowhere.invalid/gossip")
    assert plants.found_below(tmp_path) == []


def test_the_password_of_a_proxy_that_the_system_names_is_masked(
    planted: tuple[Plants, Callable[..., str]], peer: Gossip, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plants, _ref = planted
    password = plants.plant("HTTP_PROXY", FORM)
    peer.knows, peer.issues = (password,), {}
    monkeypatch.delenv("no_proxy", raising=False)
    for name in ("http_proxy", "https_proxy"):
        monkeypatch.setenv(name, f"http://ada:{quote(password, safe='')}@{peer.base.removeprefix('http://')}")
    for ending in ("gossip", "refused", "nonsense"):
        told_nothing(plants, run, f"http://nowhere.invalid/{ending}")
    told_nothing(plants, run, "https://nowhere.invalid/", code=3)
    assert plants.found_below(tmp_path) == []


def test_the_passphrase_of_a_client_certificate_is_told_nowhere(
    planted: tuple[Plants, Callable[..., str]], run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It opens a key that the service refuses, does not open it, or opens one for a service that is not trusted."""
    plants, ref = planted
    (tmp_path / "strange").mkdir()
    trusted, strange = Authority(tmp_path), Authority(tmp_path / "strange")
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted.path))
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)
    ref(secret_name("localhost"))
    passphrase, other = plants.secrets[secret_name("localhost")], plants.plant("of another key", FORM)
    files = Files(tmp_path, strange, "stranger")
    kept = {
        "client-certificate-refused": files.write(".p12", files.pkcs12(passphrase)),
        "client-certificate-passphrase": files.write(".pfx", files.pkcs12(other)),
    }
    for context, kinds in (
        (trusted.demanding_context("localhost", version=ssl.TLSVersion.TLSv1_2), tuple(kept)),
        (trusted.demanding_context("localhost"), tuple(kept)),
        (strange.demanding_context("localhost"), ("",)),
    ):
        for kind in kinds:
            entry = {"host": "localhost", "file": kept.get(kind, next(iter(kept.values()))), "passphrase": True}
            save_settings(Settings(client_certificates=[entry]))
            with tls_serving(context) as port:
                ended, out, _err = run("send", f"https://localhost:{port}/", "--json")
                assert ended == 3
                assert kind.encode() in out
                told_nothing(plants, run, f"https://localhost:{port}/", code=3)
    assert plants.found_below(tmp_path) == []


def test_cookies_are_masked_and_stand_in_their_own_file_alone(
    planted: tuple[Plants, Callable[..., str]], peer: Gossip, run: Run, tmp_path: Path
) -> None:
    plants, _ref = planted
    peer.knows, peer.issues = (), {"cookie": plants.plant("cookie", "p{}q")}
    workspace = Workspace.create(tmp_path / "ws", "Lab")
    lab = workspace.add_collection("Lab")
    for ending in ("fine", "gossip"):
        workspace.add_request(lab, Request(name=ending, url=f"{peer.base}/{ending}"))
    for ending in ("fine", "gossip"):
        told_nothing(plants, run, f"Lab/{ending}", "-w", "ws", code=0)
    (kept,) = (tmp_path / "home").rglob("cookies/*.json")
    assert plants.found(kept.read_bytes()) == ["cookie"], COOKIES
    assert kept.stat().st_mode & 0o077 == 0
    assert plants.found_below(tmp_path, but={kept: frozenset({"cookie"})}) == []


def test_a_wrong_password_of_the_vault_is_told_nowhere(
    planted: tuple[Plants, Callable[..., str]], run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plants, _ref = planted
    secret_store().vault.create(plants.plant("right", FORM))
    secret_store().vault.set("x", plants.plant("inside", FORM))
    secret_store.cache_clear()
    monkeypatch.setenv("FIRSTLIGHT_VAULT_PASSWORD", plants.plant("wrong", FORM))
    told_nothing(plants, run, "http://127.0.0.1:1/?x={{secret:x}}", code=4)
    assert plants.found_below(tmp_path) == []


def test_what_python_writes_of_our_values_names_no_secret(planted: tuple[Plants, Callable[..., str]]) -> None:
    plants, ref = planted
    token, typed = plants.plant("token", FORM), plants.plant("typed", FORM)
    ref("referred")
    scope = Scope(
        variables={"v": Variable(value=plants.plant("variable", FORM), origin="run", secret=True)},
        secret={"referred": plants.secrets["referred"]}.get,
        token=AccessToken(value=token, obtained_at_s=0.0, refresh=plants.plant("refresh", FORM)),
    )
    request = Request(
        url="https://h.test/{{secret:referred}}?a={{v}}",
        authorization=Authorization(kind="bearer", values={"token": typed}),
        headers=(Header(name="X", value="{{v}}"),),
        body=Body(kind="raw", text="{{v}}"),
    )
    sent = prepare(request, scope)
    assert plants.found(json.dumps([sent.url, sent.headers])) != []  # so the search can find
    for value in (scope, request, sent, Login(username="ada", password=plants.plant("login", FORM)), scope.token):
        assert plants.found(repr(value)) == [], type(value)


def test_messages_of_a_websocket_are_masked(
    planted: tuple[Plants, Callable[..., str]],
    demo: RunningDemo,
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plants, ref = planted
    workspace = Workspace.create(tmp_path / "ws", "Lab")
    lab = workspace.add_collection("Lab")
    monkeypatch.setenv(environment_name("demo_eas_token"), demo.credentials["demo_eas_token"])
    login = Authorization(kind="eas-token", values={"token": "{{secret:demo_eas_token}}"})
    request = Request(
        name="Talk", protocol="websocket", url=f"{demo.url}/api/predict/echo", authorization=login,
        params=(Param(name="token", value=ref("in-handshake")),),
        messages=(Message(text=f"key {ref('in-message')}"),), settings=RequestSettings(idle_timeout_s=0.3),
    )  # fmt: skip
    workspace.add_request(lab, request)
    told_nothing(plants, run, "Lab/Talk", "-w", "ws", code=0)
    assert plants.found_below(tmp_path) == []
