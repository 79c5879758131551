"""Requests of a service: what goes over the wire, what is said when something is wrong, and the files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from servers import Authority, collect, replies, response, run, scope, serving

from firstlight.formats.snippets import Repeat
from firstlight.formats.snippets.curl_bash import SNIPPET as CURL
from firstlight.formats.snippets.python_httpx import SNIPPET as HTTPX
from firstlight.formats.snippets.python_requests import SNIPPET as REQUESTS
from firstlight.model.exchange import Scope
from firstlight.model.failure import ExchangeError
from firstlight.model.request import FROM_SERVICE, Authorization, Header, Param, Request, RequestSettings
from firstlight.model.service import NO_CREDENTIAL, Channel, Credential, Service
from firstlight.runner.outgoing import outgoing
from firstlight.runner.prepare import prepare
from firstlight.runner.preview import preview
from firstlight.store.drafts import with_secrets, without_secrets
from firstlight.store.secret_fields import stash_service
from firstlight.store.secret_uses import secret_uses
from firstlight.store.services import requests_of
from firstlight.store.session_state import ServiceDraft
from firstlight.store.workspace import Workspace

SERVICE = Service(
    name="Iris",
    vendor="modelarts",
    channels=(
        Channel(name="Public", url="{{base}}/v1/infers/1", credential="Token"),
        Channel(name="Direct", kind="vpc-direct", url="https://{{host}}", verify_tls=False, ca_file="ca.pem"),
    ),
    credentials=(
        Credential(name="Token", authorization=Authorization(kind="x-auth-token", values={"token": "{{secret:t}}"})),
        Credential(name="Key", authorization=Authorization(kind="bearer", values={"token": "{{missing}}"})),
    ),
    headers=(Header(name="X-A", value="{{a}}"), Header(name="X-B", value="b"), Header(name="X-Off", enabled=False)),
)
REQUEST = Request(
    service="Iris",
    url="/predict/:name/",
    path_variables=(Param(name="name", value="{{a}}"),),
    params=(Param(name="q", value="1"),),
    authorization=FROM_SERVICE,
)


def around(service: Service | None = SERVICE, **variables: str) -> Scope:
    return replace(scope("/w", {"t": "secret-token"}, a="A A", **variables), service=service)


def test_a_request_of_a_service_goes_to_its_channel_with_its_headers_and_its_credential() -> None:
    async def work() -> None:
        async with serving(replies(response(b"ok"))) as server:
            request = replace(REQUEST, headers=(Header(name="x-b", value="own"),))
            outcome, _ = await collect(request, where=around(base=server.url))
            assert outcome.response is not None
            (received,) = server.received
            assert received.target == "/v1/infers/1/predict/A%20A/?q=1"
            assert received.header("X-Auth-Token") == "secret-token"
            assert [received.header(name) for name in ("X-A", "X-B", "X-Off")] == ["A A", "own", None]
            assert outcome.sent is not None
            assert "secret-token" in outcome.sent.secrets

    run(work())


def test_the_request_alone_says_whether_it_is_a_websocket() -> None:
    for base in ("wss://h", "https://h"):
        assert prepare(REQUEST, around(base=base)).url.startswith("https://h/v1/infers/1/predict")
        assert prepare(REQUEST, around(base=base)).protocol == "http"
        assert prepare(replace(REQUEST, protocol="websocket"), around(base=base)).protocol == "websocket"


def test_a_channel_brings_its_tls_settings_and_no_credential_of_another() -> None:
    prepared = prepare(replace(REQUEST, channel="Direct"), around(host="10.0.0.1"))
    assert prepared.url == "https://10.0.0.1/predict/A%20A/?q=1"
    assert prepared.settings == RequestSettings(verify_tls=False, ca_file="/w/ca.pem")
    assert "X-Auth-Token" not in dict(prepared.headers)
    assert "secret-token" not in prepared.secrets


def test_the_request_s_own_settings_and_authorization_win() -> None:
    own = Authorization(kind="basic", values={"username": "u", "password": "p"})
    request = replace(REQUEST, authorization=own, settings=RequestSettings(connect_to="127.0.0.1", ca_file="/x.pem"))
    prepared = prepare(request, around(base="https://h"))
    assert (prepared.settings.connect_to, prepared.settings.ca_file) == ("127.0.0.1", "/x.pem")
    assert dict(prepared.headers)["Authorization"] == "Basic dTpw"
    assert "X-Auth-Token" not in dict(prepared.headers)
    unsigned = prepare(replace(REQUEST, credential=NO_CREDENTIAL), around(base="https://h"))
    assert "X-Auth-Token" not in dict(unsigned.headers)


def test_what_a_variable_holds_is_not_filled_in_a_second_time() -> None:
    prepared = prepare(
        replace(REQUEST, params=(Param(name="q", value="{{twice}}"),)), around(base="https://h", twice="x")
    )
    assert prepared.url.endswith("?q=x")
    service = replace(SERVICE, headers=(Header(name="X-S", value="{{secret:t}}"),))
    odd = replace(around(service, base="https://h"), secret=lambda _name: '{{"a"}}')
    assert dict(prepare(REQUEST, odd).headers)["X-S"] == '{{"a"}}'


@pytest.mark.parametrize(
    ("request_", "service", "words"),
    [
        (REQUEST, None, ["no service “Iris”"]),
        (REQUEST, Service(name="Iris"), ["“Iris” has no channel yet"]),
        (replace(REQUEST, channel="Edge"), SERVICE, ["has no channel “Edge”", "“Public”, “Direct”"]),
        (replace(REQUEST, credential="Other"), SERVICE, ["has no credential “Other”", "“Token”, “Key”, “none”"]),
        (REQUEST, SERVICE, ["Service “Iris”, channel “Public”, Address", "{{base}}"]),
        (
            replace(REQUEST, credential="key", channel="direct"),
            SERVICE,
            ["Service “Iris”, credential “Key”, Authorization, Token", "{{missing}}"],
        ),
        (replace(REQUEST, url="https://other/x"), SERVICE, ["belongs to the service “Iris”", "names a host"]),
        (REQUEST, Service(name="Iris", channels=(Channel(name="P"),)), ["channel “P”, Address is empty"]),
        (
            replace(REQUEST, channel="Direct"),
            replace(SERVICE, headers=(Header(name="X-A", value="{{gone}}"),)),
            ["Service “Iris”, Headers, row “X-A”", "{{gone}}"],
        ),
    ],
)
def test_what_is_wrong_is_named_before_anything_is_sent(
    request_: Request, service: Service | None, words: list[str]
) -> None:
    with pytest.raises(ExchangeError) as problem:
        prepare(request_, around(service, host="h"))
    said = f"{problem.value.failure.message} {problem.value.failure.hint}"
    assert all(word in said for word in words), said


def test_the_preview_shows_what_the_service_adds() -> None:
    service = replace(SERVICE, headers=(*SERVICE.headers, Header(name="Cookie", value="c=1"), Header(name="Accept")))
    request = replace(REQUEST, headers=(Header(name="X-B", value="own"),), without=("X-A",))
    shown = preview(request, around(service, base="https://h:1"))
    lines = {line.name: (line.value, line.source, line.state) for line in shown.generated}
    assert lines["Host"][0] == "h:1"
    assert lines["X-A"] == ("A A", "service", "left out")
    assert lines["X-B"] == ("b", "service", "overridden")
    assert lines["Cookie"] == ("••••••", "service", "sent")
    assert lines["Accept"][1] == "service"
    assert lines["X-Auth-Token"] == ("••••••", "authorization", "sent")
    assert "X-Off" not in lines
    assert preview(REQUEST, around(None)).generated[0].value == ""


def test_snippets_take_the_chosen_combination() -> None:
    made = outgoing(REQUEST, around(base="https://h"))
    text = CURL.write(made, Repeat())
    assert "https://h/v1/infers/1/predict/A%20A/?q=1" in text
    assert "X-Auth-Token: ${FIRSTLIGHT_SECRET_T}" in text
    verified = replace(SERVICE, channels=(replace(SERVICE.channels[1], verify_tls=True, ca_file="/ca.pem"),))
    direct = outgoing(REQUEST, around(verified), keep_variables=True)
    assert "--cacert" in CURL.write(direct, Repeat())
    assert "{{host}}" in CURL.write(direct, Repeat())
    assert 'verify="/ca.pem"' in REQUESTS.write(direct, Repeat())
    assert 'cafile="/ca.pem"' in HTTPX.write(direct, Repeat())
    assert "import ssl" in HTTPX.write(direct, Repeat())


def test_a_channel_trusts_the_authorities_of_its_file_and_is_reached_where_it_says(tmp_path: Path) -> None:
    authority = Authority(tmp_path)

    async def work(channel: Channel) -> str:
        async with serving(replies(response(b"ok")), authority.server_context("model.example")) as server:
            there = replace(
                channel,
                url=f"https://model.example:{server.port}",
                connect_to="127.0.0.1",
                ca_file=channel.ca_file and authority.path.name,
            )
            request = Request(service="S", url="/x", authorization=FROM_SERVICE)
            where = replace(scope(tmp_path), service=Service(name="S", channels=(there,)))
            outcome, _ = await collect(request, where=where)
            return outcome.failure.layer if outcome.failure else server.received[0].header("host") or ""

    assert run(work(Channel(name="C", ca_file="yes"))).startswith("model.example:")
    assert run(work(Channel(name="C"))) == "tls"
    assert run(work(Channel(name="C", verify_tls=False))).startswith("model.example:")


# --- the files ---


def write(workspace: Workspace, path: str, text: str) -> None:
    file = workspace.folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def test_renaming_a_service_takes_its_requests_along(tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path / "w", "W")
    path = workspace.services.add(SERVICE)
    assert path == "services/iris.yaml"
    for name in ("one", "two"):
        write(workspace, f"collections/C/F/{name}.yaml", f"name: {name}\nmethod: GET\nurl: /x\nservice: Iris\n")
    write(workspace, "collections/C/other.yaml", "name: other\nmethod: GET\nurl: /x\nservice: Another\n")
    taken = workspace.load_request("collections/C/F/one.yaml")
    moved = workspace.rename_service(path, "Irises")
    assert moved == "services/irises.yaml"
    assert workspace.services.named("Irises") == replace(SERVICE, name="Irises")
    assert workspace.services.named("Iris") is None
    assert workspace.services.named("") is None
    assert [node.name for node in requests_of(workspace.tree(), "Irises")] == ["one", "two"]
    assert [node.name for node in requests_of(workspace.tree(hasty=True), "Another")] == ["other"]
    over = workspace.versions.taken("collections/C/F/one.yaml")
    workspace.save_request("collections/C/F/one.yaml", replace(taken, service="Irises"), over=over)


def test_a_deleted_service_comes_back_and_a_broken_one_is_told(tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path / "w", "W")
    path = workspace.services.add(SERVICE)
    with pytest.raises(ExchangeError, match="already"):
        workspace.services.add(SERVICE)
    workspace.delete(path)
    assert workspace.services.entries() == ()
    deleted = workspace.last_deleted()
    assert deleted is not None
    assert workspace.undo_delete(deleted) == {path: path}
    write(workspace, "services/bad.yaml", "name: [\n")
    bad, iris = workspace.services.entries()
    assert iris.value == SERVICE
    assert "bad.yaml" in str(bad.problem)
    with pytest.raises(ExchangeError, match="line 2"):
        workspace.services.named("bad")


class Kept(dict[str, str]):
    set = dict.__setitem__


def test_no_secret_of_a_service_reaches_its_file_or_a_draft(tmp_path: Path) -> None:
    typed = Service(
        name="S",
        channels=(Channel(name="C", url="https://u:hunter2@h/x?api-key=k123&v=1"),),
        credentials=(
            Credential(name="Old token", authorization=Authorization(kind="bearer", values={"token": "tok-1"})),
            Credential(name="New token", authorization=Authorization(kind="bearer", values={"token": "tok-2"})),
        ),
        headers=(Header(name="X-Api-Key", value="head-3"),),
    )
    kept = Kept()
    stashed = stash_service(typed, "services/s.yaml", kept)
    assert sorted(kept.values()) == ["head-3", "hunter2", "k123", "tok-1", "tok-2"]
    assert {"s-old-token-token", "s-new-token-token"} < kept.keys()
    assert not any(value in repr(stashed) for value in kept.values())
    assert stashed.channels[0].url.endswith("&v=1")
    workspace = Workspace.create(tmp_path / "w", "W")
    workspace.services.save("services/s.yaml", stashed)
    assert set(kept) == secret_uses(workspace).keys()
    draft = ServiceDraft(value=typed, loaded=stashed)
    hidden, secrets = without_secrets("service", draft, "1")
    assert not any(value in repr(hidden) for value in kept.values())
    assert with_secrets(hidden, secrets).value == typed
