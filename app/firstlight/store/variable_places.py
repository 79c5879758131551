"""The pages in which a request's variable may have its value, and setting it there. Works on the disk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from firstlight.model.collection import Collection, Environment, VariableRow, WorkspacePage
from firstlight.store import pages
from firstlight.store.ordering import page_of
from firstlight.store.paths import inside
from firstlight.store.scopes import environment_files
from firstlight.store.secret_fields import Keeper, stash_rows
from firstlight.store.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class VariablePlace:
    """One page, and what it says of the variable."""

    kind: str
    """workspace, collection, folder, environment."""
    name: str
    path: str
    """Of its file, relative to the workspace."""
    value: str | None
    """None: it does not hold the variable."""


def variable_places(workspace: Workspace, path: str, variable: str) -> tuple[VariablePlace, ...]:
    """Return every place for a variable of the request at `path`, weakest first; environments come last.

    Raises:
        ExchangeError: (layer `file`) a page cannot be read.
    """
    return tuple(
        VariablePlace(
            kind=kind,
            name=page.name or file.parent.name,
            path=file.relative_to(workspace.folder).as_posix(),
            value=next((row.value for row in reversed(page.variables) if _holds(row, variable)), None),
        )
        for kind, file, page in _pages(workspace, path)
    )


def set_variable(workspace: Workspace, place: VariablePlace, variable: str, value: str, secrets: Keeper) -> None:
    """Write a variable's value into a page; everything else in it stays, and a new variable comes last.

    Where the variable is marked as secret the value goes to `secrets`, and the page gets a reference. May block.

    Raises:
        ExchangeError: (layer `file`) the page cannot be read or written.
    """
    file = inside(workspace.folder, place.path)

    def changed(rows: tuple[VariableRow, ...]) -> tuple[VariableRow, ...]:
        return stash_rows(_with(rows, variable, value), place.name, secrets)

    if place.kind == "workspace":
        page = pages.read_workspace(file)
        pages.write_workspace(file, replace(page, variables=changed(page.variables)))
    elif place.kind == "environment":
        environment = pages.read_environment(file)
        pages.write_environment(file, replace(environment, variables=changed(environment.variables)))
    else:
        collection = pages.read_collection(file)
        pages.write_collection(file, replace(collection, variables=changed(collection.variables)))


def _holds(row: VariableRow, variable: str) -> bool:
    return row.enabled and row.name.strip() == variable


def _with(rows: tuple[VariableRow, ...], variable: str, value: str) -> tuple[VariableRow, ...]:
    """Return `rows` with the value of the row that counts, or with a new one."""
    counting = max((number for number, row in enumerate(rows) if _holds(row, variable)), default=-1)
    if counting < 0:
        return (*rows, VariableRow(name=variable, value=value))
    return (*rows[:counting], replace(rows[counting], value=value), *rows[counting + 1 :])


def _pages(workspace: Workspace, path: str) -> Iterator[tuple[str, Path, WorkspacePage | Collection | Environment]]:
    file = workspace.folder / pages.WORKSPACE
    yield "workspace", file, pages.read_workspace(file)
    parents = [p for p in PurePosixPath(path).parents if len(p.parts) > 1 and p.parts[0] == "collections"]
    for parent in reversed(parents):
        kind = "collection" if len(parent.parts) == 2 else "folder"
        file = page_of(inside(workspace.folder, parent.as_posix()), workspace.folder / "collections")
        yield kind, file, pages.read_collection(file)
    for file in environment_files(workspace.folder).values():
        yield "environment", file, pages.read_environment(file)
