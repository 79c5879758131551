"""The calls to Huawei IAM and what its answers mean, without a network."""

from __future__ import annotations

import json
from typing import Any

import pytest

from firstlight.auth import TOKEN, method
from firstlight.auth.iam.answer import read_checked, read_issued
from firstlight.auth.iam.call import address, check_call, token_call
from firstlight.auth.iam.regions import ENDPOINTS, REGIONS
from firstlight.auth.iam.totp import code, passcode
from firstlight.auth.json_errors import Refusal, refusal
from firstlight.model.failure import ExchangeError
from firstlight.model.prepared import PreparedRequest
from firstlight.model.response import Response

NOW_S = 1_770_965_533.0
"""2026-02-13T06:52:13Z."""
USER = {"endpoint": "iam.cn-north-4.myhuaweicloud.com", "account": "acc", "user": "ada", "password": "p ä"}
ID = "0f3a9c51d2b84e6fa7c1e0d4b59836f2"


def body(values: dict[str, str], now_s: float = NOW_S) -> Any:
    call = token_call(values, now_s)
    piece = call.body.pieces[0]
    assert isinstance(piece, bytes)
    return json.loads(piece)["auth"]


def answer(status: int, payload: Any, *headers: tuple[str, str]) -> Response:
    data = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    return Response(status=status, reason="", http_version="HTTP/1.1", headers=headers, body=data)


def test_all_regions_have_an_endpoint() -> None:
    assert len(REGIONS) == len(set(REGIONS)) == 27
    assert ENDPOINTS[0] == "https://iam.myhuaweicloud.com"
    assert "https://iam.cn-southwest-2.myhuaweicloud.com" in ENDPOINTS


@pytest.mark.parametrize(
    "typed",
    [
        "https://iam.example.com",
        " iam.example.com/ ",
        "https://iam.example.com/v3/auth/tokens",
        "https://iam.example.com/v3/auth/tokens/?nocatalog=1",
    ],
)
def test_the_endpoint_may_be_pasted_in_any_form(typed: str) -> None:
    assert address(typed) == "https://iam.example.com/v3/auth/tokens?nocatalog=true"


def test_a_password_is_asked_for_a_project_by_name_or_id() -> None:
    assert body({**USER, "project": "cn-north-4"}) == {
        "identity": {
            "methods": ["password"],
            "password": {"user": {"name": "ada", "domain": {"name": "acc"}, "password": "p ä"}},
        },
        "scope": {"project": {"name": "cn-north-4"}},
    }
    assert body({**USER, "project": ID})["scope"] == {"project": {"id": ID}}
    assert body({**USER, "scope": "domain", "account": ID})["scope"] == {"domain": {"id": ID}}
    assert body({**USER, "user": ID})["identity"]["password"]["user"] == {"id": ID, "password": "p ä"}


def test_mfa_names_the_user_twice_and_sends_the_code() -> None:
    identity = body({**USER, "sign_in": "mfa", "passcode": " 123 456 "})["identity"]
    assert identity["methods"] == ["password", "totp"]
    assert identity["totp"] == {"user": {"name": "ada", "domain": {"name": "acc"}}, "passcode": "123456"}


def test_keys_are_shown_as_huaweis_kit_does() -> None:
    identity = body({"sign_in": "aksk", "ak": " AK1 ", "sk": "SK1\n", "project": "p"})["identity"]
    assert identity == {"methods": ["hw_ak_sk"], "hw_ak_sk": {"access": {"key": "AK1"}, "secret": {"key": "SK1"}}}
    assert token_call({"sign_in": "aksk", "sk": "SK1\n"}, NOW_S).secrets == {"SK1"}


def test_everything_shown_is_a_secret() -> None:
    assert token_call({**USER, "sign_in": "mfa", "passcode": "123456"}, NOW_S).secrets == {"p ä", "123456"}
    assert check_call("iam.example.com", "MIIabc", {}).secrets == {"MIIabc"}


def test_the_certificate_is_verified_unless_that_is_turned_off() -> None:
    assert token_call(USER, NOW_S).settings.verify_tls
    assert not token_call({**USER, "certificate": "ignore"}, NOW_S).settings.verify_tls


def test_a_code_is_made_as_rfc_6238_says() -> None:
    key = b"12345678901234567890"
    expected = {59: "287082", 1111111109: "081804", 1234567890: "005924", 20000000000: "353130"}
    assert {moment: code(key, moment) for moment in expected} == expected
    assert passcode("GEZD GNBV-GY3TQOJQ gezdgnbvgy3tqojq", 59) == "287082"


@pytest.mark.parametrize("typed", ["", "12345", "not base 32 !", "1234567"])
def test_what_is_no_code_and_no_key_is_refused(typed: str) -> None:
    with pytest.raises(ExchangeError, match="neither"):
        passcode(typed, NOW_S)


def issued(**token: Any) -> dict[str, Any]:
    return {"token": {"expires_at": "2026-02-14T06:52:13.855000Z", "user": {"name": "ada"}, **token}}


PROJECT_TOKEN = issued(project={"id": ID, "name": "cn-north-4", "domain": {"name": "acc"}})
SUBJECT = ("X-Subject-Token", "MIIabc")


def test_an_answer_says_whose_token_it_is_and_what_for() -> None:
    token = read_issued(answer(201, PROJECT_TOKEN, SUBJECT), NOW_S, "https://iam", "password")
    assert (token.value, token.scope, token.project, token.project_id) == ("MIIabc", "project", "cn-north-4", ID)
    assert (token.account, token.user) == ("acc", "ada")
    assert token.expires_at_s == NOW_S + 24 * 3600 + 0.855


@pytest.mark.parametrize(("payload", "scope"), [(issued(domain={"name": "acc"}), "domain"), (issued(), "global"),
                                               ({}, "global"), (b"no json", "global"), ([1], "global")])  # fmt: skip
def test_a_token_without_a_project_is_told_from_one_with(payload: Any, scope: str) -> None:
    assert read_issued(answer(201, payload, SUBJECT), NOW_S, "https://iam", "password").scope == scope


@pytest.mark.parametrize("wrong_s", [-86_400.0, 86_400.0])
def test_the_end_is_told_by_the_clock_of_this_computer_however_wrong(wrong_s: float) -> None:
    date = ("Date", "Fri, 13 Feb 2026 06:52:13 GMT")
    token = read_issued(answer(201, PROJECT_TOKEN, SUBJECT, date), NOW_S + wrong_s, "https://iam", "password")
    assert token.expires_at_s == NOW_S + wrong_s + 24 * 3600 + 0.855


@pytest.mark.parametrize("expires", ["", "soon", None])
def test_without_an_end_24_hours_are_counted(expires: Any) -> None:
    payload = {"token": {"expires_at": expires}}
    token = read_issued(answer(201, payload, SUBJECT, ("Date", "?")), NOW_S, "https://iam", "password")
    assert token.expires_at_s == NOW_S + 24 * 3600
    odd = {"token": {"expires_at": "2026-02-14T06:52:13"}}
    assert read_issued(answer(201, odd, SUBJECT), NOW_S, "https://iam", "password").left_s(NOW_S) == 24 * 3600


@pytest.mark.parametrize(
    ("status", "payload", "sign_in", "kind"),
    [
        (401, {"error_msg": "Incorrect password.", "error_code": "IAM.0062"}, "password", "iam-wrong-password"),
        (401, {"error": {"message": "The username or password is wrong.", "code": 401}}, "password", "iam-wrong-login"),
        (401, {"error": {"message": "MFA is required", "code": 401}}, "password", "iam-mfa-needed"),
        (401, {"error": {"message": "the passcode is wrong", "code": 401}}, "mfa", "iam-wrong-mfa-code"),
        (400, {"error_code": "IAM.1061", "error_msg": "wrong code"}, "mfa", "iam-wrong-mfa-code"),
        (401, {"error_code": "IAM.0061"}, "password", "iam-locked"),
        (403, {"error_code": "IAM.0081"}, "password", "iam-console-only"),
        (404, {"error": {"message": "Could not find project: x", "code": 404}}, "password", "iam-no-project"),
        (404, {"error": {"message": "Could not find domain: x", "code": 404}}, "password", "iam-no-account"),
        (401, {"error_code": "IAM.0001"}, "aksk", "iam-wrong-keys"),
        (400, {"error_code": "IAM.1107"}, "aksk", "iam-wrong-keys"),
        (400, {"error_code": "IAM.0073"}, "password", "iam-bad-request"),
        (429, {"error_code": "IAM.0012"}, "password", "iam-too-many"),
        (500, b"<html>", "password", "iam-refused"),
    ],
)
def test_each_refusal_has_its_own_meaning(status: int, payload: Any, sign_in: str, kind: str) -> None:
    with pytest.raises(ExchangeError) as caught:
        read_issued(answer(status, payload), NOW_S, "https://iam", sign_in)
    failure = caught.value.failure
    assert (failure.layer, failure.kind) == ("service", kind)
    assert str(status) in str(failure.message)
    assert failure.hint


def test_an_answer_without_a_token_is_none() -> None:
    with pytest.raises(ExchangeError, match="no X-Subject-Token"):
        read_issued(answer(201, PROJECT_TOKEN), NOW_S, "https://iam", "password")


@pytest.mark.parametrize(
    ("status", "payload", "kind"),
    [
        (400, {"error_code": "IAM.0009"}, "iam-not-a-token"),
        (401, {"error_code": "IAM.0001"}, "iam-not-a-token"),
        (401, {"error_code": "IAM.0066"}, "iam-token-expired"),
        (404, {"error": {"message": "The token has expired.", "code": 404}}, "iam-token-expired"),
    ],
)
def test_a_checked_token_is_bad_for_a_reason(status: int, payload: Any, kind: str) -> None:
    with pytest.raises(ExchangeError) as caught:
        read_checked(answer(status, payload), NOW_S, "https://iam", "MIIabc")
    assert caught.value.failure.kind == kind


def test_a_good_token_tells_what_it_is() -> None:
    assert read_checked(answer(200, PROJECT_TOKEN), NOW_S, "https://iam", "MIIabc").project == "cn-north-4"


@pytest.mark.parametrize(
    ("payload", "found"),
    [
        ({"error_code": "IAM.0001", "error_msg": "no"}, Refusal("IAM.0001", "no")),
        ({"errorCode": "X", "errorMsg": "no"}, Refusal("X", "no")),
        ({"error": {"code": 401, "message": "no"}}, Refusal("401", "no")),
        ({"error": "invalid_grant", "error_description": "no"}, Refusal("invalid_grant", "no")),
        ({"error": True}, Refusal()),
        ([], Refusal()),
        (b"\xff", Refusal()),
    ],
)
def test_code_and_message_are_found_in_every_shape(payload: Any, found: Refusal) -> None:
    assert refusal(answer(400, payload).body) == found


HERE = PreparedRequest(method="POST", url="https://a.apig.cn-north-4.huaweicloudapis.com/v1/infers/1")


def test_the_token_goes_into_its_header() -> None:
    made = method("huawei-iam").apply(HERE, {TOKEN: "MIIabc"})
    assert (made.headers, made.secrets) == ((("X-Auth-Token", "MIIabc"),), {"MIIabc"})


def test_a_request_without_its_token_is_not_sent() -> None:
    with pytest.raises(ExchangeError, match="not obtained"):
        method("huawei-iam").apply(HERE, {})


@pytest.mark.parametrize(
    ("values", "missing"),
    [
        ({"user": "ada", "password": "p", "project": "x"}, "Account name"),
        ({"user": ID, "password": "p", "scope": "domain"}, "Account name"),
        ({"user": ID, "password": "p"}, "Project"),
        ({"sign_in": "mfa", "account": "a", "user": "ada", "password": "p", "project": "x"}, "MFA"),
        ({"sign_in": "aksk", "ak": "A", "project": "x"}, "SK"),
    ],
)
def test_the_form_says_which_field_is_empty(values: dict[str, str], missing: str) -> None:
    acquire = method("huawei-iam").acquire
    assert acquire is not None
    with pytest.raises(ExchangeError, match=missing):
        acquire(values)


def test_a_token_is_kept_by_who_asks_whom_for_what_and_never_by_a_secret() -> None:
    acquire = method("huawei-iam").acquire
    assert acquire is not None
    one = acquire({**USER, "project": "x"})
    assert one.key == acquire({**USER, "project": " x\n"}).key
    other = [{"project": "y"}, {"user": "bob"}, {"account": "b"}, {"endpoint": "other"}, {"scope": "domain"}]
    assert len({acquire({**USER, "project": "x", **changed}).key for changed in other} | {one.key}) == 6
    assert USER["password"] not in repr(one.key)
    wrong = acquire({**USER, "project": "x", "password": "other"})
    assert (wrong.key == one.key, wrong.proof == one.proof) == (True, False)
    mfa = [acquire({**USER, "project": "x", "sign_in": "mfa", "passcode": given}) for given in ("123456", "654321")]
    assert (mfa[0].proof == mfa[1].proof, mfa[0].once == mfa[1].once) == (True, False)
    assert one.read(answer(201, PROJECT_TOKEN, SUBJECT), NOW_S).value == "MIIabc"
