"""A new meta.uuid per send: the text at that place changes, and no other byte does."""

from __future__ import annotations

import json
import re
import uuid

import pytest

from firstlight.bodies import body_kind, meta_uuid
from firstlight.model.prepared import EncodedBody, FileSlice
from firstlight.model.request import Body

OLD = "10eb0091-887f-4839-9929-cbc884f1e20e"
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def no_files(path: str) -> FileSlice:
    raise AssertionError(path)


def encoded(text: str, *, language: str = "json", new: bool = True) -> EncodedBody:
    return body_kind("raw").encode(Body(text=text, language=language, new_meta_uuid=new), no_files)


def sent(body: EncodedBody) -> str:
    return b"".join(piece for piece in body.pieces if isinstance(piece, bytes)).decode()


@pytest.mark.parametrize(
    "text",
    [
        '{"meta": {"uuid": "OLD"}, "data": {"req_data": [{"sepal_length": 3, "petal_length": 2.20}]}}',
        '\r\n{ "data" : {"meta":{"uuid":"not this"}} ,\t"meta"\n:\n{ "a":["uuid",{"uuid":"nor"}], "uuid" : "OLD"}}',
        '{"m\\u0065ta": {"x": {}, "uu\\u0069d": "OLD"}, "s": "\\"meta\\": {\\"uuid\\": \\"no\\"}"}',
        '{"meta": {"uuid": "OLD"}, "meta": {"uuid": "OLD"}}',
        '{"a": 1.10, "meta": {"uuid": "OLD", "n": 1e400}, "b": 12345678901234567890123}',
    ],
)
def test_only_the_text_at_meta_uuid_changes(text: str) -> None:
    body = encoded(text.replace("OLD", OLD))
    assert UUID.fullmatch(body.meta_uuid)
    assert body.meta_uuid != OLD
    assert sent(body) == text.replace("OLD", body.meta_uuid)
    assert json.loads(sent(body))["meta"]["uuid"] == body.meta_uuid


def test_each_send_has_its_own() -> None:
    text = '{"meta": {"uuid": ""}}'
    made = {encoded(text).meta_uuid for _ in range(5)}
    assert len(made) == 5
    assert all(uuid.UUID(one).version == 4 for one in made)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"data": {}}',
        '{"meta": {}}',
        '{"meta": null, "uuid": "a"}',
        '{"meta": "uuid", "x": {"uuid": "a"}}',
        '{"meta": {"uuid": 5}}',
        '{"meta": {"uuid"',
        '{"meta": {"uuid": "a',
        '{"meta": {"uuid": "a\\\\\\"',
        '{"meta": {"uuid": "a\\\\',
        '[{"meta": {"uuid": "a"}}]',
        '{"meta": [{"uuid": "a"}]}',
        '{"meta": {"deep": {"uuid": "a"}}}',
        '{"met\\q": {"uuid": "a"}}',
        '}}{"meta',
    ],
)
def test_where_there_is_none_nothing_changes(text: str) -> None:
    body = encoded(text)
    assert sent(body) == text
    assert body.meta_uuid == ""
    assert not meta_uuid.is_in(text)


def test_it_is_left_alone_unless_asked_for_and_told_either_way() -> None:
    text = json.dumps({"meta": {"uuid": OLD}})
    body = encoded(text, new=False)
    assert (sent(body), body.meta_uuid) == (text, OLD)
    other = encoded(text, language="text")
    assert (sent(other), other.meta_uuid) == (text, "")


def test_placeholders_beside_it_do_not_hide_it() -> None:
    text = '{"n": {{n}}, "meta": {"a": {{a}}, "uuid": "x"}}'
    assert meta_uuid.is_in(text)
    assert meta_uuid.renewed(text) != text


def test_a_huge_body_is_not_looked_into() -> None:
    text = json.dumps({"meta": {"uuid": OLD}, "data": "x" * meta_uuid.MOST_BYTES})
    assert encoded(text, new=False).meta_uuid == ""


def test_a_text_that_is_not_closed_yet_is_read_once() -> None:
    """Looked through again from each quote within, this one would keep the window busy for hours."""
    text = '{"prompt": "' + '\\"a\\", ' * 200_000
    assert not meta_uuid.is_in(text)
