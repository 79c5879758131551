"""Every way to sign in, sent by the real engine to the running demo, which verifies it; and what it says if it must."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from demo_server import RunningDemo, running_demo
from firstlight.auth import method
from firstlight.auth.occasion import Occasion
from firstlight.demo.lockout import FAILURES_ALLOWED
from firstlight.demo.modelarts.services import FLOWERS, IRIS
from firstlight.model.exchange import Exchange, Scope
from firstlight.model.prepared import EncodedBody, PreparedRequest
from firstlight.model.request import Authorization, Body, FormPart, Header, Message, Request, RequestSettings
from firstlight.resources import resource_path
from firstlight.runner.exchange import exchange
from firstlight.runner.signing import hashed
from firstlight.transport import HttpTransport

ROSE = str(resource_path("demo", "workspace", "files", "rose.jpg"))
TALK = "/v1/infers/b1e07d5c-3f92-4a68-8c41-92d6e0f7a35b"
FLOWER = '{"data": {"req_data": [{"sepal_length": 5.9, "sepal_width": 3.0, "petal_length": 4.2, "petal_width": 1.5}]}}'
JSON = Body(kind="raw", text=FLOWER)
FORM = Body(kind="form-data", parts=(FormPart(name="images", kind="file", files=(ROSE,)),))


def sent(request: Request) -> Exchange:
    async def work() -> Exchange:
        transport = HttpTransport()
        try:
            scope = Scope(variables={}, secret=lambda _name: None)
            return await exchange(request, scope, transport, lambda _event: None)
        finally:
            await transport.aclose()

    return asyncio.run(work())


def credentials(demo: RunningDemo, kind: str) -> dict[str, str]:
    keys = {"ak": demo["demo_ak"], "sk": demo["demo_sk"]}
    app = {"app_key": demo["demo_app_key"], "app_secret": demo["demo_app_secret"]}
    return {
        "aksk": keys | {"project_id": "0f3a9c51d2b84e6fa7c1e0d4b59836f2"},
        "aksk-derived": keys | {"region": "cn-southwest-2", "service": "modelarts"},
        "app-signature": app,
        "app-secret": app,
        "app-key": {"app_key": demo["demo_app_key"]},
        "app-basic": {"username": demo["demo_app_key"], "password": demo["demo_app_secret"]},
        "appcode": {"appcode": demo["demo_appcode"]},
        "aws-sigv4": {"access_key": demo["demo_ak"], "secret_key": demo["demo_sk"], "region": "eu-west-1",
                      "service": "sagemaker"},
        "eas-signature": {"token": demo["demo_eas_token"]},
        "digest": {"username": demo["demo_user"], "password": demo["demo_password"]},
    }[kind]  # fmt: skip


PATHS = {"eas-signature": "/api/predict/echo", "digest": "/digest", "aws-sigv4": "/endpoints/iris/invocations"}
KINDS = ["aksk", "aksk-derived", "app-signature", "app-secret", "app-key", "app-basic", "appcode", "aws-sigv4",
         "eas-signature", "digest"]  # fmt: skip


def request_for(demo: RunningDemo, kind: str, values: dict[str, str]) -> Request:
    url = demo.url + PATHS.get(kind, f"/v1/infers/{IRIS.id}")
    return Request(method="POST", url=url, body=JSON, authorization=Authorization(kind=kind, values=values))


@pytest.mark.parametrize("kind", KINDS)
def test_the_right_credential_opens_the_service(demo: RunningDemo, kind: str) -> None:
    done = sent(request_for(demo, kind, credentials(demo, kind)))
    assert done.failure is None
    assert done.response is not None
    assert done.response.status == 200, done.response.body
    expected = {"eas-signature": b"sepal_length", "digest": b"demo-user"}.get(kind, b"versicolor")
    assert expected in done.response.body


SECRET_FIELDS = {"sk", "app_secret", "password", "secret_key", "token"}


@pytest.mark.parametrize(
    ("kind", "status", "said"),
    [
        ("aksk", 401, "verify aksk signature fail"),
        ("aksk-derived", 401, "verify aksk signature fail"),
        ("app-signature", 401, "signature mismatch"),
        ("app-secret", 401, "app secret mismatch"),
        ("app-basic", 401, "app secret mismatch"),
        ("aws-sigv4", 403, "does not match the signature you provided"),
        ("eas-signature", 401, "invalid signature"),
        ("digest", 401, "authentication required"),
    ],
)
def test_a_wrong_secret_is_refused_in_the_words_of_the_vendor(
    demo: RunningDemo, kind: str, status: int, said: str
) -> None:
    values = {name: value + "x" if name in SECRET_FIELDS else value for name, value in credentials(demo, kind).items()}
    done = sent(request_for(demo, kind, values))
    assert done.response is not None
    assert (done.response.status, said in done.response.body.decode()) == (status, True), done.response.body
    sent(request_for(demo, "aksk", credentials(demo, "aksk")))  # or the key would be locked by and by


@pytest.mark.parametrize(
    ("kind", "values", "said"),
    [
        ("aksk", {"ak": "DEMONOTTHERE"}, "Get secretKey failed,ak:DEMONOTTHERE,err:ak not exist"),
        ("app-signature", {"app_key": "00000000-0000-0000-0000-000000000000"}, "app not found, appkey 0000"),
        ("app-key", {"app_key": "unknown"}, "app not found, appkey unknown"),
        ("aws-sigv4", {"access_key": "AKIANOTTHERE"}, "security token included in the request is invalid"),
        ("aksk", {"project_id": "elsewhere"}, "ModelArts.0210"),
    ],
)
def test_an_unknown_name_is_told_from_a_wrong_secret(
    demo: RunningDemo, kind: str, values: dict[str, str], said: str
) -> None:
    done = sent(request_for(demo, kind, credentials(demo, kind) | values))
    assert done.response is not None
    assert done.response.status in (401, 403)
    assert said in done.response.body.decode()


@pytest.mark.parametrize("kind", ["aksk", "app-signature"])
@pytest.mark.parametrize("payload", ["auto", "signed", "unsigned"])
def test_a_picture_is_signed_or_left_out_as_chosen(demo: RunningDemo, kind: str, payload: str) -> None:
    values = credentials(demo, kind) | {"payload": payload}
    request = replace(
        request_for(demo, kind, values), url=f"{demo.url}/v1/infers/{FLOWERS.id}?a=x%20y&b=%2B+", body=FORM
    )
    done = sent(request)
    assert done.response is not None
    assert done.response.status == 200, done.response.body
    assert b"predicted_label" in done.response.body
    assert done.sent is not None
    assert done.sent.signing is not None
    unsigned = payload == "unsigned" or (payload == "auto" and kind == "aksk")
    assert done.sent.signing.payload == ("unsigned" if unsigned else "hashed")


@pytest.mark.parametrize("kind", ["aksk", "app-signature", "aws-sigv4"])
@pytest.mark.parametrize(("minutes", "late"), [(-20, True), (20, True), (-4, False), (4, False)])
def test_a_clock_that_is_off_is_refused_beyond_the_tolerance(
    demo: RunningDemo, kind: str, minutes: int, late: bool
) -> None:
    body = EncodedBody(pieces=(FLOWER.encode(),))
    url = demo.url + PATHS.get(kind, f"/v1/infers/{IRIS.id}")
    asked = PreparedRequest(method="POST", url=url, headers=(("Content-Type", "application/json"),), body=body)
    at = datetime.now(UTC) + timedelta(minutes=minutes)
    occasion = Occasion(at=at, hash_body=lambda algorithm: hashed(body, algorithm))
    signed = method(kind).authorise(asked, credentials(demo, kind), occasion)
    answer = httpx.post(url, headers=list(signed.headers), content=FLOWER.encode(), trust_env=False)
    assert (answer.status_code != 200) == late
    assert not late or "expired" in answer.text
    sent(request_for(demo, "aksk", credentials(demo, "aksk")))


def test_a_changed_body_is_noticed(demo: RunningDemo) -> None:
    body = EncodedBody(pieces=(FLOWER.encode(),))
    for kind in ("aksk", "app-signature", "eas-signature"):
        url = demo.url + PATHS.get(kind, f"/v1/infers/{IRIS.id}")
        asked = PreparedRequest(method="POST", url=url, headers=(("Content-Type", "application/json"),), body=body)
        occasion = Occasion(at=datetime.now(UTC), hash_body=lambda algorithm: hashed(body, algorithm))
        signed = method(kind).authorise(asked, credentials(demo, kind), occasion)
        answer = httpx.post(url, headers=list(signed.headers), content=FLOWER.encode() + b" ", trust_env=False)
        assert answer.status_code == 401
    sent(request_for(demo, "aksk", credentials(demo, "aksk")))


def test_a_key_is_locked_after_too_many_refusals_in_a_row() -> None:
    with running_demo() as demo:
        wrong = request_for(demo, "aksk", credentials(demo, "aksk") | {"sk": "wrong"})
        right = request_for(demo, "aksk", credentials(demo, "aksk"))
        for _ in range(FAILURES_ALLOWED):
            sent(wrong)
        assert (answer := sent(right).response) is not None
        assert answer.status == 200  # not yet; and a success begins the count anew
        for _ in range(FAILURES_ALLOWED + 1):
            assert (answer := sent(wrong).response) is not None
            assert b"verify aksk signature fail" in answer.body
        assert (answer := sent(right).response) is not None
        assert answer.status == 401
        assert b"AK access failed to reach the limit,forbidden" in answer.body


def test_a_new_generation_service_takes_a_bearer_key_and_no_signature(demo: RunningDemo) -> None:
    url = f"{demo.url}/v2/infer/{IRIS.id}"
    for kind, values, status in (
        ("bearer", {"token": demo["demo_api_key"]}, 200),
        ("x-auth-token", {"token": demo["demo_token"]}, 200),
        ("bearer", {"token": "wrong"}, 401),
        ("aksk", credentials(demo, "aksk"), 401),
        ("none", {}, 401),
    ):
        done = sent(replace(request_for(demo, kind, values), url=url))
        assert done.response is not None
        assert done.response.status == status, done.response.body


def test_a_hand_set_stage_header_is_signed(demo: RunningDemo) -> None:
    request = replace(
        request_for(demo, "app-signature", credentials(demo, "app-signature")),
        headers=(Header(name="x-stage", value="RELEASE"),),
    )
    done = sent(request)
    assert done.response is not None
    assert done.response.status == 200
    assert done.sent is not None
    assert done.sent.signing is not None
    assert "x-stage:RELEASE" in done.sent.signing.canonical_request


@pytest.mark.parametrize(
    ("kind", "path"),
    [("aksk", TALK), ("aksk-derived", TALK), ("app-signature", TALK), ("eas-signature", "/api/predict/talk")],
)
def test_the_handshake_of_a_websocket_is_signed_as_a_get_without_a_body(
    demo: RunningDemo, kind: str, path: str
) -> None:
    url = demo.url.replace("http://", "ws://") + path
    values = credentials(demo, kind)
    messages, soon = (Message(text="hello!"),), RequestSettings(idle_timeout_s=0.5)
    request = Request(method="POST", url=url, body=JSON, authorization=Authorization(kind=kind, values=values))
    done = sent(replace(request, protocol="websocket", messages=messages, settings=soon))
    assert done.failure is None
    assert done.response is not None
    assert done.response.status == 101
    assert done.sent is not None
    assert done.sent.signing is not None
    assert "sec-websocket" not in done.sent.signing.canonical_request
    if kind != "eas-signature":
        assert done.sent.signing.canonical_request.startswith(f"GET\n{path}/\n")
    secret = next(name for name in values if name in SECRET_FIELDS)
    wrong = replace(request.authorization, values=values | {secret: "wrong"})
    refused = sent(replace(request, authorization=wrong, protocol="websocket", messages=messages))
    assert refused.response is not None
    assert refused.response.status == 401
    sent(request_for(demo, "aksk", credentials(demo, "aksk")))


def test_temporary_keys_need_their_security_token_beside_them(demo: RunningDemo) -> None:
    identity = {"methods": ["token"], "token": {"id": demo["demo_token"], "duration_seconds": 900}}
    lent = httpx.post(
        f"{demo.url}/v3.0/OS-CREDENTIAL/securitytokens", json={"auth": {"identity": identity}}, trust_env=False
    ).json()["credential"]
    values = {"ak": lent["access"], "sk": lent["secret"]}
    for token, status in ((lent["securitytoken"], 200), ("", 401), ("another", 401)):
        done = sent(request_for(demo, "aksk", values | {"security_token": token}))
        assert done.response is not None
        assert done.response.status == status, done.response.body
