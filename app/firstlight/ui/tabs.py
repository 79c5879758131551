"""The middle of the window: the strip of tabs and the page of the current one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from firstlight.texts import tr
from firstlight.ui.icons import icon
from firstlight.ui.keys.bindings import with_keys
from firstlight.ui.tabs_bar import RequestTabBar
from firstlight.ui.tabs_page import TabPage, is_request

if TYPE_CHECKING:
    from firstlight.ui.tabs_request import RequestTab

_LAST_NUMBER = 9
_NARROW_PX = 720
_MANY = 5
"""From so many tabs on there is a button for the list of them."""


class TabArea(QWidget):
    """Open tabs in the order of the strip. It shows and counts them; what closing means is decided elsewhere."""

    current_changed = Signal(object)
    """The tab now in front, or None."""
    added = Signal(object)
    arranged = Signal()
    """Tabs were added, removed, moved or renamed, or another one is in front."""
    close_requested = Signal(object)
    new_requested = Signal()
    new_service_requested = Signal()
    menu_requested = Signal(object, QPoint)
    """(the tab, where on the screen)"""
    narrowed = Signal(bool)
    """True: the strip has little room for tabs, what stands beside them shall take less; False: enough again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tabs: list[TabPage] = []
        self._preview: TabPage | None = None
        self.bar = RequestTabBar(self)
        self._new = QToolButton(self)
        self._new.setObjectName("newTabButton")
        self._new.setProperty("kind", "flat")
        self._new.setIcon(icon("plus"))
        self._new.setIconSize(QSize(16, 16))
        self._list = QToolButton(self)
        self._list.setObjectName("tabListButton")
        self._list.setProperty("kind", "flat")
        self._list.setIcon(icon("chevron-down"))
        self._list.setIconSize(QSize(16, 16))
        self._list.hide()
        self._empty: QWidget = QFrame(self)  # blank while the program starts: no hint flashes by
        self._empty.setProperty("kind", "panel")
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._lay_out()
        self._connect()
        self._retranslate()

    def _lay_out(self) -> None:
        strip = QFrame(self)
        strip.setObjectName("tabStrip")
        self._strip = row = QHBoxLayout(strip)
        row.setContentsMargins(0, 0, 4, 0)
        row.setSpacing(2)
        row.addWidget(self.bar, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self._new)
        row.addStretch(1)
        row.addWidget(self._list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(strip)
        column.addWidget(self._stack, 1)

    def add_corner(self, widget: QWidget) -> None:
        """Put `widget` at the right end of the strip."""
        self._strip.addWidget(widget)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.narrowed.emit(self.width() < _NARROW_PX)

    def _connect(self) -> None:
        self._new.clicked.connect(self.new_requested)
        self._list.clicked.connect(self.show_list)
        self.bar.new_requested.connect(self.new_requested)
        self.bar.close_requested.connect(self._on_close_requested)
        self.bar.currentChanged.connect(self._on_current_changed)
        self.bar.tabMoved.connect(self._on_tab_moved)
        self.bar.keep_requested.connect(lambda position: self.keep(self._tabs[position]))
        self.bar.menu_requested.connect(lambda position, where: self.menu_requested.emit(self._tabs[position], where))

    def settle(self) -> None:
        """From now on say what to do when no tab is open."""
        from firstlight.ui.tabs_empty import EmptyPage

        page = EmptyPage(self)
        page.new_requested.connect(self.new_requested)
        page.new_service_requested.connect(self.new_service_requested)
        self._stack.removeWidget(self._empty)
        self._empty.deleteLater()
        self._empty = page
        self._stack.addWidget(page)
        self._on_current_changed()

    def tabs(self) -> tuple[TabPage, ...]:
        """Return every open tab, in the order of the strip."""
        return tuple(self._tabs)

    def requests(self) -> tuple[RequestTab, ...]:
        """Return the open tabs that hold a request."""
        return tuple(tab for tab in self._tabs if is_request(tab))

    def current(self) -> TabPage | None:
        """Return the tab in front."""
        position = self.bar.currentIndex()
        return self._tabs[position] if 0 <= position < len(self._tabs) else None

    def add(self, tab: TabPage, position: int | None = None, *, front: bool = True, preview: bool = False) -> None:
        """Open `tab` right of the current one or at `position`, in front or not, for good or as the preview."""
        if position is None:
            position = self.bar.currentIndex() + 1
        self._tabs.insert(position, tab)
        self._stack.addWidget(cast(QWidget, tab))
        tab.header_changed.connect(partial(self._on_header_changed, tab))
        tab.changed.connect(partial(self.keep, tab))
        if preview:
            self._preview = tab
        self.bar.add(position)
        self._show_header(tab)
        self.added.emit(tab)
        if front or len(self._tabs) == 1:
            self.bar.setCurrentIndex(position)
            self._on_current_changed()  # the first tab is current already, so the strip says nothing
        else:
            self._list.setVisible(len(self._tabs) >= _MANY)
            self.arranged.emit()

    def replace(self, old: TabPage, new: TabPage) -> None:
        """Put `new` where `old` is."""
        position, preview = self._tabs.index(old), self._preview is old
        in_front = self.current() is old
        self.add(new, position, front=in_front, preview=preview)
        self.remove(old)

    def position(self, tab: TabPage) -> int:
        """Return where `tab` stands in the strip, counted from 0."""
        return self._tabs.index(tab)

    def preview(self) -> TabPage | None:
        """Return the tab that makes way for the next preview, if there is one."""
        return self._preview

    def keep(self, tab: TabPage) -> None:
        """Let `tab` stay when another request is looked at."""
        if self._preview is tab:
            self._preview = None
            self._on_header_changed(tab)

    def select(self, tab: TabPage) -> None:
        """Bring `tab` to the front."""
        if tab in self._tabs:  # not one that closed while its menu was open
            self.bar.setCurrentIndex(self._tabs.index(tab))

    def select_number(self, number: int) -> None:
        """Bring the tab at `number`, counted from 1, to the front; 9 is the last one however many there are."""
        position = len(self._tabs) - 1 if number == _LAST_NUMBER else number - 1
        if position < len(self._tabs):
            self.bar.setCurrentIndex(position)

    def move_tab(self, tab: TabPage, by: int) -> None:
        """Move `tab` in the strip, not beyond its ends."""
        position = self._tabs.index(tab)
        self.bar.moveTab(position, max(0, min(position + by, len(self._tabs) - 1)))

    def step(self, by: int) -> None:
        """Go `by` tabs to the right, around the end."""
        if self._tabs:
            self.bar.setCurrentIndex((self.bar.currentIndex() + by) % len(self._tabs))

    def remove(self, tab: TabPage) -> None:
        """Take `tab` away; it is deleted later."""
        position = self._tabs.index(tab)
        del self._tabs[position]
        if self._preview is tab:
            self._preview = None
        self.bar.removeTab(position)
        page = cast(QWidget, tab)
        self._stack.removeWidget(page)
        page.deleteLater()
        self._on_current_changed()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._list.setToolTip(with_keys(tr("List open tabs"), "list_tabs"))
        self._list.setAccessibleName(tr("List open tabs"))
        self._new.setToolTip(with_keys(tr("New request"), "new_request"))
        self._new.setAccessibleName(tr("New request"))
        for tab in self._tabs:
            self._show_header(tab)

    def _show_header(self, tab: TabPage) -> None:
        preview = tab is self._preview
        self.bar.show_header(self._tabs.index(tab), tab.method(), tab.title(), unsaved=tab.unsaved(), preview=preview)

    def _on_header_changed(self, tab: TabPage) -> None:
        if tab in self._tabs:  # not one that is just being closed
            self._show_header(tab)
            self.arranged.emit()

    @Slot()
    def show_list(self) -> None:
        """Show the list of open tabs at the end of the strip."""
        from firstlight.ui.tabs_menu import show_tab_list

        show_tab_list(self, self._list if self._list.isVisible() else self.bar)

    @Slot()
    def _on_current_changed(self) -> None:
        current = self.current()
        self._list.setVisible(len(self._tabs) >= _MANY)
        self.bar.setVisible(bool(self._tabs))  # an empty strip keeps a gap before the plus
        self._stack.setCurrentWidget(self._empty if current is None else cast(QWidget, current))
        self.current_changed.emit(current)
        self.arranged.emit()

    @Slot(int)
    def _on_close_requested(self, position: int) -> None:
        self.close_requested.emit(self._tabs[position])

    @Slot(int, int)
    def _on_tab_moved(self, start: int, end: int) -> None:
        self._tabs.insert(end, self._tabs.pop(start))
        self.keep(self._tabs[end])
        self.arranged.emit()
