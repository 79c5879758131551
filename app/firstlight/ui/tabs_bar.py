"""The strip of open tabs: method in its colour, name, a dot while unsaved, a cross to close."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractButton, QTabBar, QWidget

from firstlight.texts import tr
from firstlight.ui.tabs_bar_buttons import CloseButton, TabBadge
from firstlight.ui.text.plain_tip import plain_tip

_LONGEST_NAME_PX = 180


class RequestTabBar(QTabBar):
    """One tab per open request. It knows positions and texts, not requests."""

    close_requested = Signal(int)
    new_requested = Signal()
    keep_requested = Signal(int)
    """A double click on a tab: it shall not make way for the next preview."""
    menu_requested = Signal(int, QPoint)
    """(position of the tab, where on the screen)"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tabBar")
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setMovable(True)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)  # names are shortened once; many tabs scroll and stay readable
        for arrow in self.findChildren(QAbstractButton):
            arrow.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keyboard scrolls by going from tab to tab
        self._retranslate()

    def add(self, position: int) -> None:
        """Make room for a tab; show_header fills it in."""
        self.insertTab(position, "")
        self.setTabButton(position, QTabBar.ButtonPosition.LeftSide, TabBadge(self))
        close = CloseButton(self)
        close.clicked.connect(self._on_close_clicked)
        self.setTabButton(position, QTabBar.ButtonPosition.RightSide, close)

    def show_header(self, position: int, method: str, name: str, *, unsaved: bool, preview: bool = False) -> None:
        """Set what a tab says; the name of a preview is in italics."""
        badge = cast(TabBadge, self.tabButton(position, QTabBar.ButtonPosition.LeftSide))
        close = cast(CloseButton, self.tabButton(position, QTabBar.ButtonPosition.RightSide))
        shown = self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, _LONGEST_NAME_PX)
        badge.show_method(method, shown if preview else "")
        close.show_unsaved(unsaved)
        self.setTabText(position, "" if preview else shown.replace("&", "&&"))
        tip = tr("{name} (preview: the next one takes its place)", name=name) if preview else name
        self.setTabToolTip(position, plain_tip(tip))
        marks = [text for text, holds in ((tr("unsaved"), unsaved), (tr("preview"), preview)) if holds]
        self.setAccessibleTabName(position, ", ".join((f"{method} {name}".strip(), *marks)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        position = self.tabAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.MiddleButton and position >= 0:
            self.close_requested.emit(position)
            return
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        position = self.tabAt(event.position().toPoint())
        if position < 0:
            self.new_requested.emit()
            return
        self.keep_requested.emit(position)
        super().mouseDoubleClickEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        position = self.tabAt(event.pos()) if by_mouse else self.currentIndex()
        if position >= 0:
            where = event.pos() if by_mouse else self.tabRect(position).bottomLeft()
            self.menu_requested.emit(position, self.mapToGlobal(where))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setAccessibleName(tr("Open tabs"))

    @Slot()
    def _on_close_clicked(self) -> None:
        sender = self.sender()
        for position in range(self.count()):
            if self.tabButton(position, QTabBar.ButtonPosition.RightSide) is sender:
                self.close_requested.emit(position)
                return
