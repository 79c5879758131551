"""The region of a service: read from its address, or chosen, it fills in what signs in to IAM."""

from __future__ import annotations

import pytest

from firstlight.auth.iam.regions import REGIONS, endpoint_of
from firstlight.editions import EDITIONS, edition
from firstlight.editions.credentials import in_region, prefilled, region_of, takes_region
from firstlight.editions.draft import ChannelDraft
from firstlight.editions.modelarts import gateway

ID = "eb3e0c54-3dfa-4750-af0c-95c45e5d3e83"


def endpoint(origin: str) -> ChannelDraft:
    values = {"connect_to": "192.168.0.12", "origin": origin, "service_id": ID}
    return ChannelDraft(name="E", edition=edition("modelarts-endpoint"), values=values)


def test_the_public_address_of_a_vpc_endpoint_says_its_region() -> None:
    draft = endpoint(gateway("5d1f0c7ab2e94c3f8a6e2b7d90c4f1e3", "cn-east-3"))
    match = draft.match()
    assert match is not None
    assert {told.name: told.value for told in match.told}["region"] == "cn-east-3"
    filled = prefilled("huawei-iam", draft.values, match.told)
    assert filled == {"endpoint": endpoint_of("cn-east-3"), "project": "cn-east-3"}
    assert region_of(filled) == "cn-east-3"


def test_an_address_that_says_none_leaves_it_open() -> None:
    match = endpoint("https://models.example.com").match()
    assert match is not None
    assert prefilled("huawei-iam", {}, match.told) == {}
    assert region_of({}) == ""


def test_what_reads_for_another_edition_exists() -> None:
    kinds = {one.kind for one in EDITIONS}
    assert {one.reads_as for one in EDITIONS} - {""} <= kinds


@pytest.mark.parametrize("region", REGIONS)
def test_a_chosen_region_fills_in_endpoint_and_project(region: str) -> None:
    assert in_region({"user": "u"}, region) == {"user": "u", "endpoint": endpoint_of(region), "project": region}
    assert region_of(in_region({}, region)) == region


@pytest.mark.parametrize("project", ["cn-north-4_lab", "0f3a9c51d2b84e6fa7c1e0d4b59836f2"])
def test_a_project_of_its_own_stays(project: str) -> None:
    assert in_region({"project": project}, "cn-north-4")["project"] == project
    assert in_region({"project": "cn-north-1"}, "cn-north-4")["project"] == "cn-north-4"


def test_an_endpoint_of_a_private_cloud_is_no_region() -> None:
    assert region_of({"endpoint": "https://iam.cloud.example.com"}) == ""
    assert [kind for kind in ("huawei-iam", "aksk", "bearer") if takes_region(kind)] == ["huawei-iam"]
