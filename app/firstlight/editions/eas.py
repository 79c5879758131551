"""Alibaba PAI-EAS: shared and dedicated gateways, public and VPC, a host per service (VENDORS §5.1, §5.2)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from firstlight.editions.address import Address, glued, with_scheme
from firstlight.editions.common import NAME, ORIGIN, PATH, behind, from_host, rest, told
from firstlight.editions.edition import HOST, SHAPE, Edition, Match, NotOffered, Part, Place, Told
from firstlight.texts import N_, Phrase

_PATH = re.compile(r"/api/predict/(?P<service>[^/]+)(?:/(?P<rest>.*))?")
_SUFFIX = r"\.(?P<region>[a-z0-9-]+)\.pai-eas\.aliyuncs\.com"
_SHARED = re.compile(rf"(?P<uid>\d[\d*]+)(?P<vpc>\.vpc)?{_SUFFIX}")
_GATEWAY = re.compile(rf"gw-(?P<id>[a-z0-9-]+?)(?P<vpc>-vpc)?{_SUFFIX}")
_OWN = re.compile(rf"(?P<service>[a-z0-9_-]+)\.(?P<uid>\d[\d*]+)(?P<vpc>\.vpc)?{_SUFFIX}")

KINDS = ("eas-token", "bearer", "eas-signature")
_NOT_OFFERED = (
    NotOffered(
        kinds=("x-auth-token", "huawei-iam", "aksk", "appcode"),
        label=N_("AccessKey of the account"),
        why=N_("A service is called with its own token; the console shows it under View Call Information."),
    ),
)
_SERVICE = Part(
    name="service",
    label=N_("Service or group"),
    help=N_("Its name; of one service in a group: group.service."),
    pattern=NAME,
    expected=N_("A name has no blank and no slash."),
)
_PARTS = (
    replace(ORIGIN, placeholder="http://1234567890123456.cn-hangzhou.pai-eas.aliyuncs.com"),
    _SERVICE,
    replace(PATH, help=N_("The console shows only the address without it; a missing path is the usual cause of 404.")),
)


def _read(address: Address, hosts: re.Pattern[str], *, vpc: bool) -> Match | None:
    """Read `/api/predict/…`; a host that is none of EAS's own counts as a shared public gateway."""
    found, host = _PATH.fullmatch(address.path.rstrip("/")), hosts.fullmatch(address.host)
    foreign = hosts is _SHARED and not vpc and not address.host.endswith(".pai-eas.aliyuncs.com")
    if found is None or not (foreign or (host is not None and bool(host["vpc"]) is vpc)):
        return None
    return Match(
        sure=HOST if host else SHAPE,
        parts={
            "origin": from_host(address),
            "service": behind(found["service"], "/api/predict/"),
            "path": rest((found["rest"] or "").rstrip("/"), address.query, Phrase("the service")),
        },
        told=(*_of_host(host), *_of_path(found["service"], found["rest"] or "")),
        warnings=_warnings(address, vpc=vpc),
    )


def _of_host(host: re.Match[str] | None) -> tuple[Told, ...]:
    if host is None:
        return ()
    names = host.groupdict()
    notes = [told("region", N_("Region"), names["region"], Phrase("From the host name."))]
    if uid := names.get("uid"):
        notes.append(told("account", N_("Account (UID)"), uid, Phrase("From the host name.")))
    if gateway := names.get("id"):
        notes.append(told("gateway", N_("Gateway"), f"gw-{gateway}", Phrase("The first piece of the host name.")))
    return tuple(notes)


def _of_path(service: str, rest: str) -> tuple[Told, ...]:
    if "." in service:
        group = service.partition(".")[0]
        return (told("group", N_("Group"), group, Phrase("Before the dot: one service of a group is called.")),)
    if rest.rstrip("/") == "sink":
        return (told("queue", N_("Queue"), "sink", Phrase("The path ends with /sink: the output of a queue service.")),)
    return ()


def _warnings(address: Address, *, vpc: bool) -> tuple[Phrase, ...]:
    if "*" in address.host:
        return (Phrase("A part of the address is hidden behind asterisks: copy it from the console."),)
    if vpc:
        return (Phrase("This address answers only within the region's VPC, not from elsewhere."),)
    if address.scheme == "http" and not address.is_local:
        return (Phrase("Over http the token can be read on the way; the same address works with https://."),)
    return ()


def _build(values: Mapping[str, str]) -> Place:
    """Return `{origin}/api/predict/{service}` and the path behind it."""
    origin = with_scheme(values["origin"])
    path = glued("", values.get("path", ""))
    return Place(url=f"{origin}/api/predict/{values['service'].strip()}", path=path)


def vpc_origin(origin: str) -> str:
    """Return the VPC address's beginning for that of the public one; empty: it has none that follows from it."""
    host = origin.strip().rpartition("://")[2]
    name, dot, after = host.partition(".")
    if not dot or not after.endswith(".pai-eas.aliyuncs.com") or after.startswith("vpc."):
        return ""
    if name.startswith("gw-"):
        return "" if name.endswith("-vpc") else f"http://{name}-vpc.{after}"
    return f"http://{name}.vpc.{after}" if name.replace("*", "0").isdigit() else ""


def public_origin(origin: str) -> str:
    """Return the beginning of the public address for that of the VPC one; empty: it has none that follows from it."""
    scheme, separator, host = origin.strip().rpartition("://")
    name, dot, after = host.partition(".")
    if not after.endswith(".pai-eas.aliyuncs.com"):
        return ""
    if name.startswith("gw-"):
        return f"{scheme}{separator}{name.removesuffix('-vpc')}{dot}{after}" if name.endswith("-vpc") else ""
    return f"{scheme}{separator}{name}{dot}{after.removeprefix('vpc.')}" if after.startswith("vpc.") else ""


SHARED = Edition(
    kind="eas",
    vendor="eas",
    label=N_("PAI-EAS, public address"),
    note=N_("{uid}.{region}.pai-eas.aliyuncs.com: the gateway that all share, with 1 MB and 5 seconds."),
    parts=_PARTS,
    read=lambda address: _read(address, _SHARED, vpc=False),
    build=_build,
    credentials=KINDS,
    not_offered=_NOT_OFFERED,
    starts=("chat", "json", "file"),
    more=("eas-vpc", "eas-gateway", "eas-direct"),
)
VPC = replace(
    SHARED,
    kind="eas-vpc",
    label=N_("PAI-EAS, VPC address"),
    note=N_("{uid}.vpc.{region}.pai-eas.aliyuncs.com: from the same region only."),
    read=lambda address: _read(address, _SHARED, vpc=True),
    channel="vpc",
    more=("eas", "eas-direct"),
)
GATEWAY = replace(
    SHARED,
    kind="eas-gateway",
    label=N_("PAI-EAS, dedicated gateway"),
    note=N_("gw-….{region}.pai-eas.aliyuncs.com: a gateway of your own."),
    read=lambda address: _read(address, _GATEWAY, vpc=False),
    channel="dedicated-gateway",
    more=("eas-gateway-vpc", "eas-direct"),
)
GATEWAY_VPC = replace(
    GATEWAY,
    kind="eas-gateway-vpc",
    label=N_("PAI-EAS, dedicated gateway from the VPC"),
    note=N_("gw-…-vpc.{region}.pai-eas.aliyuncs.com: from the same VPC only."),
    read=lambda address: _read(address, _GATEWAY, vpc=True),
    more=("eas-gateway", "eas-direct"),
)


def _read_own(address: Address) -> Match | None:
    found = _OWN.fullmatch(address.host)
    if found is None:
        return None
    service = told("service", N_("Service"), found["service"], Phrase("The first piece of the host name."))
    path = rest(address.path.strip("/"), address.query, Phrase("the host"))
    return Match(
        sure=HOST,
        parts={"origin": from_host(address), "path": path},
        told=(service, *_of_host(found)),
        warnings=_warnings(address, vpc=bool(found["vpc"])),
    )


def _build_own(values: Mapping[str, str]) -> Place:
    return Place(url=with_scheme(values["origin"]), path=glued("", values.get("path", "")))


OWN = replace(
    SHARED,
    kind="eas-own-host",
    label=N_("PAI-EAS, host per service"),
    note=N_("{service}.{uid}[.vpc].{region}.pai-eas.aliyuncs.com: there is no /api/predict in the address."),
    parts=(replace(ORIGIN, placeholder="http://chat.1234567890123456.cn-hangzhou.pai-eas.aliyuncs.com"), PATH),
    read=_read_own,
    build=_build_own,
    credentials=("eas-token", "bearer"),
    more=(),
)
DIRECT = replace(
    OWN,
    kind="eas-direct",
    label=N_("PAI-EAS, VPC direct (high-speed)"),
    note=N_("Straight to an instance: no gateway and its limits, nobody checks a token."),
    parts=(
        replace(
            ORIGIN, help=N_("Address and port as the service discovery gives them."), placeholder="http://10.0.0.5:8000"
        ),
        PATH,
    ),
    read=lambda _address: None,
    channel="vpc-direct",
    credentials=(),
    not_offered=(),
)
EDITIONS = (SHARED, VPC, GATEWAY, GATEWAY_VPC, OWN, DIRECT)
