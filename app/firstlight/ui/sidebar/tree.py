"""The tree of collections: one click looks into, two open, F2 renames, Delete deletes, the menu offers the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

from firstlight.texts import tr
from firstlight.ui.sidebar.delegate import NodeDelegate
from firstlight.ui.sidebar.model import KIND, PATH, CollectionModel

if TYPE_CHECKING:  # reading the tree needs the YAML loader, showing it does not
    from firstlight.store.tree import Node

_LEAVES = ("request", "broken")


class CollectionTree(QTreeView):
    """Shows nodes and tells what the user wants done with one; it changes nothing itself."""

    preview_requested = Signal(str)
    """One click: show the request, in a tab that the next click may take over."""
    open_requested = Signal(str)
    """A double click or Enter: open the request in a tab of its own."""
    rename_requested = Signal(str, str)
    delete_requested = Signal(str)
    menu_requested = Signal(str, str, QPoint)
    """(path, kind, where on the screen)"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("collectionTree")
        self._nodes: tuple[Node, ...] = ()
        self._rows = CollectionModel(self)
        self._delegate = NodeDelegate(self)
        self._filtered_open: set[str] | None = None
        self.setModel(self._rows)
        self.setItemDelegate(self._delegate)
        self.setHeaderHidden(True)
        self.setIndentation(16)
        self.setUniformRowHeights(True)
        self.setAnimated(False)
        self.setExpandsOnDoubleClick(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._delegate.rename_requested.connect(self.rename_requested)
        self.customContextMenuRequested.connect(self._on_menu_wanted)
        self.clicked.connect(self._on_clicked)
        self.doubleClicked.connect(self._on_double_clicked)
        self._retranslate()

    def show_nodes(self, nodes: Iterable[Node]) -> None:
        """Show `nodes`; open folders, selection and scroll position stay. A deleted row's neighbour is selected."""
        first_time = not self._nodes
        self._nodes = tuple(nodes)
        open_paths, near, scrolled = self._open_paths(), self._nearest(), self.verticalScrollBar().value()
        self._rows.show_nodes(self._nodes)
        if first_time:
            self.expandToDepth(0)
        else:
            self._open(open_paths)
        left = {index.data(PATH) for index in self._indexes()}
        self.verticalScrollBar().setValue(scrolled)
        self.select(next((path for path in near if path in left), ""))

    def filter_names(self, text: str) -> None:
        """Show only rows that contain `text`, opened; an empty text brings everything back as it was."""
        if text and self._filtered_open is None:
            self._filtered_open = self._open_paths()
        self._rows.setFilterFixedString(text)
        if text:
            self.expandAll()
        elif self._filtered_open is not None:
            self.collapseAll()
            self._open(self._filtered_open)
            self._filtered_open = None

    def current_path(self) -> str:
        """Return the path of the selected row, or an empty string."""
        return self.currentIndex().data(PATH) or ""

    def current_kind(self) -> str:
        """Return collection, folder, request, broken, or an empty string."""
        return self.currentIndex().data(KIND) or ""

    def select(self, path: str) -> None:
        """Select the row of `path` and open the folders above it."""
        for index in self._indexes():
            if index.data(PATH) == path:
                self.setCurrentIndex(index)
                self.scrollTo(index)
                return

    def rename(self, path: str) -> None:
        """Begin renaming the row of `path` in place."""
        self.select(path)
        if self.current_path() == path:
            self.setFocus()
            self.edit(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() == QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_entered(self.currentIndex())
        elif event.key() == Qt.Key.Key_Delete and self.current_path():
            self.delete_requested.emit(self.current_path())
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self.show_nodes(self._nodes)
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setAccessibleName(tr("Collections"))

    def _indexes(self, parent: QModelIndex | None = None) -> Iterator[QModelIndex]:
        above = parent or QModelIndex()
        for row in range(self._rows.rowCount(above)):
            index = self._rows.index(row, 0, above)
            yield index
            yield from self._indexes(index)

    def _open_paths(self) -> set[str]:
        return {index.data(PATH) for index in self._indexes() if self.isExpanded(index)}

    def _nearest(self) -> list[str]:
        """Return the selected path, then those below it, then those above it."""
        paths = [index.data(PATH) for index in self._indexes()]
        chosen = self.current_path()
        position = paths.index(chosen) if chosen in paths else len(paths)
        return paths[position:] + paths[:position][::-1] if chosen else []

    def _open(self, paths: set[str]) -> None:
        for index in self._indexes():
            if index.data(PATH) in paths:
                self.expand(index)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        if index.data(KIND) in _LEAVES:
            self.preview_requested.emit(index.data(PATH))
        elif index.isValid():
            self.setExpanded(index, not self.isExpanded(index))

    @Slot(QModelIndex)
    def _on_double_clicked(self, index: QModelIndex) -> None:
        if index.data(KIND) in _LEAVES:
            self.open_requested.emit(index.data(PATH))

    def _on_entered(self, index: QModelIndex) -> None:
        if index.data(KIND) in _LEAVES:
            self._on_double_clicked(index)
        else:
            self._on_clicked(index)

    @Slot(QPoint)
    def _on_menu_wanted(self, position: QPoint) -> None:
        index = self.indexAt(position)
        if index.isValid():
            self.setCurrentIndex(index)
        where = self.viewport().mapToGlobal(position)
        self.menu_requested.emit(index.data(PATH) or "", index.data(KIND) or "", where)
