"""Files of one kind in one folder of a workspace, shown by the names they give themselves, which are unique."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, ClassVar, Generic, TypeVar

from firstlight.model.collection import Environment
from firstlight.model.failure import ExchangeError, failed
from firstlight.model.service import Service
from firstlight.store import disk
from firstlight.store.file_names import free_name, is_made_from, slug
from firstlight.store.paths import inside
from firstlight.texts import Phrase

Page = TypeVar("Page", Environment, Service)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileEntry(Generic[Page]):
    """One file as a list shows it."""

    path: str
    """Relative to the workspace, with `/`."""
    name: str
    value: Page | None = None
    """What the file says; it always has a name."""
    problem: Phrase | None = None
    """Why it cannot be read; it goes by its file name then."""


class NamedFiles(ABC, Generic[Page]):
    """The files of one workspace. Paths are relative to it; every problem is an ExchangeError (layer `file`)."""

    folder_name: ClassVar[str]
    word: ClassVar[str]
    """What the file of a page is called whose name has no letter."""

    def __init__(self, workspace: Path) -> None:
        self._workspace = workspace
        self.folder = workspace / self.folder_name

    @abstractmethod
    def read(self, file: Path) -> Page:
        """Read a file."""

    @abstractmethod
    def write(self, file: Path, value: Page) -> None:
        """Write a file."""

    @abstractmethod
    def taken(self, name: str) -> Phrase:
        """Say that there is one of this name already."""

    def entries(self) -> tuple[FileEntry[Page], ...]:
        """Return what there is, sorted by name."""
        found = []
        for file in self.folder.glob("*.yaml"):
            path = f"{self.folder_name}/{file.name}"
            try:
                value = self._named(file)
                found.append(FileEntry(path=path, name=value.name, value=value))
            except ExchangeError as error:  # shown as broken: the others must stay usable
                found.append(FileEntry(path=path, name=file.stem, problem=error.failure.message))
        return tuple(sorted(found, key=lambda entry: (entry.name.casefold(), entry.path)))

    def load(self, path: str) -> Page:
        """Read one; it always has a name."""
        return self._named(inside(self._workspace, path))

    def save(self, path: str, value: Page) -> None:
        """Write one to its file."""
        file = inside(self._workspace, path)
        disk.make_folder(file.parent)  # it may have been deleted outside
        self.write(file, value)

    def add(self, value: Page) -> str:
        """Make one and return its path; a name that is taken is refused, for one chooses by name."""
        self._check_free(value.name)
        path = f"{self.folder_name}/{free_name(self._file_name(value.name), self._taken())}"
        self.save(path, value)
        return path

    def rename(self, path: str, name: str) -> str:
        """Give one another name; its file is renamed too. Return the new path."""
        self._check_free(name, path)
        old = inside(self._workspace, path)
        self.save(path, _called(self.load(path), name))
        if is_made_from(old.name, self._file_name(name)):
            return path
        new = old.with_name(free_name(self._file_name(name), self._taken() - {old.name}))
        disk.move(old, new)
        return f"{self.folder_name}/{new.name}"

    def _named(self, file: Path) -> Page:
        value = self.read(file)
        named: Page = _called(value, value.name or file.stem)
        return named

    def _check_free(self, name: str, own: str = "") -> None:
        if any(entry.name == name and entry.path != own for entry in self.entries()):
            raise failed("file", "exists", self.taken(name), hint=Phrase("Choose another name."))

    def _taken(self) -> set[str]:
        return {file.name for file in self.folder.glob("*")}

    def _file_name(self, name: str) -> str:
        return f"{slug(name, self.word).lower()}.yaml"


def _called(value: Any, name: str) -> Any:  # dataclasses.replace forgets which of the two it was given
    return replace(value, name=name)
