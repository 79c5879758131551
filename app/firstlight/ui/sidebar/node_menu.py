"""The menu of a row of the tree, or of several, or of the empty place below them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu

from firstlight.texts import tr
from firstlight.ui.icons import icon
from firstlight.ui.sidebar.dropping import is_movable
from firstlight.ui.sidebar.model import GROUPS

if TYPE_CHECKING:
    from firstlight.ui.sidebar.panel import Sidebar


class NodeMenu(QMenu):
    """Offers what can be done with the row of `path`; with several selected rows, what can be done with all."""

    def __init__(self, sidebar: Sidebar, path: str, kind: str) -> None:
        super().__init__(sidebar)
        self.setObjectName("nodeMenu")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._sidebar = sidebar
        self._tree = sidebar.tree
        chosen = self._tree.selected_paths()
        if not path:
            self._for_nothing()
        elif path in chosen and len(chosen) > 1:
            self._for_all(chosen)
        else:
            self._for_one(path, kind)

    def _for_nothing(self) -> None:
        self._add("collection", tr("New collection"), self._sidebar.new_collection_requested.emit)
        self._add_paste()
        self._add_opening("")

    def _for_all(self, paths: list[str]) -> None:
        self._add("copy", tr("Duplicate"), lambda: self._tree.duplicate_requested.emit(paths), "Ctrl+D")
        self._add_carrying()
        self._add("trash", tr("Delete"), lambda: self._tree.delete_requested.emit(paths), tr("Del"))

    def _for_one(self, path: str, kind: str) -> None:
        sidebar, tree = self._sidebar, self._tree
        self._add("file", tr("Open"), lambda: tree.open_requested.emit(path), "Enter")
        if kind in GROUPS:
            self._add("request", tr("New request"), lambda: sidebar.new_request_requested.emit(path))
            self._add("folder-plus", tr("New folder"), lambda: sidebar.new_folder_requested.emit(path))
            self.addSeparator()
        if kind != "broken":
            self._add("pencil", tr("Rename"), lambda: tree.rename(path), "F2")
            self._add("copy", tr("Duplicate"), lambda: tree.duplicate_requested.emit([path]), "Ctrl+D")
        if any(map(is_movable, tree.rows.nodes([path]))):
            self._add_carrying()
        self._add("trash", tr("Delete"), lambda: tree.delete_requested.emit([path]), tr("Del"))
        if kind in GROUPS:
            self._add_opening(path)
        self.addSeparator()
        self._add("external", tr("Show in file manager"), lambda: sidebar.show_file_requested.emit(path))
        self._add("", tr("Copy path"), lambda: sidebar.copy_path_requested.emit(path))

    def _add_carrying(self) -> None:
        self.addSeparator()
        self._add("", tr("Cut"), self._tree.cut, "Ctrl+X")
        self._add("", tr("Copy"), self._tree.copy, "Ctrl+C")
        self._add_paste()
        self.addSeparator()

    def _add_paste(self) -> None:
        paste = self._add("", tr("Paste"), self._tree.paste, "Ctrl+V")
        paste.setEnabled(bool(self._tree.rows.carried_nodes(QGuiApplication.clipboard().mimeData())))

    def _add_opening(self, path: str) -> None:
        self.addSeparator()
        self._add("", tr("Expand all"), lambda: self._tree.set_open(path, True))
        self._add("", tr("Collapse all"), lambda: self._tree.set_open(path, False))

    def _add(self, picture: str, text: str, then: Callable[[], object], shortcut: str = "") -> QAction:
        action = self.addAction(f"{text}\t{shortcut}" if shortcut else text)
        if picture:
            action.setIcon(icon(picture))
        action.triggered.connect(lambda _checked=False: then())
        return action
