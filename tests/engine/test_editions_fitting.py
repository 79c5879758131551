"""The two URLs of ModelArts and the two APIs of Pangu: a wrong pair of address and credential is seen and explained."""

from __future__ import annotations

import pytest

from firstlight.demo import accounts
from firstlight.editions.fitting import Fit, fit
from firstlight.editions.modelarts import gateway
from firstlight.editions.pangu import v1_path
from firstlight.model.request import Authorization
from firstlight.model.service import Channel, Credential

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
    found = fit(one, CREDENTIALS)
    assert (says in str(found.misfit)) if says else found == Fit()


@pytest.mark.parametrize(("kind", "says"), [("x-auth-token", "shows first"), ("appcode", "app must be bound")])
def test_of_two_urls_that_look_the_same_it_is_said_which_one_it_has_to_be(kind: str, says: str) -> None:
    found = fit(channel(gateway(GROUP, "cn-north-4") + PATH, kind), CREDENTIALS)
    assert found.misfit is None, "it may be either"
    assert says in found.note
