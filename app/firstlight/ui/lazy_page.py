"""The place of a page that is built when it is first looked at.

A tab of the window has ten pages, of which two are seen. Building all of them with every tab would take 40 ms and
3 MB each time.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

P = TypeVar("P", bound=QWidget)


class LazyPage(QWidget, Generic[P]):
    """Stands in a stack or among tabs; `make` is given this widget as the parent of the page."""

    def __init__(self, make: Callable[[QWidget], P], parent: QWidget | None = None, *, follows: QWidget) -> None:
        """Build nothing yet. `follows` is the control from which the Tab key leads into the page."""
        super().__init__(parent)
        self._make = make
        self._follows = follows
        self._page: P | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    @property
    def made(self) -> P | None:
        """The page, if it was needed before."""
        return self._page

    def page(self) -> P:
        """Return the page; the first call builds it."""
        if self._page is None:
            self._page = self._make(self)
            self._column.addWidget(self._page)
            self._page.show()  # at once: a layout shows and places what is added to it later
            self._column.activate()
            tab_after(self._follows, self._page)
        return self._page

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.page()


def tab_after(follows: QWidget, page: QWidget) -> None:
    """Put the page's controls behind the one it follows: Qt puts what is built late behind everything.

    Not by nextInFocusChain: PySide takes the widget it returns for a child of the one before, and forgets it
    when that one is destroyed, which may stand in another tab.
    """
    last, window = follows, page.window()
    controls: list[QWidget] = [page, *page.findChildren(QWidget)]
    for control in controls:
        takes_tab = control.focusPolicy() & Qt.FocusPolicy.TabFocus and control.focusProxy() is None
        if takes_tab and control.window() == window:  # the list of a combo box is a window of its own
            QWidget.setTabOrder(last, control)
            last = control
