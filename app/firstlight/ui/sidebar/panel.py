"""The sidebar: name of the workspace, New, filter, collections."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QMenu, QToolButton, QVBoxLayout, QWidget

from firstlight.texts import tr
from firstlight.ui.icons import icon
from firstlight.ui.request.elided_label import ElidedLabel
from firstlight.ui.sidebar.rows import Rows
from firstlight.ui.sidebar.sections import SECTIONS, SectionBar
from firstlight.ui.sidebar.tree import CollectionTree

if TYPE_CHECKING:  # reading the tree needs the YAML loader, showing it does not
    from firstlight.ui.sidebar.undo_bar import UndoBar


class Sidebar(QFrame):
    """Tells what the user wants done in the workspace; it reads and writes nothing itself."""

    preview_requested = Signal(str)
    open_requested = Signal(str)
    new_tab_requested = Signal()
    new_request_requested = Signal(str)
    """The collection or folder to put it in."""
    new_folder_requested = Signal(str)
    new_collection_requested = Signal()
    new_environment_requested = Signal()
    new_service_requested = Signal()
    show_file_requested = Signal(str)
    copy_path_requested = Signal(str)
    undo_requested = Signal()
    """Bring back what was deleted last."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar")
        self.tree = CollectionTree(self)
        self._sections = SectionBar(self)
        self._parts: dict[str, QWidget] = {}
        """Section → what it shows, but for the collections."""
        self._has_collections = True
        self.filter = QLineEdit(self)
        self.filter.setObjectName("collectionFilter")
        self.filter.setClearButtonEnabled(False)
        self._search = self.filter.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._name = ElidedLabel(self)
        self._name.setObjectName("workspaceName")
        self._name.setProperty("kind", "")
        self._empty = QLabel(self)
        self._empty.setObjectName("emptyLabel")
        self._empty.setProperty("kind", "caption")
        self._empty.setWordWrap(True)
        self._empty.hide()
        self.new_button = QToolButton(self)
        self._new_menu = QMenu(self)
        self._undo_bar: UndoBar | None = None
        self._make_new_button()
        self._lay_out()
        self._connect()
        self._retranslate()

    def show_workspace(self, name: str, rows: Rows) -> None:
        """Show the collections of the workspace called `name`."""
        self._name.show_text(name)
        self._has_collections = bool(rows.top)
        self._show_section()
        self.tree.show_rows(rows)

    def add_part(self, name: str, part: QWidget, filter_names: Callable[[str], object]) -> None:
        """Show `part` in the section called `name`; it is built after the first paint."""
        self._parts[name] = part
        self._column.insertWidget(self._column.indexOf(self.tree) + 1, part, 1)
        self.filter.textChanged.connect(filter_names)
        self.setTabOrder(self.tree, part)
        self._show_section()

    def show_section(self, name: str) -> None:
        """Bring one of SECTIONS to the front."""
        self._sections.show_section(name)

    def _show_section(self) -> None:
        section = SECTIONS[self._sections.currentIndex()]
        collections = section.name == "collections"
        self._empty.setVisible(collections and not self._has_collections)
        self.tree.setVisible(collections and self._has_collections)
        for name, part in self._parts.items():
            part.setVisible(section.name == name)
        self.filter.setAccessibleName(tr(section.filter))

    def show_deleted(self, names: tuple[str, ...]) -> None:
        """Say what was deleted, and offer to undo it."""
        if self._undo_bar is None:
            from firstlight.ui.sidebar.undo_bar import UndoBar

            self._undo_bar = UndoBar(self)
            self._undo_bar.undo_requested.connect(self.undo_requested)
            self._column.addWidget(self._undo_bar)
        self._undo_bar.show_deleted(names)

    def hide_deleted(self) -> None:
        """Offer no undo any more: it is done."""
        if self._undo_bar is not None:
            self._undo_bar.hide()

    def open_find(self) -> None:
        """Go to the filter: what finding means here."""
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def target(self) -> str:
        """Return the collection or folder that a new request or folder goes into; empty: none is chosen."""
        path = self.tree.current_path()
        return path if self.tree.current_kind() in ("collection", "folder", "") else path.rpartition("/")[0]

    def _make_new_button(self) -> None:
        self.new_button.setObjectName("newButton")
        self.new_button.setProperty("kind", "flat")
        self.new_button.setIcon(icon("plus", "text"))
        self.new_button.setIconSize(QSize(16, 16))
        self.new_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.new_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.new_button.setMenu(self._new_menu)
        self._new_request = self._action(self._new_menu, "request", self.new_tab_requested.emit)
        self._new_collection = self._action(self._new_menu, "collection", self.new_collection_requested.emit)
        self._new_folder = self._action(self._new_menu, "folder-plus", self._on_new_folder)
        self._new_service = self._action(self._new_menu, "service", self.new_service_requested.emit)
        self._new_environment = self._action(self._new_menu, "environment", self.new_environment_requested.emit)
        self._new_menu.aboutToShow.connect(self._on_new_menu_shown)

    @staticmethod
    def _action(menu: QMenu, picture: str, then: Callable[[], object]) -> QAction:
        action = menu.addAction(icon(picture), "")
        action.triggered.connect(lambda _checked=False: then())
        return action

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(12, 4, 4, 0)
        head.addWidget(self._name, 1)
        head.addWidget(self.new_button)
        search = QHBoxLayout()
        search.setContentsMargins(8, 0, 8, 8)
        search.addWidget(self.filter)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._sections)
        column.addLayout(search)
        column.addWidget(self._empty)
        column.addWidget(self.tree, 1)
        column.addStretch(0)
        self._empty.setContentsMargins(16, 8, 16, 8)

    def _connect(self) -> None:
        self.filter.textChanged.connect(self.tree.filter_names)
        self._sections.chosen.connect(lambda _place: self._show_section())
        self.tree.preview_requested.connect(self.preview_requested)
        self.tree.open_requested.connect(self.open_requested)
        self.tree.undo_requested.connect(self.undo_requested)
        self.tree.menu_requested.connect(self._on_menu_requested)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setAccessibleName(tr("Sidebar"))
        self.filter.setPlaceholderText(tr("Filter"))
        self._show_section()
        self.new_button.setText(tr("New"))
        self.new_button.setAccessibleName(tr("New"))
        self._new_request.setText(tr("Request"))
        self._new_collection.setText(tr("Collection"))
        self._new_folder.setText(tr("Folder"))
        self._new_service.setText(tr("Service…"))
        self._new_environment.setText(tr("Environment"))
        self._empty.setText(tr("This workspace is empty. New makes a collection; saving a request offers one too."))

    @Slot()
    def _on_new_menu_shown(self) -> None:
        self._new_folder.setEnabled(bool(self.target()))

    @Slot()
    def _on_new_folder(self) -> None:
        self.new_folder_requested.emit(self.target())

    @Slot(str, str, QPoint)
    def _on_menu_requested(self, path: str, kind: str, where: QPoint) -> None:
        from firstlight.ui.sidebar.node_menu import NodeMenu

        NodeMenu(self, path, kind).popup(where)
