"""Asks where a new request goes: its name, and a collection or folder, which may be made on the spot."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from firstlight.texts import tr
from firstlight.ui.icons import icon
from firstlight.ui.theme.tokens import ROW_HEIGHT

if TYPE_CHECKING:
    from firstlight.store.tree import Node

_PATH = Qt.ItemDataRole.UserRole
_PICTURES = {"collection": "collection", "folder": "folder"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The answer. Either `parent` is a path or `new_collection` is a name."""

    name: str
    parent: str = ""
    new_collection: str = ""


class SaveDialog(QDialog):
    """Knows names and paths, touches no file."""

    def __init__(self, name: str, nodes: Iterable[Node], target: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("saveDialog")
        self.setWindowTitle(tr("Save request"))
        self.resize(440, 460)
        self._name = QLineEdit(name, self)
        self._name.setObjectName("saveNameEdit")
        self._name.setAccessibleName(tr("Name"))
        self._name.selectAll()
        self._tree = QTreeWidget(self)
        self._tree.setObjectName("saveTree")
        self._tree.setAccessibleName(tr("Save in"))
        self._tree.setHeaderHidden(True)
        self._new = QPushButton(icon("plus"), tr("New collection"), self)
        self._new.setObjectName("saveNewCollectionButton")
        self._save = QPushButton(tr("Save"), self)
        self._save.setObjectName("saveAcceptButton")
        self._save.setProperty("kind", "primary")
        self._save.setDefault(True)
        self._cancel = QPushButton(tr("Cancel"), self)
        self._lay_out()
        self._fill(nodes, target)
        self._connect()
        self._on_changed()

    def place(self) -> Place:
        """Return what was chosen."""
        name = self._name.text().strip()
        chosen = cast(QTreeWidgetItem, self._tree.currentItem())  # Save is off while nothing is chosen
        path = chosen.data(0, _PATH)
        return Place(name=name, parent=path) if path else Place(name=name, new_collection=chosen.text(0).strip())

    def _lay_out(self) -> None:
        self._new.setAutoDefault(False)
        self._cancel.setAutoDefault(False)
        buttons = QHBoxLayout()
        buttons.addWidget(self._new)
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._save)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        for text, widget in ((tr("Name"), self._name), (tr("Save in"), self._tree)):
            label = QLabel(text, self)
            label.setProperty("kind", "caption")
            column.addWidget(label)
            column.addWidget(widget)
        column.addSpacing(8)
        column.addLayout(buttons)

    def _fill(self, nodes: Iterable[Node], target: str) -> None:
        for node in nodes:
            self._add(node, None, target)
        self._tree.expandAll()
        if self._tree.topLevelItemCount() == 0:
            self._add_collection()
        elif self._tree.currentItem() is None:
            self._tree.setCurrentIndex(self._tree.model().index(0, 0))

    def _add(self, node: Node, above: QTreeWidgetItem | None, target: str) -> None:
        if node.kind not in _PICTURES:
            return
        row = QTreeWidgetItem([node.name])
        row.setIcon(0, icon(_PICTURES[node.kind]))
        row.setData(0, _PATH, node.path)
        row.setSizeHint(0, QSize(0, ROW_HEIGHT))
        if above is None:
            self._tree.addTopLevelItem(row)
        else:
            above.addChild(row)
        if node.path == target:
            self._tree.setCurrentItem(row)
        for child in node.children:
            self._add(child, row, target)

    def _add_collection(self) -> QTreeWidgetItem:
        row = QTreeWidgetItem([tr("New collection")])
        row.setIcon(0, icon("collection"))
        row.setSizeHint(0, QSize(0, ROW_HEIGHT))
        row.setFlags(row.flags() | Qt.ItemFlag.ItemIsEditable)
        self._tree.addTopLevelItem(row)
        self._tree.setCurrentItem(row)
        return row

    def _connect(self) -> None:
        self._name.textChanged.connect(self._on_changed)
        self._tree.currentItemChanged.connect(self._on_changed)
        self._tree.itemChanged.connect(self._on_changed)
        self._new.clicked.connect(self._on_new_collection)
        self._save.clicked.connect(self.accept)
        self._cancel.clicked.connect(self.reject)

    @Slot()
    def _on_changed(self) -> None:
        chosen = self._tree.currentItem()
        self._save.setEnabled(bool(self._name.text().strip() and chosen is not None and chosen.text(0).strip()))

    @Slot()
    def _on_new_collection(self) -> None:
        self._tree.editItem(self._add_collection())
        self._new.setEnabled(False)
