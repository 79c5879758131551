"""A key in a header or a query parameter of the service's choosing."""

from __future__ import annotations

from collections.abc import Mapping

from firstlight.auth.method import AuthMethod, Field
from firstlight.auth.placing import one_line, with_header, with_query
from firstlight.model.failure import failed
from firstlight.model.prepared import PreparedRequest
from firstlight.texts import N_, Phrase


def _apply(request: PreparedRequest, values: Mapping[str, str]) -> PreparedRequest:
    key, value = one_line(values.get("key", "")), one_line(values.get("value", ""))
    if not key:
        raise failed(
            "variable",
            "empty-credential",
            Phrase("The API key has no name."),
            Phrase("Fill in Key on the Authorization tab: the header or parameter that the service expects."),
        )
    if not value:
        raise failed(
            "variable",
            "empty-credential",
            Phrase("The API key {name} has no value.", name=key),
            Phrase("Fill in Value on the Authorization tab, or choose “No auth”."),
        )
    return with_query(request, key, value) if values.get("in") == "query" else with_header(request, key, value, value)


METHOD = AuthMethod(
    kind="apikey",
    label=N_("API key"),
    fields=(
        Field(name="key", label=N_("Key"), placeholder="X-API-Key"),
        Field(name="value", label=N_("Value"), secret=True),
        Field(name="in", label=N_("Add to"), choices=(("header", N_("Header")), ("query", N_("Query Params")))),
    ),
    apply=_apply,
)
