"""Where a request's variables come from: the pages of the workspace and its environments."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from firstlight.model.collection import Environment
from firstlight.model.exchange import Variable
from firstlight.model.failure import ExchangeError, failed
from firstlight.store import pages
from firstlight.texts import Phrase


def variables(origin: str, values: Mapping[str, str]) -> dict[str, Variable]:
    """Return `values` with the place they come from."""
    return {name: Variable(value=value, origin=origin) for name, value in values.items()}


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
