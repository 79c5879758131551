"""First Light's own file format: text ↔ model for every file of a workspace (docs/workspace-files.md)."""

from firstlight.formats.error import FormatError
from firstlight.formats.request_reader import parse_request
from firstlight.formats.request_writer import dump_request
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
    "dump_workspace",
    "parse_collection",
    "parse_environment",
    "parse_request",
    "parse_workspace",
]
