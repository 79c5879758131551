"""The strip of open tabs: method in its colour, name, a dot while unsaved, a cross to close."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QEnterEvent, QFont, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QTabBar, QWidget

from firstlight.texts import tr
from firstlight.ui.theme.current import tokens
from firstlight.ui.theme.method_color import method_color, short_method

_CLOSE_SIDE = 20
_LONGEST_NAME_PX = 180
_BADGE_GAP = 6


class MethodBadge(QWidget):
    """The method of a tab's request, painted so that it follows the theme."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._method = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_method(self, method: str) -> None:
        self._method = method
        self.setFixedSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        self.ensurePolished()
        metrics = self.fontMetrics()
        width = metrics.horizontalAdvance(short_method(self._method)) if self._method else 0
        return QSize(width + _BADGE_GAP, metrics.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() - 1.5)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(method_color(self._method)))
        where = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect(), int(where), short_method(self._method))


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


class RequestTabBar(QTabBar):
    """One tab per open request. It knows positions and texts, not requests."""

    close_requested = Signal(int)
    new_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tabBar")
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setMovable(True)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)  # names are shortened once; many tabs scroll and stay readable
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        for arrow in self.findChildren(QAbstractButton):
            arrow.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keyboard scrolls by going from tab to tab
        self._retranslate()

    def add(self, position: int) -> None:
        """Make room for a tab; show_header fills it in."""
        self.insertTab(position, "")
        self.setTabButton(position, QTabBar.ButtonPosition.LeftSide, MethodBadge(self))
        close = CloseButton(self)
        close.clicked.connect(self._on_close_clicked)
        self.setTabButton(position, QTabBar.ButtonPosition.RightSide, close)

    def show_header(self, position: int, method: str, name: str, *, unsaved: bool) -> None:
        """Set what a tab says."""
        badge = cast(MethodBadge, self.tabButton(position, QTabBar.ButtonPosition.LeftSide))
        close = cast(CloseButton, self.tabButton(position, QTabBar.ButtonPosition.RightSide))
        badge.show_method(method)
        close.show_unsaved(unsaved)
        shown = self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, _LONGEST_NAME_PX)
        self.setTabText(position, shown.replace("&", "&&"))
        self.setTabToolTip(position, name)
        self.setAccessibleTabName(position, f"{method} {name}" + (", " + tr("unsaved") if unsaved else ""))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        position = self.tabAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.MiddleButton and position >= 0:
            self.close_requested.emit(position)
            return
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.tabAt(event.position().toPoint()) < 0:
            self.new_requested.emit()
            return
        super().mouseDoubleClickEvent(event)

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
