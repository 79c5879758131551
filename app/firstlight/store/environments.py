"""The environments of a workspace: one file each in `environments/`, shown by name. Every method works on the disk."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from firstlight.model.collection import Environment
from firstlight.model.failure import ExchangeError, failed
from firstlight.store import disk, pages
from firstlight.store.file_names import free_name, is_made_from, slug
from firstlight.store.paths import inside
from firstlight.texts import Phrase

FOLDER = "environments"


@dataclass(frozen=True, slots=True, kw_only=True)
class EnvironmentEntry:
    """One environment as the list shows it."""

    path: str
    """Relative to the workspace, with `/`."""
    name: str
    problem: Phrase | None = None
    """Why its file cannot be read; it goes by its file name then."""


class Environments:
    """The files in one workspace. Paths are relative to it; every problem is an ExchangeError (layer `file`)."""

    def __init__(self, workspace: Path) -> None:
        self._workspace = workspace
        self.folder = workspace / FOLDER

    def entries(self) -> tuple[EnvironmentEntry, ...]:
        """Return the environments, sorted by name."""
        found = []
        for file in self.folder.glob("*.yaml"):
            path, problem = f"{FOLDER}/{file.name}", None
            try:
                name = pages.read_environment(file).name or file.stem
            except ExchangeError as error:  # shown as broken: the others must stay usable
                name, problem = file.stem, error.failure.message
            found.append(EnvironmentEntry(path=path, name=name, problem=problem))
        return tuple(sorted(found, key=lambda entry: (entry.name.casefold(), entry.path)))

    def load(self, path: str) -> Environment:
        """Read one; it always has a name."""
        file = inside(self._workspace, path)
        environment = pages.read_environment(file)
        return replace(environment, name=environment.name or file.stem)

    def save(self, path: str, environment: Environment) -> None:
        """Write one to its file."""
        file = inside(self._workspace, path)
        disk.make_folder(file.parent)  # it may have been deleted outside
        pages.write_environment(file, environment)

    def add(self, environment: Environment) -> str:
        """Make one and return its path; a name that is taken is refused, for one chooses by name."""
        self._check_free(environment.name)
        path = f"{FOLDER}/{free_name(_file_name(environment.name), self._taken())}"
        self.save(path, environment)
        return path

    def rename(self, path: str, name: str) -> str:
        """Give one another name; its file is renamed too. Return the new path."""
        self._check_free(name, path)
        old = inside(self._workspace, path)
        self.save(path, replace(self.load(path), name=name))
        if is_made_from(old.name, _file_name(name)):
            return path
        new = old.with_name(free_name(_file_name(name), self._taken() - {old.name}))
        disk.move(old, new)
        return f"{FOLDER}/{new.name}"

    def _check_free(self, name: str, own: str = "") -> None:
        if any(entry.name == name and entry.path != own for entry in self.entries()):
            message = Phrase("There is an environment “{name}” already.", name=name)
            raise failed("file", "exists", message, hint=Phrase("Choose another name."))

    def _taken(self) -> set[str]:
        return {file.name for file in self.folder.glob("*")}


def _file_name(name: str) -> str:
    return f"{slug(name, 'environment').lower()}.yaml"
