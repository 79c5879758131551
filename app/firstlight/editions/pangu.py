"""Pangu models: the V1 and V2 inference APIs, in the cloud and on the edge (VENDORS §4.1, §4.2).

The same API key goes raw into X-Apig-AppCode for V1 and after `Bearer` for V2. Which of the two an address is stands
in its path, so only the right way to send the key is offered.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from firstlight.editions.address import Address, glued, with_scheme
from firstlight.editions.common import HEX_32, NAME, ORIGIN, behind, from_host, told, told_region
from firstlight.editions.edition import HOST, SHAPE, Edition, Found, Match, NotOffered, Part, Place
from firstlight.texts import N_, Phrase

_V1 = re.compile(
    r"(?P<before>/.*)?/v1/(?P<project>[^/]+)/deployments/(?P<deployment>[^/]+)(?:/(?P<operation>(?:chat|text)/completions))?"
)
_V2 = re.compile(r"(?P<before>/.*)?/api/v2/chat/completions")
_POOL = re.compile(
    r"/v2/(?P<project>[^/]+)/pools/(?P<pool>[^/]+)/deployments/(?P<deployment>[^/]+)(?:/(?P<operation>.*))?"
)
_HOST = re.compile(r"pangu(?:largemodels)?\.[a-z0-9-]+\.myhuaweicloud\.(?:com|cn|eu)")
_DEFAULT_ORIGIN = "https://pangu.cn-southwest-2.myhuaweicloud.com"
_V2_PATH = "/api/v2/chat/completions"

_ORIGIN = replace(
    ORIGIN,
    help=N_("The host of the call path that ModelArts Studio shows."),
    default=_DEFAULT_ORIGIN,
    placeholder=_DEFAULT_ORIGIN,
)
_PROJECT = Part(
    name="project_id",
    label=N_("Project ID"),
    help=N_("That of the region in which Pangu runs; a token must be for this project."),
    placeholder="0f3a9c51d2b84e6fa7c1e0d4b59836f2",
    pattern=HEX_32,
    expected=N_("A project ID has 32 digits and letters a–f."),
)
_DEPLOYMENT = Part(
    name="deployment_id",
    label=N_("Deployment ID"),
    help=N_("Under Model Deployment, on the model's API call tab."),
    pattern=NAME,
    expected=N_("A deployment ID has no blank and no slash."),
)
_OPERATION = Part(
    name="operation",
    label=N_("Operation"),
    choices=(("chat/completions", N_("Chat (chat/completions)")), ("text/completions", N_("Text (text/completions)"))),
)
_NO_BEARER = NotOffered(
    kinds=("bearer",),
    label=N_("API key after Bearer"),
    why=N_("V1 does not read it. The same API key goes into X-Apig-AppCode here: choose AppCode."),
)
_ONLY_BEARER = NotOffered(
    kinds=("huawei-iam", "x-auth-token", "appcode"),
    label=N_("IAM token and AppCode"),
    why=N_("V2 takes the API key after Bearer, nothing else. A token or X-Apig-AppCode belongs to V1."),
)
_V1_KINDS = ("huawei-iam", "x-auth-token", "appcode")


def v1_path(project_id: str, deployment_id: str, operation: str = "chat/completions") -> str:
    """Return the path of the V1 inference API."""
    return f"/v1/{project_id}/deployments/{deployment_id}/{operation}"


def _read_v1(address: Address) -> Match | None:
    found = _V1.fullmatch(address.path.rstrip("/"))
    if found is None or found["before"]:
        return None
    operation = found["operation"] or "chat/completions"
    host = _HOST.fullmatch(address.host)
    return Match(
        sure=HOST if host else SHAPE,
        parts={
            "origin": _origin(address),
            "project_id": behind(found["project"], "/v1/"),
            "deployment_id": behind(found["deployment"], "/deployments/"),
            "operation": Found(value=operation, why=Phrase("The end of the path.")),
        },
        told=(
            *told_region(address),
            told("api", N_("API"), "V1", Phrase("The path has project and deployment in it.")),
        ),
    )


def _origin(address: Address) -> Found:
    if address.authority:
        return from_host(address)
    why = Phrase("The call path names no host: this is the one of the region with Pangu.")
    return Found(value=_DEFAULT_ORIGIN, why=why)


def _build_v1(values: Mapping[str, str]) -> Place:
    path = v1_path(
        values["project_id"].strip(),
        values["deployment_id"].strip(),
        values.get("operation", "") or "chat/completions",
    )
    return Place(url=with_scheme(values.get("origin", "") or _DEFAULT_ORIGIN), path=path)


def _read_v2(address: Address) -> Match | None:
    found = _V2.fullmatch(address.path.rstrip("/"))
    if found is None or found["before"]:
        return None
    sure = HOST if _HOST.fullmatch(address.host) else SHAPE
    api = told("api", N_("API"), "V2", Phrase("The path is that of the V2 inference API."))
    return Match(sure=sure, parts={"origin": _origin(address)}, told=(*told_region(address), api))


def _build_v2(values: Mapping[str, str]) -> Place:
    return Place(url=with_scheme(values.get("origin", "") or _DEFAULT_ORIGIN), path=_V2_PATH)


V1 = Edition(
    kind="pangu-v1",
    vendor="pangu",
    label=N_("Pangu, V1 inference API"),
    note=N_("Takes a project token in X-Auth-Token, or the API key of an application in X-Apig-AppCode."),
    parts=(_ORIGIN, _PROJECT, _DEPLOYMENT, _OPERATION),
    read=_read_v1,
    build=_build_v1,
    credentials=_V1_KINDS,
    not_offered=(_NO_BEARER,),
    starts=("chat", "json"),
    more=("pangu-edge-balancer", "pangu-edge-node"),
)
V2 = Edition(
    kind="pangu-v2",
    vendor="pangu",
    label=N_("Pangu, V2 inference API"),
    note=N_("In the shape of OpenAI. Takes the API key of an application after Bearer, nothing else."),
    parts=(_ORIGIN,),
    read=_read_v2,
    build=_build_v2,
    credentials=("bearer",),
    not_offered=(_ONLY_BEARER,),
    starts=("chat", "json"),
    more=("pangu-edge-balancer", "pangu-edge-node"),
)


def _read_pool(address: Address) -> Match | None:
    found = _POOL.fullmatch(address.path.rstrip("/"))
    if found is None:
        return None
    return Match(
        sure=HOST if _HOST.fullmatch(address.host) else SHAPE,
        parts={
            "origin": _origin(address),
            "project_id": behind(found["project"], "/v2/"),
            "pool_id": behind(found["pool"], "/pools/"),
            "deployment_id": behind(found["deployment"], "/deployments/"),
            "pool_operation": behind(found["operation"] or "chat/completions", Phrase("the deployment ID")),
        },
        told=told_region(address),
    )


def _build_pool(values: Mapping[str, str]) -> Place:
    ids = {name: values[name].strip() for name in ("project_id", "pool_id", "deployment_id")}
    head = f"/v2/{ids['project_id']}/pools/{ids['pool_id']}/deployments/{ids['deployment_id']}"
    operation = values.get("pool_operation", "") or "chat/completions"
    return Place(url=with_scheme(values.get("origin", "") or _DEFAULT_ORIGIN), path=glued(head, operation))


POOL = Edition(
    kind="pangu-pool",
    vendor="pangu",
    label=N_("Pangu, resource pool API of the SDK"),
    note=N_("The “v2” of Huawei's SDK is a third API, not the V2 inference API: it takes a token."),
    parts=(
        _ORIGIN,
        _PROJECT,
        Part(name="pool_id", label=N_("Pool ID"), pattern=NAME, expected=N_("A pool ID has no blank and no slash.")),
        _DEPLOYMENT,
        Part(
            name="pool_operation", label=N_("Operation"), default="chat/completions", placeholder="chat/completions",
            optional=True,
        ),
    ),
    read=_read_pool,
    build=_build_pool,
    credentials=("huawei-iam", "x-auth-token", "aksk"),
    starts=("chat", "json"),
)  # fmt: skip
EDITIONS = (V1, V2, POOL)
