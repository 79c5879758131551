"""Which credentials an edition takes, and what of them is known already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from firstlight.auth import METHODS, AuthMethod
from firstlight.auth.iam.regions import REGIONS, endpoint_of
from firstlight.editions.edition import Edition, NotOffered, Told
from firstlight.editions.given import Given


def offered(editions: Iterable[Edition]) -> tuple[AuthMethod, ...]:
    """Return the methods that any of these channels takes, the usual ones first."""
    known = {method.kind: method for method in METHODS}
    kinds = dict.fromkeys(kind for edition in editions for kind in edition.credentials)
    return tuple(known[kind] for kind in kinds if kind in known)


def withheld(editions: Iterable[Edition]) -> tuple[NotOffered, ...]:
    """Return what somebody might look for among the offers and does not find, with the reason."""
    editions = tuple(editions)
    taken = {kind for edition in editions for kind in edition.credentials}
    notes = dict.fromkeys(note for edition in editions for note in edition.not_offered)
    return tuple(note for note in notes if not taken & set(note.kinds))


def secret_values(given: Iterable[Given]) -> frozenset[str]:
    """Return the values that nobody may read over somebody's shoulder: not the names beside them."""
    secret = {(method.kind, field.name) for method in METHODS for field in method.fields if field.secret}
    return frozenset(
        value for entry in given for name, value in entry.values.items() if (entry.kind, name) in secret and value
    )


def takes_region(kind: str) -> bool:
    """Tell whether a method's form is filled in by the region of the service."""
    return kind == "huawei-iam"


def region_of(values: Mapping[str, str]) -> str:
    """Return the region whose IAM the form of a method names; empty: none of those that are known."""
    endpoint = values.get("endpoint", "").strip().rstrip("/")
    return next((region for region in REGIONS if endpoint == endpoint_of(region)), "")


def in_region(values: Mapping[str, str], region: str) -> dict[str, str]:
    """Return the values of a method's form for another region; a project that is no region's own stays."""
    project = values.get("project", "")
    default = not project or project in REGIONS
    return {**values, "endpoint": endpoint_of(region), "project": region if default else project}


def prefilled(kind: str, values: Mapping[str, str], told: Iterable[Told]) -> dict[str, str]:
    """Return what the form of a method begins with, from the parts of an address and what it says."""
    known = {entry.name: entry.value for entry in told}
    region, project = known.get("region", ""), values.get("project_id", "")
    if kind == "huawei-iam":
        filled = {
            "endpoint": endpoint_of(region) if region else "",
            "project": project or region,
        }
    elif kind == "aksk":
        filled = {"project_id": project}
    elif kind == "aws-sigv4":
        filled = {"region": region, "service": known.get("aws_service", "")}
    elif kind == "apikey":
        filled = {"key": known.get("key_header", "")}
    else:
        filled = {}
    return {name: value for name, value in filled.items() if value}
