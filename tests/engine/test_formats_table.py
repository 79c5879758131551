"""Every entry of FORMATS reads what it writes."""

from __future__ import annotations

import pytest

from firstlight.formats.format import Format
from firstlight.formats.table import FORMATS
from firstlight.model.request import Authorization, Body, Header, Param, Request

TYPICAL = Request(
    name="Predict one flower",
    method="POST",
    url="https://example.test/v1/infers/iris",
    params=(Param(name="verbose", value="1"),),
    headers=(Header(name="X-Trace", value="a b"),),
    authorization=Authorization(kind="bearer", values={"token": "{{secret:iris-token}}"}),
    body=Body(kind="raw", text='{\n  "data": {"req_data": [{"sepal_length": 1.10}]}\n}'),
)


@pytest.mark.parametrize("entry", [entry for entry in FORMATS if entry.write], ids=lambda entry: entry.kind)
def test_what_a_format_writes_it_recognises_and_reads_again(entry: Format) -> None:
    text = entry.write(TYPICAL)
    assert next(other for other in FORMATS if other.recognise(text)) is entry
    assert entry.read(text).requests == (TYPICAL,)


def test_every_format_has_its_own_word_and_a_label() -> None:
    assert len({entry.kind for entry in FORMATS}) == len(FORMATS)
    assert all(entry.label for entry in FORMATS)
