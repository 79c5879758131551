"""Every failing answer is explained: the error is found in any shape, and the most specific entry wins."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from firstlight.advice.entries import entries
from firstlight.advice.explain import explain, explain_close, explain_in_stream
from firstlight.inference.errors import ServiceError, error_in_refusal, find_error
from firstlight.model.explanation import Explanation
from firstlight.model.response import Response
from firstlight.resources import resource_path
from firstlight.texts import LANGUAGES

FILES = sorted(resource_path("explanations").glob("*.toml"))
ROWS = [(path, row) for path in FILES for row in tomllib.loads(path.read_text(encoding="utf-8"))["entry"]]
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff”）][,;:!?](?!\w)|[,;!?][\u4e00-\u9fff]")
UNSPACED = re.compile(r"[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff]")

VENDORS_TABLE = """
iam 400 IAM.0007 IAM.0011 IAM.0072 IAM.0073 IAM.0009 IAM.1061 IAM.1101 IAM.1102 IAM.1103 IAM.1104 IAM.1105 IAM.1106
iam 400 IAM.1107 IAM.1108 IAM.1109
iam 401 IAM.0001 IAM.0061 IAM.0062 IAM.0063 IAM.0064 IAM.0066 IAM.0067
iam 403 IAM.0002 IAM.0003 IAM.0080 IAM.0081 IAM.0082 IAM.0083
iam 404 IAM.0004
iam 409 IAM.0005
iam 410 IAM.0020
iam 429 IAM.0012
iam 500 IAM.0006
modelarts 400 ModelArts.0204 ModelArts.0210 ModelArts.4105 ModelArts.4201 ModelArts.4202 ModelArts.4203 ModelArts.4204
modelarts 400 ModelArts.4506 ModelArts.4902 ModelArts.4905
modelarts 401 ModelArts.0201 ModelArts.0202 ModelArts.0203 ModelArts.0204 ModelArts.0205 ModelArts.0206 ModelArts.0207
modelarts 401 ModelArts.0208 ModelArts.0209 ModelArts.0210 ModelArts.0212 ModelArts.4119 ModelArts.4201 ModelArts.4203
modelarts 401 ModelArts.4207 ModelArts.4506
modelarts 403 ModelArts.0108 ModelArts.0112 ModelArts.0203 ModelArts.0206 ModelArts.0210 ModelArts.4116 ModelArts.4118
modelarts 404 ModelArts.4204 ModelArts.4901
modelarts 408 ModelArts.4205
modelarts 413 ModelArts.4104
modelarts 429 ModelArts.4206
modelarts 500 ModelArts.4204 ModelArts.4302 ModelArts.4503 ModelArts.4505
modelarts 503 ModelArts.4302 ModelArts.4700
modelarts 504 ModelArts.4503
apig 404 APIG.0101
apig 400 APIG.0201 APIG.0204 APIG.0205 APIG.0607
apig 413 APIG.0201
apig 414 APIG.0201
apig 494 APIG.0201
apig 500 APIG.0201 APIG.0601
apig 502 APIG.0201 APIG.0202 APIG.0605
apig 503 APIG.0610 APIG.0613
apig 504 APIG.0201 APIG.0203
apig 401 APIG.0301 APIG.0303 APIG.0305 APIG.0307
apig 403 APIG.0302 APIG.0304 APIG.0306 APIG.0310 APIG.0802 APIG.0401 APIG.0402 APIG.0405
apig 405 APIG.0501 APIG.0502
apig 429 APIG.0308
maas 400 ModelArts.81001
maas 401 ModelArts.81002 ModelArts.81003 ModelArts.81004 ModelArts.81005 ModelArts.81006
maas 404 ModelArts.81009
maas 403 ModelArts.81011
maas 429 ModelArts.81101 ModelArts.81103
pangu 400 PANGU.0010 PANGU.3278 PANGU.3306 PANGU.3308 PANGU.3317 PANGU.3318 PANGU.3320 PANGU.3321
pangu 401 PANGU.0011 PANGU.0012
pangu 404 PANGU.3254
pangu 429 PANGU.3267
pangu 500 PANGU.0001 PANGU.0031
"""
CODES = [
    (vendor, int(status), code) for line in VENDORS_TABLE.split("\n") if line for vendor, status, *codes in
    [line.split()] for code in codes
]  # fmt: skip


def answer(status: int, body: object = b"", *headers: tuple[str, str]) -> Response:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Response(status=status, reason="", http_version="HTTP/1.1", headers=headers, body=data)


def told(status: int, body: object = b"", url: str = "", *headers: tuple[str, str]) -> Explanation:
    found = explain(answer(status, body, *headers), url)
    assert found is not None
    return found


def meaning(status: int, code: str, message: str = "") -> str:
    return told(status, {"error_code": code, "error_msg": message}).meaning["en"]


@pytest.mark.parametrize(("vendor", "status", "code"), CODES)
def test_every_code_of_the_vendors_has_its_own_words(vendor: str, status: int, code: str) -> None:
    found = told(status, {"error_code": code, "error_msg": "words of the service"})
    assert (found.vendor, found.code) == (vendor, code)
    assert set(found.meaning) == set(found.remedy) == {code for code, _ in LANGUAGES}
    assert all(found.meaning.values())
    assert all(found.remedy.values())


@pytest.mark.parametrize(("path", "row"), ROWS, ids=lambda value: value.stem if isinstance(value, Path) else "")
def test_an_entry_has_every_language_and_no_unknown_key(path: Path, row: dict[str, object]) -> None:
    languages = {code for code, _ in LANGUAGES}
    assert set(row) - {"code", "status", "says"} == languages
    for texts in (row[code] for code in languages):
        assert isinstance(texts, list)
        assert len(texts) == 2
        assert texts[0]
    chinese = "".join(row["zh_CN"])  # type: ignore[arg-type] # two texts, seen above
    assert not HALF_WIDTH.search(chinese), chinese
    assert not UNSPACED.search(chinese), chinese


def test_no_entry_of_a_file_is_hidden_by_another() -> None:
    for path in FILES:
        keys = [(e.codes, e.statuses, e.says) for e in entries(path.stem)]
        assert len(keys) == len(set(keys)), path.name


@pytest.mark.parametrize(
    ("status", "code", "message", "says"),
    [
        (400, "ModelArts.0204", "", "names no project"),
        (401, "ModelArts.0204", "", "could not be parsed"),
        (400, "ModelArts.4203", "", "not running"),
        (401, "ModelArts.4203", "", "no access"),
        (500, "ModelArts.4503", "Backend service not found or failed to respond", "closed the connection"),
        (500, "ModelArts.4503", "Backend response timed out", "40 seconds"),
        (500, "ModelArts.4503", "Backend SSL error", "HTTP or HTTPS"),
        (500, "ModelArts.4302", "Due to self protection, the request is refused", "protection"),
        (500, "ModelArts.4302", "connection refused", "does not accept connections"),
        (401, "APIG.0301", "Incorrect IAM authentication information: decrypt token fail", "decrypt"),
        (401, "APIG.0301", "Get secretKey failed,ak:X,err:ak not exist", "does not exist"),
        (401, "APIG.0301", "verify aksk signature fail", "does not fit"),
        (401, "APIG.0301", "AK access failed to reach the limit,forbidden", "locked for 5 minutes"),
        (401, "APIG.0301", "something else", "IAM authentication failed"),
        (413, "APIG.0201", "", "12 MB"),
        (494, "APIG.0201", "", "header"),
        (405, "APIG.0501", "", "quota"),
        (401, "APIGW.0303", "app not found", "AppCode"),
    ],
)
def test_status_and_message_decide_what_a_code_means(status: int, code: str, message: str, says: str) -> None:
    assert says in meaning(status, code, message)


@pytest.mark.parametrize(
    "body",
    [
        {"error_code": "APIG.0308", "error_msg": "slow down"},
        {"errorCode": "APIG.0308", "errorMsg": "slow down"},
        {"code": "APIG.0308", "message": "slow down"},
        {"error": {"code": "APIG.0308", "message": "slow down"}},
        {"error": {"error_code": "APIG.0308", "error_msg": "slow down"}},
        {"data": {"error_code": "APIG.0308", "error_msg": "slow down"}},
        {"data": {"errorCode": "APIG.0308", "errorMsg": "slow down"}},
        {"data": {"code": "APIG.0308", "message": "slow down"}},
        {"errors": [{"code": "APIG.0308", "message": "slow down"}]},
        [{"error_code": "APIG.0308", "error_msg": "slow down"}],
        {"data": {"error": {"code": "APIG.0308", "message": "slow down"}}},
        {"object": "error", "code": "APIG.0308", "message": "slow down"},
        {"erno": "APIG.0308", "msg": "slow down"},
    ],
)
def test_the_error_is_found_in_every_shape(body: object) -> None:
    found = told(429, body)
    assert (found.vendor, found.code, found.said) == ("apig", "APIG.0308", "slow down")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"error": "Unauthorized"}, "Unauthorized"),
        ({"error": True, "message": "no"}, "no"),
        ({"detail": "Not Found"}, "Not Found"),
        ({"encoded_authorization_message": "AQICAHh"}, "AQICAHh"),
        ({"data": {"encoded_authorization_message": "AQICAHh"}}, "AQICAHh"),
        ("just a string", "just a string"),
    ],
)
def test_a_refusal_without_a_code_says_its_words(body: object, message: str) -> None:
    found = error_in_refusal(body)
    assert found is not None
    assert found.message == message


@pytest.mark.parametrize("body", [{}, [], [1], 7, None, {"data": {"x": 1}}, {"error": None}])
def test_a_body_without_words_is_explained_by_its_status(body: object) -> None:
    assert error_in_refusal(body) is None
    assert told(503, body).vendor == "http"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"upstream connect error", "upstream connect error"),
        (b"<html><head><title>502 Bad Gateway</title></head><body><h1>x</h1>nginx", "502 Bad Gateway"),
        (b"<p>only &amp; tags</p>", "only & tags"),
        (b"\x89PNG\x00\x01", ""),
        (b"long " * 200, "long " * 60 + "…"),
        (b"[" * 100_000, ""),
    ],
)
def test_plain_text_and_html_say_what_they_say(body: bytes, said: str) -> None:
    found = told(502, body)
    assert found.vendor == "http"
    assert found.said == said or body.startswith(b"[")


def test_a_service_that_fails_with_status_200_is_found_out() -> None:
    found = told(200, {"erno": "MR.0105", "msg": "Recognition failed", "words_result": {}})
    assert (found.vendor, found.code) == ("modelarts", "MR.0105")
    assert told(200, {"error_code": "X.1", "error_msg": "no"}).meaning["en"].startswith("The status says success")


@pytest.mark.parametrize(
    "body",
    [
        {"data": {"resp_data": [{"predictresult": "setosa"}]}},
        {"error": 0.02, "accuracy": 0.98},
        {"error": False},
        {"error": None, "result": 1},
        {"error": "none"},
        {"error": {}},
        {"error_code": 0, "error_msg": "success"},
        {"erno": "0", "msg": "ok"},
        {"code": 200, "message": "fine"},
        {"code": "A", "message": "fine"},
        [1, 2],
    ],
)
def test_an_answer_that_succeeded_is_left_alone(body: object) -> None:
    assert explain(answer(200, body)) is None
    assert find_error(body) is None


@pytest.mark.parametrize(
    ("url", "status", "body", "vendor"),
    [
        ("https://iam.cn-north-4.myhuaweicloud.com/v3", 401, {"error": {"code": 401, "message": "x"}}, "iam"),
        ("http://127.0.0.1:1/v3/auth/tokens", 401, {"error": {"code": 401, "message": "x"}}, "iam"),
        ("http://1.cn-hangzhou.pai-eas.aliyuncs.com/api/predict/a", 450, b"queue full", "eas"),
        ("http://127.0.0.1:1/api/predict/a/v1/chat/completions", 401, b"Unauthorized", "eas"),
        ("http://127.0.0.1:1/v1/infers/id", 413, b"", "modelarts"),
        ("http://127.0.0.1:1/v1/p/deployments/d/chat/completions", 401, b"", "pangu"),
        ("http://x:11434/api/chat", 404, {"error": 'model "q" not found, try pulling it first'}, "ollama"),
        ("http://x/generate", 424, {"error": "x", "error_type": "generation"}, "tgi"),
        ("http://x/v1/models", 401, {"error": {"message": "x", "type": "t", "code": "invalid_api_key"}}, "openai"),
        ("http://x/v1/chat/completions", 404, {"object": "error", "message": "x", "type": "NotFoundError"}, "vllm"),
        ("http://x/v1/chat/completions", 401, {"error": "Unauthorized"}, "vllm"),
        ("http://x/", 404, b"", "http"),
    ],
)  # fmt: skip
def test_the_vendor_is_recognised(url: str, status: int, body: object, vendor: str) -> None:
    assert told(status, body, url).vendor == vendor


def test_headers_and_the_service_tell_the_vendor_too() -> None:
    assert told(401, b"", "", ("X-IAM-Trace-Id", "t")).vendor == "iam"
    assert told(450, b"", "", ("X-Eas-Request-Id", "t")).vendor == "eas"
    known = explain(answer(450), "http://10.0.0.7/x", service="eas")
    assert known is not None
    assert known.vendor == "eas"


@pytest.mark.parametrize("status", [*range(400, 600), 600, 799, 999])
def test_an_unknown_code_still_says_what_the_status_means(status: int) -> None:
    found = told(status, {"error_code": "Nobody.1234", "error_msg": "?"})
    assert found.code == "Nobody.1234"
    assert found.meaning["en"]
    assert found.remedy["zh_CN"]


def test_a_status_is_the_code_of_an_answer_that_has_none() -> None:
    assert told(450, b"").code == "450"
    assert told(401, {"error": {"code": 401, "message": "x"}}).code == "401"


def test_the_request_id_of_the_body_is_kept() -> None:
    assert told(400, {"error_code": "APIG.0201", "error_msg": "x", "request_id": "abc"}).request_id == "abc"
    assert told(400, {"error_code": "APIG.0201", "error_msg": "x", "request_id": 3}).request_id == ""


def test_an_error_in_a_stream_is_explained_when_more_is_known_than_its_words() -> None:
    found = explain_in_stream(ServiceError(message="CUDA out of memory", code="500", type="InternalServerError"))
    assert found is not None
    assert found.vendor == "openai"
    assert explain_in_stream(ServiceError(message="hm"), "http://x/whatever") is None
    huawei = explain_in_stream(ServiceError(message="slow", code="ModelArts.4206"))
    assert huawei is not None
    assert huawei.vendor == "modelarts"


@pytest.mark.parametrize("code", [1000, 1001, 1002, 1003, 1005, 1006, 1007, 1008, 1009, *range(1010, 1016), 3000, 3003])
def test_every_close_code_of_a_websocket_has_words(code: int) -> None:
    found = explain_close(code, "why")
    assert (found.code, found.said) == (str(code), "why")
    assert "no standard" not in found.meaning["en"]


def test_private_and_unknown_close_codes_are_told_apart() -> None:
    words = {code: explain_close(code).meaning["en"] for code in (3999, 4001, 1999, 0, 70_000)}
    assert "library" in words[3999]
    assert "application" in words[4001]
    assert words[1999] == words[0] == words[70_000]


def test_an_explanation_speaks_english_where_a_language_is_missing() -> None:
    found = told(404)
    assert found.told("fr") == found.told("en") != found.told("zh_CN")
