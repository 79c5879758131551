"""The vendors' own signatures, request by request: made with Huawei's and Alibaba's SDKs."""

from __future__ import annotations

import json
from base64 import b64decode
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from firstlight.auth import method
from firstlight.auth.huawei_canonical import canonical_request
from firstlight.auth.huawei_signature import UNSIGNED, header
from firstlight.auth.occasion import Occasion
from firstlight.model.prepared import EncodedBody, PreparedRequest
from firstlight.model.wire_url import wire_url
from firstlight.runner.signing import hashed

VECTORS = Path(__file__).parent / "signing_vectors"
HUAWEI: list[dict[str, Any]] = json.loads((VECTORS / "huawei_signing.json").read_text("utf-8"))["vectors"]
EAS: list[dict[str, Any]] = json.loads((VECTORS / "eas_signing.json").read_text("utf-8"))["vectors"]
SDK_QUIRK = "16_nonjson_empty_body"
"""The SDK announces an unsigned payload and signs the empty one; the header is better not sent."""


def body_of(given: dict[str, Any] | None) -> bytes:
    if not given:
        return b""
    if "unit" in given:
        return str(given["unit"]).encode() * int(given["times"])
    return str(given["utf8"]).encode() if "utf8" in given else b64decode(given["base64"])


def occasion(body: bytes, at: datetime) -> Occasion:
    encoded = EncodedBody(pieces=(body,))
    return Occasion(at=at, hash_body=lambda algorithm: hashed(encoded, algorithm))


def typed_url(given: dict[str, Any]) -> str:
    if "url" in given:
        return str(given["url"])
    pairs = [f"{quote(key, safe='~')}={quote(value, safe='~')}" for key, value in given["query"]]
    return f"{given['scheme']}://{given['host']}{given['path']}{'?' if pairs else ''}{'&'.join(pairs)}"


def signed(vector: dict[str, Any]) -> PreparedRequest:
    given = vector["input"]
    date = next(value for name, value in given["headers"].items() if name.lower() == "x-sdk-date")
    body = body_of(given["body"])
    request = PreparedRequest(
        method=given["method"],
        url=wire_url(typed_url(given)).url,
        headers=tuple((name, value) for name, value in given["headers"].items() if name.lower() != "x-sdk-date"),
        body=EncodedBody(pieces=(body,) if body else ()),
    )
    at = datetime.strptime(date, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    if "apig" in vector["id"]:
        values = {"app_key": given["ak"], "app_secret": given["sk"], "headers": "all"}
        return method("app-signature").authorise(request, values, occasion(body, at))
    values = {"ak": given["ak"], "sk": given["sk"], "headers": "all", "project_id": given["project_id"] or "",
              "security_token": given["security_token"] or "", **(given["derived"] or {})}  # fmt: skip
    kind = "aksk-derived" if given["derived"] else "aksk"
    return method(kind).authorise(request, values, occasion(body, at))


@pytest.mark.parametrize("vector", [v for v in HUAWEI if v["id"] != SDK_QUIRK], ids=lambda vector: vector["id"])
def test_a_request_is_signed_as_huawei_signs_it(vector: dict[str, Any]) -> None:
    expected, made = vector["expected"], signed(vector)

    assert made.signing is not None
    assert made.signing.canonical_request == expected["canonical_request"]
    assert sha256(made.signing.canonical_request.encode()).hexdigest() == expected["canonical_request_sha256"]
    assert made.signing.string_to_sign == expected["string_to_sign"]
    assert header(made, "Authorization") == expected["authorization"]
    assert expected["signature"] in made.secrets
    wanted = {name.lower(): value for name, value in expected["headers"].items() if name.lower() != "host"}
    assert {name.lower(): value for name, value in made.headers} == wanted


def test_an_empty_body_is_signed_as_empty_and_never_announced_as_unsigned() -> None:
    vector = next(vector for vector in HUAWEI if vector["id"] == SDK_QUIRK)
    made = signed(vector)

    assert header(made, "X-Sdk-Content-Sha256") == ""
    assert made.signing is not None
    assert made.signing.canonical_request.endswith("\ncontent-type;host;x-sdk-date\n" + sha256(b"").hexdigest())
    host, date = vector["input"]["host"], vector["input"]["headers"]["X-Sdk-Date"]
    announced = ("x-sdk-content-sha256", UNSIGNED)
    with_header = (("content-type", "text/plain"), ("host", host), announced, ("x-sdk-date", date))
    as_the_sdk = canonical_request("POST", vector["input"]["path"], with_header, sha256(b"").hexdigest())
    assert as_the_sdk == vector["expected"]["canonical_request"]


@pytest.mark.parametrize("vector", EAS, ids=lambda vector: vector["id"])
def test_a_request_is_signed_as_the_eas_sdk_signs_it(vector: dict[str, Any]) -> None:
    given, body = vector["input"], body_of(vector["input"]["body"])
    type_row = (("Content-Type", given["content_type"]),) if given["content_type"] else ()
    url = given["custom_url"] or f"http://1.cn-shanghai.pai-eas.aliyuncs.com/api/predict/{given['service_name']}"
    request = PreparedRequest(
        method="POST",
        url=wire_url(url).url,
        headers=(*given["headers"].items(), *type_row),
        body=EncodedBody(pieces=(body,) if body else ()),
    )
    at = datetime(2025, 11, 22, 7, tzinfo=UTC)
    made = method("eas-signature").authorise(request, {"token": given["token"]}, occasion(body, at))

    wanted = {name: value for name, value in vector["headers"].items() if name != "Content-Length"}
    assert dict(made.headers) == wanted
    assert (made.signing.string_to_sign if made.signing else None) == vector["string_to_sign"]
