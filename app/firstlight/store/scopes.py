"""Where a request's variables come from: the pages of the workspace and its environments."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from firstlight.model.collection import Environment, VariableRow
from firstlight.model.exchange import Variable
from firstlight.model.failure import ExchangeError, failed
from firstlight.model.request import INHERIT, Authorization
from firstlight.model.surroundings import Surroundings
from firstlight.store import pages
from firstlight.texts import Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A page that has variables: where, what it is called, and what it says."""

    origin: str
    """As in Variable."""
    path: str
    name: str
    rows: tuple[VariableRow, ...]
    authorization: Authorization = INHERIT


def surroundings(sources: Iterable[Source]) -> Surroundings:
    """Put together what pages say; the nearest comes last."""
    variables: dict[str, Variable] = {}
    said = Surroundings()
    for source in sources:
        variables |= rows_as_variables(source.origin, source.rows, source.name)
        if source.authorization.kind != INHERIT.kind:
            said = Surroundings(
                authorization=source.authorization,
                authorization_path=source.path,
                authorization_from=source.name,
            )
    return replace(said, variables=variables)


def rows_as_variables(origin: str, rows: Iterable[VariableRow], origin_name: str = "") -> dict[str, Variable]:
    """Return what rows define, with the place they come from. Names are used without the blanks around them."""
    return {
        row.name.strip(): Variable(
            value=row.value,
            origin=origin,
            origin_name=origin_name,
            description=row.description,
            secret=row.secret,
        )
        for row in rows
        if row.enabled and row.name.strip()
    }


def environment_files(workspace: Path) -> dict[str, Path]:
    """Return the environments by name; one that cannot be read goes by its file name."""
    found: dict[str, Path] = {}
    for file in sorted((workspace / "environments").glob("*.yaml")):
        try:
            name = pages.read_environment(file).name or file.stem
        except ExchangeError:  # told when it is chosen: the others must stay usable
            name = file.stem
        found.setdefault(name, file)
    return found


def environment(workspace: Path, name: str) -> Environment:
    """Read the environment of that name.

    Raises:
        ExchangeError: (layer `file`) there is none, or its file is broken.
    """
    files = environment_files(workspace)
    if name not in files:
        message = Phrase("There is no environment “{name}” in this workspace.", name=name)
        known = ", ".join(f"“{other}”" for other in files)
        hint = Phrase("Its environments: {names}.", names=known) if known else Phrase("It has no environments yet.")
        raise failed("file", "unknown-environment", message, hint=hint)
    return pages.read_environment(files[name])
