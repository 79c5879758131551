"""The YAML files of a workspace as values: reading with the place of a mistake, writing whole."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from firstlight.formats.firstlight_yaml import (
    FormatError,
    dump_collection,
    dump_request,
    dump_workspace,
    parse_collection,
    parse_environment,
    parse_request,
    parse_workspace,
)
from firstlight.model.collection import Collection, Environment, WorkspacePage
from firstlight.model.failure import ExchangeError, failed
from firstlight.model.request import Request
from firstlight.store import disk
from firstlight.texts import Phrase

COLLECTION = "collection.yaml"
FOLDER = "folder.yaml"
WORKSPACE = "firstlight.yaml"

Value = TypeVar("Value")


def read_request(path: Path) -> Request:
    """Read a request file. Raises ExchangeError (layer `file`) with path, line and reason."""
    return _read(path, parse_request, links=True)


def write_request(path: Path, request: Request) -> None:
    """Write a request file. Raises ExchangeError (layer `file`)."""
    disk.write_text(path, dump_request(request))


def read_collection(path: Path) -> Collection:
    """Read collection.yaml or folder.yaml; a missing one is a page that says nothing."""
    return _read(path, parse_collection) if os.path.lexists(path) else Collection()


def write_collection(path: Path, collection: Collection) -> None:
    """Write collection.yaml or folder.yaml."""
    disk.write_text(path, dump_collection(collection))


def read_workspace(path: Path) -> WorkspacePage:
    """Read firstlight.yaml."""
    return _read(path, parse_workspace)


def write_workspace(path: Path, page: WorkspacePage) -> None:
    """Write firstlight.yaml."""
    disk.write_text(path, dump_workspace(page))


def read_environment(path: Path) -> Environment:
    """Read a file of environments/."""
    return _read(path, parse_environment)


def _read(path: Path, parse: Callable[[str], Value], links: bool = False) -> Value:
    if path.is_symlink() and not links:
        message = Phrase("{path} is a link; a workspace's own pages must be files.", path=path)
        raise failed("file", "outside-workspace", message, hint=Phrase("Copy the file into the workspace."))
    text = disk.read_text(path)
    try:
        return parse(text)
    except FormatError as error:
        raise broken(path, error) from error


def broken(path: Path, error: FormatError) -> ExchangeError:
    """Say where a file is wrong."""
    message = Phrase(
        "{path}, line {line}, column {column}: {reason}",
        path=path,
        line=error.line,
        column=error.column,
        reason=error.reason,
    )
    return failed("file", "broken-file", message, hint=Phrase("Correct the file in a text editor or restore it."))
