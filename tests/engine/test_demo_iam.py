"""What a person sees who asks the demo's IAM for a token."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import httpx
import pytest
from servers import collect, run

from demo_server import RunningDemo
from firstlight.auth.iam.totp import passcode
from firstlight.demo import accounts
from firstlight.demo.answers import RefusalError
from firstlight.demo.iam.login import FAILURES_TO_LOCK, LOCKED_S, Login
from firstlight.model.request import Authorization, Body, Request

IRIS = "/v1/infers/e4f6a9b2-5d1c-4c7e-9a83-0b2d7f61c5a8"
FLOWER = '{"data":{"req_data":[{"sepal_length":5.9,"sepal_width":3.0,"petal_length":4.2,"petal_width":1.5}]}}'


@pytest.fixture
def client(demo: RunningDemo) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=demo.url, trust_env=False) as client:
        yield client


def token_request(scope: Any = None, **user: Any) -> dict[str, Any]:
    person = {"name": "demo-user", "password": accounts.PASSWORD, "domain": {"name": accounts.ACCOUNT_NAME}, **user}
    auth: dict[str, Any] = {"identity": {"methods": ["password"], "password": {"user": person}}}
    return {"auth": auth if scope is None else {**auth, "scope": scope}}


def ask(client: httpx.Client, body: Any, **params: str) -> httpx.Response:
    return client.post("/v3/auth/tokens", json=body, params=params)


def test_a_project_token_comes_in_the_header_and_says_its_project(client: httpx.Client) -> None:
    answer = ask(client, token_request({"project": {"name": "cn-southwest-2"}}))
    assert answer.status_code == 201
    token = answer.headers["x-subject-token"]
    assert token.startswith("MII")
    assert 2000 < len(token) < 8000
    described = answer.json()["token"]
    assert described["project"] == {
        "id": accounts.HOME.id,
        "name": "cn-southwest-2",
        "domain": {"id": accounts.ACCOUNT_ID, "name": "first-light"},
    }
    assert "domain" not in described
    assert described["methods"] == ["password"]
    assert described["user"]["name"] == "demo-user"
    assert described["catalog"][0]["type"] == "identity"


def test_a_token_lives_for_24_hours_with_microseconds_and_z(client: httpx.Client) -> None:
    token = ask(client, token_request()).json()["token"]
    issued, expires = (datetime.strptime(token[key], "%Y-%m-%dT%H:%M:%S.%fZ") for key in ("issued_at", "expires_at"))
    assert round((expires - issued).total_seconds()) == 24 * 3600


def test_nocatalog_leaves_the_catalog_out(client: httpx.Client) -> None:
    assert "catalog" not in ask(client, token_request(), nocatalog="true").json()["token"]


@pytest.mark.parametrize(
    ("scope", "kind"),
    [
        ({"project": {"id": accounts.LAB.id}}, "project"),
        ({"domain": {"name": accounts.ACCOUNT_NAME}}, "domain"),
        ({"domain": {"id": accounts.ACCOUNT_ID}}, "domain"),
        ({"project": {"name": "cn-north-4"}, "domain": {"name": accounts.ACCOUNT_NAME}}, "project"),
        (None, None),
    ],
)
def test_the_scope_decides_what_the_token_names(client: httpx.Client, scope: Any, kind: str | None) -> None:
    token = ask(client, token_request(scope)).json()["token"]
    assert [key for key in ("project", "domain") if key in token] == ([kind] if kind else [])


def test_a_user_may_be_named_by_id_without_the_account(client: httpx.Client) -> None:
    user = {"id": accounts.USERS[0].id, "password": accounts.PASSWORD}
    body = {"auth": {"identity": {"methods": ["password"], "password": {"user": user}}}}
    assert ask(client, body).status_code == 201


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (token_request(password="wrong", name="demo-guest"), 401, "IAM.0062"),
        (token_request(name="demo-console"), 403, "IAM.0081"),
        ({}, 400, "IAM.0072"),
        ({"auth": {"identity": {}}}, 400, "IAM.0072"),
        ({"auth": {"identity": {"methods": ["password"]}}}, 400, "IAM.0072"),
        ({"auth": {"identity": {"methods": ["totp"]}}}, 400, "IAM.0073"),
        (token_request(domain=None), 400, "IAM.0072"),
        (token_request(password=1), 400, "IAM.0072"),
        (token_request({"project": "cn-north-4"}), 400, "IAM.0073"),
        (token_request({}), 400, "IAM.0073"),
        ([], 400, "IAM.0011"),
    ],
)
def test_a_refused_request_carries_the_code_of_iam(client: httpx.Client, body: Any, status: int, code: str) -> None:
    answer = ask(client, body)
    assert (answer.status_code, answer.json()["error_code"]) == (status, code)
    assert answer.headers["x-request-id"]


@pytest.mark.parametrize(
    ("body", "status", "title"),
    [
        (token_request(name="nobody"), 401, "Unauthorized"),
        (token_request(domain={"name": "another"}), 401, "Unauthorized"),
        (token_request({"project": {"name": "cn-east-3"}}), 404, "Not Found"),
        (token_request({"domain": {"name": "another"}}), 404, "Not Found"),
    ],
)
def test_the_other_error_shape_has_a_title(client: httpx.Client, body: Any, status: int, title: str) -> None:
    answer = ask(client, body)
    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["title"]) == (status, status, title)


def test_broken_json_is_told_with_its_place(client: httpx.Client) -> None:
    answer = client.post("/v3/auth/tokens", content=b'{"auth": }')
    assert answer.json()["error_code"] == "IAM.0011"
    assert "line 1 column 10" in answer.json()["error_msg"]


@pytest.mark.parametrize("body", [b"", b"x" * 40_000])
def test_an_empty_or_huge_body_is_refused(client: httpx.Client, body: bytes) -> None:
    assert client.post("/v3/auth/tokens", content=body).json()["error_code"] == "IAM.1101"


def test_a_token_can_be_verified_and_shows_its_scope(client: httpx.Client, demo: RunningDemo) -> None:
    headers = {"X-Auth-Token": demo["demo_token"], "X-Subject-Token": demo["demo_domain_token"]}
    answer = client.get("/v3/auth/tokens", headers=headers)
    assert answer.status_code == 200
    assert answer.json()["token"]["domain"]["name"] == "first-light"
    head = client.head("/v3/auth/tokens", headers=headers)
    assert (head.status_code, head.content) == (200, b"")


@pytest.mark.parametrize(
    ("bearer", "subject", "status", "where", "expected"),
    [
        ("garbage", "demo_token", 401, "error_code", "IAM.0001"),
        ("demo_expired_token", "demo_token", 401, "error_code", "IAM.0066"),
        ("demo_token", "garbage", 400, "error_code", "IAM.0009"),
    ],
)
def test_a_bad_token_is_not_verified(
    client: httpx.Client, demo: RunningDemo, bearer: str, subject: str, status: int, where: str, expected: str
) -> None:
    headers = {
        "X-Auth-Token": demo.credentials.get(bearer, bearer),
        "X-Subject-Token": demo.credentials.get(subject, subject),
    }
    answer = client.get("/v3/auth/tokens", headers=headers)
    assert (answer.status_code, answer.json()[where]) == (status, expected)


def test_an_expired_subject_is_not_found(client: httpx.Client, demo: RunningDemo) -> None:
    headers = {"X-Auth-Token": demo["demo_token"], "X-Subject-Token": demo["demo_expired_token"]}
    assert client.get("/v3/auth/tokens", headers=headers).status_code == 404


def test_a_token_can_be_asked_for_that_expires_at_once(client: httpx.Client) -> None:
    token = ask(client, token_request(), demo_valid_s="0").headers["x-subject-token"]
    answer = client.get("/v3/projects", headers={"X-Auth-Token": token})
    assert answer.json()["error_code"] == "IAM.0066"


def test_projects_are_found_by_name(client: httpx.Client, demo: RunningDemo) -> None:
    headers = {"X-Auth-Token": demo["demo_token"]}
    everything = client.get("/v3/projects", headers=headers).json()["projects"]
    assert [project["name"] for project in everything] == [project.name for project in accounts.PROJECTS]
    found = client.get("/v3/projects", headers=headers, params={"name": "cn-north-4"}).json()["projects"]
    assert [project["id"] for project in found] == [accounts.ELSEWHERE.id]


def test_five_wrong_passwords_lock_the_user_for_a_while() -> None:
    now = [1000.0]
    login = Login(lambda: now[0])
    account = {"name": accounts.ACCOUNT_NAME}
    wrong = {"name": "demo-user", "password": "wrong", "domain": account}
    right = {**wrong, "password": accounts.PASSWORD}

    def code(given: dict[str, Any]) -> bytes:
        with pytest.raises(RefusalError) as caught:
            login.check(given)
        return bytes(caught.value.response.body)

    for _ in range(FAILURES_TO_LOCK):
        assert b"IAM.0062" in code(wrong)
    assert b"IAM.0061" in code(right)
    assert login.check({**right, "name": "demo-guest"}).name == "demo-guest"
    now[0] += LOCKED_S
    assert login.check(right).name == "demo-user"


def signing_in(user: str, **totp: Any) -> dict[str, Any]:
    body = token_request(name=user)
    if totp:
        body["auth"]["identity"] |= {"methods": ["password", "totp"], "totp": {"user": {"name": user}, **totp}}
    return body


def test_a_user_with_mfa_needs_the_code_of_the_device(client: httpx.Client) -> None:
    refusal = ask(client, signing_in("demo-mfa"))
    assert (refusal.status_code, "MFA" in refusal.json()["error"]["message"]) == (401, True)
    wrong = ask(client, signing_in("demo-mfa", passcode="000000"))
    assert (wrong.status_code, wrong.json()["error_code"]) == (400, "IAM.1061")
    assert ask(client, signing_in("demo-mfa", passcode=1)).json()["error_code"] == "IAM.0072"
    assert ask(client, signing_in("demo-user", passcode="000000")).json()["error_code"] == "IAM.1061"
    right = passcode(accounts.USERS[3].mfa_key, time.time())
    token = ask(client, signing_in("demo-mfa", passcode=right)).json()["token"]
    assert token["methods"] == ["password", "totp"]


def with_keys(access: Any, secret: Any) -> dict[str, Any]:
    keys = {"access": {"key": access}, "secret": {"key": secret}}
    return {
        "auth": {"identity": {"methods": ["hw_ak_sk"], "hw_ak_sk": keys}, "scope": {"project": {"name": "cn-north-4"}}}
    }


def test_an_access_key_gets_a_token(client: httpx.Client) -> None:
    key = accounts.ACCESS_KEY
    token = ask(client, with_keys(key.ak, key.sk)).json()["token"]
    assert (token["methods"], token["user"]["name"], token["project"]["name"]) == (
        ["hw_ak_sk"],
        "demo-user",
        "cn-north-4",
    )
    assert ask(client, with_keys(key.ak, "wrong")).status_code == 401
    assert ask(client, with_keys("wrong", key.sk)).json()["error_code"] == "IAM.0001"
    assert ask(client, with_keys(None, key.sk)).json()["error_code"] == "IAM.0072"


def test_an_endpoint_issues_tokens_that_live_as_long_as_it_says(client: httpx.Client) -> None:
    token = client.post("/valid/20/v3/auth/tokens", json=token_request()).json()["token"]
    issued, expires = (datetime.strptime(token[key], "%Y-%m-%dT%H:%M:%S.%fZ") for key in ("issued_at", "expires_at"))
    assert round((expires - issued).total_seconds()) == 20


def lent(client: httpx.Client, **token: Any) -> httpx.Response:
    body = {"auth": {"identity": {"methods": ["token"], "token": token}}}
    return client.post("/v3.0/OS-CREDENTIAL/securitytokens", json=body)


def test_the_bearer_of_a_token_gets_keys_for_a_while(client: httpx.Client, demo: RunningDemo) -> None:
    answer = lent(client, id=demo["demo_token"], duration_seconds=3600)
    assert answer.status_code == 201
    key = answer.json()["credential"]
    assert set(key) == {"access", "secret", "securitytoken", "expires_at"}
    assert lent(client, id=demo["demo_token"]).json()["credential"]["access"] != key["access"]
    assert lent(client, id=demo["demo_token"], duration_seconds=60).json()["error_code"] == "IAM.0073"
    assert lent(client, id="garbage").json()["error_code"] == "IAM.0001"
    assert lent(client, id=demo["demo_expired_token"]).json()["error_code"] == "IAM.0066"
    assert lent(client).json()["error_code"] == "IAM.0072"


def test_lent_keys_sign_requests_together_with_their_token(client: httpx.Client, demo: RunningDemo) -> None:
    key = lent(client, id=demo["demo_token"]).json()["credential"]

    def sent(**changed: str) -> int:
        values = {"ak": key["access"], "sk": key["secret"], "security_token": key["securitytoken"], **changed}
        signed = Authorization(kind="aksk", values=values)
        body = Body(kind="raw", text=FLOWER)
        request = Request(method="POST", url=demo.url + IRIS, authorization=signed, body=body)
        outcome, _ = run(collect(request))
        assert outcome.response is not None, outcome.failure
        return outcome.response.status

    assert (sent(), sent(security_token="other"), sent(sk="other")) == (200, 401, 401)
