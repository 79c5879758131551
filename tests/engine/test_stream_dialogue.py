"""Generated text in the messages of a WebSocket."""

from __future__ import annotations

import json

from firstlight.inference.dialogue import DialogueReader
from firstlight.inference.text_path import text_path
from firstlight.model.events import Event, Token, WebSocketMessage


def came(text: str | None, at_ns: int = 1) -> WebSocketMessage:
    return WebSocketMessage(at_ns=at_ns, direction="in", text=text, data=b"x" if text is None else None)


def went(text: str = "ask") -> WebSocketMessage:
    return WebSocketMessage(at_ns=1, direction="out", text=text)


def chunk(text: str, finish: str | None = None, index: int = 0) -> WebSocketMessage:
    return came(json.dumps({"choices": [{"index": index, "delta": {"content": text}, "finish_reason": finish}]}))


def words(events: list[Event]) -> str:
    return "".join(event.text for event in events if isinstance(event, Token))


def test_answers_follow_each_other_with_a_blank_line() -> None:
    reader = DialogueReader(0)
    told: list[Event] = []
    for message in (went(), chunk("One"), chunk(".", "stop"), went(), chunk("Two"), chunk("", "length")):
        told += reader.take(message)
    told += reader.close(9)
    summary = reader.summary()
    assert summary.text == words(told) == "One.\n\nTwo"
    assert (summary.finish_reason, summary.events, summary.truncated, summary.kind) == ("length", 4, False, "websocket")


def test_a_second_answer_that_was_cut_is_truncated() -> None:
    reader = DialogueReader(0)
    for message in (went(), chunk("One", "stop"), went(), chunk("Tw")):
        reader.take(message)
    assert reader.summary().truncated


def test_a_question_without_an_answer_changes_nothing() -> None:
    reader = DialogueReader(0)
    for message in (chunk("One", "stop"), went()):
        reader.take(message)
    assert (reader.summary().text, reader.summary().truncated) == ("One", False)


def test_binary_and_other_messages_are_counted_and_hold_no_text() -> None:
    reader = DialogueReader(0)
    for message in (came(None), came("hello"), came('{"type": "hello"}'), came(" {")):
        assert reader.take(message) == []
    assert (reader.summary().events, reader.summary().text) == (4, "")


def test_looking_ends_after_many_messages_without_text_and_begins_again_behind_ours() -> None:
    reader = DialogueReader(0)
    for _ in range(64):
        reader.take(came('{"price": 1}'))
    assert reader.take(chunk("unseen")) == []
    reader.take(went())
    assert words(reader.take(chunk("seen"))) == "seen"


def test_the_path_of_the_user_is_followed() -> None:
    reader = DialogueReader(0, text_path("$[1]"))
    assert words(reader.take(came('["t", "Hi"]'))) == "Hi"


def test_the_end_mark_of_sse_counts_here_too() -> None:
    reader = DialogueReader(0)
    reader.take(chunk("x"))
    assert reader.summary().truncated
    reader.take(came("[DONE]"))
    assert not reader.summary().truncated
