"""Which channel and credential a request of a service gets, how address and path are joined, which limits count."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstlight.model.belonging import belongs, joining, leaving
from firstlight.model.channels import CHANNEL_KINDS, channel_kind
from firstlight.model.request import FROM_SERVICE, Authorization, Header, Request, RequestSettings
from firstlight.model.route import (
    Choice,
    as_plain,
    channel_of,
    chosen,
    credential_of,
    is_full_url,
    joined,
    path_behind,
)
from firstlight.model.service import NO_CREDENTIAL, Channel, Credential, Limits, Service, named
from firstlight.model.vendors import VENDORS, limits_of, vendor

TOKEN = Authorization(kind="x-auth-token", values={"token": "{{secret:t}}"})
KEY = Authorization(kind="bearer", values={"token": "{{secret:k}}"})
SERVICE = Service(
    name="Iris",
    vendor="modelarts",
    channels=(
        Channel(name="Public", url="https://h/v1/infers/1", credential="Token"),
        Channel(name="High-speed", kind="vpc-direct", url="http://10.0.0.1:8080", verify_tls=False, connect_to="::1"),
    ),
    credentials=(Credential(name="Token", authorization=TOKEN), Credential(name="Key", authorization=KEY)),
    headers=(Header(name="X-A", value="service"), Header(name="X-B", value="b"), Header(name="X-C", enabled=False)),
)
REQUEST = Request(service="Iris", url="/predict", authorization=FROM_SERVICE)


@pytest.mark.parametrize(
    ("address", "path", "url"),
    [
        ("https://h", "", "https://h"),
        ("https://h/", "", "https://h/"),
        ("https://h/a", "/", "https://h/a/"),
        ("https://h/a/", "/b/", "https://h/a/b/"),
        ("https://h/a", "b", "https://h/a/b"),
        ("https://h/a", "//b", "https://h/a//b"),
        (" https://h/a ", " /b ", "https://h/a/b"),
        ("https://h/a?v=1", "/b", "https://h/a/b?v=1"),
        ("https://h/a?v=1", "/b?c=2", "https://h/a/b?c=2&v=1"),
        ("https://h/a#x", "/b#y", "https://h/a/b#y"),
        ("https://h/a", "?c=2", "https://h/a?c=2"),
        ("https://h:8080", "@other/x", "https://h:8080/@other/x"),
        ("{{base}}", "/b", "{{base}}/b"),
    ],
)
def test_a_path_stands_behind_the_address_with_one_slash_between(address: str, path: str, url: str) -> None:
    assert joined(address, path) == url


@pytest.mark.parametrize(
    ("address", "url", "path"),
    [
        ("https://h/a", "https://h/a/b", "/b"),
        ("https://h/a", "https://h/a", ""),
        ("https://h/a/", "https://h/a/b", "/b"),
        ("https://h/a/", "https://h/a/", ""),
        ("https://h/a", "https://h/ab", None),
        ("https://h/a", "https://other/a", None),
        ("https://h/a?v=1", "https://h/a/b", None),
        ("", "https://h", None),
    ],
)
def test_a_full_url_is_split_where_the_address_ends(address: str, url: str, path: str | None) -> None:
    assert path_behind(address, url) == path


@given(
    st.from_regex(r"https://h(/[a-z]{0,2}){0,3}", fullmatch=True), st.from_regex(r"(/[a-z]{0,2}){0,3}", fullmatch=True)
)
def test_what_is_split_is_joined_again(address: str, rest: str) -> None:
    url = address + rest
    path = path_behind(address, url)
    assert path is None or joined(address, path) == url


def test_only_a_url_with_a_scheme_is_a_full_one() -> None:
    assert is_full_url(" https://h")
    assert not is_full_url("/a://b")
    assert not is_full_url("{{base}}/x")


def test_the_first_channel_and_its_credential_are_used_unless_others_are_named() -> None:
    assert channel_of(REQUEST, SERVICE) is SERVICE.channels[0]
    assert credential_of(REQUEST, SERVICE) is SERVICE.credentials[0]
    fast = replace(REQUEST, channel="high-speed")
    assert channel_of(fast, SERVICE) is SERVICE.channels[1]
    assert credential_of(fast, SERVICE) is None
    assert credential_of(replace(fast, credential="key"), SERVICE) is SERVICE.credentials[1]
    assert credential_of(replace(REQUEST, credential=NO_CREDENTIAL), SERVICE) is None
    assert channel_of(replace(REQUEST, channel="gone"), SERVICE) is None
    assert credential_of(replace(REQUEST, channel="gone"), SERVICE) is None
    assert channel_of(REQUEST, Service(name="empty")) is None


def test_a_name_spelled_exactly_wins_over_upper_and_lower_case() -> None:
    things = (Channel(name="a"), Channel(name="A"))
    assert named(things, "A") is things[1]
    assert named(things, "a") is things[0]
    assert named(things, "b") is None


def test_a_picked_credential_signs_whatever_the_request_says() -> None:
    own = replace(REQUEST, authorization=Authorization(kind="basic"), channel="High-speed")
    assert credential_of(own, SERVICE) is None
    picked = chosen(own, Choice(credential="Key"))
    assert credential_of(picked, SERVICE) is SERVICE.credentials[1]
    assert picked.channel == "High-speed"
    assert chosen(own, Choice(channel="Public")).authorization == own.authorization
    assert chosen(own, Choice()) == own


def test_a_plain_request_holds_all_that_its_service_gives() -> None:
    request = replace(
        REQUEST,
        channel="High-speed",
        credential="Key",
        headers=(Header(name="x-a", value="own"),),
        without=("X-B",),
        settings=RequestSettings(connect_to="127.0.0.1"),
    )
    plain = as_plain(request, SERVICE)
    assert plain.url == "http://10.0.0.1:8080/predict"
    assert (plain.service, plain.channel, plain.credential) == ("", "", "")
    assert plain.authorization == KEY
    assert plain.headers == request.headers
    assert plain.settings == RequestSettings(connect_to="127.0.0.1", verify_tls=False)
    assert as_plain(REQUEST, SERVICE).headers == SERVICE.headers[:2]
    assert as_plain(REQUEST, None) == REQUEST
    assert as_plain(replace(REQUEST, service=""), SERVICE).url == "/predict"
    assert as_plain(REQUEST, Service(name="Iris")).url == "/predict"


def test_limits_are_those_of_the_vendor_s_gateway_unless_the_service_says_otherwise() -> None:
    public, direct = SERVICE.channels
    assert limits_of(SERVICE, public) == vendor("modelarts").limits
    assert limits_of(SERVICE, direct) == limits_of(SERVICE, None) == Limits(body_bytes=0, time_s=0, one_file=False)
    assert limits_of(SERVICE, replace(public, kind="dedicated-gateway")).body_bytes == 0
    own = replace(SERVICE, limits=Limits(body_bytes=5))
    assert limits_of(own, public) == replace(vendor("modelarts").limits, body_bytes=5)
    assert limits_of(own, direct).body_bytes == 5


def test_kinds_of_newer_versions_are_taken_as_the_last_entry() -> None:
    assert channel_kind("of the future") is CHANNEL_KINDS[-1]
    assert vendor("of the future") is VENDORS[-1]
    assert channel_kind("public").takes_credentials
    assert not channel_kind("edge-node").takes_credentials


# --- joining a service, and leaving it ---


@pytest.mark.parametrize("channel", ["", "High-speed"])
@pytest.mark.parametrize("credential", ["", "Key"])
@pytest.mark.parametrize("url", ["", "/predict", "/a/b/"])
def test_a_request_that_leaves_its_service_and_joins_it_again_is_as_before(
    channel: str, credential: str, url: str
) -> None:
    request = replace(REQUEST, url=url, channel=channel, credential=credential)
    plain = leaving(request, SERVICE)
    assert plain.service == ""
    assert plain.url.startswith("http")
    again = joining(plain, SERVICE)
    signs = credential_of(request, SERVICE)
    assert (again.url, again.channel, again.headers, again.settings) == (url, channel, (), request.settings)
    assert credential_of(again, SERVICE) == signs


def test_an_address_is_recognised_however_it_is_written() -> None:
    service = replace(
        SERVICE, channels=(Channel(name="P", url="{{base}}/v1"), Channel(name="Q", url="{{base}}/v1/deep"))
    )
    known = {"{{base}}": "https://h", "{{base}}/v1": "https://h/v1", "{{base}}/v1/deep": "https://h/v1/deep"}

    def filled(text: str) -> str:
        return known.get(text, text)

    request = Request(url="https://h/v1/deep/{{x}}")
    assert (joining(request, service, filled).url, joining(request, service, filled).channel) == ("/{{x}}", "Q")
    assert joining(Request(url="{{base}}/v1/x"), service).url == "/x"
    assert joining(Request(url="https://other/y?a"), service).url == "/y?a"
    assert joining(Request(url="path"), service).url == "path"
    assert joining(Request(url="https://h/x"), Service(name="empty")).service == "empty"
    assert belongs("https://h/v1", service, filled)
    assert not belongs("https://h/v2", service, filled)


def test_the_url_of_a_websocket_belongs_to_the_service_whose_address_it_is() -> None:
    joined_ = joining(Request(url="wss://h/v1/infers/1/chat"), SERVICE)
    assert (joined_.url, joined_.channel, joined_.protocol) == ("/chat", "", "websocket")
    assert belongs("wss://h/v1/infers/1", SERVICE)
    spoken = replace(SERVICE, channels=(Channel(name="W", url="wss://h/ws"),))
    assert joining(Request(url="wss://h/ws/x"), spoken).url == "/x"


def test_a_request_keeps_an_authorization_that_the_service_does_not_know() -> None:
    own = Authorization(kind="basic", values={"username": "u"})
    request = Request(url="https://h/v1/infers/1/x", authorization=own)
    assert joining(request, SERVICE).authorization == own
    assert joining(replace(request, authorization=KEY), SERVICE).credential == "Key"
    assert joining(replace(request, authorization=Authorization()), SERVICE).authorization == FROM_SERVICE


def test_a_request_of_a_service_that_is_not_there_leaves_with_its_path_and_no_authorization() -> None:
    assert leaving(REQUEST, None) == Request(url="/predict")
