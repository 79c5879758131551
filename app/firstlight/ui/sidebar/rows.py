"""The rows of the tree without Qt, so that 10,000 of them can be made in a thread."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # reading the tree needs the YAML loader, showing it does not
    from firstlight.store.tree import Node


class Row:
    """One node, with its place among the rows that the filter shows."""

    __slots__ = ("children", "node", "number", "parent", "place", "searched", "shown")

    def __init__(self, node: Node, parent: Row | None, number: int) -> None:
        self.node = node
        self.parent = parent
        self.number = number
        """Its place in the model's list of all rows: what an index keeps."""
        around: str = parent.searched if parent else ""
        # With the names above it, so that the words of a filter may name the folder and the request.
        self.searched: str = f"{around} {node.method} {node.name} {node.url}".casefold()
        self.children: list[Row] = []
        self.shown: list[Row] = []
        self.place = 0


class Rows:
    """Every row of a tree: from top to bottom, the topmost ones, and by path."""

    def __init__(self, nodes: Iterable[Node] = (), origin: str = "") -> None:
        self.origin = origin
        """The workspace: what is dragged or copied belongs to it."""
        self.all: list[Row] = []
        self.top = [self._make(node, None) for node in nodes]
        self.by_path = {row.node.path: row for row in self.all}

    def _make(self, node: Node, parent: Row | None) -> Row:
        row = Row(node, parent, len(self.all))
        self.all.append(row)
        row.children = [self._make(child, row) for child in node.children]
        return row


def above(row: Row) -> Iterator[Row]:
    """Return the rows that `row` is in, from the inside."""
    while row.parent is not None:
        row = row.parent
        yield row


def shown_below(rows: list[Row]) -> Iterator[Row]:
    """Return `rows` and everything below them that the filter shows, from top to bottom."""
    for row in rows:
        yield row
        yield from shown_below(row.shown)
