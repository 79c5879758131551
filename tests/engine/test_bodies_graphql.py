"""GraphQL: the JSON object that servers expect, with the variables to the digit."""

from __future__ import annotations

import json

import pytest

from firstlight.bodies import body_kind
from firstlight.model.exchange import Scope, Variable
from firstlight.model.failure import ExchangeError
from firstlight.model.prepared import EncodedBody, FileSlice
from firstlight.model.request import Body, Request
from firstlight.runner.prepare import prepare

QUERY = 'query Flower($id: ID!) {\n  flower(id: $id, note: "ü\\n😀") { name }\n}\n'


def no_files(path: str) -> FileSlice:
    raise AssertionError(path)


def encoded(**fields: str) -> EncodedBody:
    return body_kind("graphql").encode(Body(**fields), no_files)  # type: ignore[arg-type]


def sent(**fields: str) -> bytes:
    return b"".join(piece for piece in encoded(**fields).pieces if isinstance(piece, bytes))


def test_query_variables_and_operation_become_one_object() -> None:
    data = sent(query=QUERY, variables='\n{"id": 1.10, "big": 12345678901234567890123}\n', operation=" Flower ")
    assert b'"variables":{"id": 1.10, "big": 12345678901234567890123},' in data
    assert json.loads(data)["query"] == QUERY
    assert json.loads(data)["operationName"] == "Flower"
    assert encoded(query=QUERY).content_type == "application/json"


def test_what_is_empty_is_left_out() -> None:
    assert sent(query="{ me }", variables=" \n", operation=" ") == b'{"query":"{ me }"}'


def test_half_a_character_is_still_json() -> None:
    assert json.loads(sent(query="\ud800 ü")) == {"query": "\ud800 ü"}


@pytest.mark.parametrize("variables", ["{", "[1]", "1", '{"a": {{n}}}', "{}{}", '{"a": "\ud800"}', "[" * 5000])
def test_variables_that_are_no_object_are_refused_before_anything_is_sent(variables: str) -> None:
    with pytest.raises(ExchangeError) as caught:
        encoded(query="{ me }", variables=variables)
    assert caught.value.failure.kind == "bad-graphql-variables"


def test_references_are_filled_in_everywhere() -> None:
    body = Body(kind="graphql", query="{ {{field}} }", variables='{"n": {{n}}}', operation="{{op}}")
    values = {"field": "me", "n": "1.10", "op": "Q"}
    scope = Scope(variables={k: Variable(value=v, origin="run") for k, v in values.items()}, secret=lambda name: None)
    prepared = prepare(Request(method="POST", url="http://host.test/", body=body), scope)
    assert prepared.body.pieces == (b'{"query":"{ me }","variables":{"n": 1.10},"operationName":"Q"}',)
