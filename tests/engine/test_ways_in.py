"""The table of ways into services is whole: no line of the vendors' tables, no channel, no credential is missing."""

from __future__ import annotations

import pytest

from firstlight.model.service import NO_CREDENTIAL, Service
from firstlight.model.vendors import VENDORS
from firstlight.resources import resource_path
from firstlight.store.workspace import Workspace
from ways_in import SIGN_INS, WAYS

DEMO = Workspace.open(resource_path("demo", "workspace"))
SERVICES = {entry.name: entry.value for entry in DEMO.services.entries() if entry.value}
ROWS = {
    "§3.2 Token", "§3.2 AK/SK", "§3.2 APP simple", "§3.2 APP key", "§3.2 APP signature",
    "§3.2 gateway options: app_secret", "§3.2 gateway options: app_basic", "§3.2 New generation: API key",
    "§3.2 New generation: token", "§3.2 New generation: none", "§3.2 MaaS",
    "§4.1 V1 token", "§4.1 V1 API key", "§4.1 V2 API key",
    "§5.1 dedicated gateway", "§5.1 group", "§5.1 VPC direct", "§5.2 raw token", "§5.2 Bearer", "§5.2 signature",
    "§8 KServe v2, Triton", "§8 TF Serving", "§8 TorchServe",
}  # fmt: skip
"""The lines of VENDORS §3.2, §4.1, §5 and §8."""
WEBSOCKET = {"modelarts", "modelarts-v2", "eas"}
"""Vendors that offer it (VENDORS §3.4, §5.2)."""
WHOLE = {"tf-serving", "torchserve"}
"""Whose answers never come in pieces (VENDORS §8)."""


def test_every_line_of_the_vendors_tables_can_be_tried_in_the_demo() -> None:
    assert {way.sign_in.row for way in WAYS} >= ROWS


def test_every_vendor_has_a_service_in_the_demo() -> None:
    vendors = {service.vendor for service in SERVICES.values()}
    assert vendors == {vendor.kind for vendor in VENDORS} - {"other"}


@pytest.mark.parametrize("service", SERVICES.values(), ids=SERVICES)
def test_no_channel_and_no_credential_of_the_demo_is_untried(service: Service) -> None:
    tried = SIGN_INS[service.name]
    assert {sign_in.channel for sign_in in tried} == {channel.name for channel in service.channels}
    named = {sign_in.credential for sign_in in tried} - {NO_CREDENTIAL}
    assert named == {credential.name for credential in service.credentials}


def test_every_way_over_which_a_vendor_streams_is_tried() -> None:
    protocols: dict[str, set[str]] = {}
    for way in WAYS:
        protocols.setdefault(SERVICES[way.service].vendor, set()).add(way.protocol)
    assert {vendor for vendor, tried in protocols.items() if tried >= {"HTTP", "SSE"}} == set(protocols) - WHOLE
    assert {vendor for vendor, tried in protocols.items() if "WebSocket" in tried} == WEBSOCKET


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_a_way_names_a_request_of_its_service(way: object) -> None:
    request = DEMO.load_request(way.path)
    assert request.service == way.service
    assert request.name == way.request.split("/", 1)[1]
    assert (request.protocol == "websocket") == (way.protocol == "WebSocket")
    streams = '"stream": true' in request.body.text or request.url.endswith("_stream")
    assert streams == (way.protocol == "SSE")
