"""What probably goes wrong is said before a request is sent, with what to do instead; nothing is blocked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from firstlight.advice.guards import GUARDS
from firstlight.advice.guards.guard import ASPECTS
from firstlight.advice.vendors import VENDORS
from firstlight.model.access_token import AccessToken
from firstlight.model.caution import Caution, reason_for
from firstlight.model.exchange import Scope, Variable
from firstlight.model.request import Authorization, Body, FormPart, Header, Param, Request, RequestSettings
from firstlight.model.secrets import MASK
from firstlight.model.service import Channel, Credential, Limits, Service
from firstlight.runner.prepare import prepare, rehearse

GATEWAY = "https://0a1b2c3d4e5f60718293a4b5c6d7e8f9.apig.cn-north-4.huaweicloudapis.com"
INFER = f"{GATEWAY}/v1/infers/e4f6a9b2"
EAS = "https://123.cn-hangzhou.pai-eas.aliyuncs.com/api/predict/qwen"
PANGU = "https://pangu.cn-southwest-2.myhuaweicloud.com"
IAM = "https://iam.cn-north-4.myhuaweicloud.com"
TOKEN = {"kind": "x-auth-token", "token": "MIIabcdefgh"}
IAM_LOGIN = {"kind": "huawei-iam", "account": "a", "user": "u", "password": "p"}
BEARER = {"kind": "bearer", "token": "k"}
APP_CODE = {"kind": "appcode", "appcode": "k"}
V1 = f"{PANGU}/v1/p/deployments/d/chat/completions"
V2 = f"{PANGU}/api/v2/chat/completions"
FORM = Body(kind="form-data", parts=(FormPart(name="a", value="b"),))
CHAT = {"model": "m", "messages": [{"role": "user", "content": "hi"}]}


def request(url: str = INFER, body: object = None, method: str = "POST", **more: object) -> Request:
    auth = more.pop("auth", {"kind": "none"})
    headers = more.pop("headers", ())
    assert isinstance(auth, dict)
    assert isinstance(headers, tuple)
    kind = auth.get("kind", "none")
    values = {name: value for name, value in auth.items() if name != "kind"}
    if body is not None and not isinstance(body, Body):
        body = Body(kind="raw", text=body if isinstance(body, str) else json.dumps(body))
    return Request(
        method=method,
        url=url,
        headers=tuple(Header(name=name, value=value) for name, value in headers),
        authorization=Authorization(kind=kind, values=values),
        body=body or Body(),
        **more,  # type: ignore[arg-type] # fields of Request
    )


def scope(folder: str = "", service: Service | None = None, secrets: Mapping[str, str] | None = None) -> Scope:
    return Scope(variables={}, secret=(secrets or {}).get, folder=folder, service=service)


def said(given: Request, around: Scope | None = None) -> dict[str, Caution]:
    token = AccessToken(value="MIIx", obtained_at_s=0.0) if given.authorization.kind == "huawei-iam" else None
    return {c.kind: c for c in prepare(given, replace(around or scope(), token=token)).cautions}


FIRE = [
    ("url-too-long", request(f"{INFER}?q={'x' * 33_000}")),
    ("headers-too-long", request(headers=(("X-Big", "x" * 33_000),))),
    ("headers-too-long", request(headers=tuple((f"X-Big-{n}", "x" * 30_000) for n in range(5)))),
    ("secret-in-clear", request("http://10.0.0.7/x", auth=TOKEN)),
    ("secret-in-clear", request("http://example.test/x", params=(Param(name="api_key", value="k"),))),
    ("https-needed", request(INFER.replace("https", "http"))),
    ("https-needed", request("http://gateway.test/x", auth={"kind": "appcode", "appcode": "abc"})),
    ("path-missing", request(EAS, CHAT)),
    ("path-missing", request(INFER, CHAT)),
    ("post-needed", request(method="GET")),
    ("wrong-credential", request(V1, CHAT, auth=BEARER)),
    ("wrong-credential", request(V2, CHAT, auth=APP_CODE)),
    ("wrong-credential", request(V2, CHAT, auth=TOKEN)),
    ("wrong-credential", request(INFER, CHAT, auth=BEARER)),
    ("wrong-credential", request(f"{GATEWAY}/v2/infer/x", CHAT, auth={"kind": "aksk", "ak": "A", "sk": "S"})),
    ("wrong-credential", request(f"{IAM}/v3/projects", None, "GET", auth=APP_CODE)),
    ("wrong-credential", request("https://api.modelarts-maas.com/v1/chat/completions", CHAT, auth=TOKEN)),
    ("wrong-credential", request(EAS + "/v1/chat/completions", CHAT, auth=TOKEN)),
    ("two-credentials", request(headers=(("Authorization", "Bearer x"),), auth=TOKEN)),
    ("two-credentials", request(headers=(("Authorization", "a"), ("Authorization", "b")))),
    ("row-not-sent", request(headers=(("X-Auth-Token", "other"),), auth=TOKEN)),
    ("domain-scope", request(f"{IAM}/v3/auth/tokens", {"auth": {"scope": {"domain": {"name": "a"}}}})),
    ("domain-scope", request(f"{IAM}/v3/auth/tokens", {"auth": {"identity": {}}})),
    ("other-region", request(f"{IAM}/v3/auth/tokens", {"auth": {"scope": {"project": {"name": "cn-east-3_lab"}}}})),
    ("eas-token-after-bearer", request(EAS, {}, auth={"kind": "bearer", "token": "x"})),
    ("two-addresses", request(auth=TOKEN)),
    ("two-addresses", request(auth={"kind": "appcode", "appcode": "x"})),
    ("domain-scope", request(auth={**IAM_LOGIN, "scope": "domain"})),
    ("other-region", request(auth={**IAM_LOGIN, "project": "cn-east-3"})),
    ("secret-in-clear", request("ws://10.0.0.7/talk", None, "GET", headers=(("X-Auth-Token", "MIIx"),))),
    ("https-needed", request(INFER.replace("https", "ws"), None, "GET")),
    ("doubled-scheme", request(headers=(("Authorization", "Bearer bearer x"),))),
    ("scheme-before-token", request(headers=(("X-Auth-Token", "Bearer MIIabc"),))),
    ("blanks-in-token", request(headers=(("X-Auth-Token", "MIIabc def"),))),
    ("token-in-quotes", request(headers=(("X-Apig-AppCode", '"abc"'),))),
    ("token-in-quotes", request(headers=(("Authorization", "Bearer <key>"),))),
    ("content-type-of-another-body", request(headers=(("Content-Type", "multipart/form-data"),), body={"a": 1})),
    ("content-type-of-another-body", request(body=FORM, headers=(("Content-Type", "application/json"),))),
    ("get-with-body", request("https://x.test/a", {"a": 1}, "GET")),
    ("json-broken", request("https://x.test/a", '{"a": ')),
    ("stream-not-read", request("https://x.test/a", {"stream": True}, settings=RequestSettings(stream="off"))),
    ("stream-not-read", request("https://x.test/a", {"stream": True}, headers=(("Accept", "application/json"),))),
    ("path-does-not-stream", request("http://127.0.0.1:1/generate", {"inputs": "x", "stream": True})),
    ("several-choices-streamed", request(V1, {**CHAT, "stream": True, "n": 2})),
    ("long-answer", request(INFER + "/v1/chat/completions", {**CHAT, "max_tokens": 8000})),
    ("long-answer", request(EAS + "/generate", {"inputs": "x", "parameters": {"max_new_tokens": 2000}})),
    ("impatient", request(settings=RequestSettings(idle_timeout_s=10))),
    ("impatient", request(EAS, settings=RequestSettings(total_timeout_s=2, idle_timeout_s=None))),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "given"), FIRE, ids=[f"{kind}-{n}" for n, (kind, _) in enumerate(FIRE)])
def test_a_guard_warns_and_says_what_to_do(kind: str, given: Request) -> None:
    found = said(given)
    assert kind in found
    assert str(found[kind].message)
    assert str(found[kind].remedy).endswith(".")


CALM = [
    request(INFER.replace("https", "wss"), None, "GET"),
    request(auth={**IAM_LOGIN, "project": "cn-north-4"}),
    request(INFER, {"meta": {"uuid": "1"}, "data": {"req_data": []}}),
    request(INFER + "/v1/chat/completions", {**CHAT, "stream": True, "max_tokens": 8000}, auth=TOKEN),
    request(EAS + "/v1/chat/completions", CHAT, auth={"kind": "eas-token", "token": "abc=="}),
    request(V1, CHAT, auth=APP_CODE),
    request(V2, {**CHAT, "stream": True, "n": 1}, auth=BEARER),
    request(f"{IAM}/v3/auth/tokens", {"auth": {"scope": {"project": {"name": "cn-north-4"}}}}),
    request(f"{IAM}/v3/auth/tokens", {"auth": {"scope": {"project": {"id": "0" * 32}}}}),
    request("http://127.0.0.1:8000/v1/chat/completions", CHAT, auth=BEARER),
    request("http://localhost:8000/v1/chat/completions", CHAT, auth=BEARER),
    request("http://[::1]:8000/v1/chat/completions", CHAT, auth=BEARER),
    request("http://10.0.0.7/health", None, "GET"),
    request("https://x.test/a", "plain text", headers=(("Content-Type", "text/plain"),)),
    request("https://x.test/a", {"stream": True}, headers=(("Accept", "text/event-stream"),)),
    request("https://x.test/a", [1, 2]),
    request("https://x.test/a", "[" * 50_000),
    request("https://x.test/a", " " * 300_000 + "{"),
    request("https://x.test/a", body=FORM, headers=(("Content-Type", "multipart/form-data"),)),
    request("https://x.test/a", {"a": 1}, headers=(("Content-Type", "application/vnd.x+json"),)),
    request("https://x.test/a", headers=(("Content-Type", ""), ("Authorization", "Bearer x"))),
    request("http://127.0.0.1:11434/api/generate", {"inputs": 1, "stream": True}),
    request("http://127.0.0.1:1/generate", {"prompt": "x", "stream": True}),
    request("https://1.test/x", auth={"kind": "aksk", "ak": "A", "sk": "S"}),
]  # fmt: skip


@pytest.mark.parametrize("given", CALM)
def test_a_request_that_is_right_is_left_alone(given: Request) -> None:
    assert [kind for kind, caution in said(given).items() if not caution.afterwards] == []


def test_every_guard_is_tried() -> None:
    elsewhere = {"body-too-large", "several-files", "credential-given-away", "websocket-channel"}
    assert {guard.kind for guard in GUARDS} == {kind for kind, _ in FIRE} | elsewhere
    assert len({guard.kind for guard in GUARDS}) == len(GUARDS)


def test_what_a_guard_is_about_and_whose_services_it_knows_exist() -> None:
    """A name that nobody knows would silence the guard."""
    for guard in GUARDS:
        assert set(guard.about) <= ASPECTS.keys()
        assert set(guard.of) <= {vendor.name for vendor in VENDORS}


def test_two_credentials_are_told_where_both_are_empty() -> None:
    twice = request("https://x.test/a", headers=(("Authorization", ""), ("Authorization", "")))
    assert "two-credentials" in said(twice)


@pytest.mark.parametrize(
    ("url", "most", "says"),
    [(INFER, 12 * 1024 * 1024, "12 MB"), (EAS, 1024 * 1024, "1 MB")],
)
def test_a_body_is_measured_against_the_gateway_to_the_byte(tmp_path: Path, url: str, most: int, says: str) -> None:
    file = tmp_path / "big.bin"
    body = Body(kind="binary", path="big.bin")
    for size, told in ((most, False), (most + 1, True)):
        with file.open("wb") as stream:
            stream.truncate(size)
        found = said(request(url, body), scope(str(tmp_path)))
        assert ("body-too-large" in found) is told
        if told:
            assert says in str(found["body-too-large"].message)
            assert f"{size:,}" in str(found["body-too-large"].message)


def test_one_file_is_allowed_several_are_not(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x")
    one = FormPart(name="images", kind="file", files=("a",))
    two = FormPart(name="images", kind="file", files=("a", "a"))
    off = FormPart(name="images", kind="file", files=("a", "a"), enabled=False)
    for parts, told in (((one, off), False), ((two,), True), ((one, one), True)):
        assert (
            "several-files" in said(request(body=Body(kind="form-data", parts=parts)), scope(str(tmp_path)))
        ) is told


SERVICE = Service(
    name="iris",
    vendor="modelarts",
    channels=(
        Channel(name="public", url=INFER, credential="token"),
        Channel(name="direct", kind="vpc-direct", url="http://10.0.0.7:8080"),
    ),
    credentials=(Credential(name="token", authorization=Authorization(kind="x-auth-token", values={"token": "MIIx"})),),
)


def of_service(body: Body, service: Service = SERVICE, **more: str) -> dict[str, Caution]:
    given = Request(
        method="POST", url="/", service="iris", authorization=Authorization(kind="service"), body=body, **more
    )
    return said(given, scope(service=service))


def test_the_limits_are_those_of_the_service_and_its_channel() -> None:
    big = Body(kind="raw", text="x" * 2_000_000, language="text")
    own = Service(name="iris", vendor="modelarts", channels=SERVICE.channels, credentials=SERVICE.credentials,
                  limits=Limits(body_bytes=1_500_000, time_s=0))  # fmt: skip
    assert "body-too-large" not in of_service(big)
    assert "1,500,000 B" in str(of_service(big, own)["body-too-large"].message)
    huge = Body(kind="raw", text="x" * 13_000_000, language="text")
    assert "body-too-large" in of_service(huge)
    assert "body-too-large" not in of_service(huge, channel="direct")  # no gateway there


def test_a_credential_is_only_given_away_where_nobody_checks_it() -> None:
    assert "credential-given-away" not in of_service(Body())
    assert "credential-given-away" not in of_service(Body(), channel="direct")
    assert "credential-given-away" in of_service(Body(), channel="direct", credential="token")


def test_https_over_the_channel_of_a_websocket_is_told() -> None:
    talk = Service(name="iris", vendor="modelarts", channels=(Channel(name="talk", url=INFER.replace("https", "wss")),))
    assert "websocket-channel" in of_service(Body(), talk)
    assert "websocket-channel" not in of_service(Body(), talk, protocol="websocket")
    assert "websocket-channel" not in of_service(Body())


@pytest.mark.parametrize(("origin", "told"), [("wss://h.example.com", True), ("https://h.example.com", False)])
def test_the_scheme_of_a_websocket_may_stand_in_a_variable(origin: str, told: bool) -> None:
    talk = Service(name="iris", vendor="modelarts", channels=(Channel(name="talk", url="{{origin}}/v1/infers/x"),))
    given = Request(method="POST", url="/", service="iris", authorization=Authorization(kind="service"))
    known = {"origin": Variable(value="{{inner}}", origin="run"), "inner": Variable(value=origin, origin="run")}
    assert ("websocket-channel" in said(given, replace(scope(service=talk), variables=known))) is told


@pytest.mark.parametrize(
    ("values", "project", "kind"),
    [
        ({"scope": "domain"}, "", "domain-scope"),
        ({"project": "cn-east-3"}, "cn-east-3", "other-region"),
        ({"project": "0f3a9c51d2b84e6fa7c1e0d4b59836f2"}, "cn-east-3_lab", "other-region"),
        ({"project": "cn-north-4_lab"}, "cn-north-4_lab", ""),
    ],
)
def test_a_token_that_was_fetched_for_something_else_is_told(values: dict[str, str], project: str, kind: str) -> None:
    around = replace(scope(), token=AccessToken(value="MIIabc", obtained_at_s=0.0, project=project))
    cautions = prepare(request(auth={"kind": "huawei-iam", **values}), around).cautions
    told = {caution.kind for caution in cautions} & {"domain-scope", "other-region"}
    assert told == ({kind} if kind else set())


def test_a_secret_in_the_body_counts_too_and_is_not_told() -> None:
    body = {"auth": {"password": "{{secret:pw}}"}}
    found = said(request("http://iam.test/login", body), scope(secrets={"pw": "correct horse"}))
    assert "secret-in-clear" in found
    assert "correct horse" not in repr(found)


def test_a_rehearsal_knows_no_secret_and_says_the_same() -> None:
    given = request("http://iam.test/login", {"password": "{{secret:pw}}"}, headers=(("X-Auth-Token", "{{secret:t}}"),))
    kinds = {caution.kind for caution in rehearse(given, scope()).cautions}
    assert "secret-in-clear" in kinds
    assert "blanks-in-token" not in kinds
    assert MASK in repr(rehearse(given, scope()).headers)


def test_a_rehearsal_measures_files_when_it_is_asked_to(tmp_path: Path) -> None:
    with (tmp_path / "big.bin").open("wb") as stream:
        stream.truncate(13_000_000)
    given = request(body=Body(kind="binary", path="big.bin"))
    missing = request(body=Body(kind="binary", path="nowhere.bin"))
    around = scope(str(tmp_path))
    assert "body-too-large" in {caution.kind for caution in rehearse(given, around, sized=True).cautions}
    assert "body-too-large" not in {caution.kind for caution in rehearse(given, around).cautions}
    assert rehearse(missing, around, sized=True).body.size_bytes == 1


def test_the_new_generation_has_limits_of_its_own() -> None:
    big = Body(kind="raw", text="x" * 13_000_000, language="text")
    assert "body-too-large" not in said(request(f"{GATEWAY}/v2/infer/x", big))


def test_a_caution_is_the_reason_only_for_its_statuses_and_codes() -> None:
    told = tuple(said(request(auth=TOKEN)).values())
    assert reason_for(told, 401, "APIGW.0303").kind == "two-addresses"  # type: ignore[union-attr] # seen to be there
    assert reason_for(told, 403, "ModelArts.0210") is None
    assert reason_for(told, 401, "ModelArts.0202") is None
    assert reason_for((), 401, "") is None
