"""What can stand between the braces, as it is offered and explained: variables, secrets and dynamic ones alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from firstlight.model.exchange import Variable
from firstlight.model.secrets import MASK
from firstlight.texts import N_, tr
from firstlight.ui.known_variables import KnownVariables
from firstlight.ui.variables.references import references

SECRET = "secret:"  # noqa: S105 - how a reference to one begins

Kind: TypeAlias = Literal["variable", "secret", "dynamic"]

ORIGINS = {
    "workspace": N_("Workspace"),
    "collection": N_("Collection"),
    "folder": N_("Folder"),
    "environment": N_("Environment"),
    "run": N_("This run"),
}
_LONGEST = 300
_MOST = 300
"""Rows of the list; whoever looks for something types another letter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One name with what may be shown of it."""

    name: str
    """As it is written: `host`, `secret:token`, `$guid`."""
    kind: Kind
    value: str
    """In one line; of a secret only that there is one."""
    origin: str


def offered(known: KnownVariables, typed: str) -> list[Entry]:
    """Return what contains the typed letters, in the order in which it is offered: what begins so comes first."""
    wanted = typed.strip().casefold()
    names = (*known.names(), *(SECRET + name for name in known.secret_names), *known.dynamic())
    found = [name for name in names if wanted in name.casefold()]
    found.sort(key=lambda name: not name.casefold().removeprefix(SECRET).removeprefix("$").startswith(wanted))
    return [_shown(known, name) for name in found[:_MOST]]


def entry_of(known: KnownVariables, name: str) -> Entry | None:
    """Return what is known of a name; None: it has no value, or is a secret that nobody knows."""
    if name.startswith(SECRET):
        lacking = known.secret_is_known(name.removeprefix(SECRET).strip()) is False
    else:
        lacking = known.lookup(name) is None and name not in known.dynamic()
    return None if lacking else _shown(known, name)


def shown_value(variable: Variable) -> str:
    """Return the value as it may be shown: of a secret one only references."""
    referred = sum(found.end - found.start for found in references(variable.value))
    return MASK if variable.secret and referred < len(variable.value.strip()) else variable.value


def missing(known: KnownVariables, name: str) -> str:
    """Return the first name without a value on the way from `name`; empty: it has one, or nobody has looked yet."""
    return _missing(known, name, (), set()) if known.ready else ""


def _missing(known: KnownVariables, name: str, trail: tuple[str, ...], fine: set[str]) -> str:
    """Look along `trail`; what is `fine` is not followed again: ten variables of ten references make 10^10 ways."""
    if name in fine or (name.startswith("$") and name in known.dynamic()):
        return ""
    if name.startswith(SECRET):
        return name if known.secret_is_known(name.removeprefix(SECRET).strip()) is False else ""
    variable = known.lookup(name)
    if variable is None or name in trail:  # one that comes back to itself has none, either
        return name
    found = (_missing(known, inner.name, (*trail, name), fine) for inner in references(variable.value))
    lacking = next(filter(None, found), "")
    if not lacking:
        fine.add(name)
    return lacking


def _shown(known: KnownVariables, name: str) -> Entry:
    if name.startswith(SECRET):
        return _secret(known, name.removeprefix(SECRET).strip())
    return _variable(known, name) if known.lookup(name) is not None else _dynamic(known, name)


def _variable(known: KnownVariables, name: str) -> Entry:
    variable = known.variables[name]
    value = " ".join(shown_value(variable).split("\n"))[:_LONGEST]
    origin = tr(ORIGINS.get(variable.origin, variable.origin))
    if variable.origin_name:
        origin = tr("{kind}: {name}", kind=origin, name=variable.origin_name)
    return Entry(name=name, kind="variable", value=value, origin=origin)


def _secret(known: KnownVariables, name: str) -> Entry:
    said = {True: MASK, False: tr("Not set"), None: tr("Known when it is needed")}
    value = said[known.secret_is_known(name)]
    return Entry(name=SECRET + name, kind="secret", value=value, origin=tr("Secret"))


def _dynamic(known: KnownVariables, name: str) -> Entry:
    return Entry(name=name, kind="dynamic", value=tr(known.dynamic()[name].description), origin=tr("Dynamic"))
