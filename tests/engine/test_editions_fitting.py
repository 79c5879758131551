"""The two URLs of ModelArts and the two APIs of Pangu: a wrong pair of address and credential is seen and explained."""

from __future__ import annotations

import pytest

from firstlight.demo import accounts
from firstlight.editions.fitting import Fit, fit
from firstlight.editions.modelarts import gateway
from firstlight.editions.pangu import v1_path
from firstlight.model.request import FROM_SERVICE, Authorization, Request
from firstlight.model.service import Channel, Credential, Service

GROUP = "5d1f0c7ab2e94c3f8a6e2b7d90c4f1e3"
PATH = "/v1/infers/eb3e0c54-3dfa-4750-af0c-95c45e5d3e83"
OLD = f"https://modelarts-infers-1.cn-north-1.myhuaweicloud.com{PATH}"
PANGU = "https://pangu.cn-southwest-2.myhuaweicloud.com"
KINDS = ("x-auth-token", "aksk", "appcode", "app-signature", "bearer", "eas-token")
CREDENTIALS = tuple(Credential(name=kind, authorization=Authorization(kind=kind)) for kind in KINDS)


def channel(url: str, credential: str) -> Channel:
    return Channel(name=url, url=url, credential=credential)


@pytest.mark.parametrize(
    ("url", "kind", "says"),
    [
        (OLD, "appcode", "APIG.0303"),
        (OLD, "x-auth-token", ""),
        (PANGU + v1_path(accounts.HOME.id, "d"), "bearer", "X-Apig-AppCode"),
        (PANGU + v1_path(accounts.HOME.id, "d"), "appcode", ""),
        (f"{PANGU}/api/v2/chat/completions", "appcode", "Bearer"),
        (f"{PANGU}/api/v2/chat/completions", "x-auth-token", "Bearer"),
        (f"{PANGU}/api/v2/chat/completions", "bearer", ""),
        ("https://api.modelarts-maas.com", "aksk", "ModelArts.81002"),
        ("http://1612.cn-hangzhou.pai-eas.aliyuncs.com/api/predict/test", "aksk", "View Call Information"),
        ("https://own.example.com/x", "appcode", ""),
        ("{{base}}", "appcode", ""),
        (OLD, "", ""),
    ],
)
def test_a_credential_that_the_address_refuses_is_named_with_the_remedy(url: str, kind: str, says: str) -> None:
    one = channel(url, kind)
    found = fit(one, Service(channels=(one,), credentials=CREDENTIALS))
    assert (says in str(found.misfit)) if says else found == Fit()


@pytest.mark.parametrize(("kind", "says"), [("x-auth-token", "shows first"), ("appcode", "app must be bound")])
def test_of_two_urls_that_look_the_same_it_is_said_which_one_it_has_to_be(kind: str, says: str) -> None:
    one = channel(gateway(GROUP, "cn-north-4") + PATH, kind)
    found = fit(one, Service(channels=(one,), credentials=CREDENTIALS))
    assert found.misfit is None, "it may be either"
    assert says in found.note


V1, V2 = v1_path(accounts.HOME.id, "d"), "/api/v2/chat/completions"


def call(path: str, **more: str) -> Request:
    return Request(name="Chat", url=path, service="S", authorization=FROM_SERVICE, **more)


@pytest.mark.parametrize(
    ("url", "path", "kind", "says"),
    [
        (PANGU, V1, "bearer", "X-Apig-AppCode"),
        (PANGU, V1, "appcode", ""),
        (PANGU, V1, "x-auth-token", ""),
        (PANGU, V2, "appcode", "Bearer"),
        (PANGU, V2, "x-auth-token", "Bearer"),
        (PANGU, V2, "bearer", ""),
        ("{{pangu}}", V2, "appcode", "Bearer"),
        ("http://10.1.2.3:30080", V2, "appcode", ""),
        (PANGU, "/health", "appcode", ""),
    ],
)
def test_where_the_address_is_a_host_the_paths_of_the_requests_tell(url: str, path: str, kind: str, says: str) -> None:
    one = channel(url, kind)
    found = fit(one, Service(channels=(one,), credentials=CREDENTIALS), (call(path),))
    assert (says in str(found.misfit) and "Chat" in str(found.misfit)) if says else found == Fit()


def test_a_request_that_goes_another_way_says_nothing_of_this_one() -> None:
    one, other = channel(PANGU, "appcode"), channel("https://other.example.com", "bearer")
    service = Service(channels=(other, one), credentials=CREDENTIALS)
    own = Authorization(kind="bearer")
    for request in (
        call(V2),
        call(V2, channel=one.name, credential="bearer"),
        Request(url=V2, service="S", channel=one.name, authorization=own),
    ):
        assert fit(one, service, (request,)) == Fit()
    assert fit(one, service, (call(V2, channel=one.name),)).misfit
