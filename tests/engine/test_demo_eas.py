"""What a person sees who calls the demo's PAI-EAS gateway."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from demo_server import RunningDemo
from firstlight.demo.eas.gateway import LARGEST_BODY_BYTES

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
