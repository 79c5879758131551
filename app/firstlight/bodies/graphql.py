"""GraphQL over HTTP: one JSON object with the query, its variables and the name of the operation."""

from __future__ import annotations

import json

import msgspec

from firstlight.bodies.kind import BodyKind, FileLookup
from firstlight.model.failure import failed
from firstlight.model.prepared import EncodedBody
from firstlight.model.request import Body
from firstlight.texts import N_, Phrase

_is_object = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode


def _encode(body: Body, find_file: FileLookup) -> EncodedBody:
    members = [b'"query":' + _quoted(body.query)]
    if variables := body.variables.strip():
        members.append(b'"variables":' + _checked(variables))
    if operation := body.operation.strip():
        members.append(b'"operationName":' + _quoted(operation))
    return EncodedBody(pieces=(b"{" + b",".join(members) + b"}",), content_type="application/json")


def _quoted(text: str) -> bytes:
    # Half a character has no UTF-8; as an escape it is still JSON.
    return json.dumps(text, ensure_ascii=False).encode("utf-8", "backslashreplace")


def _checked(variables: str) -> bytes:
    """Return the variables as they were typed: reading and writing them would change their digits."""
    try:
        data = variables.encode()
        _is_object(data)
    except (UnicodeEncodeError, msgspec.DecodeError, RecursionError) as error:
        raise failed(
            "protocol",
            "bad-graphql-variables",
            Phrase("The GraphQL variables are no JSON object."),
            Phrase("Write them as {example} on the Body tab; it shows the place of a mistake.", example='{"name": 1}'),
        ) from error
    return data


KIND = BodyKind(kind="graphql", label=N_("GraphQL"), encode=_encode, fields=("query", "variables", "operation"))
