"""Pangu models on the edge: behind a load balancer, and on one node (VENDORS §4.2)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from firstlight.editions.address import Address, glued, with_scheme
from firstlight.editions.common import ORIGIN, from_host
from firstlight.editions.edition import GUESS, SHAPE, Edition, Found, Match, Part, Place
from firstlight.texts import N_, Phrase

_INFERENCE = re.compile(
    r"(?P<before>/.*?)?(?P<inference>/v1/[^/]+/deployments/[^/]+/(?:chat|text)/completions|/api/v2/chat/completions)"
)
_KINDS = ("huawei-iam", "x-auth-token", "appcode", "bearer")

_INFERENCE_URL = Part(
    name="inference_url",
    label=N_("Inference API URL"),
    help=N_("As the model's Details tab shows it, like /v1/… or /api/v2/…"),
    placeholder="/api/v2/chat/completions",
)
_API_URL = Part(
    name="api_url",
    label=N_("API URL"),
    help=N_("As the model's Details tab shows it; it stands between port and inference API URL."),
)


def _read(address: Address, *, balanced: bool) -> Match | None:
    found = _INFERENCE.fullmatch(address.path.rstrip("/"))
    if found is None or not address.authority or bool(found["before"]) is not balanced:
        return None
    parts = {
        "origin": from_host(address),
        "inference_url": Found(value=found["inference"], why=Phrase("The path ends as an inference API does.")),
    }
    if balanced:
        why = Phrase("It stands between the host and the inference API.")
        parts["api_url"] = Found(value=found["before"], why=why)
    edge = address.scheme == "http" and address.is_ip and not address.is_local
    return Match(sure=SHAPE if edge or balanced else GUESS, parts=parts)


def _build(values: Mapping[str, str]) -> Place:
    origin = with_scheme(values["origin"], "http")
    return Place(url=glued(origin, values.get("api_url", "")), path=glued("", values["inference_url"]))


BALANCER = Edition(
    kind="pangu-edge-balancer",
    vendor="pangu",
    label=N_("Pangu on the edge, load balancer"),
    note=N_("http://{ELB public IP}:{port}/{API URL}/{inference API URL}. Plain http: what signs in can be read."),
    parts=(
        replace(
            ORIGIN, help=N_("Public IP address and port of the load balancer."), placeholder="http://10.1.2.3:8080"
        ),
        _API_URL,
        _INFERENCE_URL,
    ),
    read=lambda address: _read(address, balanced=True),
    build=_build,
    channel="edge-load-balancer",
    credentials=_KINDS,
    starts=("chat", "json"),
)
NODE = Edition(
    kind="pangu-edge-node",
    vendor="pangu",
    label=N_("Pangu on the edge, one node"),
    note=N_("http://{node IP}:{host port}/{inference API URL}, without the API URL. Plain http."),
    parts=(
        replace(
            ORIGIN,
            help=N_("IP address of the worker node in the edge pool, and the host port."),
            placeholder="http://10.1.2.3:30080",
        ),
        _INFERENCE_URL,
    ),
    read=lambda address: _read(address, balanced=False),
    build=_build,
    channel="edge-node",
    credentials=_KINDS,
    starts=("chat", "json"),
)
EDITIONS = (BALANCER, NODE)
