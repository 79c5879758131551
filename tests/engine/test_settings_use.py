"""What the settings say happens on the network: the proxy, its exceptions, authorities, the largest answer."""

from __future__ import annotations

import sys
import zlib
from pathlib import Path

import pytest
from servers import collect, replies, response, run, serving

from firstlight.model.client_certificate import ClientCertificate
from firstlight.model.exchange import Exchange
from firstlight.model.failure import ExchangeError
from firstlight.model.network import NetworkSettings
from firstlight.model.request import Request
from firstlight.model.wire_url import wire_url
from firstlight.store import client_certificates, places, portable
from firstlight.store.settings import Settings, load_settings, save_settings
from firstlight.store.settings_use import PROXY_PASSWORD, network_settings, new_request_settings, secrets_in_use
from firstlight.transport import HttpTransport
from firstlight.transport.proxies import Proxies, check_proxy
from firstlight.transport.tls import check_authorities


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FIRSTLIGHT_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def never(_name: str) -> str | None:
    raise AssertionError("no secret is needed")


def test_the_defaults_follow_the_system_and_ask_for_no_secret() -> None:
    assert network_settings(Settings(), never) == NetworkSettings(largest_body_bytes=512_000_000)


def test_a_proxy_gets_its_user_and_password() -> None:
    settings = Settings(proxy_mode="custom", proxy_url="proxy:8080", proxy_user="a@b", no_proxy="x, .y ,")
    made = network_settings(settings, {PROXY_PASSWORD: "p/w"}.get)
    assert (made.proxy_url, made.no_proxy) == ("http://a%40b:p%2Fw@proxy:8080", ("x", ".y"))


def test_a_client_certificate_gets_its_passphrase_and_no_other_secret_is_asked_for() -> None:
    secrets = {client_certificates.secret_name("*.example"): "hunter2"}
    known = (
        ClientCertificate(host="*.example", file="a.p12", passphrase="hunter2"),
        ClientCertificate(host="b", file="b.crt", key_file="b.key"),
    )
    saved = [client_certificates.written(one) for one in known]
    assert "hunter2" not in str(saved)
    odd = [*saved, "x", {"host": "c"}, {"file": "c"}]
    assert secrets_in_use(Settings(client_certificates=odd, proxy_user="ada")) == [PROXY_PASSWORD, *secrets]
    assert secrets_in_use(Settings()) == []
    assert network_settings(Settings(client_certificates=odd), secrets.__getitem__).client_certificates == known


def test_what_was_typed_under_custom_waits_while_another_mode_is_chosen() -> None:
    settings = Settings(proxy_mode="none", proxy_url="http://p", proxy_user="u", no_proxy="x")
    assert network_settings(settings, never) == NetworkSettings(proxy_mode="none", largest_body_bytes=512_000_000)


@pytest.mark.parametrize(
    ("url", "direct"),
    [
        ("http://inside/", True), ("http://INSIDE:81/", True), ("http://a.intranet.example/", True),
        ("http://intranet.example/", False), ("http://b.corp/", True), ("http://10.0.0.8:9000/", True),
        ("http://10.0.0.8:9001/", False), ("http://service.example/", False), ("http://localhost/", True),
    ],
)  # fmt: skip
def test_hosts_that_are_reached_directly(url: str, direct: bool) -> None:
    exceptions = ("inside", ".intranet.example", "*.corp", "10.0.0.8:9000")
    proxies = Proxies(NetworkSettings(proxy_mode="custom", proxy_url="http://p:1", no_proxy=exceptions))
    assert proxies.proxy_for(wire_url(url)) == ("" if direct else "http://p:1")


def test_a_star_sends_nothing_through_the_proxy() -> None:
    proxies = Proxies(NetworkSettings(proxy_mode="custom", proxy_url="http://p:1", no_proxy=("*",)))
    assert proxies.proxy_for(wire_url("http://service.example/")) == ""


def test_a_change_counts_for_the_next_request(monkeypatch: pytest.MonkeyPatch) -> None:
    async def work() -> None:
        async with serving(replies(response(b"first"))) as first, serving(replies(response(b"second"))) as second:
            monkeypatch.setenv("http_proxy", first.url)
            transport = HttpTransport()
            for expected in (b"first", b"second"):
                outcome, _ = await collect(Request(url="http://service.example/"), transport)
                assert outcome.response is not None
                assert outcome.response.body == expected
                transport.use(NetworkSettings(proxy_mode="custom", proxy_url=second.url))
            transport.use(NetworkSettings(proxy_mode="none"))
            outcome, _ = await collect(Request(url="http://service.invalid/"), transport)
            assert outcome.failure is not None
            assert outcome.failure.layer == "dns"
            await transport.aclose()

    run(work())


def bounded(body: bytes, *headers: str) -> Exchange:
    async def work() -> Exchange:
        async with serving(replies(response(body, *headers))) as server:
            transport = HttpTransport(NetworkSettings(largest_body_bytes=1_000_000))
            outcome, _ = await collect(Request(url=server.url), transport)
            await transport.aclose()
            return outcome

    return run(work())


@pytest.mark.parametrize("headers", [(), ("Content-Encoding: deflate",)])
def test_an_answer_that_grows_too_large_is_broken_off_and_what_came_is_kept(headers: tuple[str, ...]) -> None:
    body = bytes(3_000_000)
    outcome = bounded(zlib.compress(body) if headers else body, *headers)
    assert outcome.failure is not None
    assert (outcome.failure.layer, outcome.failure.kind) == ("read", "body-too-large")
    assert "1 MB" in str(outcome.failure.message)
    assert outcome.response is not None
    assert 0 < len(outcome.response.body) < 3_000_000


def test_an_answer_just_as_large_as_allowed_arrives() -> None:
    outcome = bounded(bytes(1_000_000))
    assert outcome.failure is None


@pytest.mark.parametrize(("text", "reason"), [(None, "it does not exist"), ("no pem", "no certificate in PEM form")])
def test_a_file_of_authorities_that_cannot_be_used(tmp_path: Path, text: str | None, reason: str) -> None:
    file = tmp_path / "ca.pem"
    if text is not None:
        file.write_text(text)
    with pytest.raises(ExchangeError, match=reason):
        check_authorities(str(file))


@pytest.mark.parametrize("url", ["gopher://x", "http://:bad"])
def test_an_address_that_is_no_proxy(url: str) -> None:
    with pytest.raises(ExchangeError, match="not a usable URL"):
        check_proxy(url)


@pytest.mark.parametrize("url", ["http://p:1", "proxy.example:8080", "socks5://user:pw@p:1080"])
def test_an_address_that_is_one(url: str) -> None:
    check_proxy(url)


def test_a_new_request_starts_as_the_settings_say_and_0_is_no_limit() -> None:
    made = new_request_settings(Settings(follow_redirects=True, connect_timeout_s=2.5, idle_timeout_s=0))
    assert (made.follow_redirects, made.connect_timeout_s, made.idle_timeout_s) == (True, 2.5, None)


def test_a_file_edited_by_hand_may_leave_out_the_point_but_not_the_sense(home: Path) -> None:
    home.mkdir()
    (home / "settings.json").write_text('{"connect_timeout_s": 3, "idle_timeout_s": NaN, "largest_body_mb": -1}')
    settings = load_settings()
    assert (settings.connect_timeout_s, settings.idle_timeout_s) == (3.0, 60.0)
    assert network_settings(settings, never).largest_body_bytes is None


def test_a_portable_program_takes_its_settings_along(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_settings(Settings(theme="dark"))
    (home / "demo-workspace").mkdir()
    (home / "demo-workspace" / "firstlight.yaml").write_text("format: 1\n")
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "program"))
    folder = portable.make_portable()
    monkeypatch.delenv("FIRSTLIGHT_HOME")
    assert folder == tmp_path / "program" / "firstlight-data"
    assert places.is_portable()
    assert (places.config_folder(), places.data_folder()) == (folder, folder)
    assert load_settings().theme == "dark"
    assert (folder / "demo-workspace" / "firstlight.yaml").is_file()


def test_a_program_in_a_shared_folder_cannot_be_portable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "prefix", sys.base_prefix)
    with pytest.raises(ExchangeError, match="shares its folder"):
        portable.make_portable()


def test_settings_move_to_another_machine_without_what_only_this_one_has(tmp_path: Path) -> None:
    here = Settings(theme="dark", last_workspace="/here")
    portable.export_settings(here, tmp_path / "out.json")
    there = portable.import_settings(Settings(last_workspace="/there"), tmp_path / "out.json")
    assert (there.theme, there.last_workspace) == ("dark", "/there")
    assert "/here" not in (tmp_path / "out.json").read_text()


def test_a_file_without_settings_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("[]")
    with pytest.raises(ExchangeError, match="holds no settings"):
        portable.import_settings(Settings(), tmp_path / "x.json")
