"""`{{name}}` is filled in everywhere, and what cannot be filled in is named with its field."""

from __future__ import annotations

import re
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st
from servers import scope

from firstlight.model import secrets
from firstlight.model.failure import ExchangeError
from firstlight.model.request import Authorization, Body, FormPart, Header, Param, Request
from firstlight.runner.dynamic import BY_NAME
from firstlight.runner.variables import REFERENCE, resolve
from firstlight.store import secret_fields


def failure_of(request: Request, **variables: str) -> tuple[str, str]:
    with pytest.raises(ExchangeError) as caught:
        resolve(request, scope(**variables))
    failure = caught.value.failure
    assert failure.layer == "variable"
    assert failure.hint
    return failure.kind, str(failure.message)


def test_every_text_field_is_filled_in() -> None:
    request = Request(
        method="{{m}}",
        url="{{base}}/v1",
        params=(Param(name="{{k}}", value="a{{ v }}b"),),
        headers=(Header(name="X-{{k}}", value="{{v}}"),),
        authorization=Authorization(kind="bearer", values={"token": "{{secret:t}}"}),
        body=Body(
            kind="form-data",
            parts=(
                FormPart(name="{{k}}", value="{{v}}", content_type="text/{{k}}"),
                FormPart(name="f", kind="file", files=("{{v}}.png",)),
            ),
        ),
    )
    where = scope(secrets={"t": "s3cret"}, m="POST", base="https://host", k="key", v="val")
    filled, secrets = resolve(request, where)
    assert (filled.method, filled.url) == ("POST", "https://host/v1")
    assert filled.params == (Param(name="key", value="avalb"),)
    assert filled.headers == (Header(name="X-key", value="val"),)
    assert filled.authorization.values == {"token": "s3cret"}
    assert filled.body.parts[0] == FormPart(name="key", value="val", content_type="text/key")
    assert filled.body.parts[1].files == ("val.png",)
    assert secrets == {"s3cret"}


@pytest.mark.parametrize("body", [Body(kind="raw", text='{"u": "{{v}}"}'), Body(kind="binary", path="{{v}}.bin")])
def test_bodies_are_filled_in(body: Body) -> None:
    filled, _ = resolve(Request(body=body), scope(v="x"))
    assert "{{" not in filled.body.text + filled.body.path


def test_values_may_refer_to_other_variables_and_secrets() -> None:
    where = scope(secrets={"p": "pw{{not}}"}, a="1{{b}}", b="2{{c}}", c="{{secret:p}}")
    filled, secrets = resolve(Request(url="{{a}}"), where)
    assert filled.url == "12pw{{not}}"
    assert secrets == {"pw{{not}}"}


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        (Request(url="https://{{nope}}/"), "URL"),
        (Request(params=(Param(name="q", value="{{nope}}"),)), "Params, row “q”"),
        (Request(headers=(Header(name="X-A", value="{{nope}}"),)), "Headers, row “X-A”"),
        (Request(body=Body(kind="raw", text="{{nope}}")), "Body"),
        (Request(body=Body(kind="form-data", parts=(FormPart(name="p", value="{{nope}}"),))), "Body, row “p”"),
        (Request(authorization=Authorization(kind="bearer", values={"token": "{{nope}}"})), "Authorization, Token"),
    ],
)
def test_a_missing_variable_is_named_with_its_field(request_: Request, field: str) -> None:
    kind, message = failure_of(request_)
    assert kind == "unknown-variable"
    assert message.startswith(field)
    assert "{{nope}}" in message


def test_a_near_miss_is_suggested() -> None:
    with pytest.raises(ExchangeError) as caught:
        resolve(Request(url="{{demo_ulr}}"), scope(demo_url="x"))
    assert "{{demo_url}}" in str(caught.value.failure.hint)


def test_a_missing_secret_is_named() -> None:
    kind, message = failure_of(Request(url="{{secret:tok}}"))
    assert kind == "unknown-secret"
    assert "tok" in message


@pytest.mark.parametrize("variables", [{"a": "{{a}}"}, {"a": "{{b}}", "b": "{{c}}", "c": "x{{a}}"}])
def test_a_circle_is_shown_as_a_trail(variables: dict[str, str]) -> None:
    kind, message = failure_of(Request(url="{{a}}"), **variables)
    assert kind == "circular-variable"
    assert "{{a}} → " in message
    assert message.endswith("{{a}}.")


def test_an_explosion_of_references_is_stopped() -> None:
    variables = {f"v{n}": "{{" + f"v{n + 1}" + "}}" for n in range(30)}
    doubled = {name: value * 2 for name, value in variables.items()} | {"v30": "x"}
    assert failure_of(Request(url="{{v0}}"), **doubled)[0] == "circular-variable"


def test_what_is_not_sent_is_not_filled_in() -> None:
    request = Request(
        params=(Param(name="a", value="{{nope}}", enabled=False),),
        headers=(Header(name="b", value="{{nope}}", enabled=False),),
        body=Body(kind="none", text="{{nope}}", path="{{nope}}", parts=(FormPart(name="{{nope}}"),)),
        authorization=Authorization(kind="none", values={"token": "{{nope}}"}),
    )
    assert resolve(request, scope()) == (request, frozenset())


@pytest.mark.parametrize("text", ['{{"a": 1}}', "{{}}", "{{ a\n}}", "{{a, b}}"])
def test_braces_that_are_no_reference_stay(text: str) -> None:
    assert resolve(Request(body=Body(kind="raw", text=text)), scope())[0].body.text == text


@pytest.mark.parametrize(
    ("name", "shape"),
    [
        ("$guid", r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
        ("$timestamp", r"\d{10}"),
        ("$isoTimestamp", r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"),
        ("$randomInt", r"\d{1,4}"),
    ],
)
def test_dynamic_variables_make_a_value_of_their_kind(name: str, shape: str) -> None:
    assert name in BY_NAME
    assert re.fullmatch(shape, resolve(Request(url="{{" + name + "}}"), scope())[0].url)


def test_each_use_of_a_guid_is_a_new_one() -> None:
    one, two = resolve(Request(url="{{$guid}} {{$guid}}"), scope())[0].url.split()
    assert uuid.UUID(one) != uuid.UUID(two)


@given(st.text(alphabet="ab{}: \n\"'", max_size=30))
def test_text_with_known_names_is_filled_in_whatever_stands_around(text: str) -> None:
    """A reference that is no reference to Postman either stays to the letter."""
    without = text.replace("{{", "{ {")
    body = Body(kind="raw", text=f"{without}|{{{{ab}}}}|{without}")
    assert resolve(Request(body=body), scope(ab="X"))[0].body.text == f"{without}|X|{without}"


@pytest.mark.parametrize("pattern", [REFERENCE, secrets.REFERENCE, secret_fields._VARIABLE])
def test_no_text_takes_more_than_one_pass(pattern: re.Pattern[str]) -> None:
    for begun in ("{{", "{{secret:", "{{a", "{{secret:a"):
        assert pattern.search(begun + " " * 200_000) is None
        assert pattern.search(begun + " x" * 100_000) is None
    assert pattern.search("{{ " + " " * 200_000 + "secret: a  b \t}}")[1].endswith("a  b")
