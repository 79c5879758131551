"""The `variables` of a page ↔ rows: `name: value`, a group where a row is more than that, a list where names repeat.

What this version does not know of a row is kept by (row name, how many rows of that name came before); an entry that
is no row at all by its name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence as AnySequence
from typing import Any

from firstlight.formats.yaml_fields import Fields
from firstlight.formats.yaml_nodes import Mapping, Node, Scalar
from firstlight.model.collection import VariableRow

_KEY = "variables"


def read_variables(fields: Fields, unknown: dict[str, Any]) -> tuple[VariableRow, ...]:
    """Take `variables`; what is not understood of them goes into `unknown`."""
    kept: dict[Any, Any] = {}
    rows = fields.rows(_KEY) if fields.is_list(_KEY) else _named(fields.group(_KEY), kept)
    seen: Counter[str] = Counter()
    read = []
    for row in rows:
        made = VariableRow(
            name=row.text("name"),
            value=row.text("value"),
            enabled=row.flag("enabled", True),
            description=row.text("description"),
            secret=row.flag("secret", False),
        )
        if row.left():
            kept[made.name, seen[made.name]] = row.left()
        seen[made.name] += 1
        read.append(made)
    if kept:
        unknown[_KEY] = kept
    return tuple(read)


def write_variables(rows: AnySequence[VariableRow], unknown: AnyMapping[str, Any]) -> dict[str, Any] | list[Any]:
    """Return what `variables` holds; empty for none."""
    kept = unknown.get(_KEY, {})
    seen: Counter[str] = Counter()
    written: list[tuple[str, dict[str, Any]]] = []
    for row in rows:
        written.append((row.name, {**_details(row), **kept.get((row.name, seen[row.name]), {})}))
        seen[row.name] += 1
    strange = {name: node for name, node in kept.items() if isinstance(name, str)}
    if len(seen) < len(written) or strange.keys() & seen.keys():
        return [*({"name": name, **row} for name, row in written), *({name: node} for name, node in strange.items())]
    return {name: row["value"] if row.keys() == {"value"} else row for name, row in written} | strange


def _named(group: Fields, kept: dict[Any, Any]) -> list[Fields]:
    rows = []
    for name, node in group.left().items():
        entry: dict[str, Node]
        match node:
            case Scalar():
                entry = {"value": node}
            case Mapping():
                entry = node.entries
            case _:
                kept[name] = node
                continue
        named = {**entry, "name": Scalar(name, False, node.line, node.column)}
        rows.append(Fields(Mapping(named, node.line, node.column)))
    return rows


def _details(row: VariableRow) -> dict[str, Any]:
    more: dict[str, Any] = {"description": row.description} if row.description else {}
    if not row.enabled:
        more["enabled"] = False
    if row.secret:
        more["secret"] = True
    return {"value": row.value, **more}
