"""HTTP or WebSocket: what says so, and how the URL is written for each."""

from __future__ import annotations

import pytest

from firstlight.formats.firstlight_yaml import FormatError, dump_request, parse_request
from firstlight.model.conversation import is_sendable_code
from firstlight.model.handshake_lines import handshake_lines, subprotocols
from firstlight.model.protocols import handshake, has_websocket_url, http_url, is_websocket, method_word, websocket_url
from firstlight.model.request import Body, Message, Request, RequestSettings


@pytest.mark.parametrize(
    ("request_made", "expected"),
    [
        (Request(url="https://h/x"), False),
        (Request(url="https://h/x", protocol="websocket"), True),
        (Request(url="wss://h/x"), True),
        (Request(url=" WS://h/x"), True),
        (Request(url="{{base}}/x"), False),
        (Request(url="wsx://h"), False),
        (Request(url="https://h/?u=ws://x"), False),
    ],
)
def test_a_websocket_is_told_by_the_request_or_by_its_url(request_made: Request, expected: bool) -> None:
    assert is_websocket(request_made) is expected
    assert method_word(request_made) == ("WS" if expected else "GET")


@pytest.mark.parametrize(
    ("http", "websocket"),
    [
        ("https://h/a?b=http://c#d", "wss://h/a?b=http://c#d"),
        ("http://h:8080/ws://x", "ws://h:8080/ws://x"),
        ("  https://h", "  wss://h"),
        ("{{base}}/x", "{{base}}/x"),
        ("h/x", "h/x"),
        ("", ""),
    ],
)
def test_the_scheme_changes_and_nothing_else(http: str, websocket: str) -> None:
    assert websocket_url(http) == websocket
    assert http_url(websocket) == http
    assert http_url(http) == http
    assert websocket_url(websocket) == websocket
    assert has_websocket_url(websocket) is (websocket != http)


def test_the_handshake_is_a_get_without_a_body() -> None:
    request = Request(method="POST", url="wss://h/x", body=Body(kind="raw", text="x"))
    assert handshake(request) == Request(url="https://h/x")


def test_the_lines_of_a_handshake() -> None:
    settings = RequestSettings(subprotocols=" chat, , json ")
    assert handshake_lines(settings, "KEY") == (
        ("Upgrade", "websocket"),
        ("Connection", "Upgrade"),
        ("Sec-WebSocket-Version", "13"),
        ("Sec-WebSocket-Key", "KEY"),
        ("Sec-WebSocket-Protocol", "chat, json"),
        ("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits"),
    )
    names = [name for name, _ in handshake_lines(RequestSettings(compress_messages=False), "", {"connection"})]
    assert names == ["Upgrade", "Sec-WebSocket-Version", "Sec-WebSocket-Key"]
    assert subprotocols("") == ()


def test_codes_that_a_client_may_send() -> None:
    may = [code for code in range(900, 5100) if is_sendable_code(code)]
    assert may[:2] == [1000, 1001]
    assert not {999, 1004, 1005, 1006, 1015, 1016, 2999, 5000} & set(may)
    assert {3000, 4999} <= set(may)


SAVED = """\
name: Chat
protocol: websocket
url: wss://h/x
messages:
  - name: Hello
    kind: json
    text: |-
      {"a": 1}
  - name: Bytes
    kind: binary
    encoding: base64
    text: |-
      AAE=
    later: kept
  - name: Picture
    kind: file
    path: files/rose.jpg
settings:
  subprotocols: chat
  compress_messages: false
  largest_message_mb: null
  ping_every_s: 20
"""


def test_a_websocket_and_its_messages_are_saved() -> None:
    request = parse_request(SAVED)
    assert request.messages == (
        Message(name="Hello", kind="json", text='{"a": 1}'),
        Message(name="Bytes", kind="binary", encoding="base64", text="AAE="),
        Message(name="Picture", kind="file", path="files/rose.jpg"),
    )
    assert request.settings == RequestSettings(
        subprotocols="chat", compress_messages=False, largest_message_mb=None, ping_every_s=20.0
    )
    assert dump_request(request) == SAVED


def test_the_method_of_before_survives_while_it_is_a_websocket() -> None:
    request = Request(name="x", protocol="websocket", method="POST", url="https://h")
    assert parse_request(dump_request(request)) == request
    assert "protocol" not in dump_request(Request(name="x", url="wss://h"))


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("protocol: gopher", "http, websocket"),
        ("settings: {largest_message_mb: much}", "megabytes"),
        ("messages: [{name: x, encoding: octal}]", "hex, base64"),
    ],
)
def test_what_cannot_be_read_is_named(line: str, word: str) -> None:
    with pytest.raises(FormatError) as caught:
        parse_request(f"name: x\nurl: wss://h\n{line}\n")
    assert word in str(caught.value.reason)
