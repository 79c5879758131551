"""The environments in the sidebar: one click opens, keys and the menu rename, duplicate and delete."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QMenu, QWidget

from firstlight.texts import N_, tr
from firstlight.ui.icons import icon
from firstlight.ui.sidebar.list_section import ListSection
from firstlight.ui.text.plain_tip import plain_tip
from firstlight.ui.theme.tokens import ROW_HEIGHT

if TYPE_CHECKING:
    from firstlight.model.collection import Environment
    from firstlight.store.named_files import FileEntry

_PATH = Qt.ItemDataRole.UserRole
_ICON = QSize(18, 18)
_NONE_YET = N_("No environments yet. One holds the variables of one place, such as test or production. New makes one.")


class EnvironmentList(QListWidget):
    """Tells what the user wants done with environments; it changes nothing itself."""

    open_requested = Signal(str)
    new_requested = Signal()
    rename_requested = Signal(str, str)
    duplicate_requested = Signal(str)
    delete_requested = Signal(str)
    show_file_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("environmentList")
        self.setIconSize(_ICON)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._entries: tuple[FileEntry[Environment], ...] = ()
        self._chosen = ""
        self._filter = ""
        self.customContextMenuRequested.connect(self._on_menu_wanted)
        self.itemClicked.connect(lambda item: self.open_requested.emit(item.data(_PATH)))
        self.itemChanged.connect(self._on_renamed)
        self.retranslate()

    def show_entries(self, entries: Iterable[FileEntry[Environment]], chosen: str) -> None:
        """Show other environments; `chosen` is the name of the one in use."""
        if (entries := tuple(entries), chosen) != (self._entries, self._chosen):  # or a name being typed would be lost
            self._entries, self._chosen = entries, chosen
            self._rebuild()

    def _rebuild(self) -> None:
        current = self.current_path()
        self.blockSignals(True)
        self.clear()
        for entry in self._entries:
            if all(word in entry.name.casefold() for word in self._filter.casefold().split()):
                self.addItem(self._item(entry))
        self.blockSignals(False)
        self.select(current)

    def filter_names(self, text: str) -> None:
        """Show only names that contain every word of `text`."""
        self._filter = text
        self._rebuild()

    def select(self, path: str) -> None:
        """Put the cursor on the environment at `path`."""
        if (item := self._find(path)) is not None:
            self.setCurrentItem(item)

    def rename(self, path: str) -> None:
        """Begin renaming in place."""
        self.select(path)
        if self.current_path() == path:
            self.setFocus()
            self.editItem(self.currentItem())

    def current_path(self) -> str:
        """Return the path of the row with the cursor, or an empty string."""
        item = self.currentItem()
        return str(item.data(_PATH)) if item is not None else ""

    def retranslate(self) -> None:
        """Show all words in the language now in use."""
        self.setAccessibleName(tr("Environments"))
        self._rebuild()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        path, editing = self.current_path(), self.state() == QAbstractItemView.State.EditingState
        if editing or not path:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_requested.emit(path)
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_requested.emit(path)
        elif event.key() == Qt.Key.Key_D and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.duplicate_requested.emit(path)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.currentItem() is None:  # or nothing would say where the keys go
            self.setCurrentRow(0)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _item(self, entry: FileEntry[Environment]) -> QListWidgetItem:
        item = QListWidgetItem(entry.name)
        item.setData(_PATH, entry.path)
        item.setSizeHint(QSize(0, ROW_HEIGHT))
        item.setIcon(icon("file-broken", "error") if entry.problem else icon("environment"))
        if entry.problem:
            item.setToolTip(plain_tip(tr(entry.problem)))
            return item
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        if entry.name == self._chosen:
            item.setIcon(icon("check", "accent"))
            item.setToolTip(tr("In use"))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, entry.name + ", " + tr("In use"))
        return item

    def _find(self, path: str) -> QListWidgetItem | None:
        items = (self.item(row) for row in range(self.count()))
        return next((item for item in items if path and item.data(_PATH) == path), None)

    def _on_renamed(self, item: QListWidgetItem) -> None:
        """Ask the workspace first: what is shown changes only when the file has."""
        path, name = item.data(_PATH), item.text().strip()
        before = next((entry.name for entry in self._entries if entry.path == path), "")
        self.blockSignals(True)
        item.setText(before)
        self.blockSignals(False)
        if name and name != before:
            self.rename_requested.emit(path, name)

    def _on_menu_wanted(self, position: QPoint) -> None:
        item = self.itemAt(position)
        menu = QMenu(self)
        menu.setObjectName("environmentMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if item is None:
            menu.addAction(icon("environment"), tr("New environment"), self.new_requested.emit)
        else:
            self._fill(menu, item)
        menu.popup(self.viewport().mapToGlobal(position))

    def _fill(self, menu: QMenu, item: QListWidgetItem) -> None:
        path = item.data(_PATH)
        menu.addAction(icon("file"), tr("Open") + "\tEnter", lambda: self.open_requested.emit(path))
        if item.flags() & Qt.ItemFlag.ItemIsEditable:
            menu.addAction(icon("pencil"), tr("Rename") + "\tF2", lambda: self.rename(path))
            menu.addAction(icon("copy"), tr("Duplicate") + "\tCtrl+D", lambda: self.duplicate_requested.emit(path))
        menu.addAction(icon("trash"), tr("Delete") + "\t" + tr("Del"), lambda: self.delete_requested.emit(path))
        menu.addSeparator()
        menu.addAction(icon("external"), tr("Show in file manager"), lambda: self.show_file_requested.emit(path))


class EnvironmentSection(ListSection):
    """The list, or what to do when there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.list = EnvironmentList()
        super().__init__(self.list, _NONE_YET, parent)
        self.show_entries((), "")

    def show_entries(self, entries: tuple[FileEntry[Environment], ...], chosen: str) -> None:
        """Show other environments; `chosen` is the name of the one in use."""
        self.list.show_entries(entries, chosen)
        self.show_emptiness(not entries)
