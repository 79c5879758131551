"""First Light YAML of a workspace's other files: its page, its collections and folders, its environments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from firstlight.formats.error import FormatError
from firstlight.formats.request_reader import read_authorization
from firstlight.formats.request_writer import write_authorization
from firstlight.formats.variable_rows import read_variables, write_variables
from firstlight.formats.yaml_fields import Fields
from firstlight.formats.yaml_nodes import read_mapping
from firstlight.formats.yaml_writer import write_mapping
from firstlight.model.collection import Collection, Environment, WorkspacePage
from firstlight.model.request import INHERIT
from firstlight.texts import Phrase

FORMAT = "1"
"""What `format:` says in firstlight.yaml. A later First Light that writes files this one cannot read raises it."""


def parse_collection(text: str) -> Collection:
    """Read collection.yaml or folder.yaml. Raises FormatError."""
    fields = Fields(read_mapping(text))
    unknown: dict[str, Any] = {}
    collection = Collection(
        name=fields.text("name"),
        description=fields.text("description"),
        authorization=read_authorization(fields, unknown, INHERIT.kind),
        variables=read_variables(fields, unknown),
        order=fields.texts("order"),
        unknown=unknown,
    )
    unknown.update(fields.left())
    return collection


def dump_collection(collection: Collection) -> str:
    """Return the text of collection.yaml or folder.yaml."""
    written = {
        "description": collection.description,
        "auth": write_authorization(collection.authorization, collection.unknown.get("auth"), INHERIT.kind),
        "variables": write_variables(collection.variables, collection.unknown),
        "order": collection.order,
    }
    return _written({"name": collection.name}, written, collection.unknown)


def parse_workspace(text: str) -> WorkspacePage:
    """Read firstlight.yaml. Raises FormatError, also for a format of the future."""
    mapping = read_mapping(text)
    fields = Fields(mapping)
    version = fields.text("format", FORMAT)
    if version != FORMAT:
        place = mapping.entries["format"]
        reason = Phrase("The workspace has format {version}; this First Light reads format 1.", version=version)
        raise FormatError(place.line, place.column, reason)
    unknown: dict[str, Any] = {}
    page = WorkspacePage(
        name=fields.text("name"),
        variables=read_variables(fields, unknown),
        order=fields.texts("order"),
        unknown=unknown,
    )
    unknown.update(fields.left())
    return page


def dump_workspace(page: WorkspacePage) -> str:
    """Return the text of firstlight.yaml."""
    written = {"variables": write_variables(page.variables, page.unknown), "order": page.order}
    return _written({"format": int(FORMAT), "name": page.name}, written, page.unknown)


def parse_environment(text: str) -> Environment:
    """Read a file of environments/. Raises FormatError."""
    fields = Fields(read_mapping(text))
    unknown: dict[str, Any] = {}
    environment = Environment(name=fields.text("name"), variables=read_variables(fields, unknown), unknown=unknown)
    unknown.update(fields.left())
    return environment


def dump_environment(environment: Environment) -> str:
    """Return the text of an environment's file."""
    variables = write_variables(environment.variables, environment.unknown)
    return _written({"name": environment.name}, {"variables": variables}, environment.unknown)


def _written(always: Mapping[str, Any], filled: Mapping[str, Any], unknown: Mapping[str, Any]) -> str:
    kept = {key: value for key, value in unknown.items() if key not in {"auth", "variables"}}
    return write_mapping({**always, **{key: value for key, value in filled.items() if value}, **kept})
