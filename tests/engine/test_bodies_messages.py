"""MESSAGES: what was typed for a WebSocket becomes the bytes that are sent."""

from __future__ import annotations

import pytest

from firstlight.bodies.messages import MESSAGES, message_kind
from firstlight.model.failure import ExchangeError
from firstlight.model.prepared import FileSlice, PreparedMessage
from firstlight.model.request import Message


def encoded(message: Message) -> PreparedMessage:
    def find(path: str) -> FileSlice:
        return FileSlice(path="/" + path, size_bytes=7)

    return message_kind(message.kind).encode(message, find)


def test_every_kind_has_a_word_and_a_label() -> None:
    assert tuple(kind.kind for kind in MESSAGES) == ("text", "json", "binary", "file")
    assert all(kind.label and kind.fields for kind in MESSAGES)


@pytest.mark.parametrize(
    ("message", "is_text", "content"),
    [
        (Message(text="初光"), True, "初光".encode()),
        (Message(text="\ud83d"), True, b"?"),
        (Message(kind="json", text="{"), True, b"{"),
        (Message(kind="binary", text=" 00 fF\n7f "), False, b"\x00\xff\x7f"),
        (Message(kind="binary", text=""), False, b""),
        (Message(kind="binary", text="AAH/ _-8=", encoding="base64"), False, b"\x00\x01\xff\xff\xef"),
        (Message(kind="binary", text="AAE", encoding="base64"), False, b"\x00\x01"),
    ],
)
def test_what_is_sent(message: Message, is_text: bool, content: bytes) -> None:
    made = encoded(message)
    assert (made.is_text, made.content, made.size_bytes) == (is_text, content, len(content))


def test_a_file_is_not_read() -> None:
    made = encoded(Message(kind="file", path=" rose.jpg "))
    assert (made.is_text, made.content, made.size_bytes) == (False, FileSlice(path="/rose.jpg", size_bytes=7), 7)


@pytest.mark.parametrize(
    ("message", "word"),
    [
        (Message(kind="binary", text="0x00"), "x"),
        (Message(kind="binary", text="000"), "odd number"),
        (Message(kind="binary", text="A", encoding="base64"), "base64"),
        (Message(kind="binary", text="ä", encoding="base64"), "ä"),
        (Message(kind="file", path=" "), "No file"),
        (Message(kind="song"), "song"),
    ],
)
def test_what_cannot_be_sent(message: Message, word: str) -> None:
    with pytest.raises(ExchangeError) as caught:
        encoded(message)
    assert word in str(caught.value.failure.message)
    assert caught.value.failure.hint
