"""`:name` segments of a URL: found, filled in as data, kept while the URL is edited."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from servers import collect, replies, response, run, scope, serving

from firstlight.formats.request_reader import parse_request
from firstlight.formats.request_writer import dump_request
from firstlight.model.path_variables import filled_path, path_rows, path_variable_names, renamed_rows
from firstlight.model.request import Param, Request
from firstlight.model.urls import with_typed_url
from firstlight.runner.prepare import prepare


@pytest.mark.parametrize(
    ("url", "names"),
    [
        ("https://host/users/:id/orders/:order", ("id", "order")),
        ("{{base}}/:id", ("id",)),
        ("{{base}}:8080/v1", ()),
        ("localhost:8080/:id", ("id",)),
        ("http://[::1]:80/:id/", ("id",)),
        ("http://user:pw@host/:id", ("id",)),
        ("https://host/:8080", ()),
        ("https://host/v1/models/iris:predict", ()),
        ("https://host/a?time=12:30&x=/:no#/:neither", ()),
        ("https://host/:编号/:file.json/:a-b_c", ("编号", "file.json", "a-b_c")),
        ("https://host/:id/copy/:id", ("id",)),
        ("https://host", ()),
        (":id", ()),
        ("https://host/:", ()),
        ("", ()),
    ],
)
def test_only_whole_segments_of_the_path_are_variables(url: str, names: tuple[str, ...]) -> None:
    assert path_variable_names(url) == names


@given(st.text(min_size=1).filter(lambda text: text.isprintable()))
def test_a_value_stays_within_its_segment_whatever_it_holds(value: str) -> None:
    filled = filled_path("https://host/a/:id/b?q=:id", lambda _name: value)
    segments = filled.removeprefix("https://host/").partition("?")[0].split("/")
    assert (len(segments), unquote(segments[1])) == (3, value)
    assert filled.endswith("/b?q=:id")


def test_what_is_sent_has_the_values_of_the_table() -> None:
    async def work() -> None:
        async with serving(replies(response())) as server:
            rows = (Param(name="id", value="{{user}}/ü"), Param(name="unused", value="{{missing}}"))
            outcome, _ = await collect(
                Request(url=f"{server.url}/:id/x?at=:id", path_variables=rows),
                where=scope(user="100% A?"),
            )
            assert outcome.failure is None
            assert server.received[0].target == "/100%25%20A%3F%2F%C3%BC/x?at=:id"

    run(work())


@pytest.mark.parametrize("rows", [(), (Param(name="order"),), (Param(name="order", value="{{empty}}"),)])
def test_one_without_a_value_is_named_before_anything_is_sent(rows: tuple[Param, ...]) -> None:
    async def work() -> None:
        async with serving(replies(response())) as server:
            outcome, _ = await collect(Request(url=f"{server.url}/:order", path_variables=rows), where=scope(empty=""))
            assert outcome.failure is not None
            assert (outcome.failure.layer, outcome.failure.kind) == ("variable", "empty-path-variable")
            assert ":order" in str(outcome.failure.message)
            assert server.connections == 0

    run(work())


def test_a_missing_variable_in_one_is_named_with_its_row() -> None:
    async def work() -> None:
        outcome, _ = await collect(
            Request(url="http://host/:id", path_variables=(Param(name="id", value="{{nobody}}"),))
        )
        assert outcome.failure is not None
        assert str(outcome.failure.message).startswith("Path Variables, row “id”: the variable {{nobody}}")

    run(work())


def test_a_variable_that_holds_a_colon_segment_brings_no_path_variable() -> None:
    known = scope(base="https://host/:raw")
    assert prepare(Request(url="{{base}}/x"), known).url == "https://host/:raw/x"


def test_a_secret_in_the_path_is_known_as_one() -> None:
    request = Request(url="https://host/:token", path_variables=(Param(name="token", value="s3cret/value"),))
    assert "s3cret/value" in prepare(request, scope()).secrets


def test_values_and_descriptions_stay_while_the_url_is_edited() -> None:
    rows = (Param(name="id", value="7", description="whose"), Param(name="order", value="9"))
    request = Request(url="https://host/:id/:order", path_variables=rows)
    renamed = with_typed_url(request, "https://host/v2/:user/:order?x=1")
    assert renamed.path_variables == (Param(name="user", value="7", description="whose"), rows[1])
    swapped = with_typed_url(request, "https://host/:order/:id")
    assert swapped.path_variables == rows[::-1]
    assert with_typed_url(request, "https://host/:id").path_variables == rows[:1]


def test_a_new_name_beside_an_old_one_does_not_take_its_value() -> None:
    rows = (Param(name="a", value="1"),)
    assert renamed_rows("https://h/:a/:b", rows) == (*rows, Param(name="b"))
    assert path_rows("https://h/:b/:a", rows) == (Param(name="b"), *rows)


def test_path_variables_are_saved_and_read() -> None:
    rows = (Param(name="id", value="{{user}}", description="whose"),)
    request = Request(name="r", url="https://host/:id", path_variables=rows, without=("User-Agent", "Accept"))
    text = dump_request(request)
    assert parse_request(text) == request
    assert "without:\n" in text
    assert "path_variables:\n" in text
    kept = text.replace("description: whose", "description: whose\n    from_the_future: 1")
    assert "from_the_future: 1" in dump_request(parse_request(kept))
