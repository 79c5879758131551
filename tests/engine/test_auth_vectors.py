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
from firstlight.auth.huawei_signature import UNSIGNED
from firstlight.auth.occasion import Occasion
from firstlight.auth.placing import header
from firstlight.model.prepared import EncodedBody, PreparedRequest
from firstlight.model.wire_url import wire_url
from firstlight.runner.signing import hashed

VECTORS = Path(__file__).parent / "signing_vectors"
HUAWEI: list[dict[str, Any]] = json.loads((VECTORS / "huawei_signing.json").read_text("utf-8"))["vectors"]
EAS: list[dict[str, Any]] = json.loads((VECTORS / "eas_signing.json").read_text("utf-8"))["vectors"]
AWS: list[dict[str, Any]] = json.loads((VECTORS / "aws_signing.json").read_text("utf-8"))["vectors"]
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


@pytest.mark.parametrize("vector", AWS, ids=lambda vector: vector["id"])
def test_a_request_is_signed_as_botocore_signs_it(vector: dict[str, Any]) -> None:
    given, body = vector["input"], b64decode(vector["input"]["body"])
    request = PreparedRequest(
        method=given["method"],
        url=wire_url(given["url"]).url,
        headers=tuple(given["headers"].items()),
        body=EncodedBody(pieces=(body,) if body else ()),
    )
    values = {name: given[name] or "" for name in ("access_key", "secret_key", "session_token", "region", "service")}
    at = datetime.strptime(given["at"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    made = method("aws-sigv4").authorise(request, values, occasion(body, at))

    assert header(made, "Authorization") == vector["expected"]["authorization"]
    assert header(made, "X-Amz-Date") == vector["expected"]["x_amz_date"]


@pytest.mark.parametrize(
    ("values", "rows", "payload", "signed_headers"),
    [
        ({}, {"Content-Type": "application/json"}, "hash", "content-type;host;x-sdk-date"),
        ({"payload": "unsigned"}, {"Content-Type": "application/json"}, UNSIGNED,
         "content-type;host;x-sdk-content-sha256;x-sdk-date"),
        ({"payload": "signed"}, {"Content-Type": "image/png"}, "hash", "content-type;host;x-sdk-date"),
        ({}, {"Content-Type": "Image/PNG"}, UNSIGNED, "content-type;host;x-sdk-content-sha256;x-sdk-date"),
        ({}, {"Accept": "*/*", "X-Own": "1", "X-Stage": "RELEASE"}, "hash", "host;x-sdk-date;x-stage"),
        ({"domain_id": "d1"}, {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Key": "k"}, "hash",
         "host;x-domain-id;x-sdk-date"),
        ({"headers": "all"}, {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Key": "k"}, "hash",
         "host;x-sdk-date"),
        ({}, {"X-Sdk-Content-Sha256": "0123abcd"}, "0123abcd", "host;x-sdk-content-sha256;x-sdk-date"),
        ({}, {"Host": "inner:80"}, "hash", "host;x-sdk-date"),
    ],
)  # fmt: skip
def test_what_of_a_request_the_signature_covers(
    values: dict[str, str], rows: dict[str, str], payload: str, signed_headers: str
) -> None:
    body = b'{"a": 1}'
    request = PreparedRequest(
        method="POST", url="https://h.test/p", headers=tuple(rows.items()), body=EncodedBody(pieces=(body,))
    )
    made = method("aksk").authorise(
        request, {"ak": "A", "sk": "S", **values}, occasion(body, datetime(2026, 1, 2, tzinfo=UTC))
    )
    assert made.signing is not None
    lines = made.signing.canonical_request.split("\n")
    assert lines[-1] == (sha256(body).hexdigest() if payload == "hash" else payload)
    assert lines[-2] == signed_headers
    assert f"host:{rows.get('Host', 'h.test').removesuffix(':80')}" in lines
    assert made.signing.payload == ("unsigned" if payload == UNSIGNED else "hashed")
    automatic = payload == UNSIGNED and "payload" not in values
    assert any("UNSIGNED-PAYLOAD" in str(note) for note in made.notes) == automatic


def test_an_unsigned_body_of_an_app_leaves_its_type_out() -> None:
    body = b"\x89PNG"
    request = PreparedRequest(
        method="POST",
        url="https://h.test/p",
        headers=(("Content-Type", "image/png"), ("x_own", "1")),
        body=EncodedBody(pieces=(body,)),
    )
    at = datetime(2026, 1, 2, tzinfo=UTC)
    values = {"app_key": "A", "app_secret": "S", "headers": "all"}
    hashed_one = method("app-signature").authorise(request, values, occasion(body, at))
    unsigned = method("app-signature").authorise(request, values | {"payload": "unsigned"}, occasion(body, at))
    assert hashed_one.signing is not None
    assert hashed_one.signing.canonical_request.split("\n")[-2] == "content-type;host;x-sdk-date;x_own"
    assert unsigned.signing is not None
    assert unsigned.signing.canonical_request.split("\n")[-2:] == [
        "host;x-sdk-content-sha256;x-sdk-date;x_own", UNSIGNED,
    ]  # fmt: skip
    assert header(unsigned, "Content-Type") == "image/png"


def test_an_address_of_its_own_gets_the_eas_token_as_it_is() -> None:
    request = PreparedRequest(method="POST", url="https://models.example/v1/chat")
    made = method("eas-signature").authorise(request, {"token": "t0ken=="}, occasion(b"", datetime.now(UTC)))
    assert header(made, "Authorization") == "t0ken=="
    assert header(made, "Content-MD5") == ""
    assert made.signing is None
    assert any("/api/predict/" in str(note) for note in made.notes)
