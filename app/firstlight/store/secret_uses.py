"""Which secrets a workspace refers to, and from where. Reads the files as texts: a broken one counts as well."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from firstlight.model.secrets import REFERENCE
from firstlight.store import pages
from firstlight.store.ordering import page_of
from firstlight.store.scopes import environment_files
from firstlight.store.tree import Node
from firstlight.store.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretUser:
    """A file that refers to a secret."""

    kind: str
    """request, folder, collection, environment, service, workspace, settings."""
    name: str
    """As the person knows it: `Iris / Predict one flower`."""
    path: str
    """Of the file, or of the folder whose page it is; relative to the workspace."""


def secret_uses(workspace: Workspace) -> dict[str, tuple[SecretUser, ...]]:
    """Return every secret name in use with its users, in the order of the tree."""
    found: dict[str, list[SecretUser]] = {}
    for user, file in _files(workspace):
        for name in _names_in(file):
            found.setdefault(name, []).append(user)
    return {name: tuple(users) for name, users in found.items()}


def _files(workspace: Workspace) -> Iterator[tuple[SecretUser, Path]]:
    page = workspace.folder / pages.WORKSPACE
    yield SecretUser(kind="workspace", name=workspace.name, path=pages.WORKSPACE), page
    for name, file in environment_files(workspace.folder).items():
        path = file.relative_to(workspace.folder).as_posix()
        yield SecretUser(kind="environment", name=name, path=path), file
    for entry in workspace.services.entries():
        yield SecretUser(kind="service", name=entry.name, path=entry.path), workspace.folder / entry.path
    yield from _tree_files(workspace.folder, workspace.tree(), "")


def _tree_files(folder: Path, nodes: tuple[Node, ...], above: str) -> Iterator[tuple[SecretUser, Path]]:
    for node in nodes:
        name = f"{above} / {node.name}" if above else node.name
        place = folder / node.path
        if node.kind in {"collection", "folder"}:
            page = page_of(place, folder / "collections")
            yield SecretUser(kind=node.kind, name=name, path=node.path), page
        elif not place.is_symlink():  # a broken one that leads out of the workspace is not followed
            yield SecretUser(kind="request", name=name, path=node.path), place
        yield from _tree_files(folder, node.children, name)


def _names_in(file: Path) -> list[str]:
    """Return the names of a file in the order they stand there, each once; none of a file that has gone."""
    try:
        text = file.read_text("utf-8", "replace")
    except OSError:  # the tree shows it as broken, with the reason
        return []
    return list(dict.fromkeys(match[1].strip() for match in REFERENCE.finditer(text))) if "secret:" in text else []
