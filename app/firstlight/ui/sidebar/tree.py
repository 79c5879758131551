"""The tree of collections: one click looks into, two open; keys and mouse rename, move, copy and delete."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QColor, QDragMoveEvent, QFocusEvent, QGuiApplication, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

from firstlight.texts import tr
from firstlight.ui.sidebar.delegate import NodeDelegate
from firstlight.ui.sidebar.model import GROUPS, KIND, PATH, CollectionModel
from firstlight.ui.sidebar.rows import Rows
from firstlight.ui.sidebar.tree_keys import TreeKeys
from firstlight.ui.theme.current import tokens
from firstlight.ui.theme.tokens import RADIUS

if TYPE_CHECKING:  # reading the tree needs the YAML loader, showing it does not
    pass

_AT_ONCE = 200
"""Rows opened without being asked: nobody looks at more, and each costs the view 4 µs."""
_DROP_LINE_PX = 2
_OPENS_UNDER_A_DRAG_MS = 600
_ADDING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class CollectionTree(QTreeView):
    """Shows nodes and tells what the user wants done with them; it changes nothing itself."""

    preview_requested = Signal(str)
    """One click: show the request, in a tab that the next click may take over."""
    open_requested = Signal(str)
    """A double click or Enter: open the request in a tab of its own."""
    rename_requested = Signal(str, str)
    delete_requested = Signal(object)
    """The paths of what is selected, from top to bottom, as in the signals below."""
    duplicate_requested = Signal(object)
    place_requested = Signal(object)
    """A Drop: move or copy."""
    undo_requested = Signal()
    """Bring back what was deleted last."""
    menu_requested = Signal(str, str, QPoint)
    """(path, kind, where on the screen)"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("collectionTree")
        self.rows = CollectionModel(self)
        self._delegate = NodeDelegate(self)
        self._keys = TreeKeys(self)
        self._filtered_open: set[str] | None = None
        self._dropping_at = QPersistentModelIndex()
        self.setModel(self.rows)
        self.setItemDelegate(self._delegate)
        self.setHeaderHidden(True)
        self.setIndentation(16)
        self.setUniformRowHeights(True)
        self.setAnimated(False)
        self.setExpandsOnDoubleClick(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._allow_dragging()
        self._connect()
        self._retranslate()

    def _allow_dragging(self) -> None:
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setAutoExpandDelay(_OPENS_UNDER_A_DRAG_MS)

    def _connect(self) -> None:
        self._delegate.rename_requested.connect(self.rename_requested)
        self.rows.dropped.connect(self.place_requested)
        self.customContextMenuRequested.connect(self._on_menu_wanted)
        self.clicked.connect(self._on_clicked)
        self.doubleClicked.connect(self._on_double_clicked)

    def show_rows(self, rows: Rows) -> None:
        """Show `rows`; open folders, selection and scroll position stay. A deleted row's neighbour is selected."""
        first_time = not self.rows.size()
        open_paths, near, scrolled = self._open_paths(), self._nearest(), self.verticalScrollBar().value()
        selected = self.selected_paths()
        self.rows.show_rows(rows)
        if first_time:
            self.open_some(depth=1)
        else:
            self._open(open_paths)
        self.verticalScrollBar().setValue(scrolled)
        self.select(next((path for path in near if self.rows.index_of(path).isValid()), ""), *selected)

    def filter_names(self, text: str) -> None:
        """Show only rows that contain every word of `text`, opened; an empty text brings everything back as it was."""
        if self._filtered_open is None:
            self._filtered_open = self._open_paths()
        current = self.current_path()
        self.rows.set_filter(text)
        if text.strip():
            self.open_some()
        else:
            self._open(self._filtered_open)
            self._filtered_open = None
        self.select(current)

    def open_some(self, depth: int = 100) -> None:
        """Open folders from the top, down to `depth`, as long as the rows are few enough to look at."""
        left = _AT_ONCE - self.rows.rowCount()
        level = [QModelIndex()]
        for _ in range(depth):
            level = [index for parent in level for index in self._children(parent) if self.rows.hasChildren(index)]
            for index in level:
                left -= self.rows.rowCount(index)
                if left < 0:
                    return
                self.expand(index)
            if not level:
                return

    def current_path(self) -> str:
        """Return the path of the row with the cursor, or an empty string."""
        return self.currentIndex().data(PATH) or ""

    def current_kind(self) -> str:
        """Return collection, folder, request, broken, or an empty string."""
        return self.currentIndex().data(KIND) or ""

    def selected_paths(self) -> list[str]:
        """Return the paths of the selected rows from top to bottom; what is inside another of them is left out."""
        return [node.path for node in self.rows.nodes(index.data(PATH) for index in self.selectedIndexes())]

    def select(self, path: str, *others: str) -> None:
        """Select the row of `path`, open the folders above it and put the cursor there; `others` are selected too."""
        index = self.rows.index_of(path)
        if not index.isValid():
            return
        selection, flags = self.selectionModel(), QItemSelectionModel.SelectionFlag
        selection.setCurrentIndex(index, flags.ClearAndSelect)  # the view's own would heed a Ctrl that is still down
        self.scrollTo(index)
        for other in map(self.rows.index_of, others):
            selection.select(other, flags.Select)

    def rename(self, path: str) -> None:
        """Begin renaming the row of `path` in place."""
        self.select(path)
        if self.current_path() == path:
            self.setFocus()
            self.edit(self.currentIndex())

    def set_open(self, path: str, opened: bool) -> None:
        """Open or close a folder with everything in it; an empty path means the whole tree."""
        index = self.rows.index_of(path)
        if not path:
            self.expandAll() if opened else self.collapseAll()
        elif opened:
            self.expandRecursively(index)
        else:
            for inner in (index, *self._below(index)):
                self.collapse(inner)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid():  # or nothing would say where the keys go
            self.setCurrentIndex(self.model().index(0, 0))

    # The window's Edit menu calls these on the widget with the keyboard.

    def cut(self) -> None:
        """Mark what is selected: paste moves it."""
        self._keys.cut()

    def copy(self) -> None:
        """Mark what is selected: paste copies it."""
        self._keys.copy()

    def paste(self) -> None:
        """Move or copy what was marked to where the cursor is."""
        self._keys.paste()

    def undo(self) -> None:
        """Bring back what was deleted last."""
        self.undo_requested.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() == QAbstractItemView.State.EditingState or not self._keys.press(event):
            super().keyPressEvent(event)

    def enter(self) -> None:
        """Open the request, or the page of the collection or folder, under the cursor."""
        index = self.currentIndex()
        if index.isValid():
            self.open_requested.emit(index.data(PATH))

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)
        under = self.indexAt(event.position().toPoint()) if event.isAccepted() else QModelIndex()
        self._dropping_at = QPersistentModelIndex(under)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._dropping_at.isValid() and self.state() == QAbstractItemView.State.DraggingState:
            self._paint_drop_line(self._dropping_at, self.dropIndicatorPosition())

    def _paint_drop_line(self, under: QPersistentModelIndex, where: QAbstractItemView.DropIndicatorPosition) -> None:
        """Show where a drag would go: the style's own hair line is black in every theme."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens().accent), _DROP_LINE_PX))
        rect = self.visualRect(under).adjusted(1, 1, -1, 0)
        if where == QAbstractItemView.DropIndicatorPosition.OnItem:
            painter.drawRoundedRect(rect, RADIUS, RADIUS)
        else:
            above = where == QAbstractItemView.DropIndicatorPosition.AboveItem
            y = rect.top() if above else rect.bottom()
            painter.drawLine(rect.left(), y, rect.right(), y)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setAccessibleName(tr("Collections"))

    def _children(self, parent: QModelIndex) -> list[QModelIndex]:
        return [self.rows.index(row, 0, parent) for row in range(self.rows.rowCount(parent))]

    def _below(self, parent: QModelIndex) -> Iterator[QModelIndex]:
        for index in self._children(parent):
            if self.rows.hasChildren(index):
                yield index
                yield from self._below(index)

    def _open_paths(self) -> set[str]:
        return {path for path in self.rows.folders() if self.isExpanded(self.rows.index_of(path))}

    def _nearest(self) -> list[str]:
        """Return the path with the cursor, then those below it, then those above it."""
        chosen = self.current_path()
        if not chosen:
            return []
        paths = list(self.rows.paths())
        position = paths.index(chosen) if chosen in paths else len(paths)
        return paths[position:] + paths[:position][::-1]

    def _open(self, paths: set[str]) -> None:
        for path in paths:
            self.expand(self.rows.index_of(path))

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        if QGuiApplication.keyboardModifiers() & _ADDING:
            return
        if index.data(KIND) in GROUPS:
            self.setExpanded(index, not self.isExpanded(index))
        elif index.isValid():
            self.preview_requested.emit(index.data(PATH))

    @Slot(QModelIndex)
    def _on_double_clicked(self, index: QModelIndex) -> None:
        if index.isValid():
            self.open_requested.emit(index.data(PATH))

    @Slot(QPoint)
    def _on_menu_wanted(self, position: QPoint) -> None:
        index = self.indexAt(position)
        if index.isValid() and not self.selectionModel().isSelected(index):
            self.setCurrentIndex(index)
        where = self.viewport().mapToGlobal(position)
        self.menu_requested.emit(index.data(PATH) or "", index.data(KIND) or "", where)
