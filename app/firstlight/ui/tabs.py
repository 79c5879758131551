"""The middle of the window: the strip of tabs and the page of the current one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from firstlight.texts import tr
from firstlight.ui.icons import icon
from firstlight.ui.keys.bindings import with_keys
from firstlight.ui.tabs_bar import RequestTabBar
from firstlight.ui.tabs_page import TabPage, is_request

if TYPE_CHECKING:
    from firstlight.ui.tabs_request import RequestTab


class TabArea(QWidget):
    """Open tabs in the order of the strip. It shows and counts them; what closing means is decided elsewhere."""

    current_changed = Signal(object)
    """The tab now in front, or None."""
    close_requested = Signal(object)
    new_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tabs: list[TabPage] = []
        self.bar = RequestTabBar(self)
        self._new = QToolButton(self)
        self._new.setObjectName("newTabButton")
        self._new.setProperty("kind", "flat")
        self._new.setIcon(icon("plus"))
        self._new.setIconSize(QSize(16, 16))
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
        row = QHBoxLayout(strip)
        row.setContentsMargins(0, 0, 4, 0)
        row.setSpacing(2)
        row.addWidget(self.bar, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self._new)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(strip)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self._new.clicked.connect(self.new_requested)
        self.bar.new_requested.connect(self.new_requested)
        self.bar.close_requested.connect(self._on_close_requested)
        self.bar.currentChanged.connect(self._on_current_changed)
        self.bar.tabMoved.connect(self._on_tab_moved)

    def settle(self) -> None:
        """From now on say what to do when no tab is open."""
        from firstlight.ui.tabs_empty import EmptyPage

        page = EmptyPage(self)
        page.new_requested.connect(self.new_requested)
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

    def add(self, tab: TabPage) -> None:
        """Open `tab` right of the current one and bring it to the front."""
        position = self.bar.currentIndex() + 1
        self._tabs.insert(position, tab)
        self._stack.addWidget(cast(QWidget, tab))
        tab.header_changed.connect(partial(self._on_header_changed, tab))
        self.bar.add(position)
        self._show_header(tab)
        self.bar.setCurrentIndex(position)
        self._on_current_changed()  # the first tab is current already, so the strip says nothing

    def select(self, tab: TabPage) -> None:
        """Bring `tab` to the front."""
        self.bar.setCurrentIndex(self._tabs.index(tab))

    def step(self, by: int) -> None:
        """Go `by` tabs to the right, around the end."""
        if self._tabs:
            self.bar.setCurrentIndex((self.bar.currentIndex() + by) % len(self._tabs))

    def remove(self, tab: TabPage) -> None:
        """Take `tab` away; it is deleted later."""
        position = self._tabs.index(tab)
        del self._tabs[position]
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
        self._new.setToolTip(with_keys(tr("New request"), "new_request"))
        self._new.setAccessibleName(tr("New request"))
        for tab in self._tabs:
            self._show_header(tab)

    def _show_header(self, tab: TabPage) -> None:
        self.bar.show_header(self._tabs.index(tab), tab.method(), tab.title(), unsaved=tab.unsaved())

    def _on_header_changed(self, tab: TabPage) -> None:
        if tab in self._tabs:  # not one that is just being closed
            self._show_header(tab)

    @Slot()
    def _on_current_changed(self) -> None:
        current = self.current()
        self.bar.setVisible(bool(self._tabs))  # an empty strip keeps a gap before the plus
        self._stack.setCurrentWidget(self._empty if current is None else cast(QWidget, current))
        self.current_changed.emit(current)

    @Slot(int)
    def _on_close_requested(self, position: int) -> None:
        self.close_requested.emit(self._tabs[position])

    @Slot(int, int)
    def _on_tab_moved(self, start: int, end: int) -> None:
        self._tabs.insert(end, self._tabs.pop(start))
