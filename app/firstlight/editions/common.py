"""Parts, reasons and readings that several editions share."""

from __future__ import annotations

import re

from firstlight.editions.address import Address
from firstlight.editions.edition import Found, Part, Told
from firstlight.texts import N_, Phrase

UUID = re.compile(r"[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}")
HEX_32 = re.compile(r"[0-9A-Fa-f]{32}")
NAME = re.compile(r"[^/?#\s]+")
_REFERENCE = re.compile(r"\{\{[^{}]+\}\}")
_REGION = re.compile(r"(?<![a-z0-9-])([a-z]{2}-[a-z]+(?:-[a-z]+)?-\d{1,3})(?![a-z0-9-])")

ORIGIN = Part(
    name="origin",
    label=N_("Host"),
    help=N_("The beginning of the address, up to the first slash of the path."),
    placeholder="https://…",
)
PATH = Part(
    name="path",
    label=N_("Path of the model"),
    help=N_("What the model's own API adds, such as /v1/chat/completions. Empty: the model answers at the address."),
    placeholder="/v1/chat/completions",
    optional=True,
)
SERVICE_ID = Part(
    name="service_id",
    label=N_("Service ID"),
    placeholder="eb3e0c54-3dfa-4750-af0c-95c45e5d3e83",
    pattern=UUID,
    expected=N_("A service ID looks like eb3e0c54-3dfa-4750-af0c-95c45e5d3e83."),
)


def problem(part: Part, value: str) -> str:
    """Return what is wrong with a value, marked for translation; empty: nothing. A `{{variable}}` may be anything."""
    value = value.strip()
    if not value:
        return "" if part.optional or part.choices else N_("Please fill this in.")
    if part.pattern is None or _REFERENCE.search(value) or part.pattern.fullmatch(value):
        return ""
    return part.expected


def from_host(address: Address) -> Found:
    """Return the origin of an address as a fact."""
    return Found(value=address.origin, why=Phrase("The address begins with it."))


def behind(value: str, before: str | Phrase) -> Found:
    """Return a fact that stands behind a known piece of the path."""
    return Found(value=value, why=Phrase("It stands behind {piece} in the address.", piece=before))


def rest(path: str, query: str, before: str | Phrase) -> Found:
    """Return what follows in the path as a fact."""
    value = f"/{path}" if path else ""
    value += f"?{query}" if query else ""
    return Found(
        value=value,
        why=Phrase("What follows {piece} in the address.", piece=before)
        if value
        else Phrase("Nothing follows {piece} in the address.", piece=before),
    )


def region_in(host: str) -> str:
    """Return the region that a host name says; empty when it says none."""
    found = _REGION.search(host)
    return found[1] if found else ""


def told_region(address: Address) -> tuple[Told, ...]:
    """Return the region of an address, if its host says one."""
    region = region_in(address.host)
    return (told("region", N_("Region"), region, Phrase("From the host name.")),) if region else ()


def told(name: str, label: str, value: str, why: Phrase) -> Told:
    """Return something that an address says."""
    return Told(name=name, label=label, value=value, why=why)
