"""The YAML files of a workspace as values: reading with the place of a mistake, writing whole."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from firstlight.formats.firstlight_yaml import (
    FormatError,
    dump_collection,
    dump_environment,
    dump_request,
    dump_service,
    dump_workspace,
    parse_collection,
    parse_environment,
    parse_request,
    parse_service,
    parse_workspace,
)
from firstlight.model.collection import Collection, Environment, WorkspacePage
from firstlight.model.failure import ExchangeError, failed
from firstlight.model.request import Request
from firstlight.model.service import Service
from firstlight.store import disk
from firstlight.texts import Phrase

COLLECTION = "collection.yaml"
FOLDER = "folder.yaml"
WORKSPACE = "firstlight.yaml"

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A request as its file holds it."""

    request: Request
    version: str
    """Tells this content of the file from any other."""


def read_stored(path: Path) -> Stored:
    """Read a request file and say which version of it that was. Raises ExchangeError like read_request."""
    data = disk.read_bytes(path)
    return Stored(request=_parsed(path, disk.decoded(path, data), parse_request), version=disk.digest(data))


def read_request(path: Path) -> Request:
    """Read a request file. Raises ExchangeError (layer `file`) with path, line and reason."""
    return _read(path, parse_request, links=True)


def write_request(path: Path, request: Request) -> str:
    """Write a request file and return its version. Raises ExchangeError (layer `file`)."""
    data = dump_request(request).encode()
    disk.write_bytes(path, data)
    return disk.digest(data)


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


def write_environment(path: Path, environment: Environment) -> None:
    """Write a file of environments/."""
    disk.write_text(path, dump_environment(environment))


def read_service(path: Path) -> Service:
    """Read a file of services/."""
    return _read(path, parse_service)


def write_service(path: Path, service: Service) -> None:
    """Write a file of services/."""
    disk.write_text(path, dump_service(service))


def _read(path: Path, parse: Callable[[str], Value], links: bool = False) -> Value:
    if path.is_symlink() and not links:
        message = Phrase("{path} is a link; a workspace's own pages must be files.", path=path)
        raise failed("file", "outside-workspace", message, hint=Phrase("Copy the file into the workspace."))
    return _parsed(path, disk.read_text(path), parse)


def _parsed(path: Path, text: str, parse: Callable[[str], Value]) -> Value:
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
