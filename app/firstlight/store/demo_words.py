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
    dump_workspace,
    parse_collection,
    parse_request,
    parse_workspace,
)
from firstlight.formats.yaml_fields import Fields
from firstlight.formats.yaml_nodes import read_mapping
from firstlight.model.request import Request
from firstlight.resources import resource_path
from firstlight.store.pages import COLLECTION, FOLDER, WORKSPACE


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What one file of the workspace is called in the other language; an empty text keeps the English one."""

    name: str = ""
    description: str = ""
    rows: Mapping[str, str] = field(default_factory=dict)
    """The descriptions of rows and the names of messages, by the English text."""


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


def translated(file_name: str, text: str, words: Words) -> str:
    """Return the text of one workspace file with its names and descriptions in the other language."""
    if file_name == WORKSPACE:
        page = parse_workspace(text)
        return dump_workspace(replace(page, name=words.name or page.name))
    if file_name in (COLLECTION, FOLDER):
        collection = parse_collection(text)
        name, description = words.name or collection.name, words.description or collection.description
        return dump_collection(replace(collection, name=name, description=description))
    return dump_request(_translated_request(parse_request(text), words))


def _translated_request(request: Request, words: Words) -> Request:
    def told(description: str) -> str:
        return words.rows.get(description, description)

    return replace(
        request,
        name=words.name or request.name,
        description=words.description or request.description,
        params=tuple(replace(row, description=told(row.description)) for row in request.params),
        headers=tuple(replace(row, description=told(row.description)) for row in request.headers),
        body=replace(
            request.body, parts=tuple(replace(row, description=told(row.description)) for row in request.body.parts)
        ),
        messages=tuple(replace(row, name=told(row.name)) for row in request.messages),
    )
