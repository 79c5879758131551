"""The demo workspace in another language: other names and descriptions, the same requests under the same file names.

The words of a language stand in one file beside the workspace (resources/demo/workspace.zh_CN.yaml), by the file
they belong to. English has none: the workspace itself is written in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from firstlight.formats.firstlight_yaml import (
    dump_collection,
    dump_request,
    dump_service,
    dump_workspace,
    parse_collection,
    parse_request,
    parse_service,
    parse_workspace,
)
from firstlight.formats.yaml_fields import Fields
from firstlight.formats.yaml_nodes import read_mapping
from firstlight.model.request import Request
from firstlight.model.service import Service
from firstlight.resources import resource_path
from firstlight.store.pages import COLLECTION, FOLDER, WORKSPACE

_SERVICES = "services/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What one file of the workspace is called in the other language; an empty text keeps the English one."""

    name: str = ""
    description: str = ""
    rows: Mapping[str, str] = field(default_factory=dict)
    """Descriptions of rows, names of messages; of a service those of channels and credentials. By the English text."""


def demo_words(language: str) -> dict[str, Words]:
    """Return the words of `language` by path inside the workspace; none when it has no file of words.

    Raises:
        OSError: the file is there and cannot be read.
    """
    path = resource_path("demo", f"workspace.{language}.yaml")
    if not path.exists():
        return {}
    pages = Fields(read_mapping(path.read_text("utf-8")))
    return {name: _words(pages.group(name)) for name in tuple(pages.left())}


def _words(page: Fields) -> Words:
    return Words(name=page.text("name"), description=page.text("description"), rows=page.group("rows").all_texts())


def service_names(words: Mapping[str, Words]) -> dict[str, str]:
    """Return what services, channels and credentials are called in the other language, by the English name."""
    names: dict[str, str] = {}
    for path, said in words.items():
        if path.startswith(_SERVICES):
            service = parse_service((resource_path("demo", "workspace") / path).read_text("utf-8"))
            names |= {service.name: said.name, **said.rows}
    return names


def translated(path: str, text: str, words: Words, names: Mapping[str, str]) -> str:
    """Return the text of the workspace's file at `path` with its names and descriptions in the other language."""
    file_name = path.rpartition("/")[2]
    if path.startswith(_SERVICES):
        return dump_service(_translated_service(parse_service(text), words, names))
    if file_name == WORKSPACE:
        page = parse_workspace(text)
        return dump_workspace(replace(page, name=words.name or page.name))
    if file_name in (COLLECTION, FOLDER):
        collection = parse_collection(text)
        name, description = words.name or collection.name, words.description or collection.description
        return dump_collection(replace(collection, name=name, description=description))
    return dump_request(_translated_request(parse_request(text), words, names))


def _translated_service(service: Service, words: Words, names: Mapping[str, str]) -> Service:
    def called(name: str) -> str:
        return names.get(name, name)

    return replace(
        service,
        name=words.name or service.name,
        description=words.description or service.description,
        channels=tuple(replace(c, name=called(c.name), credential=called(c.credential)) for c in service.channels),
        credentials=tuple(replace(entry, name=called(entry.name)) for entry in service.credentials),
    )


def _translated_request(request: Request, words: Words, names: Mapping[str, str]) -> Request:
    def told(description: str) -> str:
        return words.rows.get(description, description)

    return replace(
        request,
        name=words.name or request.name,
        description=words.description or request.description,
        service=names.get(request.service, request.service),
        channel=names.get(request.channel, request.channel),
        credential=names.get(request.credential, request.credential),
        params=tuple(replace(row, description=told(row.description)) for row in request.params),
        headers=tuple(replace(row, description=told(row.description)) for row in request.headers),
        body=replace(
            request.body, parts=tuple(replace(row, description=told(row.description)) for row in request.body.parts)
        ),
        messages=tuple(replace(row, name=told(row.name)) for row in request.messages),
    )
