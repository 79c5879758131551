"""The new generation of ModelArts, /v2/infer/{service_id}, and MaaS (VENDORS §3.1, §3.2)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from firstlight.editions import openai
from firstlight.editions.address import Address, glued, with_scheme
from firstlight.editions.common import ORIGIN, PATH, SERVICE_ID, UUID, behind, from_host, rest, told_region
from firstlight.editions.edition import SHAPE, Edition, Match, NotOffered, Place
from firstlight.texts import N_, Phrase

_PATH = re.compile(r"/v2/infer/(?P<id>[^/]+)(?:/(?P<rest>.*))?")
_MAAS_HOST = re.compile(r"(?:[a-z0-9-]+\.)*modelarts-maas\.com")
_MAAS = "https://api.modelarts-maas.com"


def _read(address: Address) -> Match | None:
    found = _PATH.fullmatch(address.path.rstrip("/"))
    if found is None or not UUID.fullmatch(found["id"]):
        return None
    warnings: tuple[Phrase, ...] = ()
    if address.scheme in {"ws", "wss"}:
        warnings = (Phrase("The service was deployed for WebSocket: requests over https fail."),)
    return Match(
        sure=SHAPE,
        parts={
            "origin": from_host(address),
            "service_id": behind(found["id"], "/v2/infer/"),
            "path": rest((found["rest"] or "").rstrip("/"), address.query, Phrase("the service ID")),
        },
        told=told_region(address),
        warnings=warnings,
    )


def _build(values: Mapping[str, str]) -> Place:
    origin = with_scheme(values["origin"])
    return Place(url=f"{origin}/v2/infer/{values['service_id'].strip()}", path=glued("", values.get("path", "")))


MODELARTS_NEW = Edition(
    kind="modelarts-v2",
    vendor="modelarts-v2",
    label=N_("ModelArts, new generation (/v2/infer)"),
    note=N_("How to sign in was chosen when the service was deployed: API key, token or nothing."),
    parts=(
        replace(
            ORIGIN,
            help=N_("The public address, that of the load balancer, or your own domain."),
            placeholder="https://…",
        ),
        SERVICE_ID,
        PATH,
    ),
    read=_read,
    build=_build,
    credentials=("bearer", "huawei-iam", "x-auth-token"),
    not_offered=(
        NotOffered(
            kinds=("aksk", "aksk-derived", "appcode", "app-signature", "app-key"),
            label=N_("AK/SK and AppCode"),
            why=N_("The new generation knows only API keys (after Bearer), tokens, or no sign-in."),
        ),
    ),
)


def _read_maas(address: Address) -> Match | None:
    return openai.read_base(address, known=True) if _MAAS_HOST.fullmatch(address.host) else None


def _build_maas(values: Mapping[str, str]) -> Place:
    base, path = values.get("base", "").strip() or _MAAS, values.get("path", "").strip()
    return openai.build_base({"base": base, "path": path or "/v1/chat/completions"})


MAAS = Edition(
    kind="maas",
    vendor="maas",
    label=N_("ModelArts MaaS"),
    note=N_("Ready-made models. The API key is made on the MaaS console, under API Key Management."),
    parts=(replace(openai.BASE_URL, default=_MAAS, placeholder=_MAAS), openai.PATH),
    read=_read_maas,
    build=_build_maas,
    credentials=("bearer",),
    not_offered=(
        NotOffered(
            kinds=("huawei-iam", "x-auth-token", "aksk", "appcode"),
            label=N_("IAM token, AK/SK and AppCode"),
            why=N_("MaaS takes only its own API key after Bearer (ModelArts.81002)."),
        ),
    ),
    starts=("chat", "json"),
)
EDITIONS = (MODELARTS_NEW, MAAS)
