"""The environments of a workspace: one file each in `environments/`, shown by name. Every method works on the disk."""

from __future__ import annotations

from pathlib import Path

from firstlight.model.collection import Environment
from firstlight.store import pages
from firstlight.store.named_files import NamedFiles
from firstlight.texts import Phrase


class Environments(NamedFiles[Environment]):
    """The environments of one workspace."""

    folder_name = "environments"
    word = "environment"

    def read(self, file: Path) -> Environment:
        return pages.read_environment(file)

    def write(self, file: Path, value: Environment) -> None:
        pages.write_environment(file, value)

    def taken(self, name: str) -> Phrase:
        return Phrase("There is an environment “{name}” already.", name=name)
