"""Reads YAML text into nodes that know their place: what a person wrote, not what YAML 1.1 makes of it.

A scalar keeps its source text, so `1.10`, `yes` and 19-digit numbers reach a text field unchanged. Only what files
for people need is accepted: one document, no anchors, aliases (they make a small file huge) or tags, no key twice.
"""

from __future__ import annotations

from collections.abc import Iterator
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
    events = _Events(text.removeprefix("\ufeff"))
    root = events.document()
    if isinstance(root, Scalar) and root.is_null:
        raise FormatError(1, 1, Phrase("The file is empty."))
    if not isinstance(root, Mapping):
        raise FormatError(root.line, root.column, Phrase("The file must consist of “name: value” lines."))
    return root


class _Events:
    """Builds nodes from libyaml's events. The parser itself never recurses, so depth is bounded here."""

    def __init__(self, text: str) -> None:
        import yaml  # 20 ms that the window's first paint does not wait for

        self._yaml = yaml
        self._text = text
        self._events = self._guarded()
        self._depth = 0

    def _guarded(self) -> Iterator[Any]:  # the stubs' Event knows none of its fields
        try:
            yield from self._yaml.parse(self._text, Loader=self._yaml.CSafeLoader)
        except self._yaml.YAMLError as error:
            from firstlight.formats.yaml_reasons import reason_for

            raise reason_for(error, self._text) from error

    def document(self) -> Node:
        """Return the root node of the only document."""
        for event in self._events:
            if isinstance(event, self._yaml.DocumentStartEvent):
                root = self._node(next(self._events))
                next(self._events)  # the document's end
                self._refuse_another()
                return root
        return Scalar("", True, 1, 1)

    def _refuse_another(self) -> None:
        event = next(self._events)
        if isinstance(event, self._yaml.DocumentStartEvent):
            raise _at(event, Phrase("The file holds a second document: “---” may stand only at the top."))

    def _node(self, event: Any) -> Node:
        kind = type(event)
        if kind is self._yaml.AliasEvent or event.anchor is not None:
            raise _at(event, Phrase("Anchors and aliases (& and *) are not accepted."))
        if event.tag is not None and event.tag != "tag:yaml.org,2002:str":
            raise _at(event, Phrase("Tags such as {tag} are not accepted.", tag=event.tag))
        mark = event.start_mark
        if kind is self._yaml.ScalarEvent:
            return Scalar(event.value, event.style in {None, ""} and not event.tag, mark.line + 1, mark.column + 1)
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _at(event, Phrase("The file is nested too deeply."))
        node: Node
        if kind is self._yaml.MappingStartEvent:
            node = Mapping(self._entries(), mark.line + 1, mark.column + 1)
        else:
            node = Sequence(self._sequence(), mark.line + 1, mark.column + 1)
        self._depth -= 1
        return node

    def _sequence(self) -> list[Node]:
        entries = []
        while type(event := next(self._events)) is not self._yaml.SequenceEndEvent:
            entries.append(self._node(event))
        return entries

    def _entries(self) -> dict[str, Node]:
        entries: dict[str, Node] = {}
        while type(event := next(self._events)) is not self._yaml.MappingEndEvent:
            key = self._node(event)
            if not isinstance(key, Scalar):
                raise _at(event, Phrase("A name must be a text, not a list or a group."))
            if key.text in entries:
                raise _at(event, Phrase("“{key}” stands here a second time.", key=key.text))
            entries[key.text] = self._node(next(self._events))
        return entries


def _at(event: Any, reason: Phrase) -> FormatError:
    return FormatError(event.start_mark.line + 1, event.start_mark.column + 1, reason)
