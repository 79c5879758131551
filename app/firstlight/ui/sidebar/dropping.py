"""What is carried when rows are dragged, cut or copied, and where it may go."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData

if TYPE_CHECKING:  # reading the tree needs the YAML loader, showing it does not
    from firstlight.store.tree import Node

MIME = "application/x-firstlight-nodes"
TOP = "collections"
"""The path of the folder that holds the collections."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drop:
    """Nodes that shall be moved, or copied, to a place in the tree."""

    paths: tuple[str, ...]
    parent: str
    before: str
    """The path of the neighbour they go in front of; empty: last."""
    copies: bool = False


def dragged(origin: str, paths: Iterable[str]) -> QMimeData:
    """Return what a drag carries; `origin` is the workspace that the paths belong to."""
    data = QMimeData()
    data.setData(MIME, "\n".join((origin, *paths)).encode())
    return data


def paths_in(data: QMimeData | None, origin: str) -> list[str]:
    """Return the paths that a drag or the clipboard carries; none if they are not of the workspace `origin`."""
    text = bytes(data.data(MIME).data()).decode() if data else ""
    of, *paths = text.split("\n")
    return paths if of == origin else []


def is_movable(node: Node) -> bool:
    """Whether a row may be put elsewhere; the broken page of a collection or folder may not."""
    return not (node.kind == "broken" and node.name in ("collection.yaml", "folder.yaml"))


def place_of(nodes: Sequence[Node], folder: Node | None, behind: Sequence[str], *, copies: bool = False) -> Drop | None:
    """Return where `nodes` go in `folder` (None: the top) in front of `behind`; None: they may not go there."""
    parent = folder.path if folder else TOP
    if not nodes or (folder and folder.kind not in ("collection", "folder")):
        return None
    for node in nodes:
        is_leaf = node.kind not in ("collection", "folder")
        into_itself = parent == node.path or parent.startswith(f"{node.path}/")
        if (is_leaf and folder is None) or (into_itself and not copies):
            return None
    moved = {node.path for node in nodes}
    before = next((path for path in behind if copies or path not in moved), "")
    return Drop(paths=tuple(node.path for node in nodes), parent=parent, before=before, copies=copies)
