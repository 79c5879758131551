"""What a person sees who calls the services behind the demo's ModelArts gateway."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from demo_server import RunningDemo
from firstlight.demo.modelarts.gateway import LARGEST_BODY_BYTES
from firstlight.demo.modelarts.services import CHAT, FLOWERS, IRIS, STOPPED

ROW = {"sepal_length": 5.1, "sepal_width": 3.5, "petal_length": 1.4, "petal_width": 0.2}
BODY = {"meta": {"uuid": "10eb0091"}, "data": {"req_data": [ROW]}}
URL = f"/v1/infers/{IRIS.id}"


@pytest.fixture
def client(demo: RunningDemo) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=demo.url, trust_env=False) as client:
        yield client


def problem(answer: httpx.Response) -> tuple[int, str]:
    body = answer.json()
    assert body["request_id"] == answer.headers["x-request-id"]
    return answer.status_code, body["error_code"]


@pytest.mark.parametrize(
    ("row", "species"),
    [
        (ROW, "setosa"),
        ({"sepal_length": 5.9, "sepal_width": 3.0, "petal_length": 4.2, "petal_width": 1.5}, "versicolor"),
        ({"sepal_length": "6.3", "sepal_width": 3.3, "petal_length": 6, "petal_width": 2.5}, "virginica"),
    ],
)
def test_a_flower_is_named_and_the_uuid_comes_back(
    client: httpx.Client, demo: RunningDemo, row: dict[str, Any], species: str
) -> None:
    body = {"meta": {"uuid": "10eb0091"}, "data": {"req_data": [row, ROW]}}
    answer = client.post(URL, json=body, headers={"X-Auth-Token": demo["demo_token"]})
    assert answer.status_code == 200
    assert answer.json()["meta"] == {"uuid": "10eb0091"}
    first, second = answer.json()["data"]["resp_data"]
    assert (first["predictresult"], first["predict_result"], second["predict_result"]) == (species, species, "setosa")
    assert sum(first["probabilities"].values()) == pytest.approx(1, abs=0.001)
    assert {name: first[name] for name in row} == row
    assert answer.headers["x-request-id"]


def test_meta_may_be_missing_and_rows_may_stand_at_the_top(client: httpx.Client, demo: RunningDemo) -> None:
    answer = client.post(URL, json={"req_data": [ROW]}, headers={"X-Apig-AppCode": demo["demo_appcode"]})
    assert answer.json()["meta"] == {"uuid": ""}


@pytest.mark.parametrize(
    ("header", "value", "expected"),
    [
        ("X-Other", "", (401, "ModelArts.0201")),
        ("X-Auth-Token", "demo_expired_token", (401, "ModelArts.0202")),
        ("X-Auth-Token", "MIIgarbage", (401, "ModelArts.0203")),
        ("X-Auth-Token", "", (401, "ModelArts.0203")),
        ("X-Auth-Token", "demo_domain_token", (400, "ModelArts.0204")),
        ("X-Auth-Token", "demo_other_project_token", (403, "ModelArts.0210")),
        ("X-Apig-AppCode", "unknown", (401, "APIG.0303")),
        ("X-Apig-AppCode", "demo_api_key", (403, "APIG.0304")),
    ],
)
def test_a_wrong_credential_is_refused_with_its_own_code(
    client: httpx.Client, demo: RunningDemo, header: str, value: str, expected: tuple[int, str]
) -> None:
    answer = client.post(URL, json=BODY, headers={header: demo.credentials.get(value, value)})
    assert problem(answer) == expected


def test_a_token_with_one_changed_character_is_refused(client: httpx.Client, demo: RunningDemo) -> None:
    token = demo["demo_token"]
    changed = token[:200] + ("A" if token[200] != "A" else "B") + token[201:]
    for damaged in (changed, token[:-8]):
        assert problem(client.post(URL, json=BODY, headers={"X-Auth-Token": damaged})) == (401, "ModelArts.0203")


@pytest.mark.parametrize(
    ("scope", "expected"),
    [({}, (401, "ModelArts.0212")), ({"project": {"name": "cn-north-4"}}, (401, "ModelArts.0207"))],
)
def test_a_token_without_the_services_region_is_refused(
    client: httpx.Client, demo: RunningDemo, scope: dict[str, Any], expected: tuple[int, str]
) -> None:
    user = {"name": "demo-user", "password": demo["demo_password"], "domain": {"name": "first-light"}}
    auth = {"identity": {"methods": ["password"], "password": {"user": user}}, **({"scope": scope} if scope else {})}
    token = client.post("/v3/auth/tokens", json={"auth": auth}).headers["x-subject-token"]
    assert problem(client.post(URL, json=BODY, headers={"X-Auth-Token": token})) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (f"{URL}/predict", (404, "APIG.0101")),
        (f"/v1/infers/{CHAT.id}", (404, "APIG.0101")),
        ("/v1/infers/00000000", (404, "APIG.0101")),
        ("/v1/infers", (400, "ModelArts.4201")),
        (f"/v1/infers/{STOPPED.id}", (400, "ModelArts.4203")),
        (f"{URL}?{'a' * 33_000}", (414, "APIG.0201")),
    ],
)
def test_a_wrong_address_is_told(client: httpx.Client, demo: RunningDemo, path: str, expected: tuple[int, str]) -> None:
    answer = client.post(path, json=BODY, headers={"X-Auth-Token": demo["demo_token"]})
    assert problem(answer) == expected


def test_a_header_over_32_kb_gets_status_494(client: httpx.Client) -> None:
    assert problem(client.post(URL, json=BODY, headers={"X-Auth-Token": "x" * 33_000})) == (494, "APIG.0201")


def test_get_is_not_allowed(client: httpx.Client, demo: RunningDemo) -> None:
    answer = client.get(URL, headers={"X-Auth-Token": demo["demo_token"]})
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


@pytest.mark.parametrize(
    ("content", "expected"), [(b"", (400, "ModelArts.4202")), (b'{"meta": {}\n "data"', (400, "ModelArts.4105"))]
)
def test_an_unreadable_body_is_told(
    client: httpx.Client, demo: RunningDemo, content: bytes, expected: tuple[int, str]
) -> None:
    assert problem(client.post(URL, content=content, headers={"X-Auth-Token": demo["demo_token"]})) == expected


@pytest.mark.parametrize(
    "body",
    [
        {"data": {"req_data": []}},
        {"data": {"req_data": [1]}},
        {"data": {"req_data": [{"sepal_length": 1}]}},
        {"data": {"req_data": [{**ROW, "petal_width": "wide"}]}},
        {"data": {"req_data": [{**ROW, "petal_width": 1e300}]}},
    ],
)
def test_rows_that_cannot_be_predicted_fail_as_the_engine_does(
    client: httpx.Client, demo: RunningDemo, body: dict[str, Any]
) -> None:
    answer = client.post(URL, json=body, headers={"X-Auth-Token": demo["demo_token"]})
    assert (answer.status_code, answer.json()["erno"]) == (400, "MR.0105")


def test_twelve_megabytes_pass_and_one_byte_more_does_not(client: httpx.Client, demo: RunningDemo) -> None:
    headers = {"X-Auth-Token": demo["demo_token"]}
    start = b'{"req_data": [{"sepal_length":5,"sepal_width":3,"petal_length":1,"petal_width":0.2}]'
    largest = start + b" " * (LARGEST_BODY_BYTES - len(start) - 1) + b"}"
    assert client.post(URL, content=largest, headers=headers).status_code == 200
    assert problem(client.post(URL, content=largest + b" ", headers=headers)) == (413, "ModelArts.4104")
    pieces = (largest[i : i + 65536] for i in range(0, len(largest) + 1, 65536))
    answer = client.post(URL, content=(piece + b" " for piece in pieces), headers=headers)
    assert problem(answer) == (413, "ModelArts.4104")


def test_debug_mode_tells_gateway_and_model_apart(client: httpx.Client, demo: RunningDemo) -> None:
    headers = {"X-Auth-Token": demo["demo_token"], "X-Apig-Mode": "debug"}
    answer = client.post(URL, json=BODY, headers=headers)
    assert int(answer.headers["x-apig-upstream-latency"]) <= int(answer.headers["x-apig-latency"])


def test_a_custom_image_streams_behind_the_gateway(client: httpx.Client, demo: RunningDemo) -> None:
    body = {"model": "demo-chat", "messages": [{"role": "user", "content": "Hello"}], "stream": True}
    headers = {"X-Auth-Token": demo["demo_token"]}
    answer = client.post(f"/v1/infers/{CHAT.id}/v1/chat/completions", json=body, headers=headers)
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.text.rstrip().endswith("data: [DONE]")


def test_the_services_are_listed_with_their_addresses(client: httpx.Client, demo: RunningDemo) -> None:
    services = client.get("/v1/services").json()["services"]
    flowers = next(service for service in services if service["service_id"] == FLOWERS.id)
    assert flowers["access_address"] == [f"{demo.url}/v1/infers/{FLOWERS.id}"]
