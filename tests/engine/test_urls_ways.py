"""Which ways lead to a service: each channel with each credential that makes sense there."""

from __future__ import annotations

from firstlight.model.request import FROM_SERVICE, Authorization, Request
from firstlight.model.service import NO_CREDENTIAL, Channel, Credential, Service
from firstlight.model.ways import ways

TOKEN, KEY = Credential(name="Token"), Credential(name="Key", authorization=Authorization(kind="bearer"))
SERVICE = Service(
    channels=(
        Channel(name="Public", credential="Key"),
        Channel(name="High-speed", kind="vpc-direct"),
        Channel(name="Watched edge", kind="edge-node", credential="Token"),
        Channel(name="Open"),
        Channel(name="Lost", credential="Gone"),
    ),
    credentials=(TOKEN, KEY),
)


def test_each_channel_is_tried_with_each_credential_its_usual_one_first() -> None:
    found = [(way.channel.name, way.credential.name if way.credential else "", way.usual) for way in ways(SERVICE)]
    assert found == [
        ("Public", "Key", True),
        ("Public", "Token", False),
        ("High-speed", "", True),
        ("Watched edge", "Token", True),  # where it is usual to ask for none, no other one is given away
        ("Open", "", True),
        ("Lost", "", True),
    ]


def test_a_request_goes_the_way_that_is_tried_whatever_it_says_itself() -> None:
    own = Request(service="S", channel="Edge", credential="Token", authorization=Authorization(kind="basic"))
    public, _, direct, *_ = ways(SERVICE)
    sent = public.of(own)
    assert (sent.channel, sent.credential, sent.authorization) == ("Public", "Key", FROM_SERVICE)
    assert (direct.of(own).channel, direct.of(own).credential) == ("High-speed", NO_CREDENTIAL)


def test_a_service_without_channels_has_no_way() -> None:
    assert list(ways(Service())) == []
