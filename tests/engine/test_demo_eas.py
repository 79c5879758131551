"""What a person sees who calls the demo's PAI-EAS gateway."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from demo_server import RunningDemo
from firstlight.demo.eas.gateway import LARGEST_BODY_BYTES

GATEWAY = {"Host": "gw-demo.cn-hangzhou.pai-eas.aliyuncs.com"}
CHAT = {"model": "demo-chat", "messages": [{"role": "user", "content": "hello!"}]}


@pytest.fixture
def client(demo: RunningDemo) -> Iterator[httpx.Client]:
    base_url = f"{demo.url}/api/predict"
    with httpx.Client(base_url=base_url, headers={"Authorization": demo["demo_eas_token"]}, trust_env=False) as client:
        yield client


def test_the_token_stands_raw_in_authorization(client: httpx.Client) -> None:
    answer = client.post("/chat/v1/chat/completions", json=CHAT)
    assert answer.status_code == 200
    assert answer.json()["choices"][0]["message"]["content"]


def test_the_token_may_stand_after_bearer(client: httpx.Client, demo: RunningDemo) -> None:
    headers = {"Authorization": f"Bearer {demo['demo_eas_token']}"}
    assert client.get("/chat/v1/models", headers=headers).status_code == 200


@pytest.mark.parametrize("value", ["", "wrong", "Bearer Bearer {token}", "Bearer", "{token}=", "Basic {token}"])
def test_a_wrong_token_gets_401_in_plain_text(client: httpx.Client, demo: RunningDemo, value: str) -> None:
    answer = client.post("/echo", headers={"Authorization": value.format(token=demo["demo_eas_token"])})
    assert answer.status_code == 401
    assert answer.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/nothing", 404),
        ("POST", "/chat", 404),
        ("POST", "/chat/v1", 404),
        ("GET", "/echo", 405),
        ("POST", "/busy", 450),
        ("POST", "/starting", 503),
    ],
)
def test_a_wrong_address_or_a_busy_service_is_told_in_plain_text(
    client: httpx.Client, method: str, path: str, status: int
) -> None:
    answer = client.request(method, path)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.text


def test_the_echo_sends_back_one_megabyte_and_no_more(client: httpx.Client) -> None:
    body = bytes(range(256)) * (LARGEST_BODY_BYTES // 256)
    answer = client.post("/echo", content=body, headers={"Content-Type": "image/x-any"})
    assert (answer.content, answer.headers["content-type"]) == (body, "image/x-any")
    assert client.post("/echo", content=body + b"!").status_code == 413


def test_a_dedicated_gateway_takes_more(client: httpx.Client) -> None:
    body = b"!" * (LARGEST_BODY_BYTES + 1)
    assert client.post("/echo", content=body, headers=GATEWAY).content == body


@pytest.mark.parametrize("name", ["llm", "llm.chat"])
def test_a_group_has_a_token_of_its_own(client: httpx.Client, demo: RunningDemo, name: str) -> None:
    path = f"/{name}/v1/chat/completions"
    assert client.post(path, json=CHAT).status_code == 401
    answer = client.post(path, json=CHAT, headers={"Authorization": demo["demo_eas_group_token"]})
    assert answer.status_code == 200
    assert client.post("/echo", headers={"Authorization": demo["demo_eas_group_token"]}).status_code == 401


@pytest.mark.parametrize(("service", "status"), [("chat", 200), ("nothing", 404)])
def test_the_vpc_is_told_where_the_instances_are(demo: RunningDemo, service: str, status: int) -> None:
    host = {"Host": "pai-eas-vpc.cn-hangzhou.aliyuncs.com"}
    url = f"{demo.url}/api/v1/servicediscovery/upstreams/{service}"
    answer = httpx.get(url, headers=host, trust_env=False)
    assert answer.status_code == status
    if status == 200:
        (instance,) = answer.json()["endpoints"]["items"]
        assert demo.addresses["demo_node_url"] == f"http://{instance['ip']}:{instance['port']}"
