"""Which credentials an edition takes, and what of them is known already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from firstlight.auth import METHODS, AuthMethod
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


def prefilled(kind: str, values: Mapping[str, str], told: Iterable[Told]) -> dict[str, str]:
    """Return what the form of a method begins with, from the parts of an address and what it says."""
    known = {entry.name: entry.value for entry in told}
    region, project = known.get("region", ""), values.get("project_id", "")
    if kind == "huawei-iam":
        filled = {
            "endpoint": f"https://iam.{region}.myhuaweicloud.com" if region else "",
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
