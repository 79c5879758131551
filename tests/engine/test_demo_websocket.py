"""The WebSocket services of the demo, spoken to by the client of `websockets`."""

from __future__ import annotations

import json
from typing import Any

import pytest
from servers import run
from websocket_peers import talk
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from demo_server import RunningDemo
from firstlight.model.exchange import Exchange
from firstlight.model.request import Authorization, Request
from firstlight.runner.conversation import Conversation

TALK = "/v1/infers/b1e07d5c-3f92-4a68-8c41-92d6e0f7a35b"


def opened(demo: RunningDemo, path: str, **headers: str) -> ClientConnection:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    url = demo.url.replace("http", "ws") + path
    return connect(url, additional_headers=names, max_size=None, proxy=None)


def refused(demo: RunningDemo, path: str, **headers: str) -> tuple[int, str]:
    with pytest.raises(InvalidStatus) as caught, opened(demo, path, **headers):
        pass
    return caught.value.response.status_code, (caught.value.response.body or b"").decode()


@pytest.mark.parametrize(
    ("path", "login"),
    [
        (TALK, {"X_Auth_Token": "demo_token"}),
        (TALK, {"X_Apig_AppCode": "demo_appcode"}),
        ("/api/predict/talk", {"Authorization": "demo_eas_token"}),
    ],
)
def test_the_chat_streams_chunks_behind_every_gateway(demo: RunningDemo, path: str, login: dict[str, str]) -> None:
    headers = {name: demo[secret] for name, secret in login.items()}
    with opened(demo, path, **headers) as connection:
        assert json.loads(connection.recv())["type"] == "hello"
        for question in ("hello!", '{"messages": [{"role": "user", "content": "hello!"}]}'):
            connection.send(question)
            chunks = list(iter(connection.recv, "[DONE]"))
            pieces = [json.loads(chunk)["choices"][0]["delta"].get("content", "") for chunk in chunks]
            assert "Hello" in "".join(pieces)
            assert json.loads(chunks[-1])["choices"][0]["finish_reason"] == "stop"


def test_every_credential_is_checked_in_the_handshake(demo: RunningDemo) -> None:
    def code(**headers: str) -> tuple[int, Any]:
        status, body = refused(demo, TALK, **headers)
        return status, json.loads(body)["error_code"]

    assert code() == (401, "ModelArts.0201")
    assert code(X_Auth_Token=demo["demo_domain_token"]) == (400, "ModelArts.0204")
    assert code(X_Auth_Token=demo["demo_expired_token"]) == (401, "ModelArts.0202")
    assert code(X_Apig_AppCode="wrong") == (401, "APIG.0303")
    assert refused(demo, "/api/predict/talk", Authorization="wrong") == (401, "Unauthorized: invalid token")


def test_what_opens_no_websocket_is_not_found(demo: RunningDemo) -> None:
    iris = "/v1/infers/e4f6a9b2-5d1c-4c7e-9a83-0b2d7f61c5a8"
    assert refused(demo, iris, X_Auth_Token=demo["demo_token"])[0] == 404
    assert refused(demo, TALK + "/wrong", X_Auth_Token=demo["demo_token"])[0] == 404
    stopped = "/v1/infers/c03e8b47-9f52-4a6d-8d1b-f7e4a25c6b90"
    assert "ModelArts.4203" in refused(demo, stopped, X_Auth_Token=demo["demo_token"])[1]
    assert refused(demo, "/api/predict/nobody")[0] == 404
    assert refused(demo, "/api/predict/talk/deeper")[0] == 404


def test_the_echo_sends_text_and_bytes_back(demo: RunningDemo) -> None:
    with opened(demo, "/api/predict/echo", Authorization=demo["demo_eas_token"]) as connection:
        for message in ("初光", b"\x00\xff", "", b"", "x" * 3_000_000):
            connection.send(message)
            assert connection.recv() == message
    with opened(demo, TALK + "/echo", X_Auth_Token=demo["demo_token"]) as connection:
        connection.send("hello")
        assert connection.recv() == "hello"


@pytest.mark.parametrize("wrong", ['{"messages": 7}', "{broken", '{"model": "none"}', '{"demo_close": 12}'])
def test_a_wrong_question_is_an_error_message_and_the_talk_goes_on(demo: RunningDemo, wrong: str) -> None:
    with opened(demo, "/api/predict/talk", Authorization=demo["demo_eas_token"]) as connection:
        connection.recv()
        connection.send(wrong)
        assert json.loads(connection.recv())["error"]["message"]
        connection.send("hello!")
        chunks = list(iter(connection.recv, "[DONE]"))
        assert all("choices" in json.loads(chunk) for chunk in chunks)


@pytest.mark.parametrize(
    ("message", "code", "reason"),
    [
        ('{"demo_close": 4000, "reason": "enough"}', 4000, "enough"),
        ('{"demo_close": 1011}', 1011, ""),
        (b"\x00", 1003, "this service takes text"),
    ],
)
def test_the_chat_closes_with_the_code_that_is_asked_for(
    demo: RunningDemo, message: str | bytes, code: int, reason: str
) -> None:
    with opened(demo, "/api/predict/talk", Authorization=demo["demo_eas_token"]) as connection:
        connection.recv()
        connection.send(message)
        with pytest.raises(ConnectionClosed) as caught:
            connection.recv()
    assert caught.value.rcvd is not None
    assert (caught.value.rcvd.code, caught.value.rcvd.reason) == (code, reason)


@pytest.mark.parametrize("path", [TALK, TALK + "/echo?lang=zh%20CN"])
def test_a_handshake_signed_with_access_keys_is_let_in_and_a_wrong_key_is_not(demo: RunningDemo, path: str) -> None:
    def opened_with(sk: str) -> Exchange:
        signed = Authorization(kind="aksk", values={"ak": demo["demo_ak"], "sk": sk})
        request = Request(protocol="websocket", url=demo.url + path, authorization=signed)
        conversation = Conversation()
        conversation.close()
        return run(talk(request, conversation))[0]

    let_in = opened_with(demo["demo_sk"])
    assert let_in.failure is None
    assert let_in.closed is not None
    assert let_in.closed.code == 1000
    refused = opened_with("wrong")
    assert refused.failure is not None
    assert refused.failure.kind == "handshake-refused"
