"""The collections as a Qt model: one row per node of the workspace, filtered by name, method or address."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSortFilterProxyModel, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel

from firstlight.texts import tr

if TYPE_CHECKING:  # reading the tree needs the YAML loader, showing it does not
    from firstlight.store.tree import Node

KIND = Qt.ItemDataRole.UserRole + 1
PATH = Qt.ItemDataRole.UserRole + 2
METHOD = Qt.ItemDataRole.UserRole + 3
PROBLEM = Qt.ItemDataRole.UserRole + 4
SEARCHED = Qt.ItemDataRole.UserRole + 5


class CollectionModel(QSortFilterProxyModel):
    """Shows the nodes it was given. A folder whose name matches the filter keeps everything inside it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows = QStandardItemModel(self)
        self.setSourceModel(self._rows)
        self.setRecursiveFilteringEnabled(True)
        self.setAutoAcceptChildRows(True)
        self.setFilterRole(SEARCHED)
        self.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)

    def show_nodes(self, nodes: Iterable[Node]) -> None:
        """Replace every row."""
        self._rows.clear()
        for node in nodes:
            self._rows.appendRow(_row(node))


def _row(node: Node) -> QStandardItem:
    row = QStandardItem(node.name)
    row.setData(node.kind, KIND)
    row.setData(node.path, PATH)
    row.setData(node.method, METHOD)
    row.setData(f"{node.method} {node.name}", SEARCHED)
    row.setEditable(node.kind != "broken")
    row.setAccessibleText(f"{node.method} {node.name}".strip())
    if node.problem:
        # Translated when shown: the model is rebuilt when the language changes.
        row.setData(tr(node.problem), PROBLEM)
        row.setToolTip(tr(node.problem))
    for child in node.children:
        row.appendRow(_row(child))
    return row
