"""Lies over a window and covers what a stranger must not read. Changes nothing below it.

Qt paints it again with whatever it lies over, so there is no moment at which something shows through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from firstlight.ui.presenting.places import Look, places
from firstlight.ui.theme.current import tokens
from firstlight.ui.theme.stylesheet import blend

_RADIUS = 3


class Cover(QWidget):
    """As large as its window, above everything in it, and not there for the mouse."""

    def __init__(self, window: QWidget, look: Look, before_painting: Callable[[], None]) -> None:
        super().__init__(window)
        self._before_painting = before_painting
        self.setObjectName("presentationCover")
        self._look = look
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        window.installEventFilter(self)
        self.setGeometry(window.rect())
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self.window().rect())
        elif event.type() == QEvent.Type.ChildPolished:
            self.raise_()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._before_painting()
        covered = list(self._covered(self.window(), event.rect()))  # first: an error in it must find no open painter
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        theme = tokens()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(blend(theme.text_muted, theme.panel, 0.35)))
        for rect in covered:
            painter.drawRoundedRect(rect, _RADIUS, _RADIUS)

    def _covered(self, widget: QWidget, area: QRect) -> Iterator[QRect]:
        """Yield what is covered of `widget` and everything in it, as far as it can be seen within `area`."""
        corner = widget.mapTo(self.window(), QPoint(0, 0)) if widget is not self.window() else QPoint(0, 0)
        area = area.intersected(QRect(corner, widget.size()))
        if area.isEmpty() or widget is self:
            return
        for rect in places(widget, self._look):
            if rect.isValid():  # the cell of a hidden column has no size
                yield rect.translated(corner).intersected(area)
        for child in widget.children():
            if isinstance(child, QWidget) and child.isVisible() and not child.isWindow():
                yield from self._covered(child, area)


def cover_of(window: QWidget) -> Cover | None:
    """Return the cover that lies over a window."""
    found = window.findChild(Cover, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return found if isinstance(found, Cover) else None
