"""ModelArts real-time services behind their gateway, /v1/infers/{service_id} (VENDORS §3.1–3.3).

The console's Usage Guides tab shows up to two URLs that look the same: one takes tokens and AK/SK, the other one
app authentication. They are two editions, so that no credential is offered for the wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from firstlight.editions.address import Address, glued, with_scheme
from firstlight.editions.common import ORIGIN, PATH, SERVICE_ID, UUID, behind, from_host, rest, told, told_region
from firstlight.editions.edition import HOST, SHAPE, Edition, Match, NotOffered, Part, Place
from firstlight.texts import N_, Phrase

_PATH = re.compile(r"/v1/infers/(?P<id>[^/]+)(?:/(?P<rest>.*))?")
_OLD_HOST = re.compile(r"modelarts-infers-\d+\.")
_GATEWAY_HOST = re.compile(r"(?P<group>[0-9a-f]{32})\.apig\.[a-z0-9-]+\.huaweicloudapis\.com")

_ORIGIN = replace(
    ORIGIN,
    help=N_("On the service's page under Usage Guides; begins with 32 letters and digits, or modelarts-infers."),
    placeholder="https://5d1f0c7ab2e94c3f8a6e2b7d90c4f1e3.apig.cn-north-4.huaweicloudapis.com",
)
_PARTS = (_ORIGIN, SERVICE_ID, PATH)

TOKEN_KINDS = ("huawei-iam", "x-auth-token", "aksk")
APP_KINDS = ("appcode", "app-signature", "app-key", "app-secret", "app-basic")


def _read(address: Address) -> Match | None:
    found = _PATH.fullmatch(address.path.rstrip("/"))
    if found is None or not UUID.fullmatch(found["id"]):
        return None
    group = _GATEWAY_HOST.fullmatch(address.host)
    old = _OLD_HOST.match(address.host)
    notes = told_region(address)
    if group:
        notes += (told("group", N_("API group"), group["group"], Phrase("The first piece of the host name.")),)
    return Match(
        sure=HOST if group or old else SHAPE,
        parts={
            "origin": from_host(address),
            "service_id": behind(found["id"], "/v1/infers/"),
            "path": rest((found["rest"] or "").rstrip("/"), address.query, Phrase("the service ID")),
        },
        told=notes,
        warnings=_warnings(address),
    )


def _read_app(address: Address) -> Match | None:
    """The same shape; hosts called modelarts-infers take no app authentication."""
    return None if _OLD_HOST.match(address.host) else _read(address)


def _warnings(address: Address) -> tuple[Phrase, ...]:
    if address.scheme in {"ws", "wss"}:
        return (
            Phrase(
                "The service was deployed for WebSocket: its address begins with {scheme}://, and https requests fail.",
                scheme=address.scheme,
            ),
        )
    if address.scheme == "http" and not address.is_local:
        return (Phrase("The gateway is reached over https; over http a token could be read on the way."),)
    return ()


def build(values: Mapping[str, str]) -> Place:
    """Return where the service is: `{origin}/v1/infers/{service_id}[/path]`."""
    origin = with_scheme(values["origin"])
    return Place(url=f"{origin}/v1/infers/{values['service_id'].strip()}", path=glued("", values.get("path", "")) or "")


def gateway(group: str, region: str) -> str:
    """Return the origin of the gateway of an API group."""
    return f"https://{group}.apig.{region}.huaweicloudapis.com"


MODELARTS = Edition(
    kind="modelarts",
    vendor="modelarts",
    label=N_("ModelArts, URL for tokens and AK/SK"),
    note=N_(
        "The URL that the Usage Guides tab shows first. It takes a project token or an AK/SK signature; "
        "app authentication has a URL of its own."
    ),
    parts=_PARTS,
    read=_read,
    build=build,
    credentials=TOKEN_KINDS,
    not_offered=(
        NotOffered(
            kinds=APP_KINDS,
            label=N_("AppCode and app signature"),
            why=N_(
                "This URL does not know apps (APIG.0303). Add the service's other URL, that for app authentication."
            ),
        ),
    ),
    channel_name=N_("Public, token"),
    twin="modelarts-app",
    more=("modelarts-app", "modelarts-endpoint", "modelarts-direct"),
)
APP = Edition(
    kind="modelarts-app",
    vendor="modelarts",
    label=N_("ModelArts, URL for app authentication"),
    note=N_(
        "The URL that the Usage Guides tab shows for app authentication: the app must be bound to the service. "
        "Its host is another one than that of the URL for tokens."
    ),
    parts=_PARTS,
    read=_read_app,
    build=build,
    credentials=APP_KINDS,
    not_offered=(
        NotOffered(
            kinds=TOKEN_KINDS,
            label=N_("IAM token and AK/SK"),
            why=N_(
                "This URL refuses them (ModelArts.0205, 0209). The URL for them stands first on the Usage Guides tab "
                "of the service's page in the console: add it as another channel."
            ),
        ),
    ),
    channel_name=N_("Public, app"),
    twin="modelarts",
    more=("modelarts", "modelarts-endpoint", "modelarts-direct"),
)

_CONNECT_TO = Part(
    name="connect_to",
    label=N_("Private address"),
    help=N_("Address of the VPC endpoint, with its port if that is not 443. Host and TLS name stay the public ones."),
    placeholder="192.168.0.12",
)


def _build_endpoint(values: Mapping[str, str]) -> Place:
    return replace(build(values), connect_to=values["connect_to"].strip())


ENDPOINT = Edition(
    kind="modelarts-endpoint",
    vendor="modelarts",
    label=N_("ModelArts, VPC endpoint"),
    note=N_("The public URL, reached at a private address of your VPC. It takes what the public URL takes."),
    parts=(_CONNECT_TO, *_PARTS),
    read=lambda _address: None,  # nothing in the address says so
    reads_as="modelarts",
    build=_build_endpoint,
    channel="vpc-endpoint",
    credentials=(*TOKEN_KINDS, *APP_KINDS),
)


def _build_direct(values: Mapping[str, str]) -> Place:
    return Place(url=with_scheme(values["origin"]), path=glued("", values.get("path", "")))


DIRECT = Edition(
    kind="modelarts-direct",
    vendor="modelarts",
    label=N_("ModelArts, VPC high-speed"),
    note=N_(
        "Straight to an instance over VPC peering: no gateway, nobody checks a credential, a token would only be "
        "given away. There is no /v1/infers in the address."
    ),
    parts=(
        replace(ORIGIN, help=N_("Address and port of an instance, with http or https as its container speaks."),
                placeholder="https://192.168.0.30:8080"),
        PATH,
    ),
    read=lambda _address: None,
    build=_build_direct,
    channel="vpc-direct",
    credentials=(),
)  # fmt: skip
EDGE = Edition(
    kind="modelarts-edge",
    vendor="modelarts",
    label=N_("ModelArts, edge service"),
    note=N_(
        "A service on an edge node: https://{node ip}:{port}, without sign-in. Its certificate is its own: name its "
        "authority in the next step, or turn verifying off there."
    ),
    parts=(
        replace(ORIGIN, help=N_("Address of the node and port of the service."), placeholder="https://10.1.2.3:1024"),
        PATH,
    ),
    read=lambda _address: None,
    build=_build_direct,
    channel="edge-node",
    credentials=(),
)
EDITIONS = (MODELARTS, APP, ENDPOINT, DIRECT, EDGE)
