"""The two ends of a tab in the strip: what it holds at the left, the way to close it at the right."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QTabBar, QWidget

from firstlight.texts import tr
from firstlight.ui.theme.current import tokens
from firstlight.ui.theme.method_color import method_color, short_method

if TYPE_CHECKING:
    from firstlight.ui.presenting.places import Look

_CLOSE_SIDE = 20
_GAP = 6


class TabBadge(QWidget):
    """The method of a tab's request; of a preview the name, too: the strip cannot write a single text in italics."""

    def __init__(self, bar: QTabBar) -> None:
        super().__init__(bar)
        self._bar = bar
        self._method = ""
        self._name = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_method(self, method: str, name: str = "") -> None:
        """Show `method`, and `name` in italics."""
        self._method, self._name = method, name
        self.setFixedSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        self.ensurePolished()
        width = self._method_width()
        if self._name:
            width += QFontMetrics(self._italic()).horizontalAdvance(self._name) + _GAP
        return QSize(width, self.fontMetrics().height())

    def _method_width(self) -> int:
        return self.fontMetrics().horizontalAdvance(short_method(self._method)) + _GAP

    def _italic(self) -> QFont:
        font = QFont(self.font())
        font.setItalic(True)
        return font

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() - 1.5)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(method_color(self._method)))
        head = self.rect().adjusted(0, 0, self._method_width() - self.width(), 0)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(head, int(right), short_method(self._method))
        if self._name:
            painter.setFont(self._italic())
            painter.setPen(QColor(tokens().text if self._is_current() else tokens().text_muted))
            rest = self.rect().adjusted(head.width() + _GAP, 0, 0, 0)
            painter.drawText(rest, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), self._name)

    def places_of(self, look: Look) -> Iterator[QRectF]:
        """Yield where the name stands if `look` finds something in it."""
        if self._name and look(self._name):
            yield QRectF(self.rect().adjusted(self._method_width(), 0, 0, 0))

    def _is_current(self) -> bool:
        return self._bar.tabButton(self._bar.currentIndex(), QTabBar.ButtonPosition.LeftSide) is self


class CloseButton(QAbstractButton):
    """A dot while the tab holds unsaved changes, a cross under the pointer and on saved tabs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unsaved = False
        self._under_pointer = False
        self.setObjectName("tabCloseButton")
        self.setFixedSize(_CLOSE_SIDE, _CLOSE_SIDE)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Ctrl+W and the menu close a tab from the keyboard

    def show_unsaved(self, unsaved: bool) -> None:
        self._unsaved = unsaved
        self.setToolTip(tr("Close (unsaved changes)") if unsaved else tr("Close"))
        self.setAccessibleName(tr("Close tab"))
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._under_pointer = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._under_pointer = False
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QPointF(self.width() / 2, self.height() / 2)
        if self._unsaved and not self._under_pointer:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.accent))
            painter.drawEllipse(middle, 4, 4)
            return
        if self._under_pointer:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.border))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 4, 4)
        painter.setPen(QPen(QColor(theme.text_muted), 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        for dy in (-3.5, 3.5):
            painter.drawLine(middle + QPointF(-3.5, -dy), middle + QPointF(3.5, dy))
