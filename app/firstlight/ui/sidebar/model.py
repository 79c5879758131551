"""The collections as a Qt model: one row per node of the workspace, filtered by names, methods and URLs.

Written for 10,000 requests: rows are made elsewhere and found by path, the filter looks at each text once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractItemModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from firstlight.texts import tr
from firstlight.ui.sidebar.dropping import MIME, Drop, dragged, is_movable, paths_in, place_of
from firstlight.ui.sidebar.rows import Row, Rows, above, shown_below
from firstlight.ui.text.plain_tip import plain_tip

if TYPE_CHECKING:  # reading the tree needs the YAML loader, showing it does not
    from firstlight.store.tree import Node

    AnyIndex = QModelIndex | QPersistentModelIndex

KIND = Qt.ItemDataRole.UserRole + 1
PATH = Qt.ItemDataRole.UserRole + 2
METHOD = Qt.ItemDataRole.UserRole + 3
PROBLEM = Qt.ItemDataRole.UserRole + 4
CUT = Qt.ItemDataRole.UserRole + 5

GROUPS = ("collection", "folder")
_NOWHERE = QModelIndex()

_ANSWERS: dict[int, Callable[[Node], Any]] = {
    Qt.ItemDataRole.DisplayRole: lambda node: node.name,
    Qt.ItemDataRole.EditRole: lambda node: node.name,
    Qt.ItemDataRole.AccessibleTextRole: lambda node: f"{node.method} {node.name}".strip(),
    Qt.ItemDataRole.ToolTipRole: lambda node: plain_tip(tr(node.problem)) if node.problem else None,
    PROBLEM: lambda node: tr(node.problem) if node.problem else None,
    KIND: lambda node: node.kind,
    PATH: lambda node: node.path,
    METHOD: lambda node: node.method,
}


class CollectionModel(QAbstractItemModel):
    """Shows the nodes it was given. A folder whose name matches the filter keeps everything inside it."""

    dropped = Signal(object)
    """A Drop that may be done."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows = Rows()
        self._shown: list[Row] = []
        self._words: list[str] = []
        self._cut: frozenset[str] = frozenset()

    def show_rows(self, rows: Rows) -> None:
        """Replace every row."""
        self.beginResetModel()
        self._rows = rows
        self._filter()
        self.endResetModel()

    def set_filter(self, text: str) -> None:
        """Show only what contains every word of `text`, and the way to it; upper and lower case are the same."""
        self.beginResetModel()
        self._words = text.casefold().split()
        self._filter()
        self.endResetModel()

    def show_cut(self, paths: Iterable[str]) -> None:
        """Grey what waits to be pasted elsewhere."""
        changed = self._cut | frozenset(paths)
        self._cut = frozenset(paths)
        for path in changed:
            if (index := self.index_of(path)).isValid():
                self.dataChanged.emit(index, index)

    def _filter(self) -> None:
        self._shown = self._passing(self._rows.top, everything=not self._words)

    def _passing(self, rows: list[Row], *, everything: bool) -> list[Row]:
        shown: list[Row] = []
        for row in rows:
            fits = everything or all(map(row.searched.__contains__, self._words))
            row.shown = self._passing(row.children, everything=fits) if row.children else []
            if fits or row.shown:
                row.place = len(shown)
                shown.append(row)
        return shown

    # --- finding ---

    def index_of(self, path: str) -> QModelIndex:
        """Return the index of a path; an invalid one if the filter hides it or there is none."""
        row = self._rows.by_path.get(path)
        if row is None or not self._is_shown(row):
            return QModelIndex()
        return self.createIndex(row.place, 0, row.number)

    def paths(self) -> Iterator[str]:
        """Return the paths of every shown row, from top to bottom."""
        return (row.node.path for row in shown_below(self._shown))

    def folders(self) -> Iterator[str]:
        """Return the paths of every row that holds others, shown or not."""
        return (row.node.path for row in self._rows.all if row.children)

    def size(self) -> int:
        """Return the number of all rows, shown or not."""
        return len(self._rows.all)

    def shown_in(self, parent: AnyIndex) -> list[Row]:
        """Return the shown rows right below `parent`."""
        return self._rows.all[parent.internalId()].shown if parent.isValid() else self._shown

    def nodes(self, paths: Iterable[str]) -> list[Node]:
        """Return the nodes of `paths`, those inside another of them left out, from top to bottom."""
        rows = sorted(
            (self._rows.by_path[path] for path in paths if path in self._rows.by_path), key=lambda row: row.number
        )
        chosen = {row.node.path for row in rows}
        return [row.node for row in rows if not any(outer.node.path in chosen for outer in above(row))]

    def siblings(self, path: str) -> list[Node]:
        """Return the nodes of the folder in which `path` is, filtered or not."""
        row = self._rows.by_path[path]
        return [sibling.node for sibling in (row.parent.children if row.parent else self._rows.top)]

    def folder_of(self, path: str) -> Node | None:
        """Return the folder or collection in which `path` is; None: it is a collection."""
        outer = self._rows.by_path[path].parent
        return outer.node if outer else None

    def _is_shown(self, row: Row) -> bool:
        around = row.parent.shown if row.parent else self._shown
        return row.place < len(around) and around[row.place] is row and (not row.parent or self._is_shown(row.parent))

    # --- what Qt asks ---

    def index(self, row: int, column: int, parent: AnyIndex = _NOWHERE) -> QModelIndex:
        shown = self.shown_in(parent)
        if column == 0 and 0 <= row < len(shown):
            return self.createIndex(row, 0, shown[row].number)
        return QModelIndex()

    def parent(self, index: AnyIndex) -> QModelIndex:  # type: ignore[override]
        outer = self._rows.all[index.internalId()].parent if index.isValid() else None
        return self.createIndex(outer.place, 0, outer.number) if outer else QModelIndex()

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return len(self.shown_in(parent))

    def hasChildren(self, parent: AnyIndex = _NOWHERE) -> bool:
        return bool(self.shown_in(parent))

    def columnCount(self, _parent: AnyIndex = _NOWHERE) -> int:
        return 1

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        node = self._rows.all[index.internalId()].node
        if role == CUT:
            return node.path in self._cut
        answer = _ANSWERS.get(role)
        return answer(node) if answer else None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        node = self._rows.all[index.internalId()].node
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if is_movable(node):
            flags |= Qt.ItemFlag.ItemIsDragEnabled
        if node.kind != "broken":
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags | (Qt.ItemFlag.ItemIsDropEnabled if node.kind in GROUPS else Qt.ItemFlag.ItemNeverHasChildren)

    # --- dragging ---

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        chosen = self.nodes(index.data(PATH) for index in indexes)
        return self.carried(node.path for node in chosen if is_movable(node))

    def carried(self, paths: Iterable[str]) -> QMimeData:
        """Return what a drag or the clipboard carries of these rows."""
        return dragged(self._rows.origin, paths)

    def carried_nodes(self, data: QMimeData | None) -> list[Node]:
        """Return the nodes that a drag or the clipboard carries; none if they come from elsewhere."""
        return self.nodes(paths_in(data, self._rows.origin))

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def canDropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, _column: int, parent: AnyIndex) -> bool:
        return self._drop(data, action, row, parent) is not None

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, _column: int, parent: AnyIndex) -> bool:
        drop = self._drop(data, action, row, parent)
        if drop is not None:
            self.dropped.emit(drop)
        return drop is not None

    def _drop(self, data: QMimeData, action: Qt.DropAction, row: int, parent: AnyIndex) -> Drop | None:
        nodes = self.carried_nodes(data)
        folder = self._rows.all[parent.internalId()].node if parent.isValid() else None
        shown = [neighbour.node.path for neighbour in self.shown_in(parent)]
        return place_of(nodes, folder, shown[row:] if row >= 0 else (), copies=action == Qt.DropAction.CopyAction)
