"""The services in the sidebar, each with its channels, its credentials and the requests that belong to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QIcon, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from firstlight.model.channels import channel_kind
from firstlight.model.vendors import vendor
from firstlight.texts import N_, tr
from firstlight.ui.icons import icon
from firstlight.ui.sidebar.list_section import ListSection
from firstlight.ui.sidebar.method_icon import BADGE, method_icon
from firstlight.ui.text.plain_tip import plain_tip
from firstlight.ui.theme.tokens import ROW_HEIGHT

if TYPE_CHECKING:
    from firstlight.model.service import Service
    from firstlight.store.named_files import FileEntry
    from firstlight.store.node import Node

_PATH, _PART, _NAME = (Qt.ItemDataRole.UserRole + number for number in range(3))
_ICON = QSize(18, 18)
_NONE_YET = N_(
    "No services yet. A service is a deployed model with its addresses and its ways to sign in; its "
    "requests are sent over any of them. New makes one."
)


class _RowDelegate(QStyledItemDelegate):
    """Gives the badge of a request the room of its word."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        if index.data(_PART) == "request":
            option.decorationSize = BADGE


class ServiceTree(QTreeWidget):
    """Tells what the user wants done with services; it changes nothing itself."""

    open_requested = Signal(str, str, str)
    """(path of the service, part of its page, name of the channel or credential)"""
    request_requested = Signal(str, bool)
    """(path of a request, whether it is only looked at)"""
    new_requested = Signal()
    new_request_requested = Signal(str)
    """A request of the service of this name."""
    rename_requested = Signal(str, str)
    duplicate_requested = Signal(str)
    delete_requested = Signal(str)
    show_file_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("serviceTree")
        self.setHeaderHidden(True)
        self.setIconSize(_ICON)
        self.setIndentation(14)
        self.setUniformRowHeights(True)
        self.setItemDelegate(_RowDelegate(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._entries: tuple[FileEntry[Service], ...] = ()
        self._requests: Mapping[str, tuple[Node, ...]] = {}
        self._filter = ""
        self._closed: set[str] = set()
        """Paths of services that the user closed."""
        self.customContextMenuRequested.connect(self._on_menu_wanted)
        self.itemClicked.connect(lambda item, _column: self._open(item, preview=True))
        self.itemDoubleClicked.connect(lambda item, _column: self._open(item, preview=False))
        self.setExpandsOnDoubleClick(False)
        self.itemChanged.connect(self._on_renamed)
        self.itemCollapsed.connect(lambda item: self._closed.add(item.data(0, _PATH)))
        self.itemExpanded.connect(lambda item: self._closed.discard(item.data(0, _PATH)))
        self.retranslate()

    def show_services(self, entries: Iterable[FileEntry[Service]], requests: Mapping[str, tuple[Node, ...]]) -> None:
        """Show other services; `requests` are those of each, by the service's name."""
        if (entries := tuple(entries), requests) != (self._entries, self._requests):  # or a name being typed is lost
            self._entries, self._requests = entries, requests
            self._rebuild()

    def filter_names(self, text: str) -> None:
        """Show only services in which every word of `text` is found."""
        self._filter = text
        self._rebuild()

    def select(self, path: str) -> None:
        """Put the cursor on the service at `path`."""
        if (item := self._find(path)) is not None:
            self.setCurrentItem(item)

    def rename(self, path: str) -> None:
        """Begin renaming in place."""
        if (item := self._find(path)) is not None:
            self.setCurrentItem(item)
            self.setFocus()
            self.editItem(item)

    def retranslate(self) -> None:
        """Show all words in the language now in use."""
        self.setAccessibleName(tr("Services"))
        self._rebuild()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if item is None or self.state() == QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(item, preview=False)
        elif event.key() == Qt.Key.Key_Delete and _is_service(item):
            self.delete_requested.emit(item.data(0, _PATH))
        elif event.key() == Qt.Key.Key_D and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            if _is_service(item):
                self.duplicate_requested.emit(item.data(0, _PATH))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.currentItem() is None and (first := next(iter(self._items()), None)) is not None:
            self.setCurrentItem(first)  # or nothing would say where the keys go

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    # --- building ---

    def _rebuild(self) -> None:
        current = self._key(self.currentItem())
        self.blockSignals(True)
        self.clear()
        for entry in self._entries:
            if self._fits(entry):
                self._add(entry)
        self.blockSignals(False)
        for item in self._items():
            if self._key(item) == current:
                self.setCurrentItem(item)

    def _add(self, entry: FileEntry[Service]) -> None:
        broken = entry.value is None
        picture = icon("file-broken", "error") if broken else icon("service")
        top = _item(entry.name, picture, path=entry.path, part="")
        self.addTopLevelItem(top)
        if entry.value is None:
            top.setToolTip(0, plain_tip(tr(entry.problem) if entry.problem else ""))
            return
        service = entry.value
        top.setFlags(top.flags() | Qt.ItemFlag.ItemIsEditable)
        top.setToolTip(0, plain_tip(f"{entry.name}\n{tr(vendor(service.vendor).label)}"))
        for channel in service.channels:
            color = "text_muted" if channel.verify_tls else "error"
            kind = tr(channel_kind(channel.kind).label)
            tip = tr("Channel: {kind}", kind=kind) + "\n" + channel.url
            top.addChild(_item(channel.name, icon("channel", color), path=entry.path, part="channels", tip=tip))
        for credential in service.credentials:
            tip = tr("Credential: {name}", name=credential.name)
            top.addChild(_item(credential.name, icon("key"), path=entry.path, part="credentials", tip=tip))
        for node in self._requests.get(entry.name, ()):
            tip = tr("Request: {name}", name=node.name) + "\n" + node.url
            top.addChild(_item(node.name, method_icon(node.method), path=node.path, part="request", tip=tip))
        top.setExpanded(entry.path not in self._closed)

    def _fits(self, entry: FileEntry[Service]) -> bool:
        service = entry.value
        names = [entry.name, *(node.name for node in self._requests.get(entry.name, ()))]
        if service is not None:
            names += [channel.name for channel in service.channels]
            names += [credential.name for credential in service.credentials]
        text = "\n".join(names).casefold()
        return all(word in text for word in self._filter.casefold().split())

    def _items(self) -> Iterable[QTreeWidgetItem]:
        for row in range(self.topLevelItemCount()):
            top = self.topLevelItem(row)
            if top is not None:
                yield top
                yield from filter(None, (top.child(place) for place in range(top.childCount())))

    def _find(self, path: str) -> QTreeWidgetItem | None:
        return next((item for item in self._items() if _is_service(item) and item.data(0, _PATH) == path), None)

    @staticmethod
    def _key(item: QTreeWidgetItem | None) -> tuple[Any, ...]:
        return () if item is None else tuple(item.data(0, role) for role in (_PATH, _PART, _NAME))

    # --- what the user does ---

    def _open(self, item: QTreeWidgetItem, *, preview: bool) -> None:
        path, part = item.data(0, _PATH), item.data(0, _PART)
        if part == "request":
            self.request_requested.emit(path, preview)
        else:
            self.open_requested.emit(path, part, item.data(0, _NAME) if part else "")

    def _on_renamed(self, item: QTreeWidgetItem) -> None:
        """Ask the workspace first: what is shown changes only when the file has."""
        path, name, before = item.data(0, _PATH), item.text(0).strip(), item.data(0, _NAME)
        self.blockSignals(True)
        item.setText(0, before)
        self.blockSignals(False)
        if name and name != before:
            self.rename_requested.emit(path, name)

    def _on_menu_wanted(self, position: QPoint) -> None:
        item = self.itemAt(position)
        menu = QMenu(self)
        menu.setObjectName("serviceTreeMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if item is None:
            menu.addAction(icon("service"), tr("New service…"), self.new_requested.emit)
        else:
            self._fill(menu, item)
        menu.popup(self.viewport().mapToGlobal(position))

    def _fill(self, menu: QMenu, item: QTreeWidgetItem) -> None:
        path, name = item.data(0, _PATH), item.data(0, _NAME)
        menu.addAction(icon("file"), tr("Open") + "\tEnter", lambda: self._open(item, preview=False))
        if not _is_service(item):
            return
        if item.flags() & Qt.ItemFlag.ItemIsEditable:
            menu.addAction(icon("request"), tr("New request"), lambda: self.new_request_requested.emit(name))
            menu.addSeparator()
            menu.addAction(icon("pencil"), tr("Rename") + "\tF2", lambda: self.rename(path))
            menu.addAction(icon("copy"), tr("Duplicate") + "\tCtrl+D", lambda: self.duplicate_requested.emit(path))
        menu.addAction(icon("trash"), tr("Delete") + "\t" + tr("Del"), lambda: self.delete_requested.emit(path))
        menu.addSeparator()
        menu.addAction(icon("external"), tr("Show in file manager"), lambda: self.show_file_requested.emit(path))


class ServiceSection(ListSection):
    """The tree, or what to do when there is no service."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.tree = ServiceTree()
        super().__init__(self.tree, _NONE_YET, parent)
        self.show_services((), {})

    def show_services(self, entries: Iterable[FileEntry[Service]], requests: Mapping[str, tuple[Node, ...]]) -> None:
        """Show other services."""
        entries = tuple(entries)
        self.tree.show_services(entries, requests)
        self.show_emptiness(not entries)


def _is_service(item: QTreeWidgetItem) -> bool:
    return item.parent() is None


def _item(name: str, picture: QIcon, *, path: str, part: str, tip: str = "") -> QTreeWidgetItem:
    item = QTreeWidgetItem([name])
    item.setIcon(0, picture)
    item.setSizeHint(0, QSize(0, ROW_HEIGHT))
    for role, data in ((_PATH, path), (_PART, part), (_NAME, name)):
        item.setData(0, role, data)
    if tip:
        item.setToolTip(0, plain_tip(tip))
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, tip)
    return item
