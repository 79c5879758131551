"""An HTTP method as an icon: a word in its colour, drawn for the theme in use."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QIconEngine, QPainter, QPixmap

from firstlight.ui.theme.current import tokens
from firstlight.ui.theme.method_color import method_color, short_method

BADGE = QSize(38, 16)


class _MethodEngine(QIconEngine):
    def __init__(self, method: str) -> None:
        super().__init__()
        self._method = method

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        font = QFont(QGuiApplication.font())
        font.setPointSizeF(font.pointSizeF() - 2)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        color = tokens().border_strong if mode == QIcon.Mode.Disabled else method_color(self._method)
        painter.setPen(QColor(color))
        where = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(rect, int(where), short_method(self._method))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        return _MethodEngine(self._method)


def method_icon(method: str) -> QIcon:
    """Return the badge of `method`, to be drawn at BADGE size."""
    return QIcon(_MethodEngine(method))
