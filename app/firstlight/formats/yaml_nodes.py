"""Reads YAML text into nodes that know their place: what a person wrote, not what YAML 1.1 makes of it.

A scalar keeps its source text, so `1.10`, `yes` and 19-digit numbers reach a text field unchanged. Only what files
for people need is accepted: one document, no anchors, aliases (they make a small file huge) or tags, no key twice.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from firstlight.formats.error import FormatError
from firstlight.texts import Phrase

_DEEPEST = 100  # levels; ours have four


class Scalar:
    """A single value. `plain` tells `null` and `5` (plain) from `"null"` and `"5"`."""

    __slots__ = ("column", "line", "plain", "text")

    def __init__(self, text: str, plain: bool, line: int, column: int) -> None:
        self.text = text
        self.plain = plain
        self.line = line
        self.column = column

    @property
    def is_null(self) -> bool:
        """Whether YAML reads no value here."""
        return self.plain and self.text in {"", "~", "null", "Null", "NULL"}


class Sequence:
    """A list of nodes."""

    __slots__ = ("column", "entries", "line")

    def __init__(self, entries: list[Node], line: int, column: int) -> None:
        self.entries = entries
        self.line = line
        self.column = column


class Mapping:
    """Keys and their nodes, in the order of the file."""

    __slots__ = ("column", "entries", "line")

    def __init__(self, entries: dict[str, Node], line: int, column: int) -> None:
        self.entries = entries
        self.line = line
        self.column = column


Node: TypeAlias = Scalar | Sequence | Mapping


def read_mapping(text: str) -> Mapping:
    """Read the document, which must be a mapping.

    Raises:
        FormatError: it is not YAML, or uses what is not accepted here.
    """
    import yaml  # 20 ms that the window's first paint does not wait for

    text = text.removeprefix("\ufeff")
    try:
        root = _Reader(yaml.CSafeLoader(text)).document()
    except yaml.YAMLError as error:
        from firstlight.formats.yaml_reasons import reason_for

        raise reason_for(error, text) from error
    if isinstance(root, Scalar) and root.is_null:
        raise FormatError(1, 1, Phrase("The file is empty."))
    if not isinstance(root, Mapping):
        raise FormatError(root.line, root.column, Phrase("The file must consist of “name: value” lines."))
    return root


class _Reader:
    """Builds nodes from libyaml's events, asked for one by one. libyaml never recurses, so depth is bounded here."""

    def __init__(self, parser: Any) -> None:  # the stubs' events know none of their fields
        import yaml

        self._next = parser.get_event
        self._depth = 0
        self._alias, self._scalar, self._mapping = yaml.AliasEvent, yaml.ScalarEvent, yaml.MappingStartEvent
        self._mapping_end, self._sequence_end = yaml.MappingEndEvent, yaml.SequenceEndEvent
        self._document = yaml.DocumentStartEvent

    def document(self) -> Node:
        """Return the root node of the only document."""
        self._next()  # the stream's start
        if type(self._next()) is not self._document:
            return Scalar("", True, 1, 1)
        root = self._node(self._next())
        self._next()  # the document's end
        another = self._next()
        if type(another) is self._document:
            raise _at(another, Phrase("The file holds a second document: “---” may stand only at the top."))
        return root

    def _node(self, event: Any) -> Node:
        kind = type(event)
        if kind is self._alias or event.anchor is not None:
            raise _at(event, Phrase("Anchors and aliases (& and *) are not accepted."))
        if event.tag is not None and event.tag != "tag:yaml.org,2002:str":
            raise _at(event, Phrase("Tags such as {tag} are not accepted.", tag=event.tag))
        mark = event.start_mark
        if kind is self._scalar:
            return Scalar(event.value, event.style in {None, ""} and not event.tag, mark.line + 1, mark.column + 1)
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _at(event, Phrase("The file is nested too deeply."))
        node: Node
        if kind is self._mapping:
            node = Mapping(self._entries(), mark.line + 1, mark.column + 1)
        else:
            node = Sequence(self._sequence(), mark.line + 1, mark.column + 1)
        self._depth -= 1
        return node

    def _sequence(self) -> list[Node]:
        entries = []
        while type(event := self._next()) is not self._sequence_end:
            entries.append(self._node(event))
        return entries

    def _entries(self) -> dict[str, Node]:
        entries: dict[str, Node] = {}
        while type(event := self._next()) is not self._mapping_end:
            key = self._node(event)
            if not isinstance(key, Scalar):
                raise _at(event, Phrase("A name must be a text, not a list or a group."))
            if key.text in entries:
                raise _at(event, Phrase("“{key}” stands here a second time.", key=key.text))
            entries[key.text] = self._node(self._next())
        return entries


def _at(event: Any, reason: Phrase) -> FormatError:
    return FormatError(event.start_mark.line + 1, event.start_mark.column + 1, reason)
