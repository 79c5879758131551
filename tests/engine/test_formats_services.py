"""The file of a service, and what a request's file says of its service."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_formats_firstlight import HEADER, NAMED, NUMBER, TEXT

from firstlight.formats.firstlight_yaml import FormatError, dump_request, dump_service, parse_request, parse_service
from firstlight.model.request import FROM_SERVICE, Authorization, Request, RequestSettings
from firstlight.model.service import Channel, Credential, Limits, Service

CHANNEL = st.builds(
    Channel,
    name=TEXT,
    kind=TEXT.filter(bool),
    url=TEXT,
    connect_to=TEXT,
    verify_tls=st.booleans(),
    ca_file=TEXT,
    credential=TEXT,
    description=TEXT,
)
CREDENTIAL = st.builds(
    Credential,
    name=TEXT,
    authorization=st.builds(Authorization, kind=st.sampled_from(["none", "bearer"]), values=NAMED),
)
LIMITS = st.builds(
    Limits, body_bytes=st.none() | st.integers(0, 10**12), time_s=NUMBER, one_file=st.none() | st.booleans()
)


@given(
    st.builds(
        Service,
        name=TEXT,
        vendor=TEXT.filter(bool),
        channels=st.lists(CHANNEL, max_size=3).map(tuple),
        credentials=st.lists(CREDENTIAL, max_size=3).map(tuple),
        headers=st.lists(HEADER, max_size=2).map(tuple),
        limits=LIMITS,
        description=TEXT,
    )
)
def test_a_saved_service_comes_back_as_it_was(service: Service) -> None:
    text = dump_service(service)
    assert parse_service(text) == service
    assert dump_service(parse_service(text)) == text


TEXT_OF_LATER = """\
name: Iris
vendor: modelarts
channels:
  - name: Public
    kind: public
    url: https://h/v1
    colour: red
credentials:
  - name: Token
    auth:
      kind: x-auth-token
      token: "{{secret:t}}"
      scopes:
        - project
    expires: never
headers:
  - name: X-A
    value: a
    weight: 3
limits:
  body_bytes: 12582912
  one_file: true
  queue: 64
owner: somebody
"""


def test_what_a_later_version_says_of_a_service_survives() -> None:
    service = parse_service(TEXT_OF_LATER)
    assert service.channels == (Channel(name="Public", url="https://h/v1"),)
    assert service.limits == Limits(body_bytes=12582912, one_file=True)
    assert parse_service(dump_service(service)).unknown.keys() == service.unknown.keys()
    assert dump_service(service) == TEXT_OF_LATER


@pytest.mark.parametrize("text", ["limits:\n  body_bytes: many\n", "limits:\n  body_bytes: [1]\n", "channels: 1\n"])
def test_a_wrong_type_says_where(text: str) -> None:
    with pytest.raises(FormatError) as problem:
        parse_service("name: X\n" + text)
    assert problem.value.line >= 2


def test_null_limits_are_those_of_the_vendor() -> None:
    assert parse_service("name: X\nlimits:\n  body_bytes:\n  one_file: null\n").limits == Limits()


def test_a_request_of_a_service_has_its_authorization_from_there_unless_it_says_otherwise() -> None:
    text = "name: R\nmethod: POST\nurl: /x\nservice: Iris\n"
    request = parse_request(text)
    assert request == Request(name="R", method="POST", url="/x", service="Iris", authorization=FROM_SERVICE)
    assert dump_request(request) == text
    own = text + "channel: Public\ncredential: Token\nauth:\n  kind: none\nsettings:\n  ca_file: ca.pem\n"
    assert dump_request(parse_request(own)) == own
    assert parse_request(own).authorization.kind == "none"
    assert parse_request(own).settings == RequestSettings(ca_file="ca.pem")
