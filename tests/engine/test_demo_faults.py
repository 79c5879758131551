"""Every fault of the demo goes wrong in the way it says."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest

from demo_server import RunningDemo
from firstlight.demo.faults.bodies import ENCODINGS
from firstlight.demo.faults.scripts import CONNECTIONS, HEADS


@pytest.fixture
def client(demo: RunningDemo) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"{demo.url}/faults", trust_env=False) as client:
        yield client


def test_the_faults_are_listed(client: httpx.Client, demo: RunningDemo) -> None:
    assert client.get(f"{demo.url}/faults").json()["/malformed"]


def test_slow_waits_before_it_answers(client: httpx.Client) -> None:
    assert client.get("/slow?delay_ms=1").json() == {"waited_ms": 1}
    with pytest.raises(httpx.ReadTimeout):
        client.get("/slow?delay_ms=60000", timeout=0.05)


def test_a_slow_body_comes_byte_by_byte(client: httpx.Client) -> None:
    with client.stream("GET", "/slow-body?delay_ms=1") as answer:
        pieces = list(answer.iter_raw())
    assert len(pieces) > 5
    assert json.loads(b"".join(pieces))["message"]


def test_a_cut_stream_ends_inside_an_event(client: httpx.Client) -> None:
    received: list[bytes] = []
    with client.stream("POST", "/cut-stream?tokens=4") as answer:
        assert answer.status_code == 200
        with pytest.raises(httpx.RemoteProtocolError):
            received.extend(answer.iter_raw())
    *events, rest = b"".join(received).split(b"\n\n")
    assert len(events) == 4
    assert rest.startswith(b"data: {")


def test_a_cut_body_is_shorter_than_promised(client: httpx.Client) -> None:
    with pytest.raises(httpx.RemoteProtocolError, match="47 bytes, expected 4096"):
        client.get("/cut-body")


def test_an_error_in_the_stream_comes_before_done(client: httpx.Client) -> None:
    answer = client.post("/error-in-stream")
    *_, error, done = answer.text.strip().split("\n\n")
    assert answer.status_code == 200
    assert json.loads(error.removeprefix("data: "))["error"]["code"] == 500
    assert done == "data: [DONE]"


def test_an_endless_stream_ends_when_the_client_goes(client: httpx.Client) -> None:
    received = 0
    with client.stream("POST", "/endless?demo_pace_ms=1") as answer:
        for piece in answer.iter_raw():
            received += piece.count(b"\n\n")
            if received > 150:
                break
    assert received > 150
    assert client.get("/echo").status_code == 200


def test_malformed_json_has_status_200(client: httpx.Client) -> None:
    answer = client.get("/malformed")
    assert answer.status_code == 200
    with pytest.raises(json.JSONDecodeError):
        answer.json()


def test_huge_has_the_size_that_was_asked_for_and_is_json(client: httpx.Client) -> None:
    answer = client.get("/huge?mb=2")
    assert 2 * 2**20 <= len(answer.content) < 2.2 * 2**20
    assert answer.json()[0]["label"] == "点 0"


@pytest.mark.parametrize("encoding", [name for name, _ in ENCODINGS])
def test_packed_bodies_unpack_to_the_same_text(client: httpx.Client, encoding: str) -> None:
    answer = client.get(f"/encoded/{encoding}")
    assert answer.headers["content-encoding"] == encoding
    assert answer.json()["中文"] == "初光"
    assert answer.json()["encoding"] == encoding


def test_an_unknown_encoding_is_not_found(client: httpx.Client) -> None:
    assert client.get("/encoded/rot13").status_code == 404


def test_too_many_requests_says_when_to_come_back(client: httpx.Client) -> None:
    answer = client.post("/too-many-requests?retry_after_s=3")
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "3")
    assert answer.json()["error_code"] == "ModelArts.4206"


def test_a_redirect_leads_to_an_echo_of_another_origin(client: httpx.Client, demo: RunningDemo) -> None:
    answer = client.get("/redirect")
    assert answer.status_code == 307
    assert answer.headers["location"] == f"{demo.addresses['demo_other_origin']}/faults/echo"
    echoed = client.post("/redirect?status=308", content=b"hello", follow_redirects=True).json()
    assert (echoed["origin"], echoed["method"], echoed["body"]) == ("other", "POST", {"text": "hello"})


def test_a_redirect_loop_has_no_end(client: httpx.Client) -> None:
    with pytest.raises(httpx.TooManyRedirects):
        client.get("/redirect-loop", follow_redirects=True)


@pytest.mark.parametrize("code", [201, 204, 304, 404, 450, 494, 499, 503, 530, 599])
def test_any_status_can_be_had(client: httpx.Client, code: int) -> None:
    answer = client.get(f"/status/{code}")
    assert answer.status_code == code
    assert bool(answer.content) == (code not in {204, 304})


def test_a_status_that_ends_no_request_is_refused(client: httpx.Client) -> None:
    assert client.get("/status/101").status_code == 400


def test_the_echo_shows_what_arrived(client: httpx.Client) -> None:
    answer = client.put("/echo?a=1&a=2", content=b"\xff\x00", headers={"X-Note": "你好".encode()}).json()
    assert (answer["origin"], answer["method"], answer["query"]) == ("main", "PUT", "a=1&a=2")
    assert answer["body"] == {"base64": "/wA="}
    assert answer["body_bytes"] == 2
    assert ["x-note", "你好"] in answer["headers"]


def played(demo: RunningDemo, path: str) -> bytes:
    """Send a request to the broken server and return everything it says; a reset says nothing."""
    where = urlsplit(demo.addresses["demo_broken_url"])
    with socket.create_connection((where.hostname, where.port), timeout=10) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        received = b""
        try:
            while piece := connection.recv(4096):
                received += piece
        except ConnectionResetError:
            return b"reset"
    return received


ENDING = [path for path, _ in (*CONNECTIONS, *HEADS) if path not in {"/silent", "/takes-nothing", "/stops-in-head"}]
"""Those that end by themselves; tests/causes has all of them."""


@pytest.mark.parametrize("path", ENDING)
def test_no_client_takes_the_broken_server_for_http(demo: RunningDemo, path: str) -> None:
    with httpx.Client(trust_env=False) as client, pytest.raises((httpx.NetworkError, httpx.RemoteProtocolError)):
        client.get(demo.addresses["demo_broken_url"] + path)


def test_the_broken_server_breaks_in_different_ways(demo: RunningDemo) -> None:
    said = {path: played(demo, path) for path in (*ENDING, "/bad-chunk", "/cut-chunks")}
    assert said["/not-http"].startswith(b"SSH-")
    assert said["/hang-up"] == b""
    assert said["/reset"] == said["/reset-in-head"] == b"reset"
    assert said["/bad-chunk"].endswith(b"xyz\r\n")
    assert len(set(said.values())) == len(said) - 1


def test_the_silent_server_accepts_and_never_answers(demo: RunningDemo) -> None:
    with httpx.Client(trust_env=False, timeout=0.1) as client, pytest.raises(httpx.ReadTimeout):
        client.get(demo.addresses["demo_broken_url"] + "/silent")


def test_a_client_that_speaks_no_http_does_not_disturb_the_broken_server(demo: RunningDemo) -> None:
    where = urlsplit(demo.addresses["demo_broken_url"])
    with socket.create_connection((where.hostname, where.port)) as connection:
        connection.sendall(b"\r\n\r\n")
        assert connection.recv(100) == b""
    assert played(demo, "/not-http").startswith(b"SSH-")


def test_a_stream_held_back_comes_whole(client: httpx.Client) -> None:
    text = client.post("/held-back", params={"delay_ms": 0}).text
    assert text.count("data: ") > 8
    assert text.endswith("data: [DONE]\n\n")
