"""First Light's own file format: text ↔ model for every file of a workspace (docs/workspace-files.md)."""

import re

from firstlight.formats.error import FormatError
from firstlight.formats.reading import Reading
from firstlight.formats.request_reader import parse_request
from firstlight.formats.request_writer import dump_request
from firstlight.formats.service_file import dump_service, parse_service
from firstlight.formats.workspace_files import (
    dump_collection,
    dump_environment,
    dump_workspace,
    parse_collection,
    parse_environment,
    parse_workspace,
)

__all__ = [
    "FormatError",
    "dump_collection",
    "dump_environment",
    "dump_request",
    "dump_service",
    "dump_workspace",
    "looks_like_request",
    "parse_collection",
    "parse_environment",
    "parse_request",
    "parse_service",
    "parse_workspace",
    "read_request",
]

_KEY = re.compile(r"^(?:name|method|url):", re.MULTILINE)


def looks_like_request(text: str) -> bool:
    """Tell whether a text is a request's file: one of its main keys begins a line."""
    return _KEY.search(text) is not None


def read_request(text: str) -> Reading:
    """Read a request's file as FORMATS wants it. Raises FormatError."""
    return Reading(requests=(parse_request(text),))
