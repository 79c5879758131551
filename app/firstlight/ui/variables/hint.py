"""What hovering over a reference says: its value, where that comes from, what is missing."""

from __future__ import annotations

from firstlight.model.secrets import MASK
from firstlight.texts import tr
from firstlight.ui.known_variables import KnownVariables
from firstlight.ui.text.plain_tip import plain_tip
from firstlight.ui.variables.entries import SECRET, entry_of, missing


def hint(known: KnownVariables, name: str) -> str:
    """Return what a tool tip says about a reference."""
    return plain_tip(_said(known, name))


def _said(known: KnownVariables, name: str) -> str:
    found = entry_of(known, name)
    if found is None:
        return _unknown(name) + "\n" + tr("Ctrl+click to set it.")
    if found.kind == "secret":
        known_one = tr("This secret is known. It is never shown here.")
        return known_one if found.value == MASK else tr("Whether this secret is known shows when it is needed.")
    if found.kind == "dynamic":
        example = known.dynamic()[name].make().split("\n")[0][:80]
        return found.value + "\n" + tr("Made anew at each use, such as {example}", example=example)
    said = found.value + "\n" + found.origin
    if description := known.variables[name].description:
        said += "\n" + description
    if lacking := missing(known, name):
        said += "\n" + tr("Its value refers to {name}, which has none.", name=f"{{{{{lacking}}}}}")
    return said


def _unknown(name: str) -> str:
    if name.startswith(SECRET):
        return tr("There is no secret “{name}”.", name=name.removeprefix(SECRET).strip())
    return tr("{name} has no value here.", name=f"{{{{{name}}}}}")
