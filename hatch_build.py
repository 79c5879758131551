"""Compiles the translation catalogues when First Light is built, so that a wheel carries them ready to use."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def compile_catalogues(root: Path) -> list[Path]:
    """Write `firstlight.mo` beside every `firstlight.po` below `root` and return the files written."""
    written = []
    for source in sorted(root.glob("resources/translations/*/LC_MESSAGES/firstlight.po")):
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parents[1].name, abort_invalid=True)
        target = source.with_suffix(".mo")
        # A window that is running keeps reading a whole file.
        unfinished = target.with_suffix(f".mo.{os.getpid()}")
        with unfinished.open("wb") as output:
            write_mo(output, catalogue)
        unfinished.replace(target)
        written.append(target)
    return written


class CatalogueHook(BuildHookInterface[BuilderConfig]):
    """Called by hatchling before it collects the files of a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the catalogues; a source archive needs only the sources."""
        if self.target_name == "wheel":
            compile_catalogues(Path(self.root))
