"""Whose certificate a new channel takes: what a pasted command says of it, and where one is asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from firstlight.editions import edition
from firstlight.editions.draft import ChannelDraft, Draft, Trust, further_channels, service_of, trust_of
from firstlight.editions.recognise import recognise

EDGE = ChannelDraft(name="Edge", edition=edition("modelarts-edge"), values={"origin": "https://10.1.2.3:1024"})
PUBLIC = ChannelDraft(name="Public", edition=edition("openai"), values={"base": "https://api.example.com"})
OFF = Trust(verify_tls=False)


def test_a_command_says_how_the_connection_is_made() -> None:
    text = "curl -k --cacert ca.pem --connect-to ::10.0.0.8:8443 https://models.example.com/v1/chat/completions"
    found = recognise(text)
    assert trust_of(found.request) == Trust(connect_to="10.0.0.8:8443", verify_tls=False, ca_file="ca.pem")
    assert [remark for remark in found.remarks if "-k" in str(remark)]
    assert trust_of(recognise("https://models.example.com/v1").request) == Trust()
    assert not recognise("curl https://models.example.com/v1/chat/completions").remarks


def test_the_channel_of_the_service_keeps_it() -> None:
    trust = Trust(connect_to="10.0.0.8:8443", verify_tls=False, ca_file="ca.pem")
    (channel,) = service_of(Draft(name="S", channels=(replace(PUBLIC, trust=trust),))).channels
    assert (channel.connect_to, channel.verify_tls, channel.ca_file) == ("10.0.0.8:8443", False, "ca.pem")


def test_the_private_address_of_a_vpc_endpoint_goes_before_that_of_a_command() -> None:
    values = {
        "origin": "https://h.example.com",
        "service_id": "eb3e0c54-3dfa-4750-af0c-95c45e5d3e83",
        "connect_to": "192.168.0.12",
    }
    draft = ChannelDraft(name="E", edition=edition("modelarts-endpoint"), values=values, trust=Trust(connect_to="x"))
    assert service_of(Draft(name="S", channels=(draft,))).channels[0].connect_to == "192.168.0.12"


@pytest.mark.parametrize(
    ("draft", "asks"),
    [
        (EDGE, True),
        (replace(EDGE, values={"origin": "http://10.1.2.3:1024"}), False),
        (replace(EDGE, values={"origin": "{{node}}"}), True),
        (replace(EDGE, values={}), False),
        (PUBLIC, False),
        (replace(PUBLIC, values={"base": "https://10.1.2.3"}), True),
        (replace(PUBLIC, trust=OFF), True),
        (replace(PUBLIC, trust=Trust(ca_file="ca.pem")), True),
    ],
)
def test_it_is_asked_where_no_gateway_of_a_vendor_stands_or_something_was_said(draft: ChannelDraft, asks: bool) -> None:
    assert draft.asks_for_trust() is asks


def test_a_further_address_of_the_text_is_verified() -> None:
    found = recognise("https://a.example.com/v1 https://b.example.com/v1/chat/completions")
    assert [draft.trust for draft in further_channels(PUBLIC, found.further)] == [Trust()]
